import type { FieldName } from "./fieldName.ts";
import { longestMaxAge, mendedMaxAge } from "./maxAge.ts";
import { isMxPattern, mendedMx } from "./mxPattern.ts";
import type { Mode } from "./policy.ts";
import type { PolicyChange } from "./rule.ts";

/** The legal values that a field's text plainly means, itself if it is legal; undefined where that takes a guess. */
export function mendedValue(field: FieldName, text: string, change: PolicyChange): readonly string[] | undefined {
  if (field === "mx") return isMxPattern(text) ? [text] : mendedMx(text);
  const mended = single(field, text, change);
  return mended === undefined ? undefined : [String(mended)];
}

function single(field: Exclude<FieldName, "mx">, text: string, change: PolicyChange): string | number | undefined {
  if (field === "version") return "STSv1";
  return field === "mode" ? mendedMode(text) : mendedMaxAge(text, longestMaxAge(change));
}

/** The mode that a text means without quotes, a closing comma or semicolon, a remark behind `#`, and the upper case. */
export function mendedMode(text: string): Mode | undefined {
  const bare = /^["'\s]*([A-Za-z]+)["',;.\s]*(?:#.*)?$/.exec(text)?.[1]?.toLowerCase();
  return bare === "enforce" || bare === "testing" || bare === "none" ? bare : undefined;
}
