import { expect, it } from "vitest";
import { terminal } from "../../src/render/terminal.ts";
import { review } from "../../src/review.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { type Story, configOf, snapshotOf } from "../snapshotOf.ts";

function shown(story: Story, options: Partial<Parameters<typeof terminal>[1]> = {}): string {
  const snapshot = snapshotOf(story);
  return terminal(review(snapshot, configOf(snapshot)), {
    all: false,
    color: false,
    width: 80,
    source: ({ side, path }) => snapshot[side]?.sources.get(path),
    ...options,
  });
}

const BASE = { [ZONE]: zone(), [POLICY]: policy() };
const CHANGE = { base: BASE, head: { ...BASE, [POLICY]: policy({ maxAge: 86400 }) } };

it("quotes the line, marks the fault, wraps the words and offers the fix", () => {
  expect(shown(CHANGE)).toBe(`nordwind.de

  error id-not-bumped · RFC 8461 §3.1
  zones/nordwind.de.zone:9:1
  9 | _mta-sts TXT "v=STSv1; id=1"
    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  Senders will not notice this change: the policy of nordwind.de changes
  (max_age 604800 → 86400), but the id stays \`1\`. They fetch a policy again only
  when the id differs from the one they know (RFC 8461 §3.1), so they keep the
  old one for up to 7 days. Publish a new id together with the policy.
  policies/nordwind.de/mta-sts.txt:4:1
  4 | max_age: 86400
    | ^^^^^^^^^^^^^^
  The policy changes here.
  fix Publish a new id (\`--fix\` applies it)

1 zone, 1 policy, 1 domain
1 error
`);
});

it("colours severity, place and fix, and nothing of the text", () => {
  const text = shown(CHANGE, { color: true });
  expect(text).toContain("\u001B[31merror\u001B[0m \u001B[2mid-not-bumped · RFC 8461 §3.1\u001B[0m");
  expect(text).toContain("\u001B[32mfix\u001B[0m Publish");
  expect(text.replace(/\u001B\[\d+m/g, "")).toBe(shown(CHANGE));
});

it("shows what was there before only on demand, and says so", () => {
  const old = { ...BASE, [POLICY]: policy().replace("testing", "Testing") };
  const story = { base: old, head: { ...old, [ZONE]: zone({ serial: 2026010102, more: "www A 203.0.113.80\n" }) } };
  expect(shown(story)).toBe("1 zone, 1 policy, 1 domain\nnothing wrong; 1 that was there before\n");
  expect(shown(story, { all: true })).toContain("error policy-mode · RFC 8461 §3.2 · was there before");
});

it("puts the marks below a fault behind tabs", () => {
  const text = shown({ head: { [ZONE]: zone().replace(' TXT "v=STSv1; id=1"', '\t\tTXT\t"v=STSv1; id=a-b"') } });
  const [quoted = "", marks = ""] = text.split("\n").filter((line) => /^ +\d* \|/.test(line));
  expect(quoted.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("a-b");
});

it("keeps long lines within the width, the fault in sight", () => {
  const long = `mx: ${"a".repeat(300)}_.nordwind.de`;
  const text = shown({ head: { [POLICY]: policy().replace(/mx: .*/, long) } }, { width: 60 });
  const quoted = text.split("\n").filter((line) => /^ +\d* \|/.test(line));
  expect(quoted).toHaveLength(2);
  for (const line of quoted) expect(line.length).toBeLessThanOrEqual(60);
  expect(quoted[1]).toContain("^");
});

it("obeys nothing that a stranger wrote", () => {
  const path = "policies/nordwind.de/\u001B[2J\u202Ex/mta-sts.txt";
  const text = shown({ head: { [path]: policy().replace("testing", "\u001B[31mx\u0007") } });
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
  expect(text).toContain("U+001B");
});

it("names the place alone where there is no line to quote", () => {
  expect(shown({ head: { [POLICY]: "" } })).toMatch(/^ {2}policies\/nordwind\.de\/mta-sts\.txt:1:1\n {2}[A-Z]/m);
});
