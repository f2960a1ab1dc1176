import { ADVICE } from "../publish/refusal.ts";
import { approval, lackedPermission } from "./lacking.ts";

/** What went wrong, for those who read the check: our own sentence, else only that it is ours to repair; never a stack. */
export function reasonOf(error: unknown): string {
  const lacked = lackedPermission(error);
  if (lacked !== undefined) return `Not all could be read: ${approval(lacked)}.`;
  if (error instanceof Error && error.name === "Unusable") return error.message.replace(ADVICE.again, "press Re-check");
  const { status } = error as { readonly status?: unknown };
  return typeof status === "number"
    ? `GitHub answered ${status} to a request of the bot.`
    : "This is a fault of mta-sts-guard itself; the bot's log has more.";
}
