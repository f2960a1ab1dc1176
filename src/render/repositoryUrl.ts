import manifest from "../../package.json" with { type: "json" };

const REPOSITORY = manifest.repository.replace(/^github:/, "https://github.com/");

/** Where a file of this repository can be read, by its path. */
export function repositoryUrl(path: string): string {
  return `${REPOSITORY}/blob/main/${path}`;
}
