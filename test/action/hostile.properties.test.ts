import fc from "fast-check";
import { expect, test } from "vitest";
import { report } from "../../src/action/report.ts";
import { conclude, thresholdOf } from "../../src/model/conclusion.ts";
import { sourceAt } from "../../src/model/snapshot.ts";
import { lineComment } from "../../src/render/lineComment.ts";
import { offerByHand } from "../../src/render/offer.ts";
import { review } from "../../src/review.ts";
import { policy, zone } from "../nordwind.ts";
import { configOf, snapshotOf } from "../snapshotOf.ts";
import { expectHarmlessLog, expectHarmlessPage } from "./harmless.ts";

/** What means something to Markdown, HTML, GitHub, a runner or a terminal, and what holds it apart. */
const PIECES = [
  ..."`~*_#>-+!|[](){}<&;:@$\\^=\"' \t\r\u0000\u001B\u0085\u200B\u202E\u2028\uFEFF\u{E0041}aZ1.%",
  "::",
  "##[",
  "]",
  "\n",
  "<!--",
  "-->",
  "<b>",
  "</details>",
  "```",
  "suggestion",
  "://",
  "https://evil.example",
  "www.evil.example",
  "@nora",
  "#1",
  "GH-1",
  ":smile:",
  "[^1]",
  "::error::",
  "stop-commands",
];

const nasty = fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 24 });
const octets = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `\\${String(byte).padStart(3, "0")}`).join("");

test("random names, records, lines and links: no command in the log, no element on the page", () => {
  const story = fc.record({ name: nasty, data: nasty, line: nasty, raw: nasty, branch: nasty });
  const holds = fc.property(story, ({ name, data, line, raw, branch }) => {
    const path = `zones/${name.replaceAll("/", "")}/nordwind.de.zone`;
    const place = `policies/nordwind.de/${name.replaceAll("/", "")}/mta-sts.txt`;
    const head = {
      [path]: zone({
        sts: `_mta-sts TXT "v=STSv1; id=${octets(data)}"`,
        mx: [`10 ${octets(data).slice(0, 60) || "mx1"}`, "20 mx2"],
        more: `x${octets(data).slice(0, 60)} TXT "${octets(data)}"\n${raw}\n`,
      }),
      [place]: `${policy({ maxAge: 86400 })}${line}\nmx: ${line}\n${line}: ${line}\n`,
    };
    const snapshot = snapshotOf({ base: { [path]: zone(), [place]: policy() }, head });
    const config = configOf(snapshot);
    const judged = { snapshot, config, review: review(snapshot, config), base: "a", head: "b", state: undefined };
    const threshold = thresholdOf(undefined, config);
    const conclusion = conclude(judged.review.findings, threshold);
    const repositoryUrl = "https://github.com/acme/dns";
    const { log, summary } = report(judged, { threshold, conclusion, notes: [], isAnnotated: true, repositoryUrl });
    expectHarmlessLog(log);
    const comments = judged.review.findings.map((finding) => {
      const text = (at: string) => sourceAt(snapshot, { side: "head", path: at });
      const url = (at: string, row: number): string =>
        `${repositoryUrl}/edit/${encodeURIComponent(branch + at).replace(/[!'()*]/g, "-")}#L${row}`;
      const body = lineComment(finding, finding.fix && offerByHand(finding.fix, text, url));
      expect(body.split("\n")[0]).toMatch(/^<!-- mta-sts-guard [0-9a-f]+(?:-\d+)? -->$/);
      return body.split("\n").slice(1).join("\n");
    });
    expectHarmlessPage([summary, ...comments].join("\n\n"));
  });
  fc.assert(holds, { numRuns: 150 });
});
