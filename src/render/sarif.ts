import { gzipSync } from "node:zlib";
import manifest from "../../package.json" with { type: "json" };
import type { Conclusion } from "../model/conclusion.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { type Ignore, dayText } from "../model/ignore.ts";
import { display } from "../model/name.ts";
import type { Ignored, Review } from "../model/review.ts";
import type { Rule } from "../model/rule.ts";
import { skippedFiles } from "../model/survey.ts";
import type { UnreadFile } from "../model/unreadFile.ts";
import { jsonText } from "./jsonText.ts";
import { plural } from "./lookedAt.ts";
import { repositoryUrl } from "./repositoryUrl.ts";
import { sarifFix } from "./sarifFix.ts";
import { type Place, type SourceOf, artifactLocation, placer } from "./sarifPlace.ts";
import { sarifRule } from "./sarifRule.ts";
import { plain } from "./sarifText.ts";

/** What a SARIF file is made of, and for. */
export interface SarifOptions {
  /** Every rule by its id, and its page. */
  readonly rules: Readonly<Record<string, Rule>>;
  readonly pages: Readonly<Record<string, string>>;
  readonly conclusion: Conclusion;
  /** Whether there is a base to compare with. */
  readonly isChange: boolean;
  /**
   * Whether only what is open belongs in: GitHub's code scanning knows neither `baselineState` nor `suppressions`, and would
   * show what is fixed or ignored as an alert.
   */
  readonly onlyOpen: boolean;
  readonly source: SourceOf;
}

/** What GitHub takes: so many results of a run, and so many bytes of the file once it is packed (10 MB, less a margin). */
const MOST_RESULTS = 25_000;
const MOST_BYTES = 9_500_000;

/** Of the locations that belong to a result GitHub keeps 100, and refuses a file with more than 1,000. */
const MOST_RELATED = 100;

const LEVELS = { error: "error", warning: "warning", notice: "note" } as const satisfies Record<Severity, string>;
const BASELINE_STATES = { new: "new", existing: "unchanged", fixed: "absent" } as const;

/** The findings as a SARIF 2.1.0 log of one run, worst first, the same bytes for the same review. */
export function sarif(review: Review, options: SarifOptions): string {
  const { findings, ignored } = review;
  const { onlyOpen } = options;
  const result = resulting(options);
  const open = findings.filter(({ status }) => status !== "fixed");
  const fixed = onlyOpen ? [] : findings.filter(({ status }) => status === "fixed");
  const results = [
    ...open.map((finding) => result(finding)),
    ...(onlyOpen ? [] : ignored).map(({ finding, by }) => result(finding, by)),
    ...fixed.map((finding) => result(finding)),
  ];
  return fitting(results, (kept) => `${jsonText(log(review, kept, results.length - kept.length, options), 2)}\n`);
}

/** The text with as many results as GitHub takes. */
export function fitting<T>(
  results: readonly T[],
  render: (kept: readonly T[]) => string,
  limits = { results: MOST_RESULTS, bytes: MOST_BYTES },
): string {
  let kept = results.slice(0, limits.results);
  for (;;) {
    const text = render(kept);
    const size = text.length <= limits.bytes ? 0 : gzipSync(text).length;
    if (size <= limits.bytes || kept.length === 0) return text;
    kept = kept.slice(0, Math.floor((kept.length * 0.95 * limits.bytes) / size));
  }
}

function log(review: Review, results: readonly object[], leftOut: number, options: SarifOptions): object {
  const { rules, pages, conclusion } = options;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: manifest.name,
            semanticVersion: manifest.version,
            version: manifest.version,
            informationUri: repositoryUrl("README.md"),
            rules: Object.entries(rules).map(([id, rule]) => sarifRule(id, rule, pages[id] ?? "")),
          },
        },
        invocations: [
          {
            // GitHub keeps the alerts that it has rather than take a run that did not see everything.
            executionSuccessful: conclusion !== "incomplete",
            toolExecutionNotifications: notifications(review, leftOut, options),
          },
        ],
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        columnKind: "utf16CodeUnits",
        defaultEncoding: "utf-8",
        results,
      },
    ],
  };
}

