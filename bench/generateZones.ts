import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";

/** A zone of a kind, in pieces; the same arguments always give the same bytes. */
export type ZoneGenerator = (origin: string, records: number, seed: number) => Iterable<string>;

/** The kinds of zones that are measured. */
export const kinds: Readonly<Record<"hosting" | "delegation" | "corporate", ZoneGenerator>> = {
  hosting,
  delegation,
  corporate,
};

/** Writes a zone of a kind into a file. */
export function writeZone(path: string, kind: keyof typeof kinds, origin: string, records: number, seed = 1): void {
  const file = openSync(path, "w");
  for (const piece of kinds[kind](origin, records, seed)) writeSync(file, piece, null, "latin1");
  closeSync(file);
}

/** Writes a bare-bones git repository of small zones with the branches `base` and `head`; `head` changes some of them. */
export async function writeRepository(folder: string, zones: number, touched: number, shards = 256): Promise<void> {
  const git = new FastImport(folder);
  await git.commit("base", undefined, function* () {
    for (let index = 0; index < zones; index++) yield [zonePath(index, shards), smallZone(index, 1)];
  });
  await git.commit("head", "base", function* () {
    for (let index = 0; index < touched; index++) {
      const at = Math.floor((index * zones) / touched);
      yield [zonePath(at, shards), smallZone(at, 2)];
    }
  });
  await git.end();
}

/** Writes a git repository in which some of many commits, each of one file, change `zones/target.example.zone`. */
export async function writeHistory(folder: string, commits: number, hits: number, files = 200): Promise<void> {
  const git = new FastImport(folder);
  const every = Math.max(1, Math.floor(commits / hits));
  const random = dice(7);
  await git.commit("head", undefined, function* () {
    yield ["zones/target.example.zone", smallZone(-1, 1)];
    for (let index = 0; index < files; index++) yield [zonePath(index, 16), smallZone(index, 1)];
  });
  for (let serial = 2; serial <= commits; serial++) {
    const target = serial % every === 0 && serial / every <= hits;
    const index = random(files);
    await git.commit("head", "head", function* () {
      yield target
        ? ["zones/target.example.zone", smallZone(-1, serial)]
        : [zonePath(index, 16), smallZone(index, serial)];
    });
  }
  await git.end();
}

/** A file of a provider's repository: `zones/2a/z00042.example.zone`. */
function zonePath(index: number, shards: number): string {
  const shard = (index % shards).toString(16).padStart(2, "0");
  return `zones/${shard}/z${String(index).padStart(5, "0")}.example.zone`;
}

const syllables = "ba do fa go hi jo ka lu me no pa qui ro sa te u ve wi xy zo".split(" ");
const PIECE = 1 << 20;

