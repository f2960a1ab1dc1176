import { describe, expect, it } from "vitest";
import { registeredDomain } from "../../src/model/publicSuffix.ts";
import { withKeptPairings } from "../../src/discover/withKeptPairings.ts";
import { type Files, pairings, policy, surveyOf, zone } from "./trees.ts";

describe("a domain in the path", () => {
  it.each([
    ["mta-sts.a.de/.well-known", "a.de"],
    ["www/a.co.uk", "a.co.uk"],
    ["münchen.de", "xn--mnchen-3ya.de"],
    ["a.de/v1.2", "a.de"],
    ["example.pl/conf.d", "example.pl"],
    ["nordwind.example", "nordwind.example"],
    ["sites/config.js", ""],
    ["sites/v1.2", ""],
    ["example.local", ""],
    ["co.uk", ""],
    ["1.2.3.4", ""],
  ])("%s: %s", (folder, domain) => {
    const path = `${folder}/mta-sts.txt`;
    expect(pairings(surveyOf({ [path]: policy() }))).toEqual([`${path}: ${domain} (${domain ? "path" : "none"})`]);
  });

  it("may be one that only this repository knows", () => {
    const path = "web/intern.local/mta-sts.txt";
    const files = { [path]: policy(), "zones/intern.local.zone": zone(), "zones/a.de.zone": zone() };
    expect(pairings(surveyOf(files))).toEqual([`${path}: intern.local (path)`]);
  });
});

describe("two policies for one domain", () => {
  const files: Files = {
    "a/mta-sts.txt": policy(),
    "a/CNAME": "mta-sts.a.de\n",
    "b/a.de/.well-known/mta-sts.txt": policy(),
    "b/a.de/mta-sts.txt": policy(),
    "zones/a.de.zone": zone(),
  };
  const entries = Object.entries(files);

  it.each([entries, entries.toReversed()])("are both known; the better evidence counts, in any order", (...order) => {
    const side = surveyOf(Object.fromEntries(order));
    expect(pairings(side)).toEqual([
      "b/a.de/.well-known/mta-sts.txt: a.de (path)",
      "b/a.de/mta-sts.txt: a.de (path)",
      "a/mta-sts.txt: a.de (cname-file)",
    ]);
    expect(side.domains.map((domain) => domain.policy?.source.path)).toEqual(["b/a.de/.well-known/mta-sts.txt"]);
  });
});

describe("a registered domain", () => {
  it.each([
    ["a.de.", "a.de."],
    ["x.a.co.uk.", "a.co.uk."],
    ["a.github.io.", "a.github.io."],
    ["github.io.", undefined],
    ["config.js.", undefined],
    ["a.local.", undefined],
    ["x.a.example.", "a.example."],
    ["example.", undefined],
    [".", undefined],
  ])("of %s: %s", (name, domain) => {
    expect(registeredDomain(name)).toBe(domain);
  });
});

/** Two domains with a record, each with its MX host. */
function twoZones(mxOfA = "mx.a.de.", mxOfB = "mx.b.de."): Files {
  return { "zones/a.de": zone({ mx: [mxOfA] }), "zones/b.de": zone({ mx: [mxOfB] }) };
}

