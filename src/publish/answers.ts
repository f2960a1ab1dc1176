/** As many as anybody reads. */
const MOST = 5;

const ANSWER = /^- \d{4}-\d\d-\d\d \d\d:\d\d UTC: /;

/**
 * What a check answers those who pressed its buttons, each a line of Markdown that begins with its moment. They stand first in a
 * check's summary, before anything that somebody else could have written, so they can be read there again.
 */
export function answersIn(summary: string): readonly string[] {
  const lines = summary.split(/\r?\n/);
  const end = lines.findIndex((line) => !ANSWER.test(line));
  return lines.slice(0, end);
}

/** A summary with the newest answers, each once, in place of those that it has. */
export function withAnswers(summary: string, answers: readonly string[]): string {
  const rest = summary.split(/\r?\n/).slice(answersIn(summary).length).join("\n").replace(/^\n/, "");
  const lines = [...new Set(answers)].toSorted().slice(-MOST);
  return lines.length === 0 ? rest : `${lines.join("\n")}\n\n${rest}`;
}

/** An answer's line; `at`: "2026-06-01 13:00 UTC". */
export function answerLine(at: string, text: string): string {
  return `- ${at}: ${text.replaceAll(/\s+/g, " ")}`;
}
