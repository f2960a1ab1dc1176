import type { ServedZone } from "../../model/serverSite.ts";
import { type Block, blockStatements } from "./blockStatements.ts";
import { serverName } from "./serverName.ts";

const TOKEN = /\s+|\/\/[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)|"([^"]*)"?|[{};]|[^\s{};"]+/g;

/** Zones of these types hold no file of somebody's records. */
const WITHOUT_FILE = /^(?:hint|stub|static-stub|forward|delegation-only|redirect)$/i;

/** The zones that BIND's configuration loads, in views or not; `directory` goes before relative files. */
export function readNamedConf(text: string): readonly ServedZone[] {
  const zones: { block: Block; file: string }[] = [];
  const without = new Set<Block>();
  let directory = "";
  for (const { words, blocks } of blockStatements(text, TOKEN)) {
    const block = blocks.at(-1);
    const [key, value = ""] = words;
    if (block?.words[0] === "options" && key === "directory") directory = `${value}/`;
    if (block?.words[0] !== "zone") continue;
    if (key === "file") zones.push({ block, file: value });
    if (key === "type" && WITHOUT_FILE.test(value)) without.add(block);
  }
  return zones.flatMap(({ block, file }) => {
    const origin = without.has(block) ? undefined : serverName(block.words[1] ?? "");
    return origin === undefined ? [] : [{ origin, file: file.startsWith("/") ? file : directory + file }];
  });
}
