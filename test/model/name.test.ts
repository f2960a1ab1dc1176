import { describe, expect, it } from "vitest";
import { display, isWithin, labels, nameOf, parent, under } from "../../src/model/name.ts";

describe("names", () => {
  it.each([
    ["a.b.example.com.", "b.example.com."],
    ["com.", "."],
    [".", "."],
    ["a\\.b.example.com.", "example.com."],
    ["a\\\\.example.com.", "example.com."],
    ["a\\046b.com.", "com."],
  ])("the parent of %s is %s", (name, above) => expect(parent(name)).toBe(above));

  it("counts a dot behind a backslash as part of its label", () => {
    expect(labels("a\\.b.example.com.")).toEqual(["a\\.b", "example", "com"]);
    expect(labels(".")).toEqual([]);
  });

  it.each([
    ["example.com.", "example.com.", true],
    ["a.example.com.", "example.com.", true],
    ["anexample.com.", "example.com.", false],
    ["com.", "example.com.", false],
    ["com.", ".", true],
  ])("%s within %s: %s", (name, ancestor, within) => expect(isWithin(name, ancestor)).toBe(within));

  it("reads and shows names as people write them", () => {
    expect(nameOf("Mail.Example.COM")).toBe("mail.example.com.");
    expect(display("mail.example.com.")).toBe("mail.example.com");
    expect(display(".")).toBe(".");
    expect(under("_mta-sts", ".")).toBe("_mta-sts.");
  });
});
