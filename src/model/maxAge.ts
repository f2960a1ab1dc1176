import { MAX_AGE_LIMIT } from "./policy.ts";

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

/** The seconds that a malformed `max_age` plainly means (`7d`, `604,800`, `"86400"`), cut to what is allowed. */
export function mendedMaxAge(text: string): number | undefined {
  const found =
    /^["'+]{0,2}([0-9]{1,20}|[0-9]{1,3}(?:[,_' ][0-9]{3}){1,4})[ \t]{0,9}([a-z]{0,7})["',;.]{0,2}(?:\s#.*)?$/i.exec(
      text,
    );
  if (!found) return undefined;
  const unit = (found[2] ?? "").toLowerCase();
  const size = unit === "" ? 1 : (UNITS[unit] ?? UNITS[unit.replace(/s$/, "")]);
  if (size === undefined) return undefined;
  return Math.min(Number((found[1] ?? "").replace(/[^0-9]/g, "")) * size, MAX_AGE_LIMIT);
}
