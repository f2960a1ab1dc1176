import type { CheckPlace } from "../publish/checkRun.ts";
import { readPull } from "./readPull.ts";
import { knownChecks, type KnownCheck } from "./underCheck.ts";
import type { InstallationClient } from "./world.ts";

/** Other open pull requests with the same head, by their numbers. */
export interface Sharers {
  /** Those that do not pass. */
  readonly red: readonly number[];
  /** Those that are being judged in an older check, above which ours will stand. */
  readonly pending: readonly number[];
  /** Those that pass, and whose check fails because another one did not. */
  readonly fallen: readonly number[];
}

/**
 * What our checks say of the other pull requests with the same head. A branch rule looks at the newest check on a commit, for
 * whatever it was made: one that passes must not stand for one that does not, such as one into a branch with a laxer configuration.
 */
export async function sharersOf(client: InstallationClient, place: CheckPlace, number: number): Promise<Sharers> {
  const newest = new Map<number, KnownCheck>();
  for (const check of await knownChecks(client, place)) {
    const { about } = check;
    if (about.kind === "pull" && !newest.has(about.number)) newest.set(about.number, check);
  }
  const own = newest.get(number);
  newest.delete(number);
  const [red, pending, fallen]: [number[], number[], number[]] = [[], [], []];
  for (const [other, check] of newest) {
    const pull = await readPull(client, place, other);
    if (!pull?.isOpen || pull.headSha !== place.headSha) continue;
    if (check.status !== "completed") {
      // Only of two that are judged at the same time does one wait for the other.
      if (own === undefined || check.id < own.id) pending.push(other);
    } else if (!passesItself(check)) red.push(other);
    else if (check.conclusion !== "success") fallen.push(other);
  }
  return { red, pending, fallen };
}

function passesItself({ about }: KnownCheck): boolean {
  return about.kind === "pull" && (about.found === "" || about.accepted !== undefined);
}
