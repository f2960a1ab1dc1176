import { SUMMARY_MARKER } from "../render/summaryComment.ts";
import { firstLine, isSameText } from "./reconcile.ts";

/** Which head a summary speaks of, and which run wrote it. */
export interface SummaryMark {
  readonly headSha: string;
  /** "4711.1": id and attempt. */
  readonly run: string;
}

/** A summary's text after its first line, which is its identity, and the line that says whose it is. */
export function markedSummary(text: string, { headSha, run }: SummaryMark): string {
  return `${SUMMARY_MARKER}\n<!-- head ${headSha} run ${run.replaceAll(/[^\w.]/g, "_")} -->\n${text}`;
}

const MARK = /^<!-- head ([0-9a-f]+) run ([\w.]*) -->$/;

/** Undefined for a comment that is no summary, or one from before there was such a line. */
export function summaryMark(body: string): SummaryMark | undefined {
  const [, headSha, run] = MARK.exec(body.split(/\r?\n/, 2)[1] ?? "") ?? [];
  return isSummary(body) && headSha !== undefined && run !== undefined ? { headSha, run } : undefined;
}

export function isSummary(body: string): boolean {
  return firstLine(body) === SUMMARY_MARKER;
}

/** Whether two summaries say the same of the same head, whichever run wrote them. */
export function isSameSummary(a: string, b: string): boolean {
  const withoutRun = (text: string): string => text.replace(/^(.*\r?\n<!-- head [0-9a-f]+) run [\w.]* -->/, "$1 -->");
  return isSameText(withoutRun(a), withoutRun(b));
}
