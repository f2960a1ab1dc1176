import type { Edit } from "./finding.ts";
import { lineEnd } from "./lineEnd.ts";
import type { Policy } from "./policy.ts";

/** The edit that adds `mx` lines after the last one (or after the mode), in the file's own line ends. */
export function addMxEdit(policy: Policy, patterns: readonly string[]): Edit {
  const last =
    policy.fields.findLast((field) => field.name.value === "mx") ??
    policy.fields.findLast((field) => field.name.value === "mode");
  const { source } = policy;
  const end = last?.span.end.offset ?? source.bytes.length;
  return { at: source.span(end, end), newText: patterns.map((pattern) => `${lineEnd(source)}mx: ${pattern}`).join("") };
}
