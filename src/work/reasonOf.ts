/** What went wrong, for those who read the check: our own sentence, else only that it is ours to repair; never a stack. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "Unusable") return error.message;
  const { status } = error as { readonly status?: unknown };
  return typeof status === "number"
    ? `GitHub answered ${status} to a request of the bot.`
    : "This is a fault of mta-sts-guard itself; the bot's log has more.";
}
