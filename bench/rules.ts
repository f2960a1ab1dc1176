import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Config, DEFAULT_CONFIG } from "../src/model/config.ts";
import type { Snapshot, Tree } from "../src/model/snapshot.ts";
import { Source } from "../src/model/source.ts";
import type { Side } from "../src/model/span.ts";
import type { Report } from "../src/model/finding.ts";
import type { Rule } from "../src/model/rule.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { median } from "./measure.ts";

/** What a review of one large zone may take, in milliseconds. */
const LIMIT = 300;

/** Zones that hold thousands of records about mail, sound and not; made of texts, so that parsing counts. */
const SHAPES: Readonly<Record<string, () => Snapshot>> = {
  "5,000 records, one domain": () =>
    change((serial) => ({
      [ZONE]: `${top(serial)}${hostRecords(4990)}${records("nordwind.de.", serial)}`,
      [POLICY]: policy("mx1.fabrikam.net"),
    })),
  "1,000 domains, a policy each": () => change((serial) => domains(1000, serial, () => policy("mx1.fabrikam.net"))),
  "1,000 domains, each fault": () => change((serial) => domains(1000, serial, () => policy("mx2.fabrikam.net."), "x")),
  "1,000 domains, one policy": () => change((serial) => shared(1000, serial)),
  "5,000 domains, one policy": () => change((serial) => shared(5000, serial)),
  "20,000 uncovered MX": () => change((serial) => ({ ...one(serial, 20_000), [POLICY]: policy("mx.fabrikam.net") })),
  "5,000 mx lines": () => change((serial) => ({ ...one(serial, 5000), [POLICY]: policy(...hosts(3000)) })),
};

const FILE = fileURLToPath(import.meta.url);
const ZONE = "zones/nordwind.de.zone";
const POLICY = "policies/nordwind.de/mta-sts.txt";

const top = (serial: number): string =>
  `$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns1 h ${serial} 4h 1h 1w 300\n@ NS ns1\nns1 A 203.0.113.1\n`;

const policy = (...mx: readonly string[]): string =>
  `version: STSv1\nmode: testing\n${mx.map((host) => `mx: ${host}\n`).join("")}max_age: 604800\n`;

const hosts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `m${index}.nordwind.de`);

const hostRecords = (count: number): string =>
  Array.from({ length: count }, (_, index) => `host${index} A 198.51.${(index >> 8) % 256}.${index % 256}\n`).join("");

function records(name: string, serial: number, fault = ""): string {
  return (
    `${name} MX 10 mx1.fabrikam.net.\n_mta-sts.${name} TXT "v=STSv1; id=${serial}${fault && "-"}"\n` +
    `mta-sts.${name} CNAME web.fabrikam.net.${fault && `\nmta-sts.${name} A 10.0.0.1`}\n` +
    `_smtp._tls.${name} TXT "v=TLSRPTv1; rua=${fault ? "" : "mailto:"}tls@fabrikam.net"\n${name} A 203.0.113.80\n`
  );
}

function domains(count: number, serial: number, text: () => string, fault?: string): Files {
  const names = Array.from({ length: count }, (_, index) => `d${index}`);
  return {
    [ZONE]: top(serial) + names.map((name) => records(name, serial, fault)).join(""),
    ...Object.fromEntries(names.map((name) => [`policies/${name}.nordwind.de/mta-sts.txt`, text()])),
  };
}

function shared(count: number, serial: number): Files {
  const names = Array.from({ length: count }, (_, index) => `d${index}`);
  return {
    [ZONE]: top(serial) + names.map((name) => records(name, serial)).join(""),
    "web/.well-known/mta-sts.txt": policy("mx1.fabrikam.net"),
  };
}

function one(serial: number, mx: number): Files {
  return {
    [ZONE]: `${top(serial)}${hosts(mx)
      .map((host, at) => `@ MX ${at} ${host}.\n`)
      .join("")}${records("nordwind.de.", serial)}`,
  };
}

type Files = Readonly<Record<string, string>>;

function change(files: (serial: number) => Files): Snapshot {
  const now = new Date("2026-06-01T12:00:00Z");
  const [base, head] = [tree("base", files(2026010101)), tree("head", files(2026060101))];
  return {
    base,
    head,
    changed: new Set(head.sources.keys()),
    past: [...base.sources].map(([of, source]) => ({ moment: new Date("2026-03-01"), commit: "1", of, source })),
    pastComplete: true,
    gaps: [],
    moment: { now, head: now },
  };
}

function tree(side: Side, files: Files): Tree {
  const sources = Object.entries(files).map(
    ([path, text]) => [path, new Source(side, path, Buffer.from(text))] as const,
  );
  return { sources: new Map(sources), unread: [] };
}

/** Every rule speaks, also those that are off by default. */
const ALL: Config = {
  ...DEFAULT_CONFIG,
  severities: new Map(
    Object.entries(RULES).flatMap(([id, { severity }]: [string, Rule]) =>
      severity === "off" ? [[id, "notice" as const]] : [],
    ),
  ),
};

/** `review` alone, over large zones and with every rule on: warm and cold, and what each rule takes. */
export function benchRules(rounds: number): boolean {
  for (const [name, shape] of Object.entries(SHAPES)) {
    const cold: number[] = [];
    for (let round = 0; round < rounds; round++) cold.push(inNewProcess(name));
    const warm: number[] = [];
    for (let round = 0; round < 2 * rounds; round++) warm.push(timed(shape()));
    const [first, then] = [median(cold), median(warm.slice(rounds))];
    const mark = first > LIMIT ? `  over ${LIMIT} ms` : "";
    console.log(
      `  ${name.padEnd(30)} ${first.toFixed(0).padStart(6)} ms cold ${then.toFixed(0).padStart(6)} ms warm${mark}`,
    );
    for (const [rule, milliseconds] of sharesOf(shape()).slice(0, 5))
      if (milliseconds >= 1) console.log(`    ${rule.padEnd(28)} ${milliseconds.toFixed(0).padStart(6)} ms`);
  }
  return true;
}

function timed(snapshot: Snapshot): number {
  const start = performance.now();
  review(snapshot, ALL);
  return performance.now() - start;
}

/** One review where nothing has been compiled yet. */
function inNewProcess(name: string): number {
  return Number(spawnSync(process.execPath, [FILE, name], { encoding: "utf8" }).stdout);
}

/** What each rule takes in one review, trials of fixes included; the dearest first. */
function sharesOf(snapshot: Snapshot): readonly (readonly [rule: string, milliseconds: number])[] {
  const shares = new Map<string, number>();
  const restore = Object.entries(RULES).map(([id, rule]: [string, Rule]) => {
    const kept = { ...rule };
    for (const subject of ["domain", "policy", "zone", "unread"] as const) {
      const judge = rule[subject] as ((change: unknown) => Iterable<Report>) | undefined;
      if (!judge) continue;
      rule[subject] = (about: unknown): readonly Report[] => {
        const start = performance.now();
        const reports = [...judge(about)];
        shares.set(id, (shares.get(id) ?? 0) + performance.now() - start);
        return reports;
      };
    }
    return () => Object.assign(rule, kept);
  });
  review(snapshot, ALL);
  for (const undo of restore) undo();
  return [...shares].toSorted(([, a], [, b]) => b - a);
}

if (process.argv[1] === FILE) {
  const shape = SHAPES[process.argv[2] ?? ""];
  if (shape) process.stdout.write(String(timed(shape())));
}
