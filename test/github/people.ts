import { look, paged } from "./rest.ts";
import { refusal, type Reply, type RestCall, type State } from "./state.ts";

/** The ids of those whom stories know. */
export const IDS: Readonly<Record<string, number>> = { nora: 7, stranger: 8, mallory: 9 };

/** What somebody may do in the repository. */
export async function permission(state: State, { operation }: RestCall): Promise<Reply> {
  const login = operation.params["username"] ?? "";
  const role = state.roles.get(login) ?? "read";
  const user = await look(state, `/users/${login}`).catch(() => undefined);
  if (!user) return refusal(404, `${login} is not a user`);
  const legacy = { maintain: "write", triage: "read" }[role] ?? role;
  return {
    status: 200,
    body: { permission: legacy, role_name: role, user: { ...user, id: IDS[login] ?? user.id, role_name: role } },
  };
}

/** The repositories that an installation may see. */
export async function installationRepositories(state: State, call: RestCall): Promise<Reply> {
  if (call.token.app === undefined) return refusal(403, "You must authenticate with an installation access token.");
  const repository = await look(state, `/repos/${state.repository.fullName}`);
  const reply = paged(state, call, [repository]);
  return { ...reply, body: { total_count: 1, repositories: reply.body } };
}
