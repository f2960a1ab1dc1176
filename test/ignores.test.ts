import { describe, expect, it } from "vitest";
import { CONFIG_PATH } from "../src/model/config.ts";
import { text } from "../src/render/text.ts";
import { review } from "../src/review.ts";
import { POLICY, ZONE, nordwind, policy, zone } from "./nordwind.ts";
import { type Files, type Story, configOf, snapshotOf } from "./snapshotOf.ts";

/** What is left, what is ignored and why, and what the last line says. */
function judged(story: Story) {
  const snapshot = snapshotOf(story);
  const result = review(snapshot, configOf(snapshot));
  return {
    left: result.findings.map(({ rule, status }) => `${rule} ${status}`),
    ignored: result.ignored.map(({ finding, by }) => `${finding.rule} ${finding.status}: ${by.reason}`),
    related: result.findings.flatMap(({ related = [] }) => related.map(({ message }) => message)),
    messages: result.findings.map(({ message }) => message),
    last: text(result, { all: false }).trim().split("\n").at(-1),
  };
}

const config = (...entries: readonly string[]): Files => ({
  [CONFIG_PATH]: `version: 1\nignore:\n${entries.map((entry) => `  - { ${entry} }\n`).join("")}`,
});
const uncovered = { mx: ["10 mx1", "20 mx.fabrikam.net."] };
/** An MX host that the policy, in testing, does not cover. */
const broken = (more: Files = {}): Files => nordwind({ zone: zone(uncovered), more });

describe("an ignore in the configuration", () => {
  it.each([
    ["rule: mx-not-covered, reason: ours"],
    ["rule: mx-not-covered, domain: nordwind.de, reason: ours"],
    ["rule: mx-not-covered, domain: NORDWIND.de., until: 2026-06-01, reason: ours"],
    [
      "rule: mx-not-covered, domain: nordwind.de, until: 2026-05-31, reason: theirs }\n  - { rule: mx-not-covered, reason: ours",
    ],
  ])("hides what it names: %s", (entry) => {
    expect(judged({ head: broken(config(entry)) })).toMatchObject({
      left: [],
      ignored: ["mx-not-covered new: ours"],
      last: "nothing wrong; 1 ignored",
    });
  });

  it.each([
    ["rule: mx-not-covered, domain: fabrikam.net, reason: ours"],
    ["rule: zone-serial, domain: nordwind.de, reason: ours"],
    ["rule: mx-not-covered, domain: de, reason: ours"],
  ])("hides nothing else: %s", (entry) => {
    expect(judged({ head: broken(config(entry)) })).toMatchObject({
      left: ["mx-not-covered new"],
      ignored: [],
      related: [POLICY_LINES],
    });
  });

  it("expires, and the finding says so", () => {
    const head = broken(config("rule: mx-not-covered, until: 2026-05-31, reason: ours"));
    expect(judged({ head })).toMatchObject({
      left: ["mx-not-covered new"],
      ignored: [],
      related: [POLICY_LINES, "This ignore expired on 2026-05-31, so it no longer counts."],
    });
  });

  it("counts once it is on base, not when the change brings it", () => {
    const ours = config("rule: mx-not-covered, reason: ours");
    expect(judged({ base: nordwind(), head: broken(ours) })).toMatchObject({
      left: expect.arrayContaining(["mx-not-covered new", "suppression-added new"]),
      ignored: [],
    });
    expect(judged({ base: nordwind({ more: ours }), head: broken() }).ignored).toEqual(["mx-not-covered new: ours"]);
  });

  it("hides what was there before as well, and nothing that is repaired", () => {
    const ours = config("rule: mx-not-covered, reason: ours");
    const raised = zone({ ...uncovered, serial: 2026010102 });
    expect(judged({ base: broken(ours), head: nordwind({ zone: raised, more: ours }) })).toMatchObject({
      left: [],
      ignored: ["mx-not-covered existing: ours"],
    });
    expect(
      judged({ base: broken(ours), head: nordwind({ zone: zone({ serial: 2026010102 }), more: ours }) }),
    ).toMatchObject({
      left: ["mx-not-covered fixed"],
      ignored: [],
    });
  });

  it("does not bring back what the ignored finding stands for", () => {
    const sts = "_mta-sts TXT v=STSv1; id={id}";
    const found = (...entries: readonly string[]) =>
      judged({ head: nordwind({ zone: zone({ sts }), more: config(...entries) }) });
    expect(found("rule: record-unquoted, reason: ours")).toMatchObject({
      left: [],
      ignored: ["record-unquoted new: ours"],
    });
  });

  it("of a zone's finding names the domain at its top", () => {
    const change = (domain: string): Story => ({
      base: nordwind({ more: config(`rule: zone-serial, domain: ${domain}, reason: ours`) }),
      head: nordwind({
        zone: zone({ more: "www A 198.51.100.7\n" }),
        more: config(`rule: zone-serial, domain: ${domain}, reason: ours`),
      }),
    });
    expect(judged(change("nordwind.de")).ignored).toEqual(["zone-serial new: ours"]);
    expect(judged(change("www.nordwind.de")).left).toEqual(["zone-serial new"]);
  });

  it("of a shared policy's finding must name each of its domains", () => {
    const shared = (...entries: readonly string[]): Story => ({
      head: {
        "web/mta-sts.txt": policy().replace("testing", "Testing"),
        "zones/a.example.zone":
          '$ORIGIN a.example.\n$TTL 1h\n@ SOA a b 1 2 3 4 5\n_mta-sts TXT "v=STSv1; id=1"\nmta-sts CNAME x.fabrikam.net.\n',
        "zones/b.example.zone":
          '$ORIGIN b.example.\n$TTL 1h\n@ SOA a b 1 2 3 4 5\n_mta-sts TXT "v=STSv1; id=1"\nmta-sts CNAME x.fabrikam.net.\n',
        ...config(...entries),
      },
    });
    const one = "rule: policy-mode, domain: a.example, reason: ours";
    expect(judged(shared(one)).left).toContain("policy-mode new");
    const both = judged(shared(one, "rule: policy-mode, domain: b.example, reason: ours"));
    expect(both.left).not.toContain("policy-mode new");
    expect(both.ignored).toEqual(["policy-mode new: ours"]);
  });
});

