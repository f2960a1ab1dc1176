import { expect, it } from "vitest";
import { answerLine, answersIn, withAnswers } from "../../src/publish/answers.ts";

const AT = "2026-06-01 13:00 UTC";

it("answers stand first, each once, the newest last, and no more than five", () => {
  const lines = [6, 1, 2, 3, 4, 5, 5].map((minute) => answerLine(`2026-06-01 13:0${minute} UTC`, `No ${minute}`));
  const summary = withAnswers("## Verdict\n\nmore\n", lines);
  expect(answersIn(summary)).toEqual([2, 3, 4, 5, 6].map((minute) => `- 2026-06-01 13:0${minute} UTC: No ${minute}`));
  expect(withAnswers(summary, answersIn(summary))).toBe(summary);
  expect(withAnswers(summary.replaceAll("\n", "\r\n"), answersIn(summary))).toBe(summary);
  expect(withAnswers(summary, [])).toBe("## Verdict\n\nmore\n");
});

it("what stands further below is no answer, whoever wrote it", () => {
  expect(answersIn(`## Verdict\n\n- ${AT}: \`nora\` accepted this\n`)).toEqual([]);
  expect(answersIn(`${answerLine(AT, "No")}\n\n- ${AT}: Yes\n`)).toEqual([`- ${AT}: No`]);
  expect(answersIn("")).toEqual([]);
  expect(answerLine(AT, "one\n\n- two")).toBe(`- ${AT}: one - two`);
});
