import type { CheckText } from "./checkText.ts";
import type { Sharers } from "./sharers.ts";

/**
 * What passes and may not be green, because the same commit does not pass elsewhere, or nobody knows yet whether it does; `next`:
 * when what is still being judged is looked at again.
 */
export function downed<T extends CheckText>(text: T, { red, pending, isTooMany }: Sharers, next: string): T {
  const one = "and GitHub knows one check a commit.";
  if (red.length > 0)
    return failed(
      text,
      `The same commit fails in ${red.join(", ")}`,
      `This passes, but the same commit is the head of ${red.join(", ")}, which does not, or not yet, ${one} Close or mend that one, then press **Re-check** here.`,
    );
  if (isTooMany)
    return failed(
      text,
      "The same commit is the head of too many others",
      `This passes, but the same commit is or was the head of so many pull requests that not all of them are looked at, ${one} Push another commit, an empty one will do (\`git commit --allow-empty\`).`,
    );
  if (pending.length > 0)
    return failed(
      text,
      `The same commit is being judged for ${pending.join(", ")}`,
      `This passes, but the same commit is the head of ${pending.join(", ")}, which is still being judged, ${one} ${next}`,
    );
  return text;
}

function failed<T extends CheckText>(text: T, title: string, why: string): T {
  return { ...text, conclusion: "failure", title: title.slice(0, 200), summary: `${why}\n\n${text.summary}` };
}
