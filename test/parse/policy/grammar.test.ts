import { describe, expect, it } from "vitest";
import { meaning } from "../../../src/model/policy.ts";
import { bytes, policy } from "./policy.ts";

const SOUND = "version: STSv1\nmode: testing\nmx: mx1.nordwind.de\nmax_age: 604800\n";

describe("what RFC 8461 §3.2 allows", () => {
  it.each([
    [
      "the example of the RFC",
      "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n",
    ],
    ["no final line end", SOUND.trimEnd()],
    ["LF and CRLF mixed", SOUND.replace("\n", "\r\n")],
    ["trailing blanks and tabs", SOUND.replaceAll("\n", " \t\n")],
    ["trailing blanks without a final line end", `${SOUND.trimEnd()} \t`],
    ["no blank after the colon, and many", SOUND.replace(": ", ":").replace("mode: ", "mode: \t  ")],
    ["any order", SOUND.split("\n").toReversed().join("\n").trimStart()],
    ["an extension with colons, blanks and UTF-8", `${SOUND}x-note.1_a: a: “Müller” \\n c\n`],
    ["an extension's name of 32 characters", `${SOUND}${"a".repeat(32)}: 1\n`],
    ["a NEL that ends nothing", `${SOUND}note: a\u0085b\n`],
    ["front matter", `---\nlayout: none\n---\n\n\n${SOUND}`],
    ["front matter with CRLF, closed by the last blank-free line", `---\r\nlayout: none\r\n---\r\n${SOUND}`],
    ["empty front matter", `---\n---\n${SOUND}`],
  ])("%s", (_, text) => {
    const read = policy(text);
    expect(read.problems).toEqual([]);
    expect(read.version?.value).toBe("STSv1");
    expect(read.mode).toBeDefined();
    expect(read.maxAge?.value).toBe(604_800);
    expect(read.mx.length).toBeGreaterThan(0);
  });
});

describe("what it does not allow is a problem, and the line is read as it was meant", () => {
  it.each([
    ["comment", `# a\n${SOUND}// b\n ; c\n`, "3 lines are comments, the first of them line 1"],
    ["byte-order-mark", `\ufeff${SOUND}`, "byte order mark"],
    ["blank-line", SOUND.replace("\n", "\n\n \t\n"), "2 lines are blank, the first of them line 2"],
    ["blank-line", `\n${SOUND}`, "Line 1 is blank"],
    ["final-line-ends", `${SOUND}\n`, "more than one line end"],
    ["final-line-ends", `${SOUND}\r\n \r\n`, "more than one line end"],
    ["leading-blank", SOUND.replace("mode", "\tmode"), "Line 2 begins with a blank"],
    [
      "leading-blank",
      ` ${SOUND.replaceAll(/\n(?=.)/g, "\n ")}`,
      "4 lines begin with a blank, the first of them line 1",
    ],
    ["blank-before-colon", SOUND.replace("mode:", "mode \t:"), "Line 2 has a blank before its colon"],
    ["bare-cr", SOUND.replaceAll("\n", "\r"), "Line 1 holds a carriage return"],
    ["bare-cr", SOUND.replaceAll("\n", "\r\r\n"), "4 lines hold a carriage return"],
    ["bare-cr", SOUND.replace("testing", "test\ring"), "Line 2 holds a carriage return"],
    ["unicode-line-end", SOUND.trimEnd().replaceAll("\n", "\u2028"), "a Unicode line separator"],
    ["unicode-line-end", SOUND.replace("\nmode", "\u0085mode"), "a Unicode line separator"],
    ["literal-line-end", SOUND.replaceAll("\n", "\\n"), "the characters `\\n`"],
    ["literal-line-end", SOUND.trimEnd().replaceAll("\n", "\\r\\n"), "the characters `\\n`"],
    ["no-colon", SOUND.replace("mode:", "mode"), "Line 2 is not a field"],
    ["no-colon", SOUND.replace("mode:", "mode ="), "Line 2 is not a field"],
    ["no-colon", SOUND.replace("mode:", "mode："), "Line 2 is not a field"],
    ["no-colon", `${SOUND}managed by ansible\n`, "Line 5 is not a field"],
    [
      "field-name",
      `${SOUND}_bad: 1\n${"a".repeat(33)}: 2\n`,
      "2 lines begin with something that is no name of a field",
    ],
    ["empty-value", `${SOUND}fingerprints:\n`, "Line 5 is a field without a value"],
    ["control-character", SOUND.replace("testing", "te\0sti\u0007ng"), "Line 2 holds a control character"],
    ["control-character", `${SOUND}note: a\tb\n`, "Line 5 holds a control character"],
    ["no-colon", `---\nlayout: none\n${SOUND}`, "Line 1 is not a field"],
  ])("%s", (fault, text, words) => {
    const read = policy(text);
    expect(read.problems.map((problem) => problem.fault)).toEqual([fault]);
    expect(read.problems[0]?.message).toContain(words);
    expect({ ...read, extensions: [] }).toSatisfy((it: typeof read) => meaning(it) === meaning(policy(SOUND)));
  });

  it("reads nothing where the file is no text of a policy, and says so once", () => {
    const texts: readonly (readonly [string, Uint8Array])[] = [
      ["html", bytes("<!DOCTYPE html>\n<p>version: STSv1</p>\nmode: enforce\n")],
      ["html", bytes("\ufeff  \n<?xml version='1.0'?>\n")],
      ["json", bytes('{"version": "STSv1",\n"mode": "enforce"}\n')],
      ["json", bytes('["version: STSv1"]')],
      ["utf-16", new Uint8Array(Buffer.from(`\ufeff${SOUND}`, "utf16le"))],
      ["utf-16", new Uint8Array(Buffer.from(SOUND, "utf16le"))],
      ["empty", bytes("")],
      ["empty", bytes(" \n\r\n\t")],
      ["empty", bytes("---\nlayout: none\n---\n\n")],
      ["too-large", bytes(SOUND + "x".repeat(65_536))],
    ];
    for (const [fault, text] of texts) {
      const read = policy(text);
      expect([fault, read.problems.map((problem) => problem.fault), read.fields]).toEqual([fault, [fault], []]);
      expect(read.unread).toEqual(["version", "mode", "max_age", "mx"]);
    }
  });

  it("takes a template for no JSON", () => {
    expect(policy("{{ header }}\nversion: STSv1\n").problems.map((problem) => problem.fault)).toEqual(["no-colon"]);
    expect(policy("<%= header %>\nversion: STSv1\n").problems.map((problem) => problem.fault)).toEqual(["no-colon"]);
  });

  it("knows what a line hides that cannot be read", () => {
    const broken = Buffer.from(SOUND.replace("testing", "test\xffing"), "latin1");
    const read = policy(new Uint8Array(broken));
    expect(read.problems.map((problem) => problem.fault)).toEqual(["encoding"]);
    expect(read.mode).toBeUndefined();
    expect(read.unread).toEqual(["mode"]);
    expect(policy(SOUND.replace("mode:", '"mode":')).unread).toEqual(["mode"]);
    expect(policy("nothing of a policy\n").unread).toEqual(["version", "mode", "max_age", "mx"]);
  });

  it("names the senders that reject the body, and never the checker", () => {
    const message = (text: string): string => policy(text).problems[0]?.message ?? "";
    expect(message(`# a\n${SOUND}`)).toContain("mox, postfix-tlspol and go-mtasts reject");
    expect(message(`\ufeff${SOUND}`)).toContain("mox, postfix-tlspol, go-mtasts and postfix-mta-sts-resolver reject");
    expect(message(SOUND.replaceAll("\n", "\r"))).toContain(
      "mox, postfix-tlspol, go-mtasts, mailauth and Stalwart reject",
    );
    expect(message(SOUND.replaceAll("\n", "\\n"))).toContain(
      "mox, postfix-tlspol, go-mtasts, postfix-mta-sts-resolver, mailauth and Stalwart all do",
    );
  });
});

