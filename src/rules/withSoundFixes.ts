import { type Finding, type Fix, withoutFix } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { rebasedEdit } from "../model/rebasedEdit.ts";
import { surplusOver } from "../model/surplus.ts";
import type { Source } from "../model/source.ts";

/** What would be found with fixes applied, or undefined if they cannot be applied together. */
export type Trial = (fixes: readonly Fix[]) => readonly Finding[] | undefined;

/**
 * Takes away the fixes that would not clear their finding, or that would bring one that was not there; where that one has a
 * fix of its own - a mended policy needs a new id - both become one. Each is tried by itself if that is affordable, else
 * in halves, so that a thousand do not take a thousand trials; what was not tried is taken away.
 */
export function withSoundFixes(
  findings: readonly Finding[],
  affordable: number,
  trial: Trial,
  sources: ReadonlyMap<string, Source>,
): readonly Finding[] {
  const present = findings.filter((finding) => finding.status !== "fixed");
  const surplus = surplusOver(present);
  const sound = new Map<Finding, Fix>();
  let trials = 0;
  /** What fixes leave behind that was not there, the findings themselves among it; undefined if they cannot be tried. */
  const left = (group: readonly Finding[], fixes: readonly Fix[]): readonly Finding[] | undefined => {
    const after = trials++ < affordable ? trial(fixes) : undefined;
    if (!after) return undefined;
    return surplus(group, after);
  };
  const isSound = (group: readonly Finding[]): boolean => {
    const fixes = group.map(({ fix }) => fix as Fix);
    const more = left(group, fixes);
    if (!more) return false;
    const whole = more.length === 0 ? fixes : joined(fixes, more, sources);
    if (!whole || (whole !== fixes && left(group, whole)?.length !== 0)) return false;
    for (const [index, finding] of group.entries()) sound.set(finding, whole[index] as Fix);
    return true;
  };
  const sift = (group: readonly Finding[], together: boolean): void => {
    if (group.length === 0 || trials >= affordable) return;
    if ((together || group.length === 1) && isSound(group)) return;
    if (group.length === 1) return;
    const middle = together ? group.length >> 1 : 1;
    sift(group.slice(0, middle), together);
    sift(group.slice(middle), together);
  };
  const fixable = present.filter((finding) => finding.fix !== undefined);
  sift(fixable, 2 * fixable.length > affordable);
  return findings.map((finding) => {
    const fix = sound.get(finding);
    return fix ? { ...finding, fix } : withoutFix(finding);
  });
}

/** The fixes with those of the findings that they bring; undefined if one has none, or edits what they wrote. */
function joined(
  fixes: readonly Fix[],
  brought: readonly Finding[],
  sources: ReadonlyMap<string, Source>,
): readonly Fix[] | undefined {
  const byPath = groupedBy(
    fixes.flatMap((fix) => fix.edits.map((edit) => ({ path: edit.at.path, fix, edit }))),
    ({ path }) => path,
  );
  const more = new Map<Fix, Fix["edits"][number][]>();
  for (const { at, related = [], fix } of brought) {
    const edits = fix?.edits.flatMap((edit) => {
      const earlier = byPath.get(edit.at.path)?.map((entry) => entry.edit);
      const source = sources.get(edit.at.path);
      return (earlier && source ? rebasedEdit(edit, earlier, source) : edit) ?? [];
    });
    if (!fix || edits?.length !== fix.edits.length) return undefined;
    const causes = [at, ...related.map((other) => other.at)].flatMap(({ path }) => byPath.get(path) ?? []);
    if (causes.length === 0) return undefined;
    for (const cause of new Set(causes.map((entry) => entry.fix)))
      more.set(cause, [...(more.get(cause) ?? []), ...edits]);
  }
  return fixes.map((fix) => ({ ...fix, edits: [...fix.edits, ...(more.get(fix) ?? [])] }));
}
