import { expect, it } from "vitest";
import type { Edit, Report } from "../../src/model/finding.ts";
import type { MailDomain } from "../../src/model/mailDomain.ts";
import { policyAlone } from "../../src/model/policyAlone.ts";
import { parseZone } from "../../src/parse/zone/parseZone.ts";
import type { Policy } from "../../src/model/policy.ts";
import type { Rule } from "../../src/model/rule.ts";
import { Source } from "../../src/model/source.ts";
import { parsePolicy } from "../../src/parse/policy/parsePolicy.ts";
import { RULES } from "../../src/rules/index.ts";
import { cpuTime } from "../cpuTime.ts";

function read(text: string): Policy {
  return parsePolicy(new Source("head", "mta-sts.txt", Buffer.from(text)));
}

/** What a rule about a policy alone says; `mx` are the hosts that the zones hold. */
function reports(rule: keyof typeof RULES, text: string, mx: readonly string[] = []): readonly Report[] {
  const zone = parseZone(
    new Source("head", "zone", Buffer.from(mx.map((host) => `@ 60 IN MX 10 ${host}\n`).join(""))),
    { origin: "nordwind.de.", strict: false, include: () => "none" },
  );
  const domain = { mx: zone.records } as unknown as MailDomain;
  const judge: Rule["policy"] = (RULES[rule] as Rule).policy?.bind(RULES[rule]);
  return [...(judge?.({ ...policyAlone(read(text)), sharing: { base: [], head: [domain] } }) ?? [])];
}

function applied(text: string, edits: readonly Edit[]): string {
  let bytes = Buffer.from(text);
  for (const { at, newText } of edits.toSorted((a, b) => b.at.start.offset - a.at.start.offset)) {
    bytes = Buffer.concat([bytes.subarray(0, at.start.offset), Buffer.from(newText), bytes.subarray(at.end.offset)]);
  }
  return bytes.toString();
}

/** The text after the first fix of a rule; undefined where it offers none. */
function fixed(rule: keyof typeof RULES, text: string, mx?: readonly string[]): string | undefined {
  const fix = reports(rule, text, mx)[0]?.fix;
  return fix && applied(text, fix.edits);
}

const SOUND = "version: STSv1\nmode: testing\nmx: mx1.nordwind.de\nmax_age: 604800\n";
const ENFORCED = SOUND.replace("testing", "enforce");
const CRLF = SOUND.replaceAll("\n", "\r\n");