describe("several policies that nothing else tells of", () => {
  const two = (x: string, y: string): Files => ({ "x/mta-sts.txt": policy(x), "y/mta-sts.txt": policy(y) });

  it.each<readonly [string, Files, readonly string[]]>([
    ["go with the MX hosts", two("mx.a.de", "*.b.de"), ["x/mta-sts.txt: a.de (mx)", "y/mta-sts.txt: b.de (mx)"]],
    ["unless two allow the same", two("*.a.de", "mx.a.de"), ["x/mta-sts.txt:  (none)", "y/mta-sts.txt:  (none)"]],
    ["or none does", two("mx.c.de", "mx.a.de"), ["y/mta-sts.txt: a.de (mx)", "x/mta-sts.txt:  (none)"]],
    [
      "one may serve several",
      { "x/mta-sts.txt": policy("mx.a.de", "mx.b.de"), "y/mta-sts.txt": policy("mx.c.de") },
      ["x/mta-sts.txt: a.de, b.de (mx)", "y/mta-sts.txt:  (none)"],
    ],
  ])("%s", (_, policies, expected) => {
    expect(pairings(surveyOf({ ...twoZones(), ...policies }))).toEqual(expected);
  });

  it("need every MX host, in every view", () => {
    const files = { ...twoZones(), ...two("mx.a.de", "mx.b.de"), "intern/a.de": zone({ mx: ["mx.intern.de."] }) };
    expect(pairings(surveyOf(files))).toEqual(["y/mta-sts.txt: b.de (mx)", "x/mta-sts.txt:  (none)"]);
  });

  it("do not go with a domain that has no MX record", () => {
    const files = { ...two("mx.a.de", "mx.b.de"), "zones/a.de": zone({ mx: [] }) };
    expect(pairings(surveyOf(files))).toEqual(["x/mta-sts.txt:  (none)", "y/mta-sts.txt:  (none)"]);
  });

  it.each<readonly [string, Files, readonly string[]]>([
    ["to no policy's", twoZones("mx.c.de."), ["x/mta-sts.txt: a.de (mx)", "y/mta-sts.txt: b.de (mx)"]],
    ["to another policy's", twoZones("mx.b.de."), ["x/mta-sts.txt: a.de (mx)", "y/mta-sts.txt: b.de (mx)"]],
    ["crosswise", twoZones("mx.b.de.", "mx.a.de."), ["x/mta-sts.txt: a.de (mx)", "y/mta-sts.txt: b.de (mx)"]],
  ])("stay with their domain when its MX hosts move %s", (_, zones, expected) => {
    const policies = two("mx.a.de", "mx.b.de");
    const base = surveyOf({ ...twoZones(), ...policies });
    const head = surveyOf({ ...zones, ...policies });
    const both = base.policies.flatMap((before, index) => {
      const after = head.policies[index];
      return after ? [{ base: before, head: after }] : [];
    });
    const kept = withKeptPairings({ base, head }, both).head;
    expect(pairings(kept).toSorted()).toEqual(expected);
    expect(kept.domains.map(({ name, policy: own }) => `${name} ${own?.source.path}`)).toEqual([
      "a.de. x/mta-sts.txt",
      "b.de. y/mta-sts.txt",
    ]);
  });

  it("stay with their domain when its MX hosts come back", () => {
    const policies = two("mx.a.de", "mx.b.de");
    const base = surveyOf({ ...twoZones("mx.c.de."), ...policies });
    const head = surveyOf({ ...twoZones(), ...policies });
    const both = base.policies.map((before) => ({
      base: before,
      head: head.policies.find((after) => after.source.path === before.source.path) ?? before,
    }));
    expect(pairings(withKeptPairings({ base, head }, both).base).toSorted()).toEqual([
      "x/mta-sts.txt: a.de (mx)",
      "y/mta-sts.txt: b.de (mx)",
    ]);
  });
});

describe("the repository's name", () => {
  it.each<readonly [string, Files, string]>([
    ["mta-sts.a.de", {}, "a.de (repository-name)"],
    ["MTA-STS.a.de", {}, "a.de (repository-name)"],
    ["a.de", {}, "a.de (repository-name)"],
    ["mta-sts-a-de", {}, " (none)"],
    ["mta-sts-a-de", { "zones/a.de": zone({ sts: false }) }, "a.de (repository-name)"],
    ["a-de", { "zones/a.de": zone({ sts: false }) }, "a.de (repository-name)"],
    ["a.de", { "zones/b.de": zone() }, "b.de (only-record)"],
    ["policies", {}, " (none)"],
    ["config.js", {}, " (none)"],
    ["someone.github.io", {}, " (none)"],
    ["mta-sts", {}, " (none)"],
  ])("%s", (repositoryName, files, expected) => {
    const path = ".well-known/mta-sts.txt";
    const side = surveyOf({ [path]: policy(), ...files }, {}, repositoryName);
    expect(pairings(side)).toEqual([`${path}: ${expected}`]);
  });

  it("speaks of the one policy that is served, and of none that is told otherwise", () => {
    const files = { ".well-known/mta-sts.txt": policy(), "docs/mta-sts.txt": policy(), "c.de/mta-sts.txt": policy() };
    expect(pairings(surveyOf(files, {}, "mta-sts.a.de"))).toEqual([
      "c.de/mta-sts.txt: c.de (path)",
      ".well-known/mta-sts.txt: a.de (repository-name)",
      "docs/mta-sts.txt:  (none)",
    ]);
    expect(pairings(surveyOf(files, {}, "mta-sts.c.de"))).toContain(".well-known/mta-sts.txt:  (none)");
  });
});
