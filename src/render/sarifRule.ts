import type { Severity } from "../model/finding.ts";
import type { Rule } from "../model/rule.ts";
import { blocks } from "./markdown.ts";
import { pageMarkdown } from "./pageMarkdown.ts";
import { pageText } from "./pageText.ts";
import { ruleUrl } from "./ruleUrl.ts";

/** What GitHub shows of a description, in characters. */
const LONGEST = 1024;

const LEVELS = { error: "error", warning: "warning", notice: "note", off: "note" } as const;
const PROBLEMS: Readonly<Record<Severity | "off", string>> = {
  error: "error",
  warning: "warning",
  notice: "recommendation",
  off: "recommendation",
};

/** A rule as SARIF describes it, with its page. */
export function sarifRule(id: string, { group, summary, severity, references }: Rule, page: string): object {
  const opening = blocks(page).find((block) => block.kind === "paragraph");
  return {
    id,
    ...(id.includes("-") ? { name: nameOf(id) } : {}),
    shortDescription: description(`${summary}.`),
    fullDescription: description(opening?.text ?? `${summary}.`),
    helpUri: ruleUrl(id),
    help: { text: pageText(page, { width: 100, color: false }), markdown: pageMarkdown(page).trim() },
    defaultConfiguration: { enabled: severity !== "off", level: LEVELS[severity] },
    properties: {
      tags: ["mta-sts", group],
      precision: "high",
      "problem.severity": PROBLEMS[severity],
      references,
    },
  };
}

/** In the spelling that the standard asks for; a name that is its id once more is not allowed. */
function nameOf(id: string): string {
  return id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

function description(markdown: string): object {
  const text = markdown.replaceAll(/[`*]/g, "");
  return { text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text, markdown };
}
