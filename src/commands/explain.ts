import { Unusable } from "../load/unusable.ts";
import type { Rule } from "../model/rule.ts";
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
  const [asked] = positionals;
  const ids = asked === undefined ? (Object.keys(RULES) as RuleId[]) : [known(asked)];
  const rules = ids.map((id) => describe(id, asked !== undefined));
  if (format === "json")
    process.stdout.write(`${JSON.stringify(asked === undefined ? rules : rules[0], undefined, 2)}\n`);
  else process.stdout.write(asked === undefined ? list(ids) : page(ids[0] as RuleId));
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
  const near = Object.keys(RULES).filter((rule) => rule.includes(id) || id.includes(rule));
  throw new Unusable(
    `there is no rule ${JSON.stringify(asked)}${near.length > 0 ? `: did you mean ${near.join(" or ")}?` : ": mta-sts-guard explain lists them."}`,
  );
}

function describe(id: RuleId, withPage: boolean): object {
  const { group, severity, summary, references, since }: Rule = RULES[id];
  return {
    rule: id,
    group,
    severity,
    summary,
    references,
    since,
    url: ruleUrl(id),
    ...(withPage ? { page: PAGES[id] } : {}),
  };
}

function list(ids: readonly RuleId[]): string {
  const width = Math.max(...ids.map((id) => id.length));
  return ids.map((id) => `${id.padEnd(width)}  ${RULES[id].severity.padEnd(7)}  ${RULES[id].summary}\n`).join("");
}

function page(id: RuleId): string {
  const { severity, references, summary }: Rule = RULES[id];
  return `${id} (${severity}, ${references.join(", ")})\n\n${summary}.\n\n${PAGES[id].trim()}\n\n${ruleUrl(id)}\n`;
}
