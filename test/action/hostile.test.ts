import { describe, expect, test, vi } from "vitest";
import type { ActionRun } from "../github/runAction.ts";
import type { StandIn } from "../github/standIn.ts";
import type { Change, Content } from "../github/story.ts";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { expectHarmlessLog, expectHarmlessPage } from "./harmless.ts";
import { act, actTwice, annotated, begin, nordwindStory, onLines, onPage } from "./world.ts";

/** Everything that a run leaves behind. */
async function traces(standIn: StandIn, run: ActionRun): Promise<readonly string[]> {
  return [run.summary, ...(await onPage(standIn)), ...(await onLines(standIn)).map(({ body }) => body)];
}

interface Finding {
  readonly path: string;
  readonly rule: string;
}

async function expectHarmless(standIn: StandIn, run: ActionRun): Promise<void> {
  expect(run.stderr).toBe("");
  expectHarmlessLog(run.stdout);
  for (const text of await traces(standIn, run)) expectHarmlessPage(text);
}

const NASTY = [
  "::error::pwned :smile: $x$ > [!NOTE]",
  "##[add-mask]pwned ##[error] | a |\\n|---|",
  "```suggestion `@nora` ``x",
  "<!-- mta-sts-guard summary --></details><img src=x onerror=alert(1)><b>",
  "\r::warning::pwned \u202Egnp.exe\u200B\u2066",
  "\u0085::stop-commands::x \u2028::error::pwned",
  "@nora @acme/owners #1 acme/dns#1 GH-1",
  "https://evil.example www.evil.example [x](https://evil.example) ![x](x.png) [^1] **b** _i_ ~~s~~",
];

test("names, policies and records of strangers are shown, and mean nothing", async () => {
  const before: Record<string, string> = {};
  const files: Record<string, string> = {};
  for (const [index, nasty] of NASTY.entries()) {
    const domain = `n${index}.example`;
    const name = nasty.replaceAll("/", "∕");
    const place = `policies/${domain} ${name}/mta-sts.txt`;
    const path = `zones/${name}/${domain}.zone`;
    const octets = Array.from(Buffer.from(nasty), (byte) => `\\${String(byte).padStart(3, "0")}`).join("");
    const line = nasty.replaceAll("\r", "");
    before[path] = zone().replace("nordwind.de", domain);
    before[place] = policy({ mx: [`mx1.${domain}`] });
    files[place] = `${before[place]}${line}: ${line}\nmx: ${line}\nmode ${line}\n`;
    files[path] = zone({
      sts: `_mta-sts TXT "v=STSv1; id=${octets}" "; ${octets}"`,
      mx: [`10 ${octets.slice(0, 60)}`, "20 mx1"],
      tls: `_smtp._tls TXT "v=TLSRPTv1; rua=mailto:${octets}"`,
      more: `${octets.slice(0, 60)} TXT "${octets}"\n${line}\n`,
    }).replace("nordwind.de", domain);
  }
  const standIn = await begin(nordwindStory(files, { main: [{ at: "2026-01-01T12:00:00Z", files: before }] }));
  const inputs = { comment: "always", "inline-comments": "20" };
  const run = await act(standIn, await pullRequestEvent(standIn), inputs);
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure" } });
  expect(await onLines(standIn)).toHaveLength(20);
  await expectHarmless(standIn, run);
}, 60_000);

test.each(['feature/#1"x"', "a%2Fb", "$(id)-`id`", "@nora/<img-src=x>", "ü/\u202Ex)](evil.example)'&c=d"])(
  "the branch %j: the link opens it and nothing else",
  async (branch) => {
    const standIn = await begin(nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) }, { topic: { branch } }));
    const run = await act(standIn, await pullRequestEvent(standIn));
    expect(annotated(run)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
    await expectHarmless(standIn, run);
    const [comment] = await onLines(standIn);
    const [, url = ""] = /\((https:\/\/github\.com\/acme\/dns\/edit\/[^)]*#L9)\)/.exec(comment?.body ?? "") ?? [];
    expect(decodeURIComponent(new URL(url).pathname)).toBe(`/acme/dns/edit/${branch}/${ZONE}`);
  },
);

test("comments of others with our first lines: left alone, and ours stand beside them", async () => {
  const edited = nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) });
  const model = await begin(edited);
  await act(model, await pullRequestEvent(model));
  const [summary = ""] = await onPage(model);
  const standIn = await begin(edited);
  for (const login of ["stranger", "mallory"])
    await standIn.commentAs(login, summary.replace(/\n[^]*/, "\nAll is well."));
  await standIn.commentAs("stranger", summary);
  const before = await onPage(standIn);
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run.writes).toEqual(["POST reviews", "POST comments"]);
  expect(await onPage(standIn)).toEqual([...before, summary]);
});

