import { Unusable } from "../load/unusable.ts";
import { GROUPS, byGroup } from "../model/group.ts";
import { nearest } from "../model/nearest.ts";
import type { Rule } from "../model/rule.ts";
import { jsonText } from "../render/jsonText.ts";
import { type PageOptions, pageText, proseLines } from "../render/pageText.ts";
import { painter } from "../render/paint.ts";
import { sourceUrl } from "../render/sourceUrl.ts";
import { ruleUrl } from "../render/ruleUrl.ts";
import { RULES, type RuleId } from "../rules/index.ts";
import { PAGES } from "../rules/pages.ts";
import { readArguments } from "./readArguments.ts";

export const help = `Prints a rule's page - what happens, why, how to repair - or the list of rules.

usage: mta-sts-guard explain [RULE] [--format text|json]

Exit status: 0, or 2 if there is no such rule.
`;

/** Runs `explain`; resolves to the exit status. */
export async function runExplain(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(argv);
  if (values.help) return (process.stdout.write(help), 0);
  const format = values.format ?? "text";
  if (format !== "text" && format !== "json") throw new Unusable(`--format ${format} is not known: use text or json.`);
  if (positionals.length > 1) throw new Unusable("explain takes one rule at a time. See mta-sts-guard explain --help.");
  const id = positionals[0] === undefined ? undefined : known(positionals[0]);
  if (format === "json") {
    const all = (Object.keys(RULES) as RuleId[]).map(describe);
    process.stdout.write(`${jsonText(id === undefined ? all : { ...describe(id), page: PAGES[id] }, 2)}\n`);
  } else {
    const { isTTY, columns } = process.stdout;
    const options = { width: Math.min(columns ?? 80, 100), color: isTTY && !process.env["NO_COLOR"] };
    process.stdout.write(id === undefined ? rulesText(options) : ruleText(id, options));
  }
  return 0;
}

function parsed(argv: readonly string[]) {
  return readArguments("explain", {
    args: [...argv],
    options: { format: { type: "string" }, help: { type: "boolean" } },
    allowPositionals: true,
  });
}

function known(asked: string): RuleId {
  const id = asked.toLowerCase();
  if (Object.hasOwn(RULES, id)) return id as RuleId;
  const ids = Object.keys(RULES);
  const alike = [nearest(id, ids) ?? [], ids.filter((rule) => rule.includes(id) || id.includes(rule))].flat();
  const near = [...new Set(id === "" ? [] : alike)];
  throw new Unusable(
    `there is no rule ${JSON.stringify(asked)}${near.length > 0 ? `: did you mean ${near.join(" or ")}?` : ": mta-sts-guard explain lists them."}`,
  );
}

function describe(id: RuleId): object {
  const { group, severity, summary, references, since }: Rule = RULES[id];
  return { rule: id, group, severity, summary, references, since, url: ruleUrl(id) };
}

/** The list of rules, group by group. */
export function rulesText(options: PageOptions): string {
  const paint = painter(options.color);
  const width = Math.max(...Object.keys(RULES).map((id) => id.length));
  const parts = byGroup(Object.entries<Rule>(RULES)).map(([group, rules]) => {
    const rows = rules.map(([id, { severity, summary }]) => {
      const lead = `  ${id.padEnd(width)}  ${severity.padEnd("warning".length)}  `;
      const [first = "", ...more] = proseLines(summary, lead, options);
      return [first.replace(severity, paint(severity, severity)), ...more].join("\n");
    });
    return `${paint("bold", GROUPS[group].replaceAll("`", ""))}\n\n${rows.join("\n")}\n`;
  });
  return `${parts.join("\n")}\nmta-sts-guard explain RULE shows a rule's page.\n`;
}

/** A rule's page: what it says of itself, then the page, then where to read on. */
export function ruleText(id: RuleId, options: PageOptions): string {
  const { severity, references, summary, group }: Rule = RULES[id];
  const paint = painter(options.color);
  const sources = [...references.map((reference) => [reference, sourceUrl(reference)]), ["this page", ruleUrl(id)]];
  return [
    `${paint("bold", id)}: ${paint(severity, severity)} (${group})\n`,
    `${proseLines(`${summary}.`, "  ", options).join("\n")}\n`,
    pageText(PAGES[id], options),
    paint("bold", "Read on"),
    "",
    ...sources.map(([title, url]) => `  ${title}${url === undefined ? "" : `: ${url}`}`),
    "",
  ].join("\n");
}