/** Whole numbers below a limit, from a xorshift generator. */
function dice(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Dice = ReturnType<typeof dice>;

function word(random: Dice): string {
  return Array.from({ length: 2 + random(3) }, () => syllables[random(syllables.length)]).join("");
}

function letters(random: Dice, length: number, alphabet: string): string {
  let text = "";
  while (text.length < length) text += alphabet.charAt(random(alphabet.length));
  return text;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX = "0123456789ABCDEF";

/** Cuts a stream of records into pieces after so many. */
function* pieces(head: string, records: Iterable<string>, count: number): Iterable<string> {
  let piece = head;
  let left = count;
  for (const record of records) {
    piece += record;
    if (--left === 0) break;
    if (piece.length >= PIECE) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

/** A web host's zone: every customer's records below one name, owners relative, fields between tabs. */
function hosting(origin: string, records: number, seed: number): Iterable<string> {
  return pieces(`$ORIGIN ${origin}\n$TTL 3600\n`, hostingRecords(dice(seed)), records);
}

function* hostingRecords(random: Dice): Iterable<string> {
  yield "@\tIN\tSOA\tns1 hostmaster 2026010101 14400 3600 604800 300\n";
  yield "@\tIN\tNS\tns1\n";
  yield "ns1\tIN\tA\t192.0.2.53\n";
  for (let customer = 0; ; customer++) {
    const name = `${word(random)}-${word(random)}-${customer}`;
    yield `${name}\tIN\tA\t198.51.100.${random(256)}\n`;
    if (random(2) === 0)
      yield `${name}\tIN\tAAAA\t2001:db8:${random(65_536).toString(16)}::${(random(65_535) + 1).toString(16)}\n`;
    yield `${name}\tIN\tMX\t10 mx${random(9)}.mail.example.net.\n`;
    yield `${name}\tIN\tTXT\t"v=spf1 include:_spf.mail.example.net ip4:203.0.113.${random(256)} -all"\n`;
    yield `www.${name}\tIN\tCNAME\t${name}\n`;
    if (random(3) === 0) yield `mail.${name}\t300\tIN\tA\t203.0.113.${random(256)}\n`;
    if (random(10) === 0) yield `s1._domainkey.${name}\tIN\tTXT\t"v=DKIM1; k=rsa; p=${letters(random, 216, BASE64)}"\n`;
    if (customer % 50 === 0) {
      yield `_mta-sts.${name}\t300\tIN\tTXT\t"v=STSv1; id=${20_260_000_000 + random(1_000_000)};"\n`;
      yield `_smtp._tls.${name}\tIN\tTXT\t"v=TLSRPTv1; rua=mailto:tls@mail.example.net"\n`;
      yield `mta-sts.${name}\tIN\tCNAME\tsts.mail.example.net.\n`;
    }
  }
}

/** A registry's zone: absolute owners, sets of name servers, some DS records and glue. */
function delegation(origin: string, records: number, seed: number): Iterable<string> {
  return pieces("", delegationRecords(origin, dice(seed)), records);
}

function* delegationRecords(origin: string, random: Dice): Iterable<string> {
  yield `${origin}\t900\tIN\tSOA\ta.nic.${origin} registry.nic.${origin} 2026010101 1800 900 604800 86400\n`;
  yield `${origin}\t172800\tIN\tNS\ta.nic.${origin}\n`;
  yield `a.nic.${origin}\t172800\tIN\tA\t192.0.2.1\n`;
  for (let domain = 0; ; domain++) {
    const name = `${word(random)}${word(random)}-${domain.toString(36)}.${origin}`;
    const host = `${word(random)}-dns.example.net.`;
    for (let server = 1 + random(3); server >= 0; server--) yield `${name}\t172800\tIN\tNS\tns${server}.${host}\n`;
    if (random(16) === 0) yield `${name}\t86400\tIN\tDS\t${random(65_536)} 13 2 ${letters(random, 64, HEX)}\n`;
    if (random(25) === 0) {
      yield `${name}\t172800\tIN\tNS\tns.${name}\n`;
      yield `ns.${name}\t172800\tIN\tA\t198.51.100.${random(256)}\n`;
    }
  }
}

/** A company's zone as people write it: comments, parentheses, inherited owners, units. */
function corporate(origin: string, records: number, seed: number): Iterable<string> {
  return pieces(
    `; ${origin} - reviewed by pull request\n$ORIGIN ${origin}\n$TTL 1h\n\n`,
    corporateRecords(dice(seed)),
    records,
  );
}

function* corporateRecords(random: Dice): Iterable<string> {
  yield "@\tIN\tSOA\tns1 hostmaster (\n\t\t\t2026010101 ; serial\n\t\t\t4h\t; refresh\n\t\t\t1h\t; retry\n\t\t\t1w\t; expire\n\t\t\t300 )\t; negative\n";
  yield "\t\tIN\tNS\tns1\n";
  yield "ns1\t\tIN\tA\t192.0.2.53\n\n; mail\n";
  yield "@\t300\tIN\tMX\t10 mx1 ; the only one\n";
  yield '\t\tIN\tTXT\t"v=spf1 mx -all"\n';
  yield '_mta-sts\t5m\tIN\tTXT\t"v=STSv1; " "id=20260101T000000Z;"\n';
  yield "mx1\t\tIN\tA\t192.0.2.25\n";
  yield `_25._tcp.mx1\tIN\tTLSA\t3 1 1 (\n\t\t\t${letters(random, 32, HEX)}\n\t\t\t${letters(random, 32, HEX)} )\n`;
  yield '@\t\tIN\tCAA\t0 issue "ca.example.net"\n\n; hosts\n';
  for (let host = 0; ; host++) {
    const name = `${word(random)}-${host}`;
    const rack = host % 12 === 0 ? `; rack ${random(40)}, row ${random(9)}\n` : "";
    switch (random(8)) {
      case 0:
        yield `${rack}${name}\tIN\tTXT\t( "v=DKIM1; k=rsa; p=" ; key ${host}\n\t\t"${letters(random, 200, BASE64)}"\n\t\t"${letters(random, 192, BASE64)}" )\n`;
        break;
      case 1:
        yield `${rack}_sip._tcp.${name}\tIN\tSRV\t10 60 5060 sip.${word(random)}.example.net.\n`;
        break;
      case 2:
      case 3:
        yield `${rack}${name}\t${1 + random(24)}h\tIN\tCNAME\twww.${word(random)}.example.net.\n`;
        break;
      case 4:
        yield `${rack}${name}\tIN\tA\t198.51.100.${random(256)}\n`;
        yield `\t\tIN\tAAAA\t2001:db8:${random(65_536).toString(16)}::${(random(65_535) + 1).toString(16)}\n`;
        break;
      default:
        yield `${rack}${name}\tIN\tA\t198.51.100.${random(256)}\n`;
    }
  }
}

/** A provider's zone of a few dozen records. */
function smallZone(index: number, serial: number): string {
  const random = dice(index + 2);
  const origin = index < 0 ? "target.example." : `z${String(index).padStart(5, "0")}.example.`;
  const lines = [
    `$ORIGIN ${origin}`,
    "$TTL 3600",
    `@ IN SOA ns1.provider.example. hostmaster.provider.example. ( ${2026010100 + serial} 14400 3600 604800 300 )`,
    "@ IN NS ns1.provider.example.",
    "@ IN MX 10 mail",
    "mail IN A 192.0.2.25",
    '@ IN TXT "v=spf1 mx -all"',
    `_mta-sts IN TXT "v=STSv1; id=${2026010100 + serial};"`,
    '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls@provider.example"',
    "mta-sts IN CNAME sts.provider.example.",
  ];
  for (let host = 10 + random(40); host > 0; host--)
    lines.push(`${word(random)}-${host} IN A 198.51.100.${random(256)}`);
  return `${lines.join("\n")}\n`;
}

/** Feeds `git fast-import`, which needs no work tree and makes 100,000 files in seconds. */
class FastImport {
  readonly #child: ChildProcessWithoutNullStreams;
  #time = 1_767_225_600;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    if (spawnSync("git", ["init", "-q", "-b", "head", folder]).status !== 0)
      throw new Error(`git init ${folder} failed`);
    this.#child = spawn("git", ["-C", folder, "fast-import", "--quiet", "--done"]);
  }

  async commit(
    branch: string,
    from: string | undefined,
    files: () => Iterable<readonly [string, string]>,
  ): Promise<void> {
    this.#time += 600;
    await this.#write(
      `commit refs/heads/${branch}\ncommitter Bench <bench@example.org> ${this.#time} +0000\ndata 6\nchange\n`,
    );
    if (from !== undefined && from !== branch) await this.#write(`from refs/heads/${from}\n`);
    for (const [path, text] of files())
      await this.#write(`M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }

  async end(): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.stdin.end("done\n");
    const [status] = (await exited) as [number];
    if (status !== 0) throw new Error(`git fast-import ended with ${status}`);
  }

  async #write(text: string): Promise<void> {
    if (!this.#child.stdin.write(text)) await once(this.#child.stdin, "drain");
  }
}
