import { setOutput } from "@actions/core";
import { readFileSync } from "node:fs";
import { releaseOf } from "./releaseOf.ts";

/** `git tag | node scripts/release.ts`: whether the version of package.json can be released, and as what. */
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const tags = readFileSync(0, "utf8").split("\n");
const { version } = JSON.parse(read("../package.json")) as { version: string };
const release = releaseOf(version, read("../CHANGELOG.md"), tags);
if (typeof release === "string") {
  console.error(release);
  process.exitCode = 1;
} else {
  console.log(`v${release.version} can be released, and ${release.major} moves to it:\n\n${release.notes}`);
  if (process.env["GITHUB_OUTPUT"]) for (const [name, value] of Object.entries(release)) setOutput(name, value);
}
