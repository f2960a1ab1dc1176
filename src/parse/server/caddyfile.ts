import type { Name } from "../../model/name.ts";
import type { ServedSite } from "../../model/serverSite.ts";
import { serverName } from "./serverName.ts";

const TOKEN = /"((?:[^"\\]|\\.)*)"?|`([^`]*)`?|[^\s"`]\S*/g;

/** The sites of a Caddyfile: their addresses, and every `root` in them. */
export function readCaddyfile(text: string): readonly ServedSite[] {
  const sites: { hosts: Name[]; roots: string[] }[] = [];
  let addresses: string[] = [];
  let depth = 0;
  for (const words of lines(text)) {
    const opens = words.at(-1) === "{";
    if (depth === 0 && words[0] !== "}") {
      for (const word of opens ? words.slice(0, -1) : words) addresses.push(word);
      if (words[0] === "import") addresses = [];
      const more = words[0] === "import" || words.at(-1)?.endsWith(",") === true;
      if (!more) {
        sites.push({ hosts: addresses.flatMap(hostsOf), roots: [] });
        addresses = [];
        depth = 1; // without a brace the whole rest of the file is the one site
      }
      continue;
    }
    const site = sites.at(-1);
    if (words[0] === "root" && words.length > 1)
      site?.roots.push(words[opens ? words.length - 2 : words.length - 1] ?? "");
    if (words[0] === "}") depth--;
    if (opens) depth++;
  }
  return sites;
}

/** The words of each line, without comments and without what stands between `<<MARK` and `MARK`. */
function* lines(text: string): Generator<readonly string[]> {
  let mark: string | undefined;
  for (const line of text.split("\n")) {
    if (mark !== undefined) {
      if (line.trim() === mark) mark = undefined;
      continue;
    }
    const words: string[] = [];
    for (const [whole, double, raw] of line.matchAll(TOKEN)) {
      if (whole.startsWith("#")) break;
      words.push(double ?? raw ?? whole);
    }
    mark = /^<<([A-Za-z0-9_-]+)$/.exec(words.at(-1) ?? "")?.[1];
    if (words.length > 0) yield words;
  }
}

/** The host names of `https://a:443/path`, or of several addresses joined by commas. */
function hostsOf(addresses: string): readonly Name[] {
  return addresses.split(",").flatMap((address) => {
    const host = address.replace(/^[a-z]+:\/\//i, "").replace(/[:/].*$/, "");
    return host === "" ? [] : (serverName(host) ?? []);
  });
}
