import type { Finding } from "../model/finding.ts";
import { matches } from "../model/policy.ts";
import type { RuleId } from "./index.ts";

/** One fault, one finding: where `by` speaks, `rule` is silent about the same thing. */
export interface Replacement {
  readonly by: RuleId;
  readonly rules: readonly RuleId[];
  /** Whether both speak about the same thing; both are already known to concern the same domain or file. */
  readonly same?: (by: Finding, replaced: Finding) => boolean;
}

/** Whether the mended pattern would cover the host that the other finding is about. */
const wouldCover = (by: Finding, replaced: Finding): boolean =>
  (by.about ?? []).some((pattern) => (replaced.about ?? []).some((host) => matches(pattern, host)));

/** Between rules of one policy the rules see to it themselves: each reads what the others would have said. */
export const REPLACEMENTS: readonly Replacement[] = [
  { by: "record-unquoted", rules: ["record-syntax"] },
  { by: "record-misnamed", rules: ["record-missing"] },
  { by: "policy-mx-missing", rules: ["mx-not-covered"] },
  { by: "policy-mx-syntax", rules: ["mx-not-covered"], same: wouldCover },
  { by: "policy-field", rules: ["mx-not-covered"], same: wouldCover },
];

/** Leaves out the findings that another one of the same domain or file stands for. */
export function withoutReplaced(findings: readonly Finding[]): readonly Finding[] {
  const of = (rule: RuleId): readonly Finding[] => findings.filter((finding) => finding.rule === rule);
  const replaced = new Set<Finding>();
  for (const { by, rules, same = () => true } of REPLACEMENTS) {
    for (const winner of of(by)) {
      for (const rule of rules) {
        for (const loser of of(rule)) if (concernSame(winner, loser) && same(winner, loser)) replaced.add(loser);
      }
    }
  }
  return findings.filter((finding) => !replaced.has(finding));
}

/** Same domain, or same file where one of them is about a file that serves several domains. */
function concernSame(a: Finding, b: Finding): boolean {
  if (a.domain !== null && b.domain !== null) return a.domain === b.domain;
  const paths = (finding: Finding): readonly string[] => [finding.at.path, ...(finding.related ?? []).map((related) => related.at.path)];
  return paths(a).some((path) => paths(b).includes(path));
}
