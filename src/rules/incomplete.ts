import { display } from "../model/name.ts";
import { readable } from "../model/policy.ts";
import { hasTested, modeOf, testingRun } from "../model/rollout.ts";
import type { Rule } from "../model/rule.ts";

const SHALLOW =
  "this clone is shallow and the history of the policy is not here. Fetch it with `git fetch --unshallow` (in a workflow: `fetch-depth: 0`) and run again.";

export default {
  group: "run",
  summary: "Something that a rule needs could not be read, so the change was not judged",
  severity: "error",
  references: ["RFC 8461 §5"],
  since: "0.1.0",
  *domain({ base, head, history }) {
    if (!head?.policy || !readable(head.policy)) return;
    const { mode } = head.policy;
    if (mode.value !== "enforce") return;
    const before = modeOf(base, history);
    if (before === "enforce") return;
    const known = before === "testing" ? testingRun(history)?.since !== undefined : hasTested(history) !== undefined;
    if (known) return;
    const whose = head.name === undefined ? "this policy" : display(head.name);
    yield {
      message: `Not judged: whether ${whose} was in testing long enough before it enforces. That is what mode testing is for (RFC 8461 §5), but ${history.cure ?? SHALLOW}`,
      at: mode.span,
      values: ["history"],
    };
  },
  *gap({ what, cure, at }) {
    yield { message: `Not judged: ${what} ${cure}`, at, values: [what] };
  },
} satisfies Rule;
