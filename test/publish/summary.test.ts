import { describe, expect, it } from "vitest";
import { type Conclusion, conclude } from "../../src/model/conclusion.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Review } from "../../src/model/review.ts";
import { markerOf } from "../../src/render/lineComment.ts";
import { reviewMarkdown } from "../../src/render/reviewMarkdown.ts";
import { type SummaryInput, isWorthTelling, summaryComment } from "../../src/render/summaryComment.ts";
import { review } from "../../src/review.ts";
import { POLICY, nordwind, policy, zone } from "../nordwind.ts";
import { type Files, configOf, snapshotOf } from "../snapshotOf.ts";
import { findingAt, spanAt } from "./findingAt.ts";

function reviewOf(base: Files, head: Files): Review {
  const snapshot = snapshotOf({ base, head });
  return review(snapshot, configOf(snapshot));
}

function summary(result: Review, more: Partial<SummaryInput> = {}): string {
  const conclusion = conclude(result.findings, { failOn: "error", all: false });
  return summaryComment({
    review: result,
    conclusion,
    compared: true,
    inFull: new Map(),
    unwritten: [],
    notes: [],
    rest: "in the job summary",
    ...more,
  });
}

function stepsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^\d\. (.*)$/gm), ([, step = ""]) => step);
}

const BASE = nordwind({ policy: policy({ mode: "enforce" }) });