test("what is no honest file in the tree: each told where it lies, and nothing of the machine is shown", async () => {
  const cases: Readonly<Record<string, (policyPath: string, zonePath: string) => Readonly<Record<string, Content>>>> = {
    "incomplete, a link out of the tree": (path) => ({ [path]: { link: "../../../../../etc/passwd" } }),
    "incomplete, an absolute link": (path) => ({ [path]: { link: "/etc/passwd" } }),
    "incomplete, a link to itself": (path) => ({ [path]: { link: "mta-sts.txt" } }),
    "incomplete, a link to git's own file": (path) => ({ [path]: { link: "../../.git/config" } }),
    "incomplete, a submodule": (path) => ({ [path]: { submodule: "1".repeat(40) } }),
    "incomplete, a zone that is a link": (_, path) => ({ [path]: { link: "../../../etc/passwd" } }),
    "policy-syntax, NUL": (path) => ({ [path]: policy().replace("testing", "test\0ing") }),
    "policy-syntax, no UTF-8": (path) => ({ [path]: Buffer.from(`${policy()}\xFF\xFE\xC0\n`, "latin1") }),
    "policy-syntax, a BOM": (path) => ({ [path]: `\uFEFF${policy()}` }),
    "policy-syntax, UTF-16": (path) => ({ [path]: Buffer.from(`\uFEFF${policy()}`, "utf16le") }),
    "zone-syntax, NUL": (_, path) => ({ [path]: zone({ more: "a\0b TXT \0\n" }) }),
    "zone-syntax, UTF-16": (_, path) => ({ [path]: Buffer.from(`\uFEFF${zone()}`, "utf16le") }),
    "zone-syntax, an absolute $INCLUDE": (_, path) => ({ [path]: zone({ more: "$INCLUDE /etc/passwd\n" }) }),
    "zone-syntax, $INCLUDE out of the tree": (_, path) => ({
      [path]: zone({ more: "$INCLUDE ../../../etc/passwd\n" }),
    }),
    "zone-syntax, $INCLUDE of git's own file": (_, path) => ({ [path]: zone({ more: "$INCLUDE ../.git/config\n" }) }),
    "zone-syntax, $INCLUDE of itself": (_, path) => ({ [path]: zone({ more: `$INCLUDE ${path.slice(6)}\n` }) }),
    "zone-syntax, a circle of $INCLUDE": (_, path) => ({
      [path]: zone({ more: "$INCLUDE circle.inc\n" }),
      "zones/circle.inc": "$INCLUDE circle2.inc\n",
      "zones/circle2.inc": "$INCLUDE circle.inc\n",
    }),
    "zone-syntax, parentheses": (_, path) => ({ [path]: zone({ more: `x TXT ${"(".repeat(100_000)}\n` }) }),
    "zone-syntax, $GENERATE": (_, path) => ({ [path]: zone({ more: "$GENERATE 0-2147483647 h$ A 203.0.113.1\n" }) }),
  };
  const before: Record<string, string> = {};
  const files: Record<string, Content> = {};
  for (const [index, make] of Object.values(cases).entries()) {
    const domain = `c${index}.example`;
    const [policyPath, zonePath] = [`policies/${domain}/mta-sts.txt`, `zones/${domain}.zone`];
    before[zonePath] = zone().replace("nordwind.de", domain);
    before[policyPath] = policy({ mx: [`mx1.${domain}`] });
    for (const [path, content] of Object.entries(make(policyPath, zonePath)))
      files[path] = typeof content === "string" ? content.replaceAll("nordwind.de", domain) : content;
  }
  const standIn = await begin(nordwindStory(files, { main: [{ at: "2026-01-01T12:00:00Z", files: before }] }));
  const inputs = { comment: "always", "json-file": "out.json" };
  const run = await act(standIn, await pullRequestEvent(standIn), inputs);
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "incomplete" } });
  const { findings } = JSON.parse(run.workspace["out.json"] ?? "");
  const told = Object.keys(cases).map((name, index) => {
    const own = new Set([
      `policies/c${index}.example/mta-sts.txt`,
      `zones/c${index}.example.zone`,
      ...(name.includes("circle") ? ["zones/circle2.inc"] : []),
    ]);
    const found = findings.filter(({ path, rule }: Finding) => own.has(path) && rule === name.split(",")[0]);
    return [name, found.length];
  });
  expect(told).toEqual(Object.keys(cases).map((name) => [name, 1]));
  for (const text of [run.stdout, ...(await traces(standIn, run))]) {
    expect(text).not.toMatch(/root:.*:0:0|repositoryformatversion/);
    expect(Buffer.byteLength(text)).toBeLessThan(300_000);
  }
  await expectHarmless(standIn, run);
}, 60_000);