describe("values", () => {
  it("are legal or absent", () => {
    const read = policy("version: STSv2\nmode: Enforce\nmx: *\nmax_age: 12345678901\n");
    expect([read.version, read.mode, read.maxAge, read.mx]).toEqual([undefined, undefined, undefined, []]);
    expect(read.fields.map((field) => field.value.value)).toEqual(["STSv2", "Enforce", "*", "12345678901"]);
  });

  it("of the first of two fields count, legal or not", () => {
    const read = policy("mode: testing\nmode: enforce\nmax_age: 7d\nmax_age: 60\nnote: a\nnote: b\n");
    expect(read.mode?.value).toBe("testing");
    expect(read.maxAge).toBeUndefined();
    expect(read.extensions.map((field) => field.value.value)).toEqual(["a"]);
  });

  it("of mx are in lower case and without duplicates, the first one's place kept", () => {
    const read = policy("mx: MX1.Nordwind.de\nmx: *.example.net\nmx: mx1.nordwind.de\n");
    expect(read.mx.map((mx) => [mx.value, mx.span.start.line])).toEqual([
      ["mx1.nordwind.de", 1],
      ["*.example.net", 2],
    ]);
  });

  it.each([
    "mail.example.com",
    "*.example.com",
    "localhost",
    "*.com",
    "a-b.c3.de",
    "3com.com",
    "xn--mnchen-3ya.example",
    `${"a".repeat(63)}.de`,
  ])("mx: %s is a pattern", (value) => expect(policy(`mx: ${value}\n`).mx).toHaveLength(1));

  it.each([
    "*",
    "*.",
    "**.de",
    "*.*.de",
    "a.*.de",
    "ma*.de",
    ".de",
    "a..de",
    "a.de.",
    "-a.de",
    "a-.de",
    "a_b.de",
    "a b.de",
    "a,b",
    "1.2.3.4",
    "münchen.de",
    `${"a".repeat(64)}.de`,
    `${"a.".repeat(127)}de`,
  ])("mx: %s is none", (value) => expect(policy(`mx: ${value}\n`).mx).toEqual([]));
});

describe("spans", () => {
  it("are those of name, value and line, in UTF-16 columns and byte offsets", () => {
    const [, field] = policy("---\na: 1\n---\nnote: ü€😀 \nmode:\ttesting  \r\nmx: a.de").fields;
    expect(field?.name.span).toMatchObject({
      start: { line: 5, column: 1, offset: 30 },
      end: { line: 5, column: 5, offset: 34 },
    });
    expect(field?.value.span).toMatchObject({ start: { line: 5, column: 7 }, end: { line: 5, column: 14 } });
    expect(field?.span.end).toMatchObject({ line: 5, column: 16, offset: 45 });
    const [note] = policy("note: ü€😀 \n").fields;
    expect(note?.value).toMatchObject({ value: "ü€😀", span: { end: { column: 11, offset: 15 } } });
  });

  it("of an empty value are empty, behind the colon", () => {
    const [mode] = policy("mode:  \n").fields;
    expect(mode?.value).toMatchObject({ value: "", span: { start: { offset: 7 }, end: { offset: 7 } } });
  });
});
