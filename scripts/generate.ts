import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { generated, stale } from "./generated.ts";

/** `npm run generate`: writes every generated file anew; a test fails when one of them is stale. */
const files = await generated();
for (const file of stale(files)) rmSync(file);
for (const [file, text] of files) {
  mkdirSync(new URL("./", file), { recursive: true });
  writeFileSync(file, text);
}
