import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generated } from "../scripts/generated.ts";

it("every generated file is what `npm run generate` writes", async () => {
  for (const [file, text] of await generated()) expect(readFileSync(file, "utf8"), file.pathname).toBe(text);
});

it("runs on the Node that the action runs on", () => {
  expect(process.versions.node.split(".")[0]).toBe("24");
});
