import type { Edit } from "./finding.ts";
import type { Policy, PolicyField } from "./policy.ts";
import type { Span } from "./span.ts";

/** Where to point at what a policy lacks: its first field. */
export function beginning(policy: Policy): Span {
  return policy.fields[0]?.span ?? policy.source.span(0, 0);
}

/** The edit that adds a line before the first field, in the file's own line ends. */
export function insertFirst(policy: Policy, line: string): Edit {
  const { start } = beginning(policy);
  return { at: policy.source.span(start.offset, start.offset), newText: `${line}${lineEnd(policy)}` };
}

/** The edit that removes a field's line with its line end; the line end before it where the file's last line has none. */
export function removeLine({ source }: Policy, field: PolicyField): Edit {
  const text = Buffer.from(source.bytes).toString("latin1");
  const { offset: start } = field.span.start;
  const { offset: end } = field.span.end;
  const after = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const before = after > 0 ? 0 : (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0);
  return { at: source.span(start - before, end + after), newText: "" };
}

/** The line end that the file uses; LF where it has none. */
export function lineEnd({ source }: Policy): string {
  return source.text().includes("\r\n") ? "\r\n" : "\n";
}
