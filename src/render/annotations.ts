import { counts } from "../model/conclusion.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import { logSafe } from "./logSafe.ts";

/** What GitHub shows of one step and cuts off without a word: 10 of each severity. */
const EACH = 10;

/** Characters of a message. */
const LONGEST = 4000;

const SEVERITIES: readonly Severity[] = ["error", "warning", "notice"];

/** What the annotations are made for. */
export interface AnnotationOptions {
  /** Whether findings that base already had are shown, too. */
  readonly all: boolean;
  /** Where those are told that are left out: `the job summary`. */
  readonly rest: string;
}

/** Findings as workflow commands of GitHub's runner, one a line, errors first, as many as GitHub shows. */
export function annotations(findings: readonly Finding[], { all, rest }: AnnotationOptions): string {
  const wanted = findings.filter((finding) => counts(finding, all));
  const groups = SEVERITIES.map((severity) => wanted.filter((finding) => finding.severity === severity));
  const isMore = groups.some((group) => group.length > EACH);
  const lines: string[] = [];
  const left: string[] = [];
  for (const [index, group] of groups.entries()) {
    const severity = SEVERITIES[index] as Severity;
    // The last notice says how many are left out.
    const room = severity === "notice" && (isMore || group.length > EACH) ? EACH - 1 : EACH;
    lines.push(...group.slice(0, room).map(annotation));
    if (group.length > room) left.push(`${group.length - room} more ${severity}${group.length - room > 1 ? "s" : ""}`);
  }
  if (left.length > 0)
    lines.push(`::notice title=mta-sts-guard::${data(`Not shown here: ${left.join(", ")}. They stand in ${rest}.`)}`);
  return lines.map((line) => `${line}\n`).join("");
}

function annotation(finding: Finding): string {
  const { severity, rule, reference, message, related = [] } = finding;
  const at = [finding.at, ...related.map((other) => other.at)].find((span) => span.side === "head");
  const lines = message.split("\n").map(logSafe);
  const place = at && isPlain(at.path) ? placeOf(at) : {};
  // A place on a deleted line, or in a file of such a name, can only be told in words.
  if (at !== finding.at || !("file" in place))
    lines.push(
      `${logSafe(finding.at.path)}:${finding.at.start.line}${finding.at.side === "base" ? " of the base" : ""}`,
    );
  const properties: Readonly<Record<string, string | number>> = { ...place, title: `${rule} (${reference})` };
  const told = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${severity} ${told.join(",")}::${data(clipped(lines.join("\n")))}`;
}

function placeOf({ path, start, end }: Span): Readonly<Record<string, string | number>> {
  const lastLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const columns = start.line === end.line && end.column > start.column;
  return {
    file: path,
    line: start.line,
    endLine: lastLine,
    ...(columns ? { col: start.column, endColumn: end.column } : {}),
  };
}

/** Whether a path may stand in a command: the runner must neither see a command in it, nor anything that is not shown. */
function isPlain(path: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]|::|##\[/u.test(path);
}

function clipped(text: string): string {
  return text.length > LONGEST ? `${Array.from(text).slice(0, LONGEST).join("")}…` : text;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
