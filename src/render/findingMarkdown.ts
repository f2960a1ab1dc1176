import type { Finding } from "../model/finding.ts";
import { type Name, display } from "../model/name.ts";
import type { Span } from "../model/span.ts";
import { codeBlock, codeSpan, escaped, prose } from "./markdownSafe.ts";
import { type Offer, offerMarkdown } from "./offer.ts";
import { repositoryUrl } from "./repositoryUrl.ts";
import { ruleUrl } from "./ruleUrl.ts";
import { sourceUrl } from "./sourceUrl.ts";

/** Where a place can be looked at; undefined where nowhere. */
export type Link = (span: Span) => string | undefined;

const SEVERITY = { error: "Error", warning: "Warning", notice: "Notice" } as const;

/** Other places of one finding that are told. */
const MOST_RELATED = 5;

/**
 * A finding in Markdown without its own place: what happens to mail, why, the other places, the fix, and a footer. `also` are the
 * other domains of which the same is to be said.
 */
export function findingMarkdown(
  finding: Finding,
  offer: Offer | undefined,
  link: Link = nowhere,
  also: readonly Name[] = [],
): string {
  const { severity, message, related = [] } = finding;
  const [text = "", ...quoted] = message.split("\n");
  const [first, why] = sentences(text);
  const others = related.slice(0, MOST_RELATED).map(({ at, message: said }) => `- ${place(at, link)}: ${prose(said)}`);
  const parts = [
    `**${SEVERITY[severity]}: ${prose(first)}**`,
    ...(why === "" ? [] : [prose(why)]),
    ...(also.length > 0 ? [alsoOf(also)] : []),
    ...(quoted.length > 0 ? [codeBlock(quoted.join("\n"), "text")] : []),
    ...(others.length > 0 ? [others.join("\n")] : []),
    ...(offer ? offerMarkdown(offer) : []),
    findingFooter(finding),
  ];
  return parts.join("\n\n");
}

/** Domains that are named; the summary has them all. */
const MOST_DOMAINS = 10;

function alsoOf(domains: readonly Name[]): string {
  const named = domains.slice(0, MOST_DOMAINS).map((name) => codeSpan(display(name)));
  const left = domains.length - named.length;
  return `The same holds for ${[...named, ...(left > 0 ? [`${left} more`] : [])].join(", ").replace(/, ([^,]*)$/, " and $1")}.`;
}

/** A finding in one sentence, with its place: for those that are told elsewhere or need no action. */
export function findingLine({ severity, rule, message, at }: Finding, link: Link = nowhere): string {
  const [first] = sentences(message.split("\n")[0] ?? "");
  return `**${SEVERITY[severity]}** in ${place(at, link)}: ${prose(first)} ${ruleLink(rule)}`;
}

/** The last line of everything that tells a finding: the rule, its source, and how to accept the risk. */
export function findingFooter({ rule, reference }: Finding): string {
  const source = sourceUrl(reference);
  const parts = [
    `Rule ${ruleLink(rule)}`,
    source === undefined ? escaped(reference) : `[${escaped(reference)}](${source})`,
    `[accept this risk](${repositoryUrl("docs/configuration.md#ignore")})`,
  ];
  return `<sub>${parts.join(" · ")}</sub>`;
}

/** A place as people name it, and as a link where it can be looked at. */
export function place(span: Span, link: Link = nowhere): string {
  const { path, side, start } = span;
  const shown = codeSpan(path);
  const url = link(span);
  const named = `${shown}, line ${start.line}`;
  return `${url === undefined ? named : `[${named}](${url})`}${side === "base" ? " (before)" : ""}`;
}

/** A message's first sentence, and the rest; a stop inside backquotes or in a name ends none. */
export function sentences(text: string): readonly [string, string] {
  const end = /[.!?](?= +[\p{Lu}`])/gu;
  for (const { index } of text.matchAll(end)) {
    const isQuoted = (text.slice(0, index).match(/`/g) ?? []).length % 2 === 1;
    if (!isQuoted) return [text.slice(0, index + 1), text.slice(index + 1).trim()];
  }
  return [text, ""];
}

function ruleLink(rule: string): string {
  return `[${rule}](${ruleUrl(rule)})`;
}

function nowhere(): undefined {
  return undefined;
}
