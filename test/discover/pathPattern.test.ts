import { describe, expect, it } from "vitest";
import { pathPattern } from "../../src/discover/pathPattern.ts";
import { cpuTime } from "../cpuTime.ts";

describe("a path pattern", () => {
  it.each([
    ["zones/a.zone", "zones/a.zone", true],
    ["./zones//a.zone", "zones/a.zone", true],
    ["/zones/a.zone", "zones/a.zone", true],
    ["zones/a.zone", "zones/A.zone", false],
    ["zones/a.zone", "old/zones/a.zone", false],
    ["zones/*.zone", "zones/a.zone", true],
    ["zones/*.zone", "zones/sub/a.zone", false],
    ["zones/a*b*c", "zones/abbc", true],
    ["zones/a*b", "zones/ab", true],
    ["zones/ab*bc", "zones/abc", false],
    ["zones/*", "zones/.hidden", true],
    ["**/a", "a", true],
    ["**/a", "x/y/a", true],
    ["**/a", "x/ya", false],
    ["x/**/a", "x/a", true],
    ["x/**", "x/y/z", true],
    ["x/**/y/**/z", "x/1/y/2/y/3/z", true],
    ["x/**/y/**/z", "x/1/2/3/z", false],
    ["x/**/y/z", "x/y/q/y/z", true],
    ["a+b(c)[d].zone", "a+b(c)[d].zone", true],
    ["zones/m\u00fcnchen.zone", "zones/mu\u0308nchen.zone", true],
  ])("%s and %s: %s", (pattern, path, matches) => {
    expect(pathPattern(pattern).match(path) !== undefined).toBe(matches);
  });

  it.each([
    ["zones/{origin}.zone", "zones/example.com.zone", "example.com."],
    ["zones/{origin}", "zones/Example.COM.", "example.com."],
    ["zones/db.{origin}", "zones/db.münchen.de", "xn--mnchen-3ya.de."],
    ["zones/db.{origin}", "zones/db.xn--mnchen-3ya.de", "xn--mnchen-3ya.de."],
    ["policies/{domain}/mta-sts.txt", "policies/example.com/mta-sts.txt", "example.com."],
    ["**/{domain}/*.txt", "a/b/example.com/x.txt", "example.com."],
    ["{domain}/{domain}.txt", "example.com/example.com.txt", "example.com."],
    ["{domain}/{domain}.txt", "example.com/example.net.txt", undefined],
    ["*-{origin}.zone", "internal-example.com.zone", "example.com."],
    ["{origin}*.zone", "example.com.zone", "example.com."],
    ["zones/{origin}.zone", "zones/.zone", undefined],
    ["zones/{origin}.zone", "zones/a..b.zone", undefined],
    ["zones/{origin}.zone", "zones/a b.zone", undefined],
    ["zones/{origin}.zone", "zones/sub/a.zone", undefined],
  ])("%s and %s: the name %s", (pattern, path, name) => {
    expect(pathPattern(pattern).match(path)?.name).toBe(name);
  });

  it("is quick whatever it says", () => {
    const path = `${"a/".repeat(2000)}${"a".repeat(255)}`;
    const took = cpuTime(() => {
      for (const pattern of [
        `${"**/a/".repeat(500)}b`,
        `**/${"*a".repeat(100)}b`,
        `**/${"*a".repeat(60)}{origin}${"a*".repeat(60)}b`,
      ])
        expect(pathPattern(pattern).match(path)).toBeUndefined();
    });
    expect(took).toBeLessThan(2000);
  });
});
