import {
  CONFIG_PATH,
  type ConfigFile,
  type ConfigFiles,
  DEFAULT_CONFIG,
  type Config,
  type KnownRules,
} from "../model/config.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { Source } from "../model/source.ts";
import type { Side } from "../model/span.ts";
import { missingObject } from "./missingObject.ts";
import type { Blob, Files } from "./repository.ts";
import { Unusable } from "./unusable.ts";

/** In bytes. */
const LIMIT = 256 * 1024;

/** Where people put the configuration by mistake. */
const MISTAKEN = [".github/mta-sts-guard.yaml", "mta-sts-guard.yml", "mta-sts-guard.yaml", ".mta-sts-guard.yml"];

/** The configuration that applies, and the files of both sides. */
export interface LoadedConfig {
  readonly config: Config;
  readonly files: ConfigFiles;
  /** The paths at head that look like a configuration and are none. */
  readonly mistaken: readonly string[];
}

/** Reads the configuration of both sides at `path`: base's applies, without a base head's; where it does not validate, the defaults. */
export async function loadConfig(
  files: Files,
  { base, head }: { readonly base: string | undefined; readonly head: string },
  rules: KnownRules,
  path = CONFIG_PATH,
): Promise<LoadedConfig> {
  const configs: ConfigFiles = {
    base: base === undefined ? undefined : await readConfig(files, base, "base", rules, path),
    head: await readConfig(files, head, "head", rules, path),
  };
  const mistaken: string[] = [];
  for (const near of MISTAKEN)
    if (near !== path && (await files.entry(head, near))?.kind === "file") mistaken.push(near);
  const applies = base === undefined ? configs.head : configs.base;
  return { config: applies?.config ?? DEFAULT_CONFIG, files: configs, mistaken };
}

/** The configuration of one commit; the defaults where there is none, or it does not validate. */
export async function configAt(files: Files, commit: string, rules: KnownRules, path = CONFIG_PATH): Promise<Config> {
  return (await readConfig(files, commit, "base", rules, path))?.config ?? DEFAULT_CONFIG;
}

/** A snapshot that knows the configuration files, and says of the mistaken ones where they belong. */
export function withConfig(snapshot: Snapshot, { files, mistaken }: LoadedConfig): Snapshot {
  const reason = `not read: the configuration lies in \`${CONFIG_PATH}\``;
  const unread = [...snapshot.head.unread, ...mistaken.map((path) => ({ path, reason }))];
  return { ...snapshot, head: { ...snapshot.head, unread }, configs: files };
}

/** Reads a configuration as it lies on disk; throws `Unusable` with the first fault if it cannot be used. */
export async function loadConfigFile(path: string, rules: KnownRules): Promise<Config> {
  const { readFileSync, statSync } = await import("node:fs");
  const { parseConfig } = await import("../parse/config/parseConfig.ts");
  let bytes: Uint8Array;
  try {
    const stat = statSync(path);
    // A device or a pipe may never end.
    if (!stat.isFile()) throw new Error("it is no file");
    if (stat.size > LIMIT) throw new Error(`it has ${stat.size} bytes, and the limit is ${LIMIT}`);
    bytes = readFileSync(path);
  } catch (error) {
    throw new Unusable(`--config ${path} cannot be read: ${(error as Error).message}`);
  }
  const { config, problems } = parseConfig(new Source("head", path, bytes), rules);
  const [first] = problems;
  if (!first) return config;
  const { line, column } = first.span.start;
  const more = problems.length > 1 ? ` (${problems.length - 1} more)` : "";
  throw new Unusable(`--config ${path}:${line}:${column}: ${first.message}${more}`);
}

async function readConfig(
  files: Files,
  at: string,
  side: Side,
  rules: KnownRules,
  path: string,
): Promise<ConfigFile | undefined> {
  const entry = await files.entry(at, path);
  if (!entry) return undefined;
  // Only who has a configuration pays for what reads it.
  const { parseConfig, unreadConfig } = await import("../parse/config/parseConfig.ts");
  const blob: Blob =
    entry.kind === "file"
      ? ((await files.read([entry], () => LIMIT)).get(entry) ?? { unread: "missing" })
      : { unread: "not-a-file" };
  if (blob instanceof Uint8Array) return parseConfig(new Source(side, path, blob), rules);
  const nothing = new Source(side, path, new Uint8Array());
  if (blob.unread === "missing") {
    const { what, cure } = missingObject(files, `${path} of ${at}`);
    throw new Unusable(`${what} ${cure}`);
  }
  return unreadConfig(
    nothing,
    blob.unread === "too-large"
      ? `The file has ${blob.size ?? "too many"} bytes; the limit is ${LIMIT}: shorten it.`
      : "This is a symbolic link or no file, and links are not followed: put the file itself here.",
  );
}