describe("next steps", () => {
  it("policy, record, wait for the TTL, then the MX that is new", () => {
    const head = nordwind({
      policy: policy({ mode: "enforce", mx: ["mx1.nordwind.de", "mx2.nordwind.de"] }),
      zone: zone({ id: "2", serial: 2026060101, mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" }),
    });
    const text = summary(reviewOf(BASE, head));
    expect(text).toContain(
      "1. Deploy the policy before the record, and check that `https://mta-sts.nordwind.de/.well-known/mta-sts.txt`",
    );
    expect(text).toContain("2. Then publish the record `_mta-sts.nordwind.de` with the id `2`.");
    expect(text).toContain(
      "3. Wait 1 hour (the record's TTL), and only then publish the new MX `mx2.nordwind.de`: until then senders go by the old policy",
    );
    expect(text).toMatch(/goes by the old one for up to 7 days\.\n\n/);
    expect(text).toContain("| `nordwind.de` | enforce | `1` → `2` | 1 of 1 → 2 of 2 | yes |");
  });

  it("mode none: both stay until the old max_age is over", () => {
    const head = nordwind({
      policy: policy({ mode: "none", maxAge: 86400 }),
      zone: zone({ id: "2", serial: 2026060101 }),
    });
    expect(summary(reviewOf(BASE, head))).toContain("3. Leave the policy and the record in place for 7 days");
  });

  it("mode none: the longest max_age that was served counts, and a policy that nobody could read is not the last", () => {
    const served = (maxAge: number, mode = "enforce"): Files => nordwind({ policy: policy({ mode, maxAge }) });
    const history = {
      "2026-01-01": served(2592000),
      "2026-02-01": served(604800),
      "2026-03-01": served(86400, "Enforce"),
    };
    const head = nordwind({
      policy: policy({ mode: "none", maxAge: 86400 }),
      zone: zone({ id: "2", serial: 2026060101, mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" }),
    });
    const snapshot = snapshotOf({ history, head });
    expect(stepsOf(summary(review(snapshot, configOf(snapshot)))).slice(-2)).toEqual([
      expect.stringMatching(/^Wait 1 hour .* `mx2\.nordwind\.de`: .* for up to 7 days\.$/),
      expect.stringMatching(/^Leave the policy and the record in place for 30 days /),
    ]);
  });

  it("a record and MX that are not here", () => {
    const files = (maxAge: number): Files => ({ [POLICY]: policy({ mode: "enforce", maxAge }) });
    const text = summary(reviewOf(files(604800), files(86400)));
    expect(text).toContain("with a new id; it is not kept here.");
    expect(text).toContain("3. Publish MX hosts that the old policy refuses only the record's TTL after that");
  });

  it("no wait where the old policy refused nothing", () => {
    const head = nordwind({
      policy: policy({ mode: "enforce", mx: ["mx1.nordwind.de", "mx2.nordwind.de"] }),
      zone: zone({ id: "2", serial: 2026060101, mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" }),
    });
    expect(stepsOf(summary(reviewOf(nordwind(), head)))).toEqual([
      expect.stringMatching(/^Deploy the policy before the record/),
      expect.stringMatching(/^Then publish the record/),
    ]);
  });

  it("the wait is that of the record that senders hold, and hosts that leave go on working for it", () => {
    const mx = ["mx1.nordwind.de", "mx2.nordwind.de"];
    const both = { mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" };
    const slow = '_mta-sts 2h TXT "v=STSv1; id={id}"';
    const base = nordwind({ policy: policy({ mode: "enforce", mx }), zone: zone({ ...both, sts: slow }) });
    const head = nordwind({ policy: policy({ mode: "enforce" }), zone: zone({ id: "2", serial: 2026060101 }) });
    expect(stepsOf(summary(reviewOf(base, head)))).toContainEqual(
      expect.stringMatching(
        /^Keep the MX hosts that only the old policy allows \(`mx2\.nordwind\.de`\) working for 2 hours/,
      ),
    );
  });

  describe("all mail moves to other hosts, and the new policy lists them alone", () => {
    const head = nordwind({
      policy: policy({ mode: "enforce", mx: ["mx2.nordwind.de"] }),
      zone: zone({ id: "2", serial: 2026060101, mx: ["10 mx2"], more: "mx2 A 203.0.113.26\n" }),
    });
    const of = (base: Files) => stepsOf(summary(reviewOf(base, head)));

    it("a policy for both goes first, for none of the two allows the hosts of the time between", () => {
      expect(of(BASE)).toEqual([
        expect.stringMatching(
          /^Deploy another policy first, one that lists `mx1\.nordwind\.de`, `mx2\.nordwind\.de`, .* refuses `mx1\.nordwind\.de`, .* senders hold refuses the new hosts \(RFC 8461 §8\.1\)\.$/,
        ),
        expect.stringMatching(
          /^Wait 1 hour \(the record's TTL\), and only then publish the new MX `mx2\.nordwind\.de`/,
        ),
        expect.stringMatching(/^Wait 1 hour \(the TTL of the old MX records\) after that, and only then/),
        expect.stringMatching(/^Deploy the policy before the record/),
        expect.stringMatching(/^Then publish the record .* `2`\.$/),
      ]);
    });

    it("the MX records go first where senders hold no policy that refuses them", () => {
      const both = { mode: "enforce", mx: ["mx1.nordwind.de", "mx2.nordwind.de"] };
      for (const base of [nordwind({ policy: policy(both) }), nordwind()])
        expect(of(base)).toEqual([
          expect.stringMatching(/^Publish the new MX records first, and wait 1 hour .* refuses `mx1\.nordwind\.de`/),
          expect.stringMatching(/^Deploy the policy before the record/),
          expect.stringMatching(/^Then publish the record/),
        ]);
    });

    it("where one of the hosts stays, it takes the mail meanwhile", () => {
      const two = { mx: ["10 mx1", "20 mx3"], more: "mx2 A 203.0.113.26\nmx3 A 203.0.113.27\n" };
      const base = nordwind({
        policy: policy({ mode: "enforce", mx: ["mx1.nordwind.de", "mx3.nordwind.de"] }),
        zone: zone(two),
      });
      const moved = nordwind({
        policy: policy({ mode: "enforce", mx: ["mx2.nordwind.de", "mx3.nordwind.de"] }),
        zone: zone({ ...two, id: "2", serial: 2026060101, mx: ["10 mx2", "20 mx3"] }),
      });
      expect(stepsOf(summary(reviewOf(base, moved)))[0]).toMatch(/^Deploy the policy before the record/);
    });

    it("without the MX records, they are the first thing to look at", () => {
      const files = (mode: string, ...hosts: readonly string[]): Files => ({
        [POLICY]: policy({ mode, mx: hosts.map((host) => `${host}.nordwind.de`) }),
      });
      const first = (from: Files, to: Files) => stepsOf(summary(reviewOf(from, to)))[0];
      expect(first(files("enforce", "mx1"), files("enforce", "mx2"))).toMatch(
        /^Where mail still goes to `mx1\.nordwind\.de`, deploy another policy first, one that lists the old and the new/,
      );
      const gone = /^See that no MX record names `mx1\.nordwind\.de` any more/;
      expect(first(files("enforce", "mx1", "mx2"), files("enforce", "mx2"))).toMatch(gone);
      expect(first(files("testing", "mx1"), files("enforce", "mx2"))).toMatch(gone);
      expect(first(files("enforce", "mx1"), files("testing", "mx2"))).toMatch(/^Deploy the policy before/);
      expect(first(files("enforce", "mx1"), files("enforce", "*"))).toMatch(/^Deploy the policy before/);
    });
  });

  it("a host that a wildcard allows now is not lost", () => {
    const head = nordwind({
      policy: policy({ mode: "enforce", mx: ["*.nordwind.de"] }),
      zone: zone({ id: "2", serial: 2026060101 }),
    });
    expect(stepsOf(summary(reviewOf(BASE, head)))).toHaveLength(2);
  });

  it("a record that is here and cannot be read is not elsewhere", () => {
    const head = nordwind({ policy: policy({ maxAge: 86400 }), zone: zone({ id: "2026-06-01", serial: 2026060101 }) });
    expect(summary(reviewOf(nordwind(), head))).toContain("with a new id; senders cannot read the one here.");
  });

  it("lowered to testing: the new MX waits, too; the time in testing is said", () => {
    const head = nordwind({
      policy: policy({ mx: ["mx1.nordwind.de", "mx2.nordwind.de"] }),
      zone: zone({ id: "2", serial: 2026060101, mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" }),
    });
    expect(stepsOf(summary(reviewOf(BASE, head))).slice(-2)).toEqual([
      expect.stringMatching(/^Wait 1 hour .* publish the new MX `mx2\.nordwind\.de`/),
      expect.stringMatching(/^Stay in `testing` for at least 14 days/),
    ]);
  });

  it("none where the policy means the same", () => {
    expect(summary(reviewOf(BASE, nordwind({ policy: `${policy({ mode: "enforce" })}\n` })))).not.toContain(
      "Next steps",
    );
  });
});

it("tells by zone which records come and go, folded", () => {
  const head = {
    ...BASE,
    ...nordwind({ zone: zone({ serial: 2026060101, more: 'www TXT "<!-- | `x`"\n' }) }),
    [POLICY]: BASE[POLICY]!,
  };
  const text = summary(reviewOf(BASE, head));
  expect(text).toContain("<details><summary>Records changed in 1 zone</summary>");
  expect(text).toContain("serial raised (2026010101 → 2026060101)");
  expect(text).toContain('\n+www.nordwind.de 3600 TXT "<! -- | `x`"\n');
  expect(text).not.toContain("<!--");
});

it("stays under 60,000 bytes, worst first, and says how many are left out", () => {
  const found = reviewOf(BASE, BASE);
  const many = (status: "new" | "existing" | "fixed") =>
    Array.from({ length: 3000 }, (_, index) =>
      findingAt(spanAt(`zones/${"ü".repeat(80)}${index}`, 1), {
        status,
        message: `Mail of ${index} is lost. ${"É".repeat(3000)}`,
      }),
    );
  const findings = [...many("new"), ...many("existing"), ...many("fixed")];
  const ignored = many("existing").map((finding) => ({
    finding,
    by: { rule: finding.rule, reason: "ü".repeat(500), at: finding.at },
  }));
  const unwritten = Array.from({ length: 500 }, () => "This could not be written.");
  const fix = { title: "Mend", here: undefined, elsewhere: [], byHand: [], editUrl: () => undefined };
  const inFull = new Map(findings.slice(0, 9).map((finding) => [finding, fix]));
  const text = summary({ ...found, findings, ignored }, { unwritten, inFull });
  expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  expect(text).toMatch(
    /### Findings\n\nThe comments on the lines have the reasons and the fixes\.\n\n- `zones\/ü+0`, line 1\n\n {2}\*\*Error: Mail of 0 is lost\.\*\*/,
  );
  expect(text.match(/\d+ more, in the job summary\./g)).toHaveLength(5);
});

it.each([20_000, 65_535])("any summary can be held to %i bytes", (bytes) => {
  const found = reviewOf(BASE, BASE);
  const long = { message: `Mail is lost. ${"É".repeat(3000)}.\n${"x".repeat(3000)}` };
  const findings = (["new", "existing", "fixed"] as const).flatMap((status) =>
    Array.from({ length: 300 }, (_, line) =>
      findingAt(spanAt(`zones/${"ü".repeat(80)}`, line + 1), { status, ...long }),
    ),
  );
  const ignored = findings.map((finding) => ({ finding, by: { rule: "x", reason: "ü".repeat(500), at: finding.at } }));
  const domains = Array.from({ length: 300 }, () => found.changes.domains).flat();
  const text = reviewMarkdown(
    { ...found, findings, ignored, changes: { ...found.changes, domains } },
    {
      conclusion: "failure",
      isChange: true,
      all: false,
      bytes,
      rest: undefined,
      notes: ["Note."],
      unwritten: Array.from({ length: 900 }, () => "This could not be written."),
      isFull: () => true,
      offer: () => undefined,
      link: () => undefined,
    },
  );
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
  expect(Buffer.byteLength(text)).toBeGreaterThan(bytes / 2);
  expect(text).toMatch(/\n\d+ more, which do not fit here\.\n/);
});

describe("the verdict", () => {
  const head = (conclusion: Conclusion, more: Partial<Finding>, isChange = true): string => {
    const findings = Object.keys(more).length > 0 ? [findingAt(spanAt("a", 1), more)] : [];
    return summary({ ...reviewOf(BASE, BASE), findings }, { conclusion, compared: isChange })
      .split(" Looked at")[0]!
      .replaceAll("\n", " ");
  };

  it.each([
    ["success", "passed  **Nothing wrong was found in this change.**", {}],
    ["failure", "failed with 1 error  **This must not go live as it is.**", { severity: "error" }],
    ["failure", "failed with 1 warning  **Here warnings fail the check, too.**", { severity: "warning" }],
    ["failure", "failed with 1 notice  **Here notices fail the check, too.**", { severity: "notice" }],
    ["success", "passed with 1 warning  **Nothing here fails the check.**", { severity: "warning" }],
    ["success", "passed with 1 error  **Errors fail nothing here, by the setting `fail-on`.**", { severity: "error" }],
    ["incomplete", "could not be judged  **Something that has to be known could not be read", { rule: "incomplete" }],
  ] as const)("%s: %s", (conclusion, expected, more) => {
    expect(head(conclusion, more)).toContain(`## MTA-STS: ${expected}`);
  });

  it("of a state", () => {
    expect(head("success", {}, false)).toContain("passed  **Nothing wrong was found.**");
    expect(head("failure", { severity: "error" }, false)).toContain("**Something is wrong with what stands here.**");
  });
});

describe("a first comment", () => {
  const of = (...findings: Parameters<typeof findingAt>[1][]) =>
    isWorthTelling({ ...reviewOf(BASE, BASE), findings: findings.map((more) => findingAt(spanAt("a", 1), more)) });

  it.each([
    [true, { severity: "error" }],
    [true, { severity: "warning" }],
    [false, { severity: "notice" }],
    [true, { severity: "notice", rule: "id-elsewhere" }],
    [true, { severity: "notice", rule: "removal-plan" }],
    [true, { severity: "notice", rule: "enforcement-lowered" }],
    [true, { status: "fixed" }],
    [false, { status: "fixed", severity: "notice" }],
    [false, { status: "existing" }],
    [false, { status: "existing", severity: "notice", rule: "id-elsewhere" }],
  ] as const)("%s for %j", (expected, more) => {
    expect(of(more)).toBe(expected);
    expect(of()).toBe(false);
  });
});

it("has a marker that no finding has", () => {
  expect(markerOf("summary")).not.toBe(markerOf(findingAt(spanAt("a", 1)).fingerprint));
});