it.each([
  ["policy-syntax", `# ü\n${SOUND}`, SOUND],
  ["policy-syntax", `# a\r\n${CRLF}; b`, CRLF],
  ["policy-syntax", `\ufeff${SOUND}`, SOUND],
  ["policy-syntax", `\n${CRLF.replace("mode", "\r\n \r\nmode")}`, CRLF],
  ["policy-syntax", `${CRLF}\r\n`, CRLF],
  ["policy-syntax", `${SOUND}\n  `, SOUND],
  ["policy-syntax", SOUND.replace("mode", "\t mode"), SOUND],
  ["policy-syntax", SOUND.replace("mode:", "mode  :"), SOUND],
  ["policy-syntax", SOUND.replaceAll("\n", "\r"), SOUND.trimEnd()],
  ["policy-syntax", SOUND.replaceAll("\n", "\r\r\n"), CRLF],
  ["policy-syntax", SOUND.replaceAll("\n", "\u2028"), SOUND.trimEnd()],
  ["policy-syntax", SOUND.replaceAll("\n", "\\n"), SOUND.trimEnd()],
  ["policy-syntax", SOUND.replace("mode: ", "mode="), SOUND],
  ["policy-syntax", SOUND.replace("mode: ", "mode："), SOUND],
  ["policy-syntax", SOUND.replace("testing", "te\0st\0ing"), SOUND],
  ["policy-syntax", `${SOUND}managed by ansible\n`, undefined],
  ["policy-syntax", `${SOUND}a:\n`, undefined],
  ["policy-syntax", "<html>\n", undefined],
  ["policy-version", SOUND.replace("STSv1", "stsv1"), SOUND],
  ["policy-version", SOUND.replace(" STSv1", ""), SOUND.replace(" STSv1", "STSv1")],
  ["policy-version", CRLF.replace("version: STSv1\r\n", ""), CRLF],
  ["policy-version", `---\na: b\n---\n${SOUND.slice(15)}`, `---\na: b\n---\n${SOUND}`],
  ["policy-mode", SOUND.replace("testing", "Testing"), SOUND],
  ["policy-mode", SOUND.replace("testing", "'testing';"), SOUND],
  ["policy-mode", SOUND.replace("testing", "test"), undefined],
  ["policy-mode", SOUND.replace("mode: testing\n", ""), undefined],
  ["policy-max-age", SOUND.replace("604800", "7d"), SOUND],
  ["policy-max-age", SOUND.replace("604800", "1 week"), SOUND],
  ["policy-max-age", SOUND.replace("604800", "168 Hours"), SOUND],
  ["policy-max-age", SOUND.replace("604800", "604_800s"), SOUND],
  ["policy-max-age", SOUND.replace("604800", '"604800" # a week'), SOUND],
  ["policy-max-age", SOUND.replace("604800", "99999999999"), SOUND.replace("604800", "2592000")],
  ["policy-max-age", ENFORCED.replace("604800", "99999999999"), ENFORCED.replace("604800", "31557600")],
  ["policy-max-age", ENFORCED.replace("604800", "53w"), ENFORCED.replace("604800", "31557600")],
  ["policy-max-age-short", ENFORCED.replace("604800", "86399"), ENFORCED.replace("604800", "86400")],
  ["policy-max-age-long", CRLF.replace("604800", "2592001"), CRLF],
  ["policy-max-age", SOUND.replace("604800", "1m"), undefined],
  ["policy-max-age", SOUND.replace("604800", "1.5d"), undefined],
  ["policy-max-age", SOUND.replace("604800", "-1"), undefined],
  ["policy-max-age", SOUND.replace("max_age: 604800\n", ""), undefined],
  ["policy-mx-syntax", SOUND.replace("mx1.nordwind.de", "10 mx1.nordwind.de."), SOUND],
  [
    "policy-mx-syntax",
    CRLF.replace("mx1.nordwind.de", "mx1.nordwind.de; mx1.nordwind.de *.a.de"),
    CRLF.replace("1.nordwind.de", "1.nordwind.de\r\nmx: *.a.de"),
  ],
  ["policy-mx-syntax", SOUND.replace("mx1.nordwind.de", "<mx1.nordwind.de>"), SOUND],
  ["policy-mx-syntax", SOUND.replace("mx1", "MÜX"), SOUND.replace("mx1", "xn--mx-xka")],
  ["policy-mx-syntax", SOUND.replace("mx1", "mx_1"), undefined],
  ["policy-mx-syntax", SOUND.replace("mx1", "*x"), undefined],
  ["policy-field", SOUND.replace("mode", "MODE"), SOUND],
  ["policy-field", SOUND.replace("max_age", "max-age"), SOUND],
  ["policy-field", `${SOUND}Mode: testing\n`, SOUND],
  ["policy-field", SOUND.replace("mode: testing", "Mode: Testing"), SOUND],
  ["policy-field", SOUND.replace("max_age: 604800", "Max_Age: 1w"), SOUND],
  ["policy-field", SOUND.replace("version: STSv1", "Version: stsv1"), SOUND],
  ["policy-field", SOUND.replace("mode: testing", "Mode: [mode]"), SOUND.replace("testing", "[mode]")],
  [
    "policy-field",
    CRLF.replace("mx: mx1.nordwind.de", "MX: mx1.nordwind.de., mx2.nordwind.de"),
    CRLF.replace("mx1.nordwind.de", "mx1.nordwind.de\r\nmx: mx2.nordwind.de"),
  ],
  ["policy-field", `${CRLF}rua: mailto:a@b.de`, CRLF],
  ["policy-field", `${SOUND}Mode: enforce\n`, undefined],
  ["policy-field", `${SOUND}contact: a\n`, undefined],
  ["policy-duplicate", CRLF.replace("mx:", "mode: enforce\r\nmx:"), CRLF],
  ["policy-duplicate", `${SOUND}mx: MX1.nordwind.de`, SOUND],
] as const)("%s mends %j", (rule, text, mended) => {
  expect(fixed(rule, text)).toBe(mended);
});

it("policy-mx-missing adds the hosts that the zones hold, in the file's line ends", () => {
  const text = CRLF.replace("mx: mx1.nordwind.de\r\n", "").trimEnd();
  expect(fixed("policy-mx-missing", text)).toBeUndefined();
  expect(fixed("policy-mx-missing", text, ["mx1.nordwind.de.", "mx1.nordwind.de."])).toBe(CRLF.trimEnd());
});

it("policy-mx-syntax says which patterns the mended line would have", () => {
  expect(reports("policy-mx-syntax", "mx: a.de, *.b.de.\n")[0]?.about).toEqual(["a.de", "*.b.de"]);
});

it("mends no text that only a machine would write, and says so at once", () => {
  const took = cpuTime(() => {
    for (const part of [" ", "\u00a0", ",", ".", "a.", "1 ", ":", "https://"]) {
      const [report] = reports("policy-mx-syntax", `mx: a${part.repeat(65_000 / Buffer.byteLength(part))}!\n`);
      expect(report).toMatchObject({ fix: undefined });
    }
  });
  expect(took).toBeLessThan(2000);
});

it("one fault is one finding", () => {
  const speaking = (text: string): readonly string[] =>
    Object.entries(RULES)
      .filter(([id, rule]) => rule.severity !== "off" && reports(id as keyof typeof RULES, text).length > 0)
      .map(([id]) => id);
  expect(speaking("{}")).toEqual(["policy-syntax"]);
  expect(speaking("")).toEqual(["policy-syntax"]);
  expect(speaking("garbage\n")).toEqual(["policy-syntax"]);
  expect(speaking(SOUND.replace("mode", "  mode"))).toEqual(["policy-syntax"]);
  expect(speaking(SOUND.replace("mode:", '"mode":'))).toEqual(["policy-syntax"]);
  expect(speaking(SOUND.replace("mode", "Mode"))).toEqual(["policy-field"]);
  expect(speaking(SOUND.replace("mx:", "MX:"))).toEqual(["policy-field"]);
  expect(speaking(SOUND.replace("version", "Version"))).toEqual(["policy-field"]);
  expect(speaking(SOUND.replace("max_age", "maxage"))).toEqual(["policy-field"]);
  expect(speaking(SOUND.replace("mx1.nordwind.de", "*"))).toEqual(["policy-mx-syntax"]);
});
