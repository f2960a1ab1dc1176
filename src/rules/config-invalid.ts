import type { Rule } from "../model/rule.ts";

export default {
  group: "run",
  summary: "The configuration does not validate, so none of it counts and the defaults apply",
  severity: "error",
  references: ["docs/configuration.md"],
  since: "0.1.0",
  *config({ head, comments }) {
    for (const { message, span } of head?.problems ?? []) {
      yield {
        message: `${message} While the file does not validate, none of it counts and the built-in defaults apply.`,
        at: span,
        values: [message],
      };
    }
    // What a comment was meant to hide is shown, so nothing is lost by it.
    for (const { head: after } of comments)
      for (const { message, span } of after?.problems ?? [])
        yield { message, at: span, severity: "warning", values: [message] };
  },
} satisfies Rule;
