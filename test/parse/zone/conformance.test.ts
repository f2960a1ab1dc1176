import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { records } from "../../../src/commands/records.ts";

/** Zone files of other implementations and what BIND made of them; where they are absent this test shows as skipped. */
const vectors = resolve(import.meta.dirname, "../../../../shared/vectors/zones");
const present = existsSync(join(vectors, "index.json"));

interface Vector {
  readonly id: string;
  readonly file: string;
  readonly origin: string;
  readonly include_dir?: string;
  readonly expect: "ok" | "error";
  readonly error_class?: string;
  readonly error_line?: number;
  readonly canonical?: string;
}

const vectorsOf = (expected: Vector["expect"]): readonly Vector[] =>
  (JSON.parse(readFileSync(join(vectors, "index.json"), "utf8")) as readonly Vector[]).filter(
    (vector) => vector.expect === expected,
  );

function run({ file, origin, include_dir }: Vector): { status: number; stdout: string; stderr: string } {
  let [stdout, stderr] = ["", ""];
  const status = records({
    file: join(vectors, file),
    origin,
    root: include_dir === undefined ? undefined : join(vectors, include_dir),
    format: "text",
    stdout: (bytes) => ((stdout += Buffer.from(bytes).toString("latin1")), true),
    stderr: (text) => void (stderr += text),
  });
  return { status, stdout, stderr };
}

/** Types whose RDATA is compared; the others are kept as text. */
const understood = /^(?:A|AAAA|CNAME|DNAME|NS|PTR|MX|TXT|SPF|SRV|SOA|CAA|TLSA|DS|SSHFP|HINFO|RP)$/;

/** Owner, class, type and RDATA of the records inside the zone, in one spelling of blanks, case and escapes. */
function recordsIn(text: string, origin: string): ReadonlySet<string> {
  const zone = origin.toLowerCase().replace(/\.?$/, ".");
  const found = new Set<string>();
  for (const row of text.split("\n")) {
    const [, owner = "", rdclass, type = "", rdata = ""] =
      /^((?:\\.|[^\s\\;])+)\s+\d+\s+(\S+)\s+(\S+)\s*(.*)$/s.exec(row) ?? [];
    const name = plain(owner).toLowerCase();
    if (owner === "" || (zone !== "." && name !== zone && !name.endsWith(`.${zone}`))) continue;
    found.add(`${name} ${rdclass} ${type} ${understood.test(type) ? folded(plain(rdata)) : ""}`);
  }
  return found;
}

function plain(text: string): string {
  return text.replace(/\\(\d{3}|.)/gs, (_, escape: string) => {
    const octet = escape.length === 3 ? Number(escape) : escape.charCodeAt(0);
    const character = String.fromCharCode(octet);
    return octet > 32 && octet < 127 && !'."\\'.includes(character) ? character : `\\${String(octet).padStart(3, "0")}`;
  });
}

function folded(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|\\.|\s+|./gs, (part) =>
    part.startsWith('"') ? part : part.trim().toLowerCase(),
  );
}

test.skipIf(!present)("good zones of other implementations: the records that BIND prints", () => {
  const wrong = vectorsOf("ok").flatMap((vector) => {
    const { status, stdout, stderr } = run(vector);
    if (status !== 0) return [`${vector.id}: ${stderr}`];
    const [mine, theirs] = [stdout, readFileSync(join(vectors, vector.canonical ?? ""), "latin1")].map((text) =>
      recordsIn(text, vector.origin),
    );
    const lost = [...(theirs ?? [])].find((record) => !mine?.has(record));
    const added = [...(mine ?? [])].find((record) => !theirs?.has(record));
    return lost === undefined && added === undefined ? [] : [`${vector.id}: -${lost} +${added}`];
  });
  expect(wrong).toEqual([]);
});

test.skipIf(!present)("bad zones of other implementations: refused, and mostly on BIND's line", () => {
  const judged = new Set(["syntax", "ttl", "include", "generate", "unknown-type"]);
  const bad = vectorsOf("error").filter(({ error_class }) => judged.has(error_class ?? ""));
  const runs = bad.map((vector) => ({ vector, ...run(vector) }));
  expect(runs.filter(({ status }) => status !== 1).map(({ vector }) => vector.id)).toEqual([]);
  const onLine = runs.filter(
    ({ vector, stderr }) => vector.error_line === undefined || stderr.includes(`:${vector.error_line}:`),
  );
  expect(onLine.length / runs.length).toBeGreaterThan(0.8);
});
