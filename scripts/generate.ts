import { writeFileSync } from "node:fs";
import { generated } from "./generated.ts";

/** `npm run generate`: writes every generated file anew; a test fails when one of them is stale. */
for (const [file, text] of await generated()) writeFileSync(file, text);
