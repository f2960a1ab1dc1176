import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generated, stale } from "../scripts/generated.ts";
import { RULES } from "../src/rules/index.ts";

const FILES = await generated();
const ROOT = new URL("../", import.meta.url);

it.each([...FILES].map(([file, text]) => [file.href.slice(ROOT.href.length), file, text] as const))(
  "%s is what `npm run generate` writes",
  (_, file, text) => {
    expect(existsSync(file), "run `npm run generate`").toBe(true);
    expect(readFileSync(file, "utf8"), "run `npm run generate`").toBe(text);
  },
);

it("no page of a rule that is gone is left", () => {
  expect(stale(FILES).map((file) => file.pathname)).toEqual([]);
});

it("tells a file that nothing generates any more", () => {
  const page = [...FILES.keys()].find((file) => file.href.endsWith("docs/rules/policy-mode.md"));
  const without = new Map([...FILES].filter(([file]) => file !== page));
  expect(stale(without)).toEqual([page]);
});

it("the pages for readers hold no info string of ours, and link what they rest on", () => {
  for (const rule of Object.keys(RULES)) {
    const text = readFileSync(new URL(`docs/rules/${rule}.md`, ROOT), "utf8");
    expect(text).not.toMatch(/^```.* /m);
    expect(text).toMatch(/sources: \[[^\]]+\]\(https:\/\//);
    expect(text.match(/^```/gm)?.length ?? 0).toBe(
      readFileSync(new URL(`src/rules/${rule}.md`, ROOT), "utf8").match(/^```/gm)?.length ?? 0,
    );
  }
});

it("runs on the Node that the action runs on", () => {
  expect(process.versions.node.split(".")[0]).toBe("24");
});
