import { describe, expect, it } from "vitest";
import { type Config, DEFAULT_CONFIG } from "../../src/model/config.ts";
import { isMissed, isPolicy, isPolicyPath, mayBeZone, worthReading } from "../../src/discover/worthReading.ts";
import { pairings, policy, surveyOf, zone, zones } from "./trees.ts";

describe("zones of the configuration", () => {
  it.each<readonly [string, Config["zones"], Readonly<Record<string, string>>, readonly string[]]>([
    [
      "an origin in the path",
      [{ path: "z/{origin}/zone.txt" }],
      { "z/a.de/zone.txt": zone() },
      ["z/a.de/zone.txt: a.de."],
    ],
    ["an origin beside the path", [{ path: "z/office", origin: "a.de." }], { "z/office": zone() }, ["z/office: a.de."]],
    [
      "one file, two origins",
      [
        { path: "z/parking", origin: "a.de." },
        { path: "z/parking", origin: "b.de." },
      ],
      { "z/parking": zone() },
      ["z/parking: a.de.", "z/parking: b.de."],
    ],
    [
      "its own path goes before a pattern",
      [{ path: "z/{origin}" }, { path: "z/db.office", origin: "a.de." }],
      { "z/db.office": zone(), "z/b.de": zone() },
      ["z/b.de: b.de.", "z/db.office: a.de."],
    ],
    [
      "before $ORIGIN",
      [{ path: "z/{origin}" }],
      { "z/a.de": "$ORIGIN b.de.\n$TTL 1\n@ A 192.0.2.1\n" },
      ["z/a.de: a.de."],
    ],
    ["no origin: the text tells it", [{ path: "z/*" }], { "z/office": zone({ origin: "b.de" }) }, ["z/office: b.de."]],
    ["records alone", [{ path: "z/{origin}" }], { "z/a.de": "@ 60 IN A 192.0.2.1\n" }, ["z/a.de: a.de."]],
    ["a folder of samples", [{ path: "test/{origin}" }], { "test/a.de": zone() }, ["test/a.de: a.de."]],
    ["an ending that is none of zones", [{ path: "{origin}.yaml" }], { "a.de.yaml": zone() }, ["a.de.yaml: a.de."]],
    [
      "included by another",
      [{ path: "b", origin: "b.de." }],
      { "a.de": `${zone()}$INCLUDE b\n`, b: "@ 60 IN A 192.0.2.1\n" },
      ["a.de: a.de.", "b: b.de."],
    ],
  ])("%s", (_, config, files, expected) => {
    expect(zones(surveyOf(files, { zones: config }))).toEqual(expected);
  });
});

describe("policies of the configuration", () => {
  it.each<readonly [string, Config["policies"], Readonly<Record<string, string>>, readonly string[]]>([
    [
      "a domain in the path",
      [{ path: "p/{domain}.txt" }],
      { "p/a.de.txt": policy() },
      ["p/a.de.txt: a.de (configuration)"],
    ],
    [
      "domains beside it",
      [{ path: "web/mta-sts.txt", domains: ["a.de.", "b.de."] }],
      { "web/mta-sts.txt": policy() },
      ["web/mta-sts.txt: a.de, b.de (configuration)"],
    ],
    [
      "one policy, several entries",
      [
        { path: "web/mta-sts.txt", domains: ["a.de."] },
        { path: "web/mta-sts.txt", domains: ["b.de."] },
      ],
      { "web/mta-sts.txt": policy() },
      ["web/mta-sts.txt: a.de, b.de (configuration)"],
    ],
    [
      "before the path",
      [{ path: "b.de/mta-sts.txt", domains: ["a.de."] }],
      { "b.de/mta-sts.txt": policy() },
      ["b.de/mta-sts.txt: a.de (configuration)"],
    ],
    [
      "no domains: other evidence",
      [{ path: "**/sts" }],
      { "mta-sts.b.de/sts": policy() },
      ["mta-sts.b.de/sts: b.de (path)"],
    ],
    [
      "templates and samples",
      [{ path: "test/templates/{domain}.j2" }],
      { "test/templates/a.de.j2": policy() },
      ["test/templates/a.de.j2: a.de (configuration)"],
    ],
  ])("%s", (_, config, files, expected) => {
    expect(pairings(surveyOf(files, { policies: config }))).toEqual(expected);
  });
});

it("makes files worth reading whatever their name", () => {
  const config = { ...DEFAULT_CONFIG, zones: [{ path: "vendor/{origin}.png" }], policies: [{ path: "fixtures/*.j2" }] };
  for (const it of [config, DEFAULT_CONFIG]) {
    const named = it === config;
    expect(worthReading("vendor/a.de.png", it)).toBe(named);
    expect(mayBeZone("vendor/a.de.png", it)).toBe(named);
    expect(isPolicyPath("fixtures/a.j2", it)).toBe(named);
    expect(isPolicy("fixtures/a.j2", it)).toBe(named);
    expect(worthReading("fixtures/a.j2", it)).toBe(named);
  }
  expect(isMissed("test/a.de.zone", DEFAULT_CONFIG)).toBe(true);
  expect(isMissed("test/a.de.zone", { ...DEFAULT_CONFIG, zones: [{ path: "**/{origin}.zone" }] })).toBe(false);
});
