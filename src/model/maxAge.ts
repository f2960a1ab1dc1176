import { MAX_AGE_LIMIT } from "./policy.ts";
import type { PolicyChange } from "./rule.ts";

/** The shortest `max_age`, in seconds, with which every sender takes a policy that enforces; Gmail ignores a shorter one. */
export const SHORTEST_MAX_AGE = 86_400;

/** The longest `max_age`, in seconds, for a policy that is still being tried out: 30 days. */
const LONGEST_TRIED_OUT = 2_592_000;

/** The longest `max_age`, in seconds, that suits a policy: less while it is in testing and when it begins to enforce. */
export function longestMaxAge(change: PolicyChange): number {
  const isTriedOut = change.head?.mode?.value === "testing" || beginsToEnforce(change);
  return isTriedOut ? LONGEST_TRIED_OUT : MAX_AGE_LIMIT;
}

/** A mode that could not be read may have been any, so leaving it is no step. */
function beginsToEnforce({ base, head, sharing }: PolicyChange): boolean {
  if (head?.mode?.value !== "enforce") return false;
  const before = base ? [base] : sharing.base.flatMap(({ policy }) => policy ?? []);
  return before.every(({ mode }) => mode !== undefined && mode.value !== "enforce");
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
  d: 86_400,
  day: 86_400,
  w: 604_800,
  week: 604_800,
};

/** The seconds that a malformed `max_age` plainly means (`7d`, `604,800`, `"86400"`), cut to `longest`. */
export function mendedMaxAge(text: string, longest = MAX_AGE_LIMIT): number | undefined {
  const found =
    /^["'+]{0,2}([0-9]{1,20}|[0-9]{1,3}(?:[,_' ][0-9]{3}){1,4})[ \t]{0,9}([a-z]{0,7})["',;.]{0,2}(?:\s#.*)?$/i.exec(
      text,
    );
  if (!found) return undefined;
  const unit = (found[2] ?? "").toLowerCase();
  const size = unit === "" ? 1 : (UNITS[unit] ?? UNITS[unit.replace(/s$/, "")]);
  if (size === undefined) return undefined;
  return Math.min(Number((found[1] ?? "").replace(/[^0-9]/g, "")) * size, longest);
}
