import { type CheckPlace, MOST_CHECKS } from "../publish/checkRun.ts";
import type { CheckId } from "./checkId.ts";
import { headsOf } from "./headsOf.ts";
import { readPull } from "./readPull.ts";
import { type KnownCheck, isSame, knownChecks } from "./underCheck.ts";
import type { InstallationClient } from "./world.ts";

/** What else has the same commit for its head: other open pull requests ("#12"), or a merge group. */
export interface Sharers {
  /** Those that do not pass. */
  readonly red: readonly string[];
  /** Pull requests that are being judged in an older check, above which ours will stand. */
  readonly pending: readonly string[];
  /** Numbers of those that pass, and whose check fails because another one did not. */
  readonly fallen: readonly number[];
  /** Whether there are so many that nobody looked at all of them. */
  readonly isTooMany: boolean;
}

export const NO_SHARERS: Sharers = { red: [], pending: [], fallen: [], isTooMany: false };

/** Pull requests that are asked for, a hundred in a request. */
const MOST_ASKED = 300;

/** Pull requests that are asked for once more, each in a request of its own. */
const MOST_READ = 10;

const GROUP = "a merge group";

/**
 * What our checks say of all else with the same head. A branch rule looks at the newest check on a commit, for whatever it was
 * made: one that passes must not stand for one that does not, such as one into a branch with a laxer configuration.
 *
 * However many there are - anybody may open pull requests with one head - it asks some twenty times at most.
 */
export async function sharersOf(client: InstallationClient, place: CheckPlace, about: CheckId): Promise<Sharers> {
  const checks = await knownChecks(client, place);
  // GitHub forgets the oldest of a thousand, and with them who else there is.
  if (checks.length >= MOST_CHECKS) return { ...NO_SHARERS, isTooMany: true };
  const own = checks.find((check) => isSame(check.about, about));
  const others = newestOfEach(checks.filter((check) => !isSame(check.about, about)));
  const isOlder = (check: KnownCheck): boolean => own === undefined || check.id < own.id;
  // Only of two that are judged at the same time does one wait for the other.
  const open = others.filter((check) => check.status !== "completed" && isOlder(check));
  const ended = others.filter(({ status }) => status === "completed");
  const red = ended.filter((check) => !passesItself(check));
  const suspects = numbersOf([...red, ...open]);
  const fallen = numbersOf(ended.filter((check) => passesItself(check) && check.conclusion !== "success"));
  const asked = [...suspects, ...fallen].slice(0, MOST_ASKED);
  const heads = asked.length > 0 ? await headsOf(client, place, asked) : new Map<number, string>();
  const sharing = new Set(asked.filter((number) => heads.get(number) === place.headSha));
  // GraphQL may still show where a branch stood before a push.
  const elsewhere = suspects.filter((number) => heads.has(number) && !sharing.has(number));
  for (const number of elsewhere.slice(0, MOST_READ)) {
    const pull = await readPull(client, place, number);
    if (pull?.isOpen && pull.headSha === place.headSha) sharing.add(number);
  }
  const named = (some: readonly KnownCheck[]): readonly string[] =>
    numbersOf(some).flatMap((number) => (sharing.has(number) ? [`#${number}`] : []));
  const group = [...red, ...open].some((check) => check.about.kind === "merge-group") ? [GROUP] : [];
  return {
    red: [...named(red), ...group],
    pending: named(open),
    fallen: fallen.filter((number) => sharing.has(number)),
    isTooMany: suspects.length > MOST_ASKED || elsewhere.length > MOST_READ,
  };
}

/** The newest check of each thing; they come newest first. */
function newestOfEach(checks: readonly KnownCheck[]): readonly KnownCheck[] {
  const seen = new Set<number | string>();
  return checks.filter(({ about }) => {
    const key = about.kind === "pull" ? about.number : about.base;
    return !seen.has(key) && seen.add(key);
  });
}

function numbersOf(checks: readonly KnownCheck[]): readonly number[] {
  return checks.flatMap(({ about }) => (about.kind === "pull" ? [about.number] : []));
}

function passesItself({ about, conclusion }: KnownCheck): boolean {
  if (about.kind === "merge-group") return conclusion === "success";
  return about.found === "" || about.accepted !== undefined;
}
