import type { Edit } from "./finding.ts";
import { lineEnd } from "./lineEnd.ts";
import type { Policy, PolicyField } from "./policy.ts";
import type { Span } from "./span.ts";

/** Where to point at what a policy lacks: its first field. */
export function beginning(policy: Policy): Span {
  return policy.fields[0]?.span ?? policy.source.span(0, 0);
}

/** The edit that adds a line before the first field, in the file's own line ends. */
export function insertFirst(policy: Policy, line: string): Edit {
  const { start } = beginning(policy);
  return { at: policy.source.span(start.offset, start.offset), newText: `${line}${lineEnd(policy.source)}` };
}

/** The edit that removes a field's line with its line end. */
export function removeLine({ source }: Policy, { span }: PolicyField): Edit {
  const { offset: end } = span.end;
  const lineEnding = /^\r?\n/.exec(source.text(end, end + 2))?.[0] ?? "";
  return { at: source.span(span.start.offset, end + lineEnding.length), newText: "" };
}
