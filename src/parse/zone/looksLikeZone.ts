import { Buffer } from "node:buffer";
import type { Name } from "../../model/name.ts";
import type { Source } from "../../model/source.ts";
import { readEncoding } from "./zoneEncoding.ts";
import { RecordType } from "./recordTypes.ts";
import { ZoneParser } from "./zoneParser.ts";
import { memory } from "./zoneScanner.ts";
import type { ZoneFile, ZoneSink } from "./zoneSink.ts";
import { mayHoldTemplates } from "./zoneTemplate.ts";

/** What a zone's own text says about it. */
export interface ZoneLook {
  /** The first absolute `$ORIGIN` before any record, else the owner of the SOA record if it is written absolute. */
  readonly origin: Name | undefined;
  readonly holdsSoa: boolean;
  /** Whether less of it can be read than cannot: prose with a sample in it, or a zone that is badly broken. */
  readonly doubtful: boolean;
}

/** A zone shows itself in its first records; more than this need not be read to know one. */
const LOOKED_AT = 1 << 16;

const soaSign = /\bSOA\b/i;
const directiveSign = /^\$(?:ORIGIN|TTL)\b/im;

/** Whether a text is a master file: it holds an SOA record, or `$ORIGIN` or `$TTL` with a record; undefined where it is none. */
export function looksLikeZone(source: Source): ZoneLook | undefined {
  const bytes = head(source.bytes);
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const isReadable = readEncoding(memory(bytes)).start >= 0;
  // Every second byte of UTF-16 is NUL; what no server can read is shown as such and not passed over.
  const text = isReadable ? octets : octets.replaceAll("\0", "");
  const hasDirective = directiveSign.test(text);
  if (!hasDirective && !soaSign.test(text)) return undefined;
  if (!isReadable) return { origin: undefined, holdsSoa: soaSign.test(text), doubtful: false };
  const look = new Look();
  const { path } = source;
  const file: ZoneFile = { path, identity: path, templated: mayHoldTemplates(bytes), ...memory(bytes) };
  look.parser = new ZoneParser(
    UNSTATED,
    { strict: false, maxIncludeDepth: 0, maxGenerateSteps: 65_536, maxGenerated: 65_536 },
    look,
  );
  look.parser.read(file);
  if ((!look.holdsSoa && !hasDirective) || look.good === 0) return undefined;
  return { origin: look.origin, holdsSoa: look.holdsSoa, doubtful: look.good + look.templates <= look.bad };
}

/** The beginning of a text, to the end of a line. */
function head(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= LOOKED_AT) return bytes;
  const end = bytes.lastIndexOf(0x0a, LOOKED_AT);
  return bytes.subarray(0, end < 0 ? LOOKED_AT : end + 1);
}

/** Names that end in this label hang on an origin that the text does not state. */
const UNSTATED = "\\000.";

/** Counts what can be read. */
class Look implements ZoneSink {
  parser!: ZoneParser;
  good = 0;
  bad = 0;
  templates = 0;
  holdsSoa = false;
  #soaOwner: Name | undefined;
  #firstOrigin: Name | undefined;

  /** The SOA record stands at the zone's apex (RFC 1035 §3.3.13), so it knows best. */
  get origin(): Name | undefined {
    return this.#soaOwner ?? this.#firstOrigin;
  }

  record(): void {
    const { out, type, origin, recordStart, ownerEnd } = this.parser;
    if (this.good++ === 0) this.#firstOrigin = stated(origin);
    if (type === RecordType.SOA && !this.holdsSoa) {
      this.holdsSoa = true;
      this.#soaOwner = stated(out.text(recordStart, ownerEnd));
    }
    out.length = recordStart;
  }

  problem(_fault: string, _start: number, _end: number, lost: "record" | "file"): void {
    if (lost === "record") this.bad++;
  }

  unknown(_reason: string, _start: number, _end: number, _owner: Name | undefined, templated: boolean): void {
    if (templated) this.templates++;
    else this.bad++;
  }

  open(): string {
    return "only a look is taken";
  }

  close(): void {}
}

function stated(name: Name): Name | undefined {
  return name.endsWith(UNSTATED) ? undefined : name;
}
