import type { CheckText } from "./checkText.ts";
import type { Sharers } from "./sharers.ts";

/**
 * What passes and may not be green, because the same commit does not pass elsewhere, or nobody knows yet whether it does; `next`:
 * when what is still being judged is looked at again.
 */
export function downed<T extends CheckText>(text: T, { red, pending, isTooMany }: Sharers, next: string): T {
  const [failing, judged] = [listed(red), listed(pending)];
  const one = "and GitHub knows one check a commit.";
  if (red.length > 0)
    return failed(
      text,
      `The same commit fails in ${failing}`,
      `This passes, but the same commit is the head of ${failing}, which does not, or not yet, ${one} Close or mend that one, then press **Re-check** here.`,
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
      `The same commit is being judged for ${judged}`,
      `This passes, but the same commit is the head of ${judged}, which is still being judged, ${one} ${next}`,
    );
  return text;
}

/** A check holds so much and no more. */
const MOST_NAMED = 10;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function failed<T extends CheckText>(text: T, title: string, why: string): T {
  return { ...text, conclusion: "failure", title: title.slice(0, 200), summary: `${why}\n\n${text.summary}` };
}
