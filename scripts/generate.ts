import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { GENERATED_FOLDERS, generated, stale } from "./generated.ts";

/** `npm run generate`: writes every generated file anew; a test fails when one of them is stale. */
const files = await generated();
for (const folder of GENERATED_FOLDERS) mkdirSync(folder, { recursive: true });
for (const file of stale(files)) rmSync(file);
for (const [file, text] of files) writeFileSync(file, text);
