import type { Rule } from "../model/rule.ts";

export default {
  group: "run",
  summary: "The configuration does not validate, so none of it counts and the defaults apply",
  severity: "error",
  references: ["docs/configuration.md"],
  since: "0.1.0",
  *config({ head }) {
    for (const { message, span } of head?.problems ?? []) {
      yield {
        message: `${message} While the file does not validate, none of it counts and the built-in defaults apply.`,
        at: span,
        values: [message],
      };
    }
  },
} satisfies Rule;
