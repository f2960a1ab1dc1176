import { type Finding, type Fix, withoutFix } from "../model/finding.ts";

/** What would be found with fixes applied, or undefined if they cannot be applied together. */
export type Trial = (fixes: readonly Fix[]) => readonly Finding[] | undefined;

/** Each fix is tried by itself up to this many; more are tried in halves, so that a thousand do not take a thousand reviews. */
const TRIED_ALONE = 20;

/** Takes away the fixes that would not clear their finding, or that would bring one that was not there. */
export function withSoundFixes(findings: readonly Finding[], trial: Trial): readonly Finding[] {
  const known = new Set(findings.filter((finding) => finding.status !== "fixed").map((finding) => finding.fingerprint));
  const sound = new Set<Finding>();
  const isSound = (group: readonly Finding[]): boolean => {
    const after = trial(group.flatMap(({ fix }) => fix ?? []));
    const cleared = new Set(group.map((finding) => finding.fingerprint));
    return after !== undefined && after.every(({ fingerprint }) => !cleared.has(fingerprint) && known.has(fingerprint));
  };
  const sift = (group: readonly Finding[], together: boolean): void => {
    if (group.length === 0) return;
    if ((together || group.length === 1) && isSound(group)) for (const finding of group) sound.add(finding);
    else if (group.length > 1) {
      const middle = together ? group.length >> 1 : 1;
      sift(group.slice(0, middle), together);
      sift(group.slice(middle), together);
    }
  };
  const fixable = findings.filter((finding) => finding.fix !== undefined && finding.status !== "fixed");
  sift(fixable, fixable.length > TRIED_ALONE);
  return findings.map((finding) => (finding.fix && !sound.has(finding) ? withoutFix(finding) : finding));
}