const POLICY_LINES = "The policy's `mx` lines.";

describe("a rule that is off", () => {
  it("finds nothing and stands for nothing", () => {
    const sts = "_mta-sts TXT v=STSv1; id={id}";
    const off = { [CONFIG_PATH]: "version: 1\nrules: { record-unquoted: off }\n" };
    expect(judged({ head: nordwind({ zone: zone({ sts }), more: off }) })).toMatchObject({
      left: ["record-syntax new"],
      ignored: [],
    });
  });
});

describe("an ignore beside a record", () => {
  const FABRIKAM = "20 mx.fabrikam.net.";
  const COMMENT = "; mta-sts-guard: ignore mx-not-covered ours";
  const withComment = (mx: readonly string[], serial = 2026010101): Files =>
    nordwind({ zone: zone({ mx: [...mx], serial }) });

  it.each([
    ["on its line", ["10 mx1", `${FABRIKAM} ${COMMENT}`]],
    ["on the line before", [`10 mx1\n${COMMENT}`, FABRIKAM]],
    ["inside its parentheses", ["10 mx1", `( 20 ${COMMENT}\n mx.fabrikam.net. )`]],
    [
      "above another comment",
      [`10 mx1\n${COMMENT}\n; mta-sts-guard: ignore zone-ttl theirs`, FABRIKAM].map((line) =>
        line.replace("zone-ttl", "zone-serial"),
      ),
    ],
    ["with a date", ["10 mx1", `${FABRIKAM} ; mta-sts-guard: ignore mx-not-covered until=2026-06-01 ours`]],
    ["with many semicolons and blanks", ["10 mx1", `${FABRIKAM} ;;  mta-sts-guard :  ignore   mx-not-covered   ours`]],
    ["with CRLF", ["10 mx1\r", `${FABRIKAM} ${COMMENT}\r`]],
  ])("hides the record's finding: %s", (_, mx) => {
    expect(judged({ head: withComment(mx) })).toMatchObject({ left: [], ignored: ["mx-not-covered new: ours"] });
  });

  it.each([
    ["two lines before", [`10 mx1\n${COMMENT}\n`, FABRIKAM]],
    ["on the line after", ["10 mx1", `${FABRIKAM}\n${COMMENT}`]],
    ["at another record", [`10 mx1 ${COMMENT}`, FABRIKAM]],
    ["of another rule", ["10 mx1", `${FABRIKAM} ; mta-sts-guard: ignore zone-serial ours`]],
    ["in the text of a record", ["10 mx1", `${FABRIKAM}\nx TXT "${COMMENT}"`]],
    ["behind other words", ["10 mx1", `${FABRIKAM} ; see mta-sts-guard: ignore mx-not-covered ours`]],
  ])("hides no other: %s", (_, mx) => {
    const { left, ignored } = judged({ head: withComment(mx) });
    expect(left).toContain("mx-not-covered new");
    expect(ignored).toEqual([]);
  });

  it.each([
    ["no reason", "ignore mx-not-covered", /does not say why/],
    ["no reason behind the date", "ignore mx-not-covered until=2027-01-31", /does not say why/],
    ["no rule", "ignore", /is no comment that is known here/],
    ["an unknown rule", "ignore mx-not-coverd ours", /no rule `mx-not-coverd`.*`mx-not-covered`/],
    ["a rule that may not be ignored", "ignore incomplete ours", /cannot be ignored/],
    ["no such day", "ignore mx-not-covered until=2026-02-30 ours", /`2026-02-30` is no date/],
    ["an empty date", "ignore mx-not-covered until= ours", /is no date/],
    ["a date behind the reason", "ignore mx-not-covered ours until=2027-01-31", /right behind the rule/],
    ["a date without its sign", "ignore mx-not-covered until 2027-01-31 ours", /right behind the rule/],
    ["a misspelt word", "ignroe mx-not-covered ours", /is no comment that is known here/],
  ])("counts for nothing and is told if it has %s", (_, words, message) => {
    const { left, ignored, messages } = judged({
      head: withComment(["10 mx1", `${FABRIKAM} ; mta-sts-guard: ${words}`]),
    });
    expect(left.toSorted()).toEqual(["config-invalid new", "mx-not-covered new"]);
    expect(messages.find((told) => message.test(told))).toBeDefined();
    expect(ignored).toEqual([]);
  });

  it.each([
    ["the end of the file", "www A 198.51.100.7\n; mta-sts-guard: ignore zone-serial ours\n", 1],
    ["a directive", "; mta-sts-guard: ignore zone-serial ours\n$TTL 2h\n", 1],
    ["a line that cannot be read", "www A 198.51.100.300 ; mta-sts-guard: ignore zone-serial ours\n", 0],
    ["a line of another server", "www ALIAS x ; mta-sts-guard: ignore zone-serial ours\n", 0],
  ])("at %s is told where no other finding speaks of the line", (_, more, count) => {
    const { messages } = judged({ head: nordwind({ zone: zone({ more }) }) });
    expect(messages.filter((message) => message.includes("stands at no record"))).toHaveLength(count);
  });

  it("expires", () => {
    const mx = ["10 mx1", `${FABRIKAM} ; mta-sts-guard: ignore mx-not-covered until=2026-05-31 ours`];
    expect(judged({ head: withComment(mx) }).related).toContain(
      "This ignore expired on 2026-05-31, so it no longer counts.",
    );
  });

  it("counts once it is on base, and stays with its record", () => {
    const base = withComment(["10 mx1", `${FABRIKAM} ${COMMENT}`]);
    const next = (mx: readonly string[]) => judged({ base, head: withComment(mx, 2026010102) });
    expect(next(["30 MX.fabrikam.net.", "10 mx1"]).ignored).toEqual(["mx-not-covered existing: ours"]);
    // The comment moves to another record, which base does not excuse.
    expect(next(["10 mx1", FABRIKAM, `40 mx.contoso.example. ${COMMENT}`])).toMatchObject({
      left: expect.arrayContaining(["mx-not-covered new", "suppression-added new"]),
      ignored: ["mx-not-covered existing: ours"],
    });
    // The line stays, the host is another.
    expect(next(["10 mx1", `20 mx.contoso.example. ${COMMENT}`]).left).toContain("mx-not-covered new");
    expect(
      judged({ base: nordwind(), head: withComment(["10 mx1", `${FABRIKAM} ${COMMENT}`], 2026010102) }).ignored,
    ).toEqual([]);
  });

  it("stays with its record when the zone's file moves", () => {
    const base = withComment(["10 mx1", `${FABRIKAM} ${COMMENT}`]);
    const head = { "dns/nordwind.de.zone": base[ZONE] ?? "", [POLICY]: base[POLICY] ?? "" };
    expect(judged({ base, head })).toMatchObject({ left: [], ignored: ["mx-not-covered existing: ours"] });
  });

  it("in one view of a zone says nothing of the other", () => {
    const view = (comment: string): string => zone({ mx: ["10 mx1", `${FABRIKAM} ${comment}`] });
    const files = (internal: string): Files => ({
      "external/nordwind.de.zone": view(""),
      "internal/nordwind.de.zone": view(internal),
      [POLICY]: policy(),
    });
    const { left, ignored } = judged({ head: files(COMMENT) });
    expect([left, ignored]).toEqual([["mx-not-covered new"], ["mx-not-covered new: ours"]]);
  });

  it("may stand in an included file", () => {
    const more = { "zones/mail.inc": `@ MX 10 mx1\n@ MX ${FABRIKAM} ${COMMENT}\n` };
    expect(judged({ head: nordwind({ zone: zone({ mx: [], more: "$INCLUDE mail.inc\n" }), more }) })).toMatchObject({
      left: [],
      ignored: ["mx-not-covered new: ours"],
    });
  });
});
