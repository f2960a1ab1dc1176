import type { Finding } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { labels } from "../model/name.ts";
import type { RuleId } from "./index.ts";

/** One fault, one finding: where `by` speaks, `rule` is silent about the same thing. */
export interface Replacement {
  readonly by: RuleId;
  readonly rules: readonly RuleId[];
  /** What each speaks about, if not all of the domain or file that both concern: the same thing if they share a word. */
  readonly about?: About;
}

interface About {
  readonly by: Words;
  readonly replaced: Words;
}

type Words = (finding: Finding) => readonly string[];

/** Whether the mended pattern would cover the host that the other finding is about (RFC 8461 §4.1). */
const wouldCover = {
  by: ({ about = [] }: Finding) => about.map(plain),
  replaced: ({ about = [] }: Finding) =>
    about.flatMap((host) => [plain(host), plain(`*.${labels(host).slice(1).join(".")}`)]),
};

/** Whether both are about the same host or the same stretch of a record. */
const sameWords = {
  by: ({ about = [] }: Finding) => about,
  replaced: ({ about = [] }: Finding) => about,
};

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** The same line: what else is wrong with a value that is none. */
const sameLine = {
  by: ({ at }: Finding) => [`${at.path}:${at.start.line}`],
  replaced: ({ at }: Finding) => [`${at.path}:${at.start.line}`],
};

/** All of the domain, if the winner is about something at all: an `mx` value that may stand for any host, the one record. */
const anything = {
  by: ({ about = [] }: Finding) => (about.length > 0 ? [""] : []),
  replaced: () => [""],
};

/** Between rules of one policy the rules see to it themselves: each reads what the others would have said. */
export const REPLACEMENTS: readonly Replacement[] = [
  { by: "record-unquoted", rules: ["record-syntax"] },
  { by: "record-misnamed", rules: ["record-missing", "policy-missing"], about: anything },
  { by: "tlsrpt-misnamed", rules: ["tlsrpt-missing"] },
  { by: "tlsrpt-rua", rules: ["tlsrpt-syntax"], about: sameWords },
  { by: "id-not-bumped", rules: ["id-reused"] },
  { by: "testing-blind", rules: ["tlsrpt-missing"], about: anything },
  { by: "policy-mx-missing", rules: ["mx-not-covered"] },
  { by: "policy-mx-syntax", rules: ["mx-not-covered"], about: wouldCover },
  { by: "policy-field", rules: ["mx-not-covered"], about: wouldCover },
  {
    by: "policy-placeholder",
    rules: ["policy-version", "policy-mode", "policy-max-age", "policy-mx-syntax", "mx-pattern-unused"],
    about: sameLine,
  },
  { by: "policy-placeholder", rules: ["mx-not-covered", "policy-wrong-domain"], about: anything },
  { by: "policy-wrong-domain", rules: ["mx-pattern-unused"], about: anything },
  { by: "mx-provider-trap", rules: ["mx-not-covered"], about: sameWords },
  { by: "mx-provider-trap", rules: ["mx-pattern-unused"], about: sameLine },
  { by: "mx-pattern-broad", rules: ["mx-pattern-unused"], about: sameLine },
  { by: "mx-not-covered", rules: ["mx-pattern-unused"], about: sameWords },
  { by: "mx-target", rules: ["mx-not-covered", "zone-cname"], about: sameWords },
  { by: "record-cname", rules: ["zone-cname"], about: sameWords },
  { by: "host-address", rules: ["zone-cname"], about: sameWords },
];

const EVERYTHING: About = { by: () => [""], replaced: () => [""] };

/**
 * Leaves out the findings that another one of the same domain or file stands for. One that base did not have, as told by
 * `isOld`, is not hidden behind one that it had: the change would pass for what was there before.
 */
export function withoutReplaced(
  findings: readonly Finding[],
  isOld: (finding: Finding) => boolean = () => false,
): readonly Finding[] {
  const byRule = groupedBy(findings, (finding) => finding.rule);
  const replaced = new Set<Finding>();
  for (const { by, rules, about = EVERYTHING } of REPLACEMENTS) {
    const winners = byRule.get(by) ?? [];
    if (winners.length === 0) continue;
    const spokenBy = (some: readonly Finding[]): ReadonlySet<string> =>
      new Set(some.flatMap((winner) => subjects(winner, about.by(winner)).own));
    const spoken = spokenBy(winners);
    const newlySpoken = spokenBy(winners.filter((winner) => !isOld(winner)));
    for (const rule of rules) {
      for (const loser of byRule.get(rule) ?? []) {
        const hiding = isOld(loser) ? spoken : newlySpoken;
        if (subjects(loser, about.replaced(loser)).others.some((subject) => hiding.has(subject))) replaced.add(loser);
      }
    }
  }
  return findings.filter((finding) => !replaced.has(finding));
}

/**
 * What a finding is about, and how another one that is about the same calls it: the same domain, or the same file where one
 * of them is about a file that serves several domains.
 */
function subjects(
  { domain, at, related = [] }: Finding,
  words: readonly string[],
): { own: readonly string[]; others: readonly string[] } {
  const paths = [...new Set([at, ...related.map((other) => other.at)].map(({ path }) => path))];
  const inFile = (whose: string): readonly string[] =>
    words.flatMap((word) => paths.map((path) => `${whose} ${path} ${word}`));
  const ofDomain = words.map((word) => `domain ${domain} ${word}`);
  return domain === null
    ? { own: inFile("shared"), others: [...inFile("shared"), ...inFile("own")] }
    : { own: [...ofDomain, ...inFile("own")], others: [...ofDomain, ...inFile("shared")] };
}