test("lines of 10 MB are told in a few words", async () => {
  const long = "x".repeat(10_000_000);
  const other = "policies/b.example/mta-sts.txt";
  const main = [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy(), [other]: policy() } }];
  const files = { [ZONE]: zone({ more: `x TXT "${long}"\n` }), [other]: `${policy()}x: ${long}` };
  const standIn = await begin(nordwindStory(files, { main }));
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "incomplete" } });
  expect(annotated(run)).toContain(`error ${other} 1 incomplete (RFC 8461 §5)`);
  expect(annotated(run)).toContain(`error ${ZONE} 11 zone-syntax (RFC 1035 §5.2)`);
  for (const text of [run.stdout, ...(await traces(standIn, run))]) expect(text.length).toBeLessThan(30_000);
  await expectHarmless(standIn, run);
}, 60_000);

describe("the pull request cannot loosen what it is judged by", () => {
  const CONFIG = ".github/mta-sts-guard.yml";
  const loose = "version: 1\nfail-on: never\nrules: { id-not-bumped: off }\nzones: []\npolicies: []\n";
  const ignore =
    "version: 1\nignore:\n  - { rule: id-not-bumped, domain: nordwind.de, until: 2099-01-01, reason: trust me }\n";
  const bad = { [POLICY]: policy({ maxAge: 86400 }) };
  const strict = { [ZONE]: zone(), [POLICY]: policy(), [CONFIG]: "version: 1\nfail-on: error\n" };
  const cases: readonly (readonly [string, Change["files"], Change["files"]])[] = [
    ["by a configuration where there was none", { [ZONE]: zone(), [POLICY]: policy() }, { ...bad, [CONFIG]: loose }],
    ["by another one", strict, { ...bad, [CONFIG]: loose }],
    ["by deleting it", strict, { ...bad, [CONFIG]: null }],
    ["by one that cannot be read", strict, { ...bad, [CONFIG]: "\0: [" }],
    ["by a link in its place", strict, { ...bad, [CONFIG]: { link: "../loose.yml" }, "loose.yml": loose }],
    ["by an ignore in it", strict, { ...bad, [CONFIG]: ignore }],
    [
      "by an ignore in the zone",
      strict,
      {
        ...bad,
        [ZONE]: zone({
          serial: 2026060101,
          sts: '; mta-sts-guard: ignore id-not-bumped until=2099-01-01 trust me\n_mta-sts TXT "v=STSv1; id=1" ; mta-sts-guard: ignore id-not-bumped until=2099-01-01 trust me',
        }),
      },
    ],
  ];
  test.each(cases)("%s", async (_, before, files) => {
    const standIn = await begin(nordwindStory(files, { main: [{ at: "2026-01-01T12:00:00Z", files: before }] }));
    const run = await act(standIn, await pullRequestEvent(standIn));
    expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure" } });
    expect(annotated(run).filter((line) => line.includes("id-not-bumped"))).toHaveLength(1);
  });
});

test("what is pushed while it runs is left to the next run", async () => {
  const standIn = await begin(nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) }));
  const event = await pullRequestEvent(standIn);
  standIn.forgetRequests();
  standIn.fail({ kind: /pulls\/\{pull_number\}\/files$/, delay: 3000, times: 1 });
  const running = act(standIn, event);
  await vi.waitUntil(() => standIn.requests.some(({ kind }) => kind.endsWith("/files")), { timeout: 20_000 });
  await standIn.push([{ at: "2026-06-01T13:00:00Z", files: { [POLICY]: policy() } }]);
  const run = await running;
  expect(run).toMatchObject({ status: 1, stderr: "" });
  expect(annotated(run)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
  expect(standIn.writes).toEqual([]);
  expect(run.summary).toMatch(/^> .*pushed to while this ran/m);
  const next = await act(standIn, await pullRequestEvent(standIn, "synchronize"));
  expect(next).toMatchObject({ status: 0, outputs: { conclusion: "success" } });
});

test("a pull request that is full of workflows costs no more requests than another", async () => {
  const workflows = Array.from({ length: 150 }, (_, index) => [
    `.github/workflows/${index}.yml`,
    `on: push # ${index}\n`,
  ]);
  const standIn = await begin(nordwindStory({ ...Object.fromEntries(workflows), [POLICY]: policy({ maxAge: 86400 }) }));
  const run = await act(standIn, await pullRequestEvent(standIn), { comment: "never", "inline-comments": "0" });
  expect(run.status).toBe(1);
  expect(standIn.requests.length).toBeLessThan(30);
});
