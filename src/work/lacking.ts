import { type Failure, failureOf, headersOf, isLimit } from "../github/failure.ts";
import type { World } from "./world.ts";

/** By what stands in a request's address; the first that fits. */
const BY_ADDRESS: readonly (readonly [RegExp, string])[] = [
  [/\/check-(?:runs|suites)\b/, "checks"],
  [/\/(?:pulls|issues)\b/, "pull_requests"],
  [/\/collaborators\b/, "metadata"],
  [/\/repos\//, "contents"],
];

interface Asked {
  readonly method?: string;
  readonly url?: string;
}

/** The permission for want of which an installation was refused, "checks: write"; undefined for any other error. */
export function lackedPermission(error: unknown): string | undefined {
  const failure = failureOf(error) as Failure & { readonly request?: Asked };
  const { status, message = "", errors, request } = failure;
  const forbidden = errors?.find(({ type }) => type === "FORBIDDEN");
  if (!WORDS.test(forbidden?.message ?? message) || isLimit(failure)) return undefined;
  if (forbidden)
    return forbidden.path?.some((name) => PULLS.test(String(name))) ? "pull_requests: read" : "contents: read";
  if (status !== 403) return undefined;
  // "checks=write; …": each of them would do.
  const told = /^(\w+)=(\w+)/.exec(String(headersOf(failure)["x-accepted-github-permissions"] ?? ""));
  if (told) return `${told[1]}: ${told[2]}`;
  const name = BY_ADDRESS.find(([address]) => address.test(request?.url ?? ""))?.[1];
  return name === undefined ? undefined : `${name}: ${request?.method === "GET" ? "read" : "write"}`;
}

const WORDS = /not accessible by integration/i;
const PULLS = /^(?:associatedP|p)ullRequests?$/;

/** What an owner of an installation does about it; a permission that an App begins to ask for is theirs to approve. */
export function approval(permission: string): string {
  return `the App may not do that here: it lacks the permission \`${permission}\`. An owner approves it under Settings → Applications (of an organisation: GitHub Apps) → Configure → Review request; where nothing waits there, the App itself does not ask for it`;
}

/** Says so in the log, and counts it. */
export function tellLack(
  { log, metrics, serverUrl }: Pick<World, "log" | "metrics" | "serverUrl">,
  { installation, owner, repo }: { readonly installation: number; readonly owner?: string; readonly repo?: string },
  permission: string,
): void {
  metrics.degradedWrites.inc({ kind: "permission" });
  const pages = [`${serverUrl}/settings/installations/${installation}`];
  if (owner !== undefined) pages.push(`${serverUrl}/organizations/${owner}/settings/installations/${installation}`);
  log.warn({ installation, owner, repo }, `Not all is done: ${approval(permission)}: ${pages.join(" or ")}`);
}
