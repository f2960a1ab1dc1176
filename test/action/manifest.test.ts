import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { inputsTable, type Manifest, outputsTable, readManifest } from "../../scripts/actionTables.ts";
import { readInputs } from "../../src/action/readInputs.ts";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { act, begin, nordwindStory } from "./world.ts";

const TEXT = readFileSync(new URL("../../action.yml", import.meta.url), "utf8");
const { inputs, outputs }: Manifest = readManifest(TEXT);

it("every input that is declared is read, and no other, and its default is the one of the code", () => {
  const asked: string[] = [];
  const read = (texts: (name: string) => string) =>
    readInputs((name) => {
      asked.push(name);
      return name === "token" ? "t" : texts(name);
    }, "/workspace");
  expect(read((name) => inputs[name]?.default ?? "")).toEqual(read(() => ""));
  expect(new Set(asked)).toEqual(new Set(Object.keys(inputs)));
});

it("every value that a description offers is taken", () => {
  for (const name of ["fail-on", "comment"])
    for (const [, value = ""] of (inputs[name]?.description ?? "").split(".")[0]?.matchAll(/`([a-z]+)`/g) ?? [])
      expect(() => readInputs((asked) => ({ token: "t", [name]: value })[asked] ?? "", "/"), value).not.toThrow();
});

it("every output that is declared is set, and no other", async () => {
  const standIn = await begin(nordwindStory({ README: "ours\n" }));
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(Object.keys(run.outputs).toSorted()).toEqual(Object.keys(outputs).toSorted());
});

it("is fit for the marketplace", () => {
  const { name, description, branding, runs } = parse(TEXT);
  expect(name).toBe("MTA-STS guard");
  // The marketplace cuts longer ones.
  expect(description.length).toBeLessThanOrEqual(125);
  expect(branding).toEqual({ icon: "mail", color: "blue" });
  expect(runs).toEqual({ using: "node24", main: "dist/index.js" });
  for (const [named, { description: text }] of Object.entries({ ...inputs, ...outputs }))
    expect(text, named).toMatch(/^[A-Z`][^]*\.$/);
});

it("descriptions stay in their cell", () => {
  const odd = { description: "One `a|b`\n  of two." };
  expect(inputsTable({ inputs: { odd: { ...odd, default: "a" } }, outputs: {} })).toContain(
    "\n| `odd` | One `a\\|b` of two. | `a` |",
  );
  expect(outputsTable({ inputs: {}, outputs: { odd } })).toContain("\n| `odd` | One `a\\|b` of two. |");
});
