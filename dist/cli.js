#!/usr/bin/env node
import { r as version } from "./package.js";

// src/cli.ts
/** Each command's rooms are loaded only when it is called. */
const COMMANDS = {
	check: async (argv) => (await import("./check.js")).runCheck(argv),
	records: async (argv) => (await import("./records.js")).runRecords([...argv]),
	policy: async (argv) => (await import("./policy.js")).runPolicy([...argv]),
	explain: async (argv) => (await import("./explain.js")).runExplain(argv),
	demo: async (argv) => (await import("./demo.js")).runDemo(argv),
	bot: async (argv) => (await import("./bot.js")).runBot(argv)
};
const HELP = `mta-sts-guard ${version}: what a change to DNS zones and MTA-STS policies will do to mail.

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
async function main([command, ...argv]) {
	if (command === "--version" || command === "-V") return process.stdout.write(`${version}\n`), 0;
	if (command === void 0 || command === "--help" || command === "-h" || command === "help") return process.stdout.write(HELP), command === void 0 ? 2 : 0;
	const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : void 0;
	if (run) return run(argv);
	process.stderr.write(`mta-sts-guard: there is no command ${JSON.stringify(command)}: use ${Object.keys(COMMANDS).join(", ")}, or --help.\n`);
	return 2;
}
process.stdout.on("error", (error) => {
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

export {  };