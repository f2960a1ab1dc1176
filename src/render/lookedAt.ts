import type { Review } from "../model/review.ts";
import { skippedFiles } from "../model/survey.ts";

/** What a review looked at and found, in numbers. */
export interface LookedAt {
  readonly zones: number;
  readonly policies: number;
  readonly domains: number;
  /** The files that were not read, by their format. */
  readonly unread: ReadonlyMap<string | null, number>;
  /** How many were left out as samples, test data or other people's code. */
  readonly leftOut: number;
}

/** Counts what a review looked at, each thing once: what changed, and the other half of every domain that it touches. */
export function lookedAt({ changes, sides }: Review): LookedAt {
  const unread = new Map<string | null, number>();
  let leftOut = 0;
  for (const { format, leftOut: isSample } of skippedFiles(sides.head)) {
    if (isSample) leftOut++;
    else unread.set(format, (unread.get(format) ?? 0) + 1);
  }
  const zones = new Set<string>();
  const policies = new Set<string>();
  for (const { base, head } of changes.zones) zones.add((head ?? base)?.source.path ?? "");
  for (const { base, head } of changes.policies) policies.add((head ?? base)?.source.path ?? "");
  for (const { base, head } of changes.domains) {
    const zone = head?.zone ?? base?.zone;
    const policy = head?.policy ?? base?.policy;
    if (zone) zones.add(zone.source.path);
    if (policy) policies.add(policy.source.path);
  }
  return { zones: zones.size, policies: policies.size, domains: changes.domains.length, unread, leftOut };
}

const NAMES: Readonly<Record<string, string>> = {
  terraform: "Terraform",
  dnscontrol: "DNSControl",
  nix: "Nix",
  caddy: "Caddy",
  javascript: "JavaScript",
  yaml: "YAML",
  json: "JSON",
};

/** The line that every text output ends with: `3 zones, 2 policies, 2 domains; 1 file not read (Terraform)`. */
export function lookedAtLine(counts: LookedAt): string {
  const seen = [plural(counts.zones, "zone"), plural(counts.policies, "policy"), plural(counts.domains, "domain")].join(
    ", ",
  );
  const parts = [seen];
  const total = [...counts.unread.values()].reduce((sum, count) => sum + count, 0);
  const formats = [...counts.unread.keys()]
    .filter((format) => format !== null)
    .map((format) => NAMES[format] ?? format);
  if (total > 0) parts.push(`${plural(total, "file")} not read${formats.length > 0 ? ` (${formats.join(", ")})` : ""}`);
  if (counts.leftOut > 0) parts.push(`${plural(counts.leftOut, "file")} of samples or test data left out`);
  return parts.join("; ");
}

/** `1 zone`, `2 policies`. */
export function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  if (noun.endsWith("y")) return `${count} ${noun.slice(0, -1)}ies`;
  return `${count} ${noun}${noun.endsWith("x") ? "es" : "s"}`;
}
