import { expect, test } from "vitest";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { policy, zone } from "../nordwind.ts";
import { act, begin } from "./world.ts";

const EVIL = "::error::x ##[error] ```\n<!-- mta-sts-guard summary -->\r@nora #1 https://evil.example |\u202E";
const FOLDER = "policies/nordwind.de ::error::pwned ##[error]``` @nora <img src=x> | \u202E\n# a";

test("names and data of strangers are shown, and mean nothing", async () => {
  const place = `${FOLDER}/mta-sts.txt`;
  const zonePath = `zones/${FOLDER.slice(22)}/nordwind.de.zone`;
  const more = `evil TXT "${EVIL.replaceAll("\n", "\\010").replaceAll("\r", "\\013")}"\n`;
  const standIn = await begin({
    main: [{ at: "2026-01-01T12:00:00Z", files: { [zonePath]: zone(), [place]: policy() } }],
    topic: {
      commits: [
        {
          at: "2026-06-01T12:00:00Z",
          files: {
            [zonePath]: zone({ sts: '_mta-sts TXT "v=STSv1; id=`@nora`<b>"', more }),
            [place]: `${policy()}${EVIL.replaceAll("\n", " ")}: ${EVIL.replaceAll("\n", " ")}\n`,
          },
        },
      ],
    },
  });
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, stderr: "" });
  expect(Number(run.outputs["errors"])).toBeGreaterThan(0);
  for (const line of run.stdout.split("\n")) {
    expect(line).not.toMatch(/^\s*::(?!(?:error|warning|notice) )/);
    expect(line).not.toMatch(/^(?!::).*##\[/);
    if (line.startsWith("::")) expect(line).not.toMatch(/^::\w+ [^:]*file=[^,]*pwned/);
  }
  const { summary } = run;
  expect(summary).not.toContain("<!--");
  expect(summary).not.toMatch(/[\u202E\r]/);
  // What is left outside of code and links.
  const prose = summary
    .replace(/^(`{3,})[^]*?^\1$/gm, "")
    .replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "")
    .replace(/\]\(https:\/\/[^)\s]*\)/g, "]");
  expect(prose).not.toMatch(/@\w|#\d|https?:\/\/evil|<(?!\/?(?:details|summary|sub)>)/);
});
