import { counts } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import { display } from "../model/name.ts";
import type { Review } from "../model/review.ts";
import type { Source } from "../model/source.ts";
import type { Span } from "../model/span.ts";
import { logSafe } from "./logSafe.ts";
import { type Paint, type Style, painter } from "./paint.ts";
import { type TextOptions, closing } from "./text.ts";
import { wrapped } from "./wrapped.ts";

/** How the terminal form looks: `color` for ANSI colours, `width` in columns. */
export interface TerminalOptions extends TextOptions {
  readonly color: boolean;
  readonly width: number;
  /** The text of a file on a side, to quote lines from. */
  source(span: Span): Source | undefined;
}

/** The form for eyes: findings by domain, each with its line quoted and the fault underlined. */
export function terminal(review: Review, options: TerminalOptions): string {
  const shown = review.findings.filter((finding) => counts(finding, options.all));
  const paint = painter(options.color);
  const groups = new Map<string, Finding[]>();
  for (const finding of shown) {
    const title = finding.domain === null ? logSafe(finding.at.path) : logSafe(display(finding.domain));
    groups.set(title, [...(groups.get(title) ?? []), finding]);
  }
  const blocks = [...groups].map(([title, findings]) =>
    [paint("bold", title), ...findings.map((finding) => block(finding, options, paint))].join("\n\n"),
  );
  return `${[...blocks, closing(review).join("\n")].join("\n\n")}\n`;
}

function block(finding: Finding, options: TerminalOptions, paint: Paint): string {
  const head = `  ${paint(finding.severity, finding.severity)} ${paint("dim", `${finding.rule} · ${finding.reference}`)}`;
  const known = finding.status === "existing" ? paint("dim", " · was there before") : "";
  const prose = finding.message.split("\n").flatMap((line) => wrapped(logSafe(line), Math.min(options.width, 100) - 2));
  const lines = [
    head + known,
    ...frame(finding.at, options, paint, finding.severity),
    ...prose.map((line) => `  ${line}`),
  ];
  for (const related of finding.related ?? []) {
    lines.push(...frame(related.at, options, paint, "dim"), `  ${logSafe(related.message)}`);
  }
  if (finding.fix) lines.push(`  ${paint("fix", "fix")} ${logSafe(finding.fix.title)} (\`--fix\` applies it)`);
  return lines.join("\n");
}

/** The line quoted and the stretch underlined: `  12 | text` and carets below. */
function frame(span: Span, options: TerminalOptions, paint: Paint, style: Style): readonly string[] {
  const where = `  ${paint("dim", `${logSafe(span.path)}:${span.start.line}:${span.start.column}`)}`;
  const line = options.source(span)?.line(span.start.line);
  if (line === undefined || line.trim() === "") return [where];
  const number = String(span.start.line);
  const room = Math.max(20, options.width - number.length - 7);
  const end = span.end.line === span.start.line ? span.end.column - 1 : line.length;
  const from = Math.max(0, Math.min(span.start.column - 1, Math.max(0, line.length - room), span.start.column - 11));
  const part = shown(line.slice(from, from + room));
  const lead = shown(line.slice(from, span.start.column - 1)).length;
  const marked = shown(line.slice(span.start.column - 1, Math.min(end, from + room))).length;
  return [
    where,
    `  ${paint("dim", `${number} |`)} ${part}`,
    `  ${" ".repeat(number.length)} ${paint("dim", "|")} ${" ".repeat(lead)}${paint(style, "^".repeat(Math.max(1, marked)))}`,
  ];
}

/** Tabs as blanks, so that the carets stand below what they mark. */
function shown(text: string): string {
  return logSafe(text.replaceAll("\t", "    "));
}
