import { expect, it } from "vitest";
import { releaseOf } from "../scripts/releaseOf.ts";

const CHANGELOG = "# Changelog\n\n## 1.2.0 - 2026-11-22\n\nTold well.\n\n- More.\n\n## 1.1.0 - 2026-10-01\n\nOld.\n";

it("is the first part of the changelog, and moves the tag of its major version", () => {
  const release = { version: "1.2.0", major: "v1", notes: "Told well.\n\n- More." };
  expect(releaseOf("1.2.0", CHANGELOG, ["v1", "v1.1.0", "v0.9.12", "nightly", ""])).toEqual(release);
  expect(releaseOf("1.2.0", CHANGELOG, [])).toEqual(release);
  expect(releaseOf("1.2.0", "## 1.2.0 - 2026-11-22\nOnly.", [])).toMatchObject({ notes: "Only." });
});

it.each([
  ["1.2.0-rc.1", CHANGELOG, [], /only versions such as 1\.2\.3/],
  ["1.2.0", CHANGELOG, ["v1.2.0"], /v1\.2\.0 is released: raise it/],
  ["1.2.0", CHANGELOG, ["v1.9.0", "v1.10.0", "v1.2.1"], /v1\.10\.0 is released/],
  ["1.2.0", CHANGELOG, ["v2.0.0"], /v2\.0\.0 is released/],
  ["1.3.0", CHANGELOG, [], /first heading of CHANGELOG\.md is "1\.2\.0 - 2026-11-22"/],
  ["1.2.0", `## Unreleased\n\nNew.\n\n${CHANGELOG}`, [], /first heading of CHANGELOG\.md is "Unreleased"/],
  ["1.2.0", "## 1.2.0\n\nNo day.\n", [], /and the day/],
  ["1.2.0", "## 1.2.0 - 2026-11-22\n\n## 1.1.0 - 2026-10-01\n\nOld.\n", [], /says nothing about 1\.2\.0/],
  ["1.2.0", "", [], /first heading/],
])("refuses %s", (version, changelog, tags, why) => {
  expect(releaseOf(version, changelog, tags)).toMatch(why);
});
