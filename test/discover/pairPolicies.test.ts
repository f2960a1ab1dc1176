import { describe, expect, it } from "vitest";
import { registeredDomain } from "../../src/model/publicSuffix.ts";
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
