import type { Name } from "../../model/name.ts";
import type { Source } from "../../model/source.ts";
import type { Located } from "../../model/span.ts";
import type { UnknownLine, Zone, ZoneProblem, ZoneRecord } from "../../model/zone.ts";
import { className, typeName } from "./recordTypes.ts";
import { ZoneParser } from "./zoneParser.ts";
import { ParsedRecord } from "./zoneRecord.ts";
import type { ZoneFile, ZoneSink } from "./zoneSink.ts";
import { mayHoldTemplates } from "./zoneTemplate.ts";

/** How to read a master file. */
export interface ZoneOptions {
  readonly origin: Name;
  /** As BIND would load it; otherwise other servers' types and templates are unknown, not wrong. */
  readonly strict: boolean;
  /** Finds the file an `$INCLUDE` names, as written there; a string says why not. */
  readonly include: (path: string, from: Source) => Source | string;
  readonly maxIncludeDepth?: number;
  readonly maxGenerateSteps?: number;
}

/** Reads a master file (RFC 1035 §5) and what it includes; never throws, and one bad entry loses only itself. */
export function parseZone(source: Source, options: ZoneOptions): Zone {
  const collector = new ZoneCollector(source, options);
  const { maxIncludeDepth = 8, maxGenerateSteps = 65_536, strict } = options;
  const habits = { strict, maxIncludeDepth, maxGenerateSteps, maxGenerated: maxGenerateSteps * 16 };
  const parser = (collector.parser = new ZoneParser(options.origin, habits, collector));
  parser.read(new SourceFile(source));
  return collector.zone;
}

/** A source as the parser wants it. */
class SourceFile implements ZoneFile {
  readonly source: Source;
  readonly path: string;
  readonly identity: string;
  readonly templated: boolean;
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly complete = true;

  constructor(source: Source) {
    this.source = source;
    this.path = source.path;
    this.identity = source.file;
    this.bytes = source.bytes;
    this.end = source.bytes.length;
    this.templated = mayHoldTemplates(source.bytes);
  }

  refill(keep: number): number {
    return keep;
  }
}

/** Makes a zone out of what the parser reads. */
class ZoneCollector implements ZoneSink {
  parser!: ZoneParser;
  readonly #options: ZoneOptions;
  readonly #records: ZoneRecord[] = [];
  readonly #problems: ZoneProblem[] = [];
  readonly #unknown: UnknownLine[] = [];
  readonly #includes: Located<string>[] = [];
  readonly zone: Zone;

  constructor(source: Source, options: ZoneOptions) {
    this.#options = options;
    this.zone = {
      origin: options.origin,
      source,
      records: this.#records,
      problems: this.#problems,
      unknown: this.#unknown,
      includes: this.#includes,
    };
  }

  record(): void {
    const { parser } = this;
    const { out, recordStart, ownerEnd, rdataStart, entry } = parser;
    this.#records.push(
      new ParsedRecord(
        this.#sameOwner(out.text(recordStart, ownerEnd)),
        parser.ttl,
        className(parser.rdclass),
        typeName(parser.type),
        out.text(rdataStart, out.length),
        this.#source,
        parser.generated,
        parser.generic,
        entry.start,
        parser.generated ? -1 : parser.ttlToken,
        parser.generated ? 0 : parser.rdataToken,
      ),
    );
    out.length = recordStart;
  }

  problem(message: string, start: number, end: number, lost: "record" | "file", owner: Name | undefined): void {
    this.#problems.push({ message, span: this.#source.span(start, end), lost, owner });
  }

  unknown(reason: string, start: number, end: number, owner: Name | undefined): void {
    this.#unknown.push({ reason, span: this.#source.span(start, end), owner });
  }

  open(path: string, start: number, end: number): ZoneFile | string {
    const found = this.#options.include(path, this.#source);
    if (typeof found === "string") return found.replace(/\.$/, "");
    this.#includes.push({ value: found.path, span: this.#source.span(start, end) });
    return new SourceFile(found);
  }

  close(): void {}

  get #source(): Source {
    return (this.parser.file as SourceFile).source;
  }

  /** One string for a run of records at one name. */
  #sameOwner(owner: Name): Name {
    const last = this.#records.at(-1)?.owner;
    return last === owner ? last : owner;
  }
}
