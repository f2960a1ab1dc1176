import type { ServedSite } from "../../model/serverSite.ts";
import type { Name } from "../../model/name.ts";
import { type Block, blockStatements } from "./blockStatements.ts";
import { serverName } from "./serverName.ts";

const TOKEN =
  /\s+|#[^\n]*|"((?:[^"\\]|\\[^])*)"?|'((?:[^'\\]|\\[^])*)'?|[{};]|(?:\$\{[^}\s]{0,64}\}|[^\s{};"'])(?:\$\{[^}\s]{0,64}\}|[^\s{};])*/g;

/** The sites of nginx's configuration: `server_name`, and `root` and `alias` anywhere in the `server` block. */
export function readNginxConf(text: string): readonly ServedSite[] {
  const sites = new Map<Block, { hosts: Name[]; roots: string[] }>();
  for (const { words, blocks } of blockStatements(text, TOKEN)) {
    const server = blocks.find((block) => block.words[0] === "server");
    const [key, ...values] = words;
    if (!server || (key !== "server_name" && key !== "root" && key !== "alias")) continue;
    const site = sites.get(server) ?? { hosts: [], roots: [] };
    sites.set(server, site);
    if (key === "server_name")
      for (const host of values.flatMap((value) => serverName(value) ?? [])) site.hosts.push(host);
    else site.roots.push(values[0] ?? "");
  }
  return [...sites.values()];
}
