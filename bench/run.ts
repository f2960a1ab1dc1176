import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { benchAction } from "./action.ts";
import { benchCheck } from "./check.ts";
import { benchRecords } from "./records.ts";
import { benchRules } from "./rules.ts";
import { benchStart } from "./start.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    records: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    cli: { type: "string", default: "dist/cli.js" },
    tenfold: { type: "boolean", default: false },
  },
});

const root = resolve(import.meta.dirname, "..");
const cli = resolve(root, values.cli);
if (!existsSync(cli)) {
  console.error(`There is no ${cli}: run npm run build first.`);
  process.exit(2);
}

/** Each section measures one thing, and answers whether what it measured was also right. */
const sections: Readonly<Record<string, () => boolean | Promise<boolean>>> = {
  records: () =>
    benchRecords({
      records: Number(values.records),
      rounds: Number(values.rounds),
      cli,
      data: join(root, "bench/.data"),
      tenfold: values.tenfold,
    }),
  check: () => benchCheck(cli, join(root, "bench/.data"), Number(values.rounds)),
  rules: () => benchRules(Number(values.rounds)),
  action: () => benchAction(join(root, "dist/index.js"), join(root, "bench/.data"), 7 * Number(values.rounds)),
  start: () => benchStart(cli, join(root, "bench/.data"), 7 * Number(values.rounds)),
};

for (const name of positionals.length > 0 ? positionals : Object.keys(sections)) {
  const section = sections[name];
  if (!section) {
    console.error(`There is no section ${name}: ${Object.keys(sections).join(", ")}.`);
    process.exit(2);
  }
  console.log(`# ${name}`);
  if (!(await section())) process.exitCode = 1;
}
