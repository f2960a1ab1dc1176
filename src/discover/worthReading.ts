import type { Config } from "../model/config.ts";
import { sitePath } from "../model/policyPath.ts";
import { configured } from "./configured.ts";

/** Folders whose files are never served or loaded: samples, test data, other people's code. */
const SKIPPED_FOLDERS = /(?:^|\/)(?:node_modules|vendor|tests?|testdata|fixtures)\//;

/** Endings that are never a policy, a zone or a configuration that holds one. */
const NEVER =
  /\.(?:png|jpe?g|gif|webp|avif|ico|svgz?|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|deb|rpm|iso|img|bin|exe|dll|so|dylib|a|o|class|pyc|wasm|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|flac|avi|mov|mkv|webm|map|lock|sum|sqlite3?|key|pem|crt|cer|der|p12|pfx|gpg|asc|sig|jnl|sarif)$/i;

/** Endings of programs and documents: they may hold MTA-STS text, but are no master files. */
const NO_ZONE =
  /\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml|ini|xml|html?|css|s[ac]ss|less|md|mdx|markdown|rst|adoc|tex|py|rb|go|rs|c|cc|cpp|h|hpp|java|kt|scala|cs|fs|php|pl|pm|lua|sh|bash|zsh|fish|ps1|bat|nix|tf|tfvars|hcl|dhall|jsonnet|vue|svelte|csv|tsv|sql|proto|svg|j2|erb|tmpl|tftpl|tpl|mustache|liquid|patch|diff|log|mta-sts\.txt)$/i;

/** Whether the configuration names a file: then it counts, whatever its folder and its name. */
function isConfigured(path: string, config: Config): boolean {
  return configured(config).zone(path) !== undefined || configured(config).policy(path) !== undefined;
}

/** Why files under a path are left out, or undefined if they count (facts of public repositories: samples and test data). */
export function leftOut(path: string, config: Config): string | undefined {
  const isSigned = /\.signed$/i.test(path);
  const folder = SKIPPED_FOLDERS.exec(path)?.[0];
  if ((!isSigned && folder === undefined) || isConfigured(path, config)) return undefined;
  if (folder === undefined) return "is what signing made of another zone file";
  return `stands in a folder of samples or test data (\`${folder.replaceAll("/", "")}/\`)`;
}

/** Whether a file that is left out would otherwise have been looked at, so that people are told of it. */
export function isMissed(path: string, config: Config): boolean {
  if (leftOut(path, config) === undefined) return false;
  if (isPolicyPath(path, config) || isNamedLikeZone(path)) return true;
  return !/(?:^|\/)(?:node_modules|vendor)\//.test(path) && !NEVER.test(path) && !NO_ZONE.test(path);
}

/** Whether a file may hold anything of ours, by its path alone. */
export function worthReading(path: string, config: Config): boolean {
  return leftOut(path, config) === undefined && (!NEVER.test(path) || isConfigured(path, config));
}

/** Whether a file may be a master file, by its path alone. */
export function mayBeZone(path: string, config: Config): boolean {
  if (configured(config).zone(path) !== undefined) return true;
  return worthReading(path, config) && !NO_ZONE.test(path) && !isPolicyPath(path, config);
}

/** Whether a file has the name of a master file; the name alone proves nothing (`Thumbs.db`, `prod.hosts`). */
export function isNamedLikeZone(path: string): boolean {
  return /(?:^|\/)db\.[^/]+$|\.(?:zone|db|hosts)$/i.test(path);
}

/** Whether a file is a policy: its name says so, in any case and at any depth, or nearly so in `.well-known`, or the configuration. */
export function isPolicyPath(path: string, config: Config): boolean {
  if (/(?:^|\/)mta-sts\.txt$/i.test(path) || sitePath(path) !== undefined) return true;
  return configured(config).policy(path) !== undefined;
}

/** Whether folder or ending mark a file as a template: what it will say is not known. */
function isTemplate(path: string, config: Config): boolean {
  if (!/(?:^|\/)templates?\//i.test(path) && !/\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$/i.test(path)) return false;
  return !isConfigured(path, config);
}

/** Whether a file is a policy that can be read. */
export function isPolicy(path: string, config: Config): boolean {
  return isPolicyPath(path, config) && !isTemplate(path, config);
}
