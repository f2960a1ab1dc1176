import * as z from "zod";
import type { Role } from "../model/config.ts";
import type { Target } from "../queue/job.ts";
import type { InstallationClient } from "./world.ts";

const PERMISSION = z.object({
  permission: z.string(),
  role_name: z.string().optional(),
  user: z.object({ id: z.int() }).nullish(),
});

/** Somebody, as GitHub told us when they asked for something. */
export interface Person {
  readonly login: string;
  readonly id: number;
}

/** From the least on; what GitHub calls any other, a custom role among them, goes by the permission that it rests on. */
const ROLES: readonly string[] = ["none", "read", "triage", "write", "maintain", "admin"];

/** Whether somebody has at least a role on the repository, as GitHub says now; not whoever took the login over since. */
export async function hasRole(
  client: InstallationClient,
  { owner, repo }: Target,
  { login, id }: Person,
  least: Role,
): Promise<boolean> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      owner,
      repo,
      username: login,
    });
    const { permission, role_name: role = permission, user } = PERMISSION.parse(data);
    if (user?.id !== id) return false;
    return ROLES.indexOf(ROLES.includes(role) ? role : permission) >= ROLES.indexOf(least);
  } catch (error) {
    // Somebody who is gone since.
    if ((error as { readonly status?: unknown }).status === 404) return false;
    throw error;
  }
}
