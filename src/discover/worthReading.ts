/** Folders whose files are never served or loaded: samples, test data, other people's code. */
const SKIPPED_FOLDERS = /(?:^|\/)(?:node_modules|vendor|tests?|testdata|fixtures)\//;

/** Endings that are never a policy, a zone or a configuration that holds one. */
const NEVER =
  /\.(?:png|jpe?g|gif|webp|avif|ico|svgz?|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|deb|rpm|iso|img|bin|exe|dll|so|dylib|a|o|class|pyc|wasm|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|flac|avi|mov|mkv|webm|map|lock|sum|sqlite3?|key|pem|crt|cer|der|p12|pfx|gpg|asc|sig|jnl)$/i;

/** Endings of programs and documents: they may hold MTA-STS text, but are no master files. */
const NO_ZONE =
  /\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml|ini|xml|html?|css|s[ac]ss|less|md|mdx|markdown|rst|adoc|tex|py|rb|go|rs|c|cc|cpp|h|hpp|java|kt|scala|cs|fs|php|pl|pm|lua|sh|bash|zsh|fish|ps1|bat|nix|tf|tfvars|hcl|dhall|jsonnet|vue|svelte|csv|tsv|sql|proto|svg|j2|erb|tmpl|tftpl|tpl|mustache|liquid|patch|diff|log|mta-sts\.txt)$/i;

/** Why files under a path are left out, or undefined if they count (facts of public repositories: samples and test data). */
export function leftOut(path: string): string | undefined {
  if (/\.signed$/i.test(path)) return "is what signing made of another zone file";
  const folder = SKIPPED_FOLDERS.exec(path)?.[0];
  return folder === undefined
    ? undefined
    : `stands in a folder of samples or test data (\`${folder.replaceAll("/", "")}/\`)`;
}

/** Whether a file that is left out would otherwise have been looked at, so that people are told of it. */
export function isMissed(path: string): boolean {
  if (leftOut(path) === undefined) return false;
  if (isPolicyPath(path) || isNamedLikeZone(path)) return true;
  return !/(?:^|\/)(?:node_modules|vendor)\//.test(path) && !NEVER.test(path) && !NO_ZONE.test(path);
}

/** Whether a file may hold anything of ours, by its path alone. */
export function worthReading(path: string): boolean {
  return leftOut(path) === undefined && !NEVER.test(path);
}

/** Whether a file may be a master file, by its path alone. */
export function mayBeZone(path: string): boolean {
  return worthReading(path) && !NO_ZONE.test(path) && !isPolicyPath(path);
}

/** Whether a file has the name of a master file; the name alone proves nothing (`Thumbs.db`, `prod.hosts`). */
export function isNamedLikeZone(path: string): boolean {
  return /(?:^|\/)db\.[^/]+$|\.(?:zone|db|hosts)$/i.test(path);
}

/** A policy is known by its file name, in any case and at any depth. */
export function isPolicyPath(path: string): boolean {
  return /(?:^|\/)mta-sts\.txt$/i.test(path);
}

/** Whether folder or ending mark a file as a template: what it will say is not known. */
export function isTemplate(path: string): boolean {
  return /(?:^|\/)templates?\//i.test(path) || /\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$/i.test(path);
}
