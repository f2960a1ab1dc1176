import type { ServedZone } from "../../model/serverSite.ts";
import { serverName } from "./serverName.ts";

const TOKEN = /#[^\n]*|"([^"\n]*)"?|[^\s"]+/g;

/** The zones that NSD's configuration loads, with `%s` of patterns filled in and `zonesdir` before relative files. */
export function readNsdConf(text: string): readonly ServedZone[] {
  const sections: Section[] = [];
  for (const [key, value] of pairs(text)) {
    if (value === undefined) sections.push({ kind: key, values: new Map() });
    else sections.at(-1)?.values.set(key, value);
  }
  const folder = sections.find(({ values }) => values.has("zonesdir"))?.values.get("zonesdir");
  const patterns = new Map(
    sections.filter(({ kind }) => kind === "pattern").map(({ values }) => [values.get("name"), values]),
  );
  return sections.flatMap(({ kind, values }) => {
    const name = kind === "zone" ? values.get("name") : undefined;
    const origin = serverName(name ?? "");
    const file = values.get("zonefile") ?? patterns.get(values.get("include-pattern"))?.get("zonefile");
    if (name === undefined || origin === undefined || file === undefined || /%[^s]/.test(file)) return [];
    const filled = file.replaceAll("%s", () => name.replace(/\.$/, ""));
    return [{ origin, file: filled.startsWith("/") || folder === undefined ? filled : `${folder}/${filled}` }];
  });
}

interface Section {
  readonly kind: string;
  readonly values: Map<string, string>;
}

/** Keys with their first value; a key without one begins a section. */
function* pairs(text: string): Generator<readonly [key: string, value: string | undefined]> {
  let key: string | undefined;
  for (const [whole, quoted] of text.matchAll(TOKEN)) {
    if (whole.startsWith("#")) continue;
    if (quoted === undefined && /^[a-z][a-z0-9-]*:$/.test(whole)) {
      if (key !== undefined) yield [key, undefined];
      key = whole.slice(0, -1);
    } else if (key !== undefined) {
      yield [key, quoted ?? whole];
      key = undefined;
    }
  }
}
