#!/usr/bin/env node
import manifest from "../package.json" with { type: "json" };

/** Each command's rooms are loaded only when it is called. */
const COMMANDS: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  check: async (argv) => (await import("./commands/check.ts")).runCheck(argv),
  records: async (argv) => (await import("./commands/records.ts")).runRecords([...argv]),
  policy: async (argv) => (await import("./commands/policy.ts")).runPolicy([...argv]),
  explain: async (argv) => (await import("./commands/explain.ts")).runExplain(argv),
  demo: async (argv) => (await import("./commands/demo.ts")).runDemo(argv),
  bot: async (argv) => (await import("./commands/bot.ts")).runBot(argv),
};

const HELP = `mta-sts-guard ${manifest.version}: what a change to DNS zones and MTA-STS policies will do to mail.

usage: mta-sts-guard COMMAND [options]

  check    judge a change, or the state of a repository or directory
  records  print what the zone parser reads in a master file
  policy   print what the policy parser reads, or what is wrong and where
  explain  the page of a rule, or the list of rules
  demo     a small pull request, and what the review says about it
  bot      a GitHub App that checks every pull request; needs npm install

  --help     this text; after a command, that command's
  --version  the version
`;

async function main([command, ...argv]: readonly string[]): Promise<number> {
  if (command === "--version" || command === "-V") return (process.stdout.write(`${manifest.version}\n`), 0);
  if (command === undefined || command === "--help" || command === "-h" || command === "help")
    return (process.stdout.write(HELP), command === undefined ? 2 : 0);
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (run) return run(argv);
  process.stderr.write(
    `mta-sts-guard: there is no command ${JSON.stringify(command)}: use ${Object.keys(COMMANDS).join(", ")}, or --help.\n`,
  );
  return 2;
}

// Whoever reads the output may stop early (`| head`): that is no fault to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const known = error instanceof Error && error.name === "Unusable";
  const reason = known ? error.message : `this is a fault of mta-sts-guard itself, please report it: ${String(error)}`;
  process.stderr.write(`mta-sts-guard: ${reason}\n`);
  if (!known && process.env["MTA_STS_GUARD_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 2;
}
