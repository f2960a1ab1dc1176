/** What a release is made of. */
export interface Release {
  /** `1.2.3`. */
  readonly version: string;
  /** The tag that moves, `v1`. */
  readonly major: string;
  /** Markdown. */
  readonly notes: string;
}

/** The release that a version would be, or in one line why it cannot be; `tags` are those that exist. */
export function releaseOf(version: string, changelog: string, tags: readonly string[]): Release | string {
  const wanted = numbersOf(`v${version}`);
  // The documents name `@v1`, so nobody would find what came before.
  if (!wanted?.[0])
    return `package.json names the version ${version}: only versions such as 1.2.3 are released, from 1.0.0 on.`;
  const newest = tags.flatMap((tag) => [numbersOf(tag) ?? []]).reduce((a, b) => (isAbove(b, a) ? b : a), []);
  if (!isAbove(wanted, newest))
    return `package.json names the version ${version}, and v${newest.join(".")} is released: raise it first.`;
  const [, heading = "", body = ""] = /^## (.*)\n([^]*?)(?=^## |$(?![^]))/m.exec(changelog) ?? [];
  if (!new RegExp(`^${version.replaceAll(".", "\\.")} - \\d{4}-\\d\\d-\\d\\d$`).test(heading))
    return `The first heading of CHANGELOG.md is "${heading}": write "${version} - " and the day there.`;
  if (body.trim() === "") return `CHANGELOG.md says nothing about ${version}.`;
  return { version, major: `v${wanted[0]}`, notes: body.trim() };
}

function numbersOf(tag: string): readonly number[] | undefined {
  const [, ...parts] = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag) ?? [];
  return parts.length > 0 ? parts.map(Number) : undefined;
}

/** Whether one version is above another; no version is below all. */
function isAbove(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? -1);
}
