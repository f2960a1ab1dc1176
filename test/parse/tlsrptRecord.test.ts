import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TlsrptRecord } from "../../src/model/tlsrptRecord.ts";
import { swallowed } from "../../src/model/unquoted.ts";
import { parseTlsrptRecord } from "../../src/parse/record/parseTlsrptRecord.ts";
import { recordIn } from "./recordIn.ts";
import { txtRecord } from "./txtRecord.ts";
import { cpuTime } from "../cpuTime.ts";

function tlsrpt(...strings: readonly string[]): TlsrptRecord | undefined {
  return parseTlsrptRecord(txtRecord(...strings));
}

function rua(value: string): readonly string[] | undefined {
  return tlsrpt(value)?.rua.map((uri) => uri.value);
}

describe("a record that RFC 8460 §3 allows", () => {
  it.each([
    ["v=TLSRPTv1; rua=mailto:tls@example.com", ["mailto:tls@example.com"]],
    [
      "v=TLSRPTv1;rua=https://reports.example.com:8443/v1?x=1&y=%2C#f;",
      ["https://reports.example.com:8443/v1?x=1&y=%2C#f"],
    ],
    [
      "v=TLSRPTv1; rua=MAILTO:a%2Bb@example.com \t,\t HTTPS://example.org",
      ["MAILTO:a%2Bb@example.com", "HTTPS://example.org"],
    ],
    ["v=TLSRPTv1; x=1; rua=mailto:a@b.de?subject=tls; y=2", ["mailto:a@b.de?subject=tls"]],
  ])("%s", (value, uris) => {
    expect(tlsrpt(value)).toMatchObject({ counts: true, problems: [] });
    expect(rua(value)).toEqual(uris);
  });
});

