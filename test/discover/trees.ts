import { nameOf } from "../../src/model/name.ts";
import { type Config, DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Tree } from "../../src/model/snapshot.ts";
import { Source } from "../../src/model/source.ts";
import type { Survey } from "../../src/model/survey.ts";
import { survey } from "../../src/discover/survey.ts";

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

export function treeOf(files: Files): Tree {
  const sources = Object.entries(files).map(
    ([path, text]) => [path, new Source("head", path, Buffer.from(text))] as const,
  );
  return { sources: new Map(sources), unread: [] };
}

export function surveyOf(files: Files, config: Partial<Config> = {}, repositoryName?: string): Survey {
  return survey({ ...treeOf(files), repositoryName }, { ...DEFAULT_CONFIG, ...config });
}

/** `path: domain, domain (evidence)` a line for each policy. */
export function pairings({ pairings: all }: Survey): readonly string[] {
  return all.map(
    ({ policy, domains, pairedBy }) =>
      `${policy.source.path}: ${domains.map((name) => name.slice(0, -1)).join(", ")} (${pairedBy})`,
  );
}

/** `path: origin` a line for each zone. */
export function zones({ zones: all }: Survey): readonly string[] {
  return all.map((zone) => `${zone.source.path}: ${zone.origin}`);
}

/** A policy that allows some hosts. */
export function policy(...mx: readonly string[]): string {
  const lines = (mx.length > 0 ? mx : ["mx.fabrikam.net"]).map((host) => `mx: ${host}\n`);
  return `version: STSv1\nmode: testing\n${lines.join("")}max_age: 604800\n`;
}

/** A zone with an MTA-STS record and some MX hosts; it does not say its origin unless that is given. */
export function zone({ origin, mx = ["mx.fabrikam.net."], sts = true }: ZoneText = {}): string {
  return [
    ...(origin === undefined ? [] : [`$ORIGIN ${nameOf(origin)}`]),
    "$TTL 3600",
    "@ SOA ns.fabrikam.net. dns.fabrikam.net. 1 7200 900 1209600 300",
    "@ NS ns.fabrikam.net.",
    ...mx.map((host) => `@ MX 10 ${host}`),
    ...(sts ? ['_mta-sts TXT "v=STSv1; id=1;"'] : []),
    "",
  ].join("\n");
}

interface ZoneText {
  readonly origin?: string;
  readonly mx?: readonly string[];
  readonly sts?: boolean;
}
