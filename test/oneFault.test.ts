import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/model/config.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { POLICY, ZONE, nordwind, policy, zone } from "./nordwind.ts";
import { type Story, snapshotOf } from "./snapshotOf.ts";

/** A repository with one fault that two rules could speak of. */
interface Fault {
  readonly by: string;
  readonly replaces: string;
  readonly story: Story;
  /** Where the replaced rule is alone; absent: in the same repository, once the other one is switched off. */
  readonly alone?: Story;
}

type Texts = NonNullable<Parameters<typeof nordwind>[0]>;

const state = (texts: Texts): Story => ({ head: nordwind(texts) });
const without = (line: string): string => policy().replace(new RegExp(`^${line}: .*\n`, "m"), "");

const OUTLOOK = "10 nordwind-de.mail.protection.outlook.com.";
const REUSED = {
  "2026-05-01": nordwind(),
  "2026-05-10": nordwind({ zone: zone({ id: "2", serial: 2026051001 }), policy: policy({ maxAge: 86400 }) }),
};
const BLIND = { "2026-03-15": nordwind({ zone: zone({ tls: "" }) }) };

const FAULTS: readonly Fault[] = [
  {
    by: "record-unquoted",
    replaces: "record-syntax",
    story: state({ zone: zone({ sts: "_mta-sts TXT v=STSv1; id=1" }) }),
  },
  {
    by: "record-misnamed",
    replaces: "record-missing",
    story: state({ zone: zone({ sts: '_mts-sta TXT "v=STSv1; id=1"' }) }),
  },
  {
    by: "record-misnamed",
    replaces: "record-syntax",
    story: state({ zone: zone({ sts: '_mta-sts.nordwind.de TXT "v=STSv1 id=1"' }) }),
    alone: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1 id=1"' }) }),
  },
  {
    by: "policy-field",
    replaces: "policy-mode",
    story: state({ policy: policy().replace("mode", "Mode") }),
    alone: state({ policy: without("mode") }),
  },
  {
    by: "policy-field",
    replaces: "policy-version",
    story: state({ policy: policy().replace("version", "vesrion") }),
    alone: state({ policy: without("version") }),
  },
  {
    by: "policy-field",
    replaces: "policy-max-age",
    story: state({ policy: policy().replace("max_age", "max-age") }),
    alone: state({ policy: without("max_age") }),
  },
  {
    by: "policy-field",
    replaces: "policy-mx-missing",
    story: state({ policy: policy().replace("mx", "MX") }),
    alone: state({ policy: without("mx") }),
  },
  { by: "policy-field", replaces: "mx-not-covered", story: state({ policy: policy().replace("mx", "MX") }) },
  {
    by: "policy-syntax",
    replaces: "policy-mode",
    story: state({ policy: policy().replace("mode: testing", "mode = testing") }),
    alone: state({ policy: policy().replace("mode: testing", "mode: test") }),
  },
  {
    by: "policy-syntax",
    replaces: "policy-field",
    story: state({ policy: `${policy()}# rua: mailto:tls@nordwind.de\n` }),
    alone: state({ policy: `${policy()}rua: mailto:tls@nordwind.de\n` }),
  },
  {
    by: "policy-syntax",
    replaces: "policy-mx-missing",
    story: state({ policy: policy().replace("mx:", "mx") }),
    alone: state({ policy: without("mx") }),
  },
  {
    by: "policy-syntax",
    replaces: "policy-max-age",
    story: state({ policy: `<!doctype html>\n${policy()}` }),
    alone: state({ policy: without("max_age") }),
  },
  {
    by: "policy-placeholder",
    replaces: "policy-mode",
    story: state({ policy: policy({ mode: "{{ mode }}" }) }),
    alone: state({ policy: policy({ mode: "test" }) }),
  },
  {
    by: "policy-mx-missing",
    replaces: "mx-not-covered",
    story: state({ policy: without("mx") }),
  },
  {
    by: "policy-mx-syntax",
    replaces: "mx-not-covered",
    story: state({ policy: policy({ mx: ["mx1.nordwind.de."] }) }),
  },
  {
    by: "policy-mx-syntax",
    replaces: "mx-not-covered",
    story: state({
      zone: zone({ mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" }),
      policy: policy({ mx: ["mx1.nordwind.de, mx2.nordwind.de"] }),
    }),
  },
  {
    by: "mx-target",
    replaces: "mx-not-covered",
    story: state({ zone: zone({ mx: ["10 mail.fabrikam.net"] }), policy: policy({ mx: ["mail.fabrikam.net"] }) }),
  },
  {
    by: "mx-provider-trap",
    replaces: "mx-not-covered",
    story: state({ zone: zone({ mx: [OUTLOOK] }), policy: policy({ mx: ["mail.protection.outlook.com"] }) }),
  },
  {
    by: "mx-not-covered",
    replaces: "mx-pattern-unused",
    story: state({ policy: policy({ mx: ["mx9.nordwind.de"] }) }),
  },
  {
    by: "mx-provider-trap",
    replaces: "mx-pattern-unused",
    story: state({ zone: zone({ mx: [OUTLOOK] }), policy: policy({ mx: ["mail.protection.outlook.com"] }) }),
    alone: state({ policy: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) }),
  },
  {
    by: "id-not-bumped",
    replaces: "id-reused",
    story: { history: REUSED, head: nordwind({ zone: zone({ id: "2" }), policy: policy({ maxAge: 1209600 }) }) },
    alone: {
      history: REUSED,
      head: nordwind({ zone: zone({ serial: 2026060101 }), policy: policy({ maxAge: 1209600 }) }),
    },
  },
  {
    by: "record-cname",
    replaces: "zone-cname",
    story: state({
      zone: zone({ mx: ["10 _mta-sts"], more: "_mta-sts CNAME _mta-sts.fabrikam.net.\n" }),
      policy: policy({ mode: "none", mx: [] }),
    }),
    // An MX host with a CNAME is also what mx-target speaks of.
    alone: state({ zone: zone({ tls: "_smtp._tls CNAME tls.fabrikam.net.\n_smtp._tls A 203.0.113.7" }) }),
  },
  {
    by: "host-address",
    replaces: "zone-cname",
    story: state({
      zone: zone({ mx: ["10 mta-sts"], more: "mta-sts A 93.184.215.14\n" }),
      policy: policy({ mode: "none", mx: [] }),
    }),
    // An MX host with a CNAME is also what mx-target speaks of.
    alone: state({ zone: zone({ tls: "_smtp._tls CNAME tls.fabrikam.net.\n_smtp._tls A 203.0.113.7" }) }),
  },
  {
    by: "mx-target",
    replaces: "zone-cname",
    story: state({ zone: zone({ mx1: "mx1 CNAME mail.fabrikam.net.\nmx1 A 203.0.113.25" }) }),
  },
  {
    by: "tlsrpt-rua",
    replaces: "tlsrpt-syntax",
    story: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de mailto:a@b.de"' }) }),
    alone: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de; a="' }) }),
  },
  {
    by: "tlsrpt-rua",
    replaces: "tlsrpt-syntax",
    story: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua="' }) }),
    alone: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de; a="' }) }),
  },
  {
    by: "tlsrpt-misnamed",
    replaces: "tlsrpt-missing",
    story: state({ zone: zone({ tls: 'smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de"' }) }),
  },
  {
    by: "testing-blind",
    replaces: "tlsrpt-missing",
    story: {
      history: BLIND,
      head: nordwind({
        zone: zone({ tls: "", id: "2", serial: 2026060101 }),
        policy: policy({ mode: "enforce" }),
      }),
    },
    alone: state({ zone: zone({ tls: "" }), policy: policy({ mode: "enforce" }) }),
  },
  {
    by: "policy-mode",
    replaces: "testing-too-short",
    story: {
      history: { "2026-05-30": nordwind() },
      head: nordwind({ policy: policy({ mode: "Enforce" }), zone: zone({ id: "2", serial: 2026060101 }) }),
    },
    alone: {
      history: { "2026-05-30": nordwind() },
      head: nordwind({ policy: policy({ mode: "enforce" }), zone: zone({ id: "2", serial: 2026060101 }) }),
    },
  },
  ...["mx-not-covered", "record-missing", "tlsrpt-missing"].flatMap((replaces) => {
    const story = (text: string): Story =>
      state({ zone: zone({ mx: ["10 mx9"], mx1: "mx9 A 203.0.113.9", sts: "", tls: "" }), policy: text });
    return [
      { by: "policy-mode", replaces, story: story(policy({ mode: "test" })), alone: story(policy()) },
      { by: "policy-version", replaces, story: story(without("version")), alone: story(policy()) },
    ];
  }),
  {
    by: "zone-syntax",
    replaces: "tlsrpt-missing",
    story: state({ zone: zone({ tls: "_smtp._tls TXT (\n" }) }),
    alone: state({ zone: zone({ tls: "" }) }),
  },
  {
    by: "zone-syntax",
    replaces: "host-missing",
    story: state({ zone: zone({ host: "mta-sts A 203.0.113.300" }) }),
    alone: state({ zone: zone({ host: "" }) }),
  },
  {
    by: "zone-syntax",
    replaces: "record-missing",
    story: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1; id=1' }) }),
    alone: state({ zone: zone({ sts: "" }) }),
  },
  {
    by: "zone-syntax",
    replaces: "mx-target",
    story: state({ zone: zone({ mx1: "mx1 A 203.0.113.300" }) }),
    alone: state({ zone: zone({ mx1: "" }) }),
  },
  {
    by: "zone-syntax",
    replaces: "record-missing",
    story: state({ zone: zone({ sts: "$INCLUDE sts.inc" }) }),
    alone: state({ zone: zone({ sts: "$INCLUDE sts.inc" }), more: { "zones/sts.inc": "" } }),
  },
];

/** Two faults that look like one. */
const BOTH: readonly { readonly rules: readonly [string, string]; readonly story: Story }[] = [
  {
    rules: ["policy-mx-syntax", "mx-not-covered"],
    story: state({
      zone: zone({ mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" }),
      policy: policy({ mx: ["mx1.nordwind.de."] }),
    }),
  },
  {
    rules: ["mx-target", "mx-not-covered"],
    story: state({ zone: zone({ mx: ["10 mail.fabrikam.net"] }), policy: policy({ mx: ["mx1.nordwind.de"] }) }),
  },
  {
    rules: ["mx-provider-trap", "mx-not-covered"],
    story: state({ zone: zone({ mx: ["20 mx1", OUTLOOK] }), policy: policy({ mx: ["mail.protection.outlook.com"] }) }),
  },
  {
    rules: ["policy-field", "policy-mode"],
    story: state({ policy: `${without("mode")}contact: a\n`.replace("max_age", "max-age") }),
  },
  {
    rules: ["record-misnamed", "record-missing"],
    story: state({
      zone: zone({ sts: '_mts-sta.sub TXT "v=STSv1; id=1"' }),
    }),
  },
  {
    rules: ["record-misnamed", "policy-missing"],
    story: { base: nordwind(), head: { [ZONE]: zone({ serial: 2026060101, more: '_mts-sta TXT "v=STSv1; id=1"\n' }) } },
  },
  {
    rules: ["tlsrpt-rua", "tlsrpt-syntax"],
    story: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=tls@nordwind.de; a="' }) }),
  },
  {
    rules: ["zone-syntax", "tlsrpt-missing"],
    story: state({ zone: zone({ tls: "www A 203.0.113.300" }) }),
  },
  {
    rules: ["mx-target", "zone-cname"],
    story: state({
      zone: zone({ mx1: "mx1 CNAME mail.fabrikam.net.", tls: "_smtp._tls CNAME a.b.\n_smtp._tls A 203.0.113.7" }),
    }),
  },
  {
    rules: ["id-not-bumped", "mx-not-covered"],
    story: { base: nordwind(), head: nordwind({ policy: policy({ mx: ["mx2.nordwind.de"] }) }) },
  },
  {
    rules: ["policy-syntax", "policy-mode"],
    story: { head: { [POLICY]: `# ours\n${policy({ mode: "test" })}` } },
  },
];

function speaking(story: Story, off?: string): readonly string[] {
  const severities = new Map(off === undefined ? [] : [[off, "off" as const]]);
  return review(snapshotOf(story), { ...DEFAULT_CONFIG, severities })
    .findings.filter(({ status }) => status === "new")
    .map(({ rule }) => rule);
}

const isHere = (...rules: readonly string[]): boolean => rules.every((rule) => rule in RULES);

describe.each(FAULTS.filter(({ by, replaces }) => isHere(by, replaces)))("$by replaces $replaces", (fault) => {
  it("one of them speaks", () => {
    const rules = speaking(fault.story);
    expect(rules).toContain(fault.by);
    expect(rules).not.toContain(fault.replaces);
  });

  it("the other one would have", () => {
    expect(fault.alone ? speaking(fault.alone) : speaking(fault.story, fault.by)).toContain(fault.replaces);
  });
});

it.each(BOTH.filter(({ rules }) => isHere(...rules)))("two faults are two findings: $rules", ({ rules, story }) => {
  expect(speaking(story)).toEqual(expect.arrayContaining([...rules]));
});
