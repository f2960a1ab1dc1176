import type { ServedZone } from "../../model/serverSite.ts";
import { serverName } from "./serverName.ts";

const LINE = /^(\s*)(-\s+)?([a-z][a-z0-9-]*):(?:\s+(.*))?$/;

/** The zones that Knot's configuration loads, with `%s` and `storage` of their templates filled in. */
export function readKnotConf(text: string): readonly ServedZone[] {
  const items: Item[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    const [, indent = "", dash, key = "", rest = ""] = LINE.exec(line.trimEnd()) ?? [];
    if (key === "") continue;
    if (indent === "" && dash === undefined) section = key;
    else {
      if (dash !== undefined) items.push({ section, values: new Map() });
      items.at(-1)?.values.set(key, valueOf(rest));
    }
  }
  const templates = new Map(
    items.filter((item) => item.section === "template").map(({ values }) => [values.get("id"), values]),
  );
  return items.flatMap(({ section: kind, values }) => {
    const name = kind === "zone" ? values.get("domain") : undefined;
    const template = templates.get(values.get("template") ?? "default");
    const file = values.get("file") ?? template?.get("file");
    const origin = serverName(name ?? "");
    if (name === undefined || origin === undefined || file === undefined || /%[^s]/.test(file)) return [];
    const filled = file.replaceAll("%s", () => name.replace(/\.$/, ""));
    const storage = values.get("storage") ?? template?.get("storage");
    return [{ origin, file: filled.startsWith("/") || storage === undefined ? filled : `${storage}/${filled}` }];
  });
}

interface Item {
  readonly section: string;
  readonly values: Map<string, string>;
}

/** A plain or quoted YAML value without the comment behind it. */
function valueOf(text: string): string {
  const [, double, single] = /^(?:"([^"]*)"|'([^']*)')/.exec(text) ?? [];
  return double ?? single ?? text.replace(/(?:^|\s)#.*$/, "").trim();
}
