import { posix } from "node:path";
import type { Config } from "../model/config.ts";
import type { Tree } from "../model/snapshot.ts";
import type { Source } from "../model/source.ts";
import { startOf } from "../model/span.ts";
import type { UnreadFile } from "../model/unreadFile.ts";
import { type Zone, filesOf } from "../model/zone.ts";
import type { ReadZones } from "./readZones.ts";
import { isPolicy } from "./worthReading.ts";

/** What a file that holds MTA-STS text is, by its ending; the names are those of the tools. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:tf|tf\.json|tfvars|hcl)$/i, "terraform"],
  [/(?:^|\/)dnsconfig\.js$/i, "dnscontrol"],
  [/\.nix$/i, "nix"],
  [/(?:^|\/)Caddyfile$|\.caddy(?:file)?$/i, "caddy"],
  [/nginx|sites-(?:available|enabled)\//i, "nginx"],
  [/\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$|(?:^|\/)templates?\//i, "template"],
  [/\.(?:md|mdx|markdown|rst|adoc)$/i, "documentation"],
  [/\.(?:[cm]?[jt]sx?)$/i, "javascript"],
  [/\.ya?ml$/i, "yaml"],
  [/\.json5?$/i, "json"],
];

/** What only some files of an ending are: octoDNS keeps records by owner, DNSControl's file may have any name. */
const FORMATS_BY_TEXT: readonly (readonly [format: string, text: RegExp, special: string])[] = [
  ["yaml", /^[ \t]*(?:-[ \t]+)?type:[ \t]*["']?TXT\b/m, "octodns"],
  ["javascript", /^[ \t]*D(?:_EXTEND)?\([ \t\n]*["']/m, "dnscontrol"],
];

/** What a policy or a record looks like, whatever stands around it. */
const HOLDS = /version:\s*STSv1|v=STSv1/gi;

/** Why a zone is not read whose names are unknown. */
export const ORIGINLESS = "a zone whose origin neither `$ORIGIN` nor the SOA record nor the file's name tells";

/** More lines than this of one file say nothing new. */
const MAX_LINES = 100;

/** Lists the files that hold MTA-STS text and that no parser reads, and those that only look like a zone or a policy. */
export function unreadFiles(
  tree: Tree,
  zones: readonly Zone[],
  others: Pick<ReadZones, "notZones" | "homeless">,
  config: Config,
): readonly UnreadFile[] {
  const policies = [...tree.sources.values()].filter((source) => isPolicy(source.path, config));
  const read = new Set([...zones.flatMap(filesOf), ...policies.flatMap(({ path, file }) => [path, file])]);
  const notZones = new Set(others.notZones);
  const homeless = new Set(others.homeless);
  const files: UnreadFile[] = [];
  for (const source of tree.sources.values()) {
    const isTwin = source.file !== source.path && tree.sources.has(source.file);
    if (isTwin || read.has(source.path)) continue;
    const held = holdsSts(source);
    files.push(...held.map((file) => (homeless.has(source) ? { ...file, reason: ORIGINLESS } : file)));
    if (held.length > 0) continue;
    if (homeless.has(source)) files.push(unread(source, 0, 0, ORIGINLESS));
    if (notZones.has(source))
      files.push(unread(source, 0, 0, "named like a zone, but holds no SOA, `$ORIGIN` or `$TTL` with a record"));
  }
  for (const zone of zones) {
    for (const { span, reason } of zone.unknown.slice(0, 1)) {
      const source = tree.sources.get(span.path) ?? zone.source;
      files.push({ ...unread(source, span.start.offset, span.end.offset, reason), format: null });
    }
  }
  const side = tree.sources.values().next().value?.side ?? "head";
  for (const { path, reason, leftOut = false } of tree.unread) {
    files.push({
      path,
      format: null,
      reason,
      line: "",
      span: startOf(side, path),
      leftOut,
      holds: undefined,
    });
  }
  return files;
}

/** The lines of a file that hold a policy or a record, the first place on each. */
function holdsSts(source: Source): readonly UnreadFile[] {
  if (Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length).indexOf("STSv1") < 0) return [];
  const text = source.text();
  const format = formatOf(source.path, text);
  const reason =
    format === "template"
      ? "template, not checked: what it will say is not known here"
      : "holds MTA-STS text in a format that is not read";
  const files: UnreadFile[] = [];
  let lineEnd = -1;
  for (const found of text.matchAll(HOLDS)) {
    if (found.index < lineEnd) continue;
    lineEnd = text.indexOf("\n", found.index);
    if (lineEnd < 0) lineEnd = text.length;
    const at = Buffer.byteLength(text.slice(0, found.index));
    const file = unread(source, at, at + Buffer.byteLength(found[0]), reason);
    files.push({ ...file, format, holds: found[0].startsWith("v") && found[0].includes("=") ? "record" : "policy" });
    if (files.length === MAX_LINES) break;
  }
  return files;
}

function unread(source: Source, start: number, end: number, reason: string): UnreadFile {
  const span = source.span(start, end);
  return { path: source.path, format: null, reason, line: source.line(span.start.line).trim(), span, holds: undefined };
}

function formatOf(path: string, text: string): string | null {
  const format = FORMATS.find(([ending]) => ending.test(posix.normalize(path)))?.[1] ?? null;
  return FORMATS_BY_TEXT.find(([usual, sign]) => usual === format && sign.test(text))?.[2] ?? format;
}