describe("a record that it does not allow", () => {
  it.each([
    ["v=TLSRPTv1;", "rua-missing", undefined],
    ["v=TLSRPTv1; x=1", "rua-missing", undefined],
    ["v=TLSRPTv1; rua=", "rua-empty", undefined],
    ["v=TLSRPTv1; rua=mailto:a@b.de,,mailto:c@d.de", "rua-empty", ""],
    ["v=TLSRPTv1; rua=,mailto:c@d.de", "rua-empty", undefined],
    ["v=TLSRPTv1; rua=a@b.de", "rua-scheme", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=http://b.de/", "rua-scheme", undefined],
    ["v=TLSRPTv1; rua=not-a-uri", "rua-uri", undefined],
    ["v=TLSRPTv1; rua=mail:a@b.de", "rua-scheme", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=mailto:a@b.de!10m", "rua-uri", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=mailto:a!c@b.de", "rua-uri", "mailto:a%21c@b.de"],
    ["v=TLSRPTv1; rua=<mailto:a@b.de>", "rua-uri", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=mailto:<a@b.de>", "rua-uri", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=mailto://a@b.de", "rua-uri", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=mailto: a@b.de", "rua-uri", "mailto:a@b.de"],
    ["v=TLSRPTv1; rua=mailto:a@b.de c@d.de", "rua-separator", "mailto:a@b.de,mailto:c@d.de"],
    ["v=TLSRPTv1; rua=mailto:a(at)b.de", "rua-obfuscated", undefined],
    ["v=TLSRPTv1; rua=mailto:a at b.de", "rua-obfuscated", undefined],
    ["v=TLSRPTv1; rua=mailto:[email protected]", "rua-obfuscated", undefined],
    ["v=TLSRPTv1; rua:mailto:a@b.de", "rua-spelling", "rua="],
    ["v=TLSRPTv1; rua mailto:a@b.de", "rua-spelling", "rua="],
    ["v=TLSRPTv1; rua=https://b.de/%", "rua-uri", undefined],
    ["v=TLSRPTv1; rua=mailto:", "rua-address", undefined],
    ["v=TLSRPTv1; rua=mailto:tls.b.de", "rua-address", undefined],
    ["v=TLSRPTv1; rua=https://b/", "rua-address", undefined],
    ["v=TLSRPTv1; RUA=mailto:a@b.de", "rua-spelling", "rua="],
    ["v=tlsrptv1; rua=mailto:a@b.de", "version-spelling", "v=TLSRPTv1"],
    ["v=TSLRPTv1; rua=mailto:a@b.de", "version", "v=TLSRPTv1"],
    ["v=TLS-RTPv1; rua=mailto:a@b.de", "version", "v=TLSRPTv1"],
    ["v=TLSRPTv2; rua=mailto:a@b.de", "version", undefined],
    ["v=TLSRPTv1 rua=mailto:a@b.de", "semicolon", "; "],
    ["v=TLSRPTv1; rua=mailto:a@b.de;; x=1", "empty-field", ""],
    ["rua=mailto:a@b.de", "version-missing", "v=TLSRPTv1; "],
  ])("%s", (value, fault, replacement) => {
    expect(tlsrpt(value)?.problems.map((problem) => [problem.severity, problem.fault, problem.replacement])).toEqual([
      ["error", fault, replacement],
    ]);
  });

  it("keeps the report addresses that are legal", () => {
    expect(rua("v=TLSRPTv1; rua=mailto:a@b.de,c@d.de, https://e.de")).toEqual(["mailto:a@b.de", "https://e.de"]);
  });

  it("reads two lists, since RFC 8460 has no rule for them, and warns", () => {
    const value = "v=TLSRPTv1; rua=mailto:a@b.de; rua=mailto:c@d.de";
    expect(rua(value)).toEqual(["mailto:a@b.de", "mailto:c@d.de"]);
    expect(tlsrpt(value)?.problems).toMatchObject([{ severity: "warning", fault: "rua-twice", replacement: "," }]);
    const apart = "v=TLSRPTv1; rua=mailto:a@b.de; x=1; rua=mailto:c@d.de";
    expect(tlsrpt(apart)?.problems).toMatchObject([{ fault: "rua-twice" }]);
    expect(tlsrpt(apart)?.problems[0]).not.toHaveProperty("replacement");
  });

  it("knows addresses behind a `;` from fields", () => {
    expect(tlsrpt("v=TLSRPTv1; rua=mailto:a@b.de ; c@d.de,mailto:e@f.de")?.problems).toMatchObject([
      { fault: "field", text: "c@d.de,mailto:e@f.de" },
      {
        fault: "rua-separator",
        text: " ; c@d.de,mailto:e@f.de",
        replacement: ",mailto:c@d.de,mailto:e@f.de",
      },
    ]);
    expect(tlsrpt("v=TLSRPTv1; rua=mailto:a@b.de; c")?.problems).toMatchObject([{ fault: "field" }]);
    expect(tlsrpt("v=TLSRPTv1; rua=mailto:a@b.de; x=1; mailto:c@d.de")?.problems).toMatchObject([{ fault: "field" }]);
  });

  it("warns of an address that is listed twice, and of tags that DMARC has", () => {
    expect(tlsrpt("v=TLSRPTv1; rua=mailto:a@b.de, MAILTO:A@b.de")?.problems).toMatchObject([
      { severity: "warning", fault: "rua-same", text: ", MAILTO:A@b.de", replacement: "" },
    ]);
    expect(tlsrpt("v=TLSRPTv1 ; p=none; rua=mailto:a@b.de; fo=1")?.problems).toMatchObject([
      { fault: "blank-before-semicolon" },
      { severity: "warning", fault: "dmarc-tag", text: " ; p=none", replacement: "" },
      { severity: "warning", fault: "dmarc-tag", text: "; fo=1", replacement: "" },
    ]);
    expect(tlsrpt("v=TLSRPTv1; rua=mailto:a@b.de; p=")?.problems).toMatchObject([{ fault: "field" }]);
  });
});

it.each(["v=STSv1; id=1", "v=spf1 -all", "", "v=DMARC1; p=none", "ruaX=1"])("%s is no such record", (value) => {
  expect(tlsrpt(value)).toBeUndefined();
});

it("points at each address in the zone file", () => {
  const read = parseTlsrptRecord(recordIn('_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@b.de," "https://c.de"\n'));
  expect(read?.rua.map((uri) => [uri.span.start.column, uri.span.end.column])).toEqual([
    [33, 46],
    [50, 62],
  ]);
});

it("never throws, and reports an address as legal only if it has a legal scheme", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string().map((list) => `v=TLSRPTv1;rua=${list}`),
  );
  fc.assert(
    fc.property(text, (value) => {
      for (const { value: uri } of tlsrpt(value)?.rua ?? []) expect(uri).toMatch(/^(mailto|https):/i);
    }),
  );
});

it("reads no record for long that only a machine would write", () => {
  const parts = [
    " ",
    ",",
    ";",
    "!",
    "!1",
    "a@",
    "a.",
    "<",
    "mailto:a@b.de,",
    "mailto:a@b.de;",
    "rua=a;",
    "p=1;",
    "[at]",
  ];
  const took = cpuTime(() => {
    for (const part of parts) {
      const long = part.repeat(60_000 / part.length);
      tlsrpt(...(`v=TLSRPTv1; rua=mailto:a${long}`.match(/.{1,250}/g) ?? []));
      swallowed(recordIn(`_smtp._tls TXT v=TLSRPTv1; rua=a${long}!\n`), "v=TLSRPTv1");
    }
  });
  expect(took).toBeLessThan(5000);
});
