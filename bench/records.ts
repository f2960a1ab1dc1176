import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { kinds, writeZone } from "./generateZones.ts";
import { interleave, isInstalled, median, type Program, type Run, run } from "./measure.ts";

/** How much is measured. */
export interface RecordsBench {
  readonly records: number;
  readonly rounds: number;
  /** The program under test: `dist/cli.js` or another bundle. */
  readonly cli: string;
  readonly data: string;
  /** Also measures memory at ten times as many records. */
  readonly tenfold: boolean;
}

const origin = "bench.example.";

/** `records` on big zone files against the parsers that name servers have; whether all records were right. */
export function benchRecords(options: RecordsBench): boolean {
  mkdirSync(options.data, { recursive: true });
  const peers = missingPeers();
  let right = true;
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    const file = zoneFile(options, kind, options.records);
    const programs = programsFor(options, kind, file).filter(({ name }) => !peers.includes(name));
    const runs = interleave(programs, options.rounds);
    console.log(`\n${kind}: ${options.records} records, ${(statSync(file).size / 1e6).toFixed(1)} MB`);
    for (const [index, program] of programs.entries())
      console.log(line(program, runs[index] ?? [], runs[0] ?? [], file));
    if (!peers.includes("named-compilezone")) right = same(programs) && right;
  }
  if (options.tenfold) {
    const file = zoneFile(options, "hosting", options.records * 10);
    const { seconds, memory } = run(ours(options, file, join(options.data, "ours.out")));
    console.log(
      `\nhosting: ${options.records * 10} records: ${seconds.toFixed(2)} s, ${memory?.toFixed(0) ?? "?"} MB at most`,
    );
  }
  return right;
}

function missingPeers(): readonly string[] {
  const missing = ["named-compilezone", "ldns-read-zone"].filter((peer) => !isInstalled(peer));
  if (missing.length > 0)
    console.log(`Not installed, so not compared: ${missing.join(", ")}; bench/install-peers.sh installs them.`);
  return missing;
}

function zoneFile({ data }: RecordsBench, kind: keyof typeof kinds, records: number): string {
  const file = join(data, `${kind}-${records}.zone`);
  if (!existsSync(file)) writeZone(file, kind, origin, records);
  return file;
}

function ours(options: RecordsBench, file: string, output: string): Program {
  return {
    name: "mta-sts-guard",
    command: process.execPath,
    args: [options.cli, "records", file, "--origin", origin],
    output,
  };
}

function programsFor(options: RecordsBench, kind: string, file: string): readonly Program[] {
  const output = (name: string): string => join(options.data, `${kind}.${name}.out`);
  const named = output("named-compilezone");
  const programs: Program[] = [
    ours(options, file, output("mta-sts-guard")),
    {
      name: "named-compilezone",
      command: "named-compilezone",
      args: ["-q", "-i", "none", "-k", "ignore", "-n", "ignore", "-s", "full", "-o", named, origin, file],
      output: `${named}.log`,
    },
    { name: "ldns-read-zone", command: "ldns-read-zone", args: [file], output: output("ldns-read-zone") },
  ];
  // It keeps whole zones in memory and loses records of other kinds, so it is measured where it does best.
  if (kind === "hosting") {
    const script = join(import.meta.dirname, "dnsZonefile.mjs");
    programs.push({
      name: "dns-zonefile",
      command: process.execPath,
      args: [script, file],
      output: output("dns-zonefile"),
    });
  }
  return programs;
}

function line(program: Program, runs: readonly Run[], first: readonly Run[], file: string): string {
  const seconds = median(runs.map((one) => one.seconds));
  const ratio = seconds / median(first.map((one) => one.seconds));
  const speed = statSync(file).size / 1e6 / seconds;
  const memory = Math.max(...runs.map((one) => one.memory ?? Number.NaN));
  const failed = runs.some(({ status }) => status !== 0) ? "  (ended with an error)" : "";
  return `  ${program.name.padEnd(18)} ${seconds.toFixed(2).padStart(7)} s ${speed.toFixed(0).padStart(5)} MB/s ${ratio.toFixed(1).padStart(6)} x ${memory.toFixed(0).padStart(6)} MB${failed}`;
}

/** Whether our records are those that BIND printed, in whatever order. */
function same(programs: readonly Program[]): boolean {
  const [mine, theirs] = programs;
  if (!mine || !theirs) return true;
  const [a, b] = [digest(mine.output), digest(theirs.output.replace(/\.log$/, ""))];
  const right = a.count === b.count && a.hash === b.hash;
  console.log(
    right ? `  all ${a.count} records as BIND prints them` : `  WRONG: ${a.count} records, BIND has ${b.count}`,
  );
  return right;
}

function digest(path: string): { count: number; hash: string } {
  const lines = readFileSync(path, "latin1").split("\n").filter(Boolean).map(plain).sort();
  const hash = createHash("sha256");
  for (const text of lines) hash.update(`${text}\n`);
  return { count: lines.length, hash: hash.digest("hex") };
}

/** One spelling for both: BIND pads with tabs and splits hexadecimal. */
function plain(text: string): string {
  const parts = text.split('"');
  const spaced = parts.map((part, index) => (index % 2 === 0 ? part.replace(/\s+/g, " ") : part)).join('"');
  return spaced.replace(/ (?:TLSA|DS) .*/, (data) => data.replace(/(?<=[0-9A-F]{8}) (?=[0-9A-F]+$)/, ""));
}