/** What the run could not read, and what of it does not stand here. */
function notifications({ findings, sides }: Review, leftOut: number, { rules, source }: SarifOptions) {
  const place = placer(source);
  const index = Object.keys(rules).indexOf("incomplete");
  const gaps = findings.filter(({ rule, status }) => rule === "incomplete" && status !== "fixed");
  return [
    ...gaps.map(({ rule, severity, message, at }) => ({
      level: LEVELS[severity],
      message: { text: plain(message) },
      associatedRule: { id: rule, index },
      locations: [{ physicalLocation: place(at).physicalLocation }],
    })),
    ...skippedFiles(sides.head).map(unread),
    ...(leftOut > 0
      ? [
          {
            level: "warning",
            message: {
              text: `${plural(leftOut, "result")} of less weight are left out, because GitHub takes no more in one file. The text and JSON formats hold all.`,
            },
          },
        ]
      : []),
  ];
}

function unread({ path, span, reason, leftOut }: UnreadFile): object {
  return {
    level: "note",
    message: { text: `${leftOut ? "Left out" : "Not read"}: ${plain(reason)}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: artifactLocation(path), region: { startLine: span.start.line } },
      },
    ],
  };
}

/** Makes a result of a finding, and of what says that it is ignored. */
function resulting({ rules, isChange, source }: SarifOptions): (finding: Finding, by?: Ignored["by"]) => object {
  const place = placer(source);
  const indices = new Map(Object.keys(rules).map((id, index) => [id, index]));
  return (finding, by) => {
    const { rule, severity, status, message, related = [], fingerprint, domain, reference, fix } = finding;
    const at = status === "fixed" ? place(finding.at) : mainPlace(finding, place);
    const fixed = fix && sarifFix(fix, source);
    return {
      ruleId: rule,
      ruleIndex: indices.get(rule),
      level: LEVELS[severity],
      message: { text: [plain(message), ...(at.was === undefined ? [] : [at.was])].join("\n") },
      locations: [{ physicalLocation: at.physicalLocation }],
      ...(related.length > 0
        ? {
            relatedLocations: related.slice(0, MOST_RELATED).map((other, index) => {
              const { physicalLocation, was } = place(other.at);
              const text = [plain(other.message), ...(was === undefined ? [] : [was])].join(" ");
              return { id: index + 1, physicalLocation, message: { text } };
            }),
          }
        : {}),
      // GitHub looks at the first of them only, and makes a new alert of what has another.
      partialFingerprints: { primaryLocationLineHash: fingerprint, "mtaStsGuard/v1": fingerprint },
      ...(isChange ? { baselineState: BASELINE_STATES[status] } : {}),
      ...(by ? { suppressions: [suppression(by, place)] } : {}),
      ...(fixed ? { fixes: [fixed] } : {}),
      properties: { ...(domain === null ? {} : { domain: display(domain) }), reference },
    };
  };
}

/**
 * Where a finding is told: its own place, or if that is a line which the change deletes, the first of its other places that
 * head has - code scanning shows files of head only -, or where the line was.
 */
function mainPlace({ at, related = [] }: Finding, place: Place): ReturnType<Place> {
  if (at.side === "head") return place(at);
  const there = related.find((other) => other.at.side === "head");
  return there ? { ...place(there.at), was: place(at).was } : place(at);
}

function suppression(by: Ignore, place: Place): object {
  const until = by.until ? ` (until ${dayText(by.until)})` : "";
  return {
    kind: "record" in by ? "inSource" : "external",
    status: "accepted",
    justification: `${plain(by.reason)}${until}`,
    location: { physicalLocation: place(by.at).physicalLocation },
  };
}
