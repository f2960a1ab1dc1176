import { u as Unusable } from "./first.js";
import { t as readArguments } from "./readArguments.js";
import { existsSync } from "node:fs";

// src/commands/bot.ts
const help = `Starts the bot: a GitHub App that checks the pull requests of all repositories it is installed in.

usage: mta-sts-guard bot
       mta-sts-guard bot --set-up --url URL

  --set-up   register an App at GitHub, on a page that only this machine reaches unless HOST is
             set, and write its number, key and secret to .env
  --url URL  where GitHub will reach the bot, such as https://bot.example.com
  --help     this text

GH_ORG=NAME in the environment makes the App one of that organisation: it can be installed where it
belongs to, and nowhere else.

It is told by its environment, and by .env in the current directory, what it needs: APP_ID,
PRIVATE_KEY (or PRIVATE_KEY_PATH) and WEBHOOK_SECRET, and what it may be told: docs/bot.md. It needs
npm install. SIGTERM or SIGINT ends it when it has ended what it began, at the latest after 25 s.

Exit status: 0 it was told to end; 1 it broke; 2 it could not start.
`;
/** How long what was begun may take when the bot is told to end, ms; systemd and others wait for 30 s or more. */
const GRACE = 25e3;
/** Runs `bot` until it is told to end; resolves to the exit status. */
async function runBot(argv) {
	const options = {
		"set-up": { type: "boolean" },
		url: { type: "string" },
		help: { type: "boolean" }
	};
	const { values } = readArguments("bot", {
		args: [...argv],
		options,
		strict: true
	});
	if (values.help) return process.stdout.write(help), 0;
	readEnvFile();
	const { Misconfigured } = await import("./settings.js");
	try {
		return await (values["set-up"] ? setUp(values.url) : serve());
	} catch (error) {
		if (!(error instanceof Misconfigured)) throw error;
		for (const mistake of error.mistakes) process.stderr.write(`mta-sts-guard: ${mistake}\n`);
		return 2;
	}
}
function readEnvFile() {
	if (!existsSync(".env")) return;
	try {
		process.loadEnvFile(".env");
	} catch {
		throw new Unusable(".env in the current directory cannot be read: let the bot's user read it, or move it away.");
	}
}
async function setUp(url) {
	if (url === void 0 || !/^https:\/\/[^/\s@?#]+\/?$/.test(url) || !URL.canParse(url)) throw new Unusable("--set-up needs to know where GitHub will reach the bot: give it --url https://HOST, without a path.");
	const { setUp: register } = await installed(() => import("./setUp.js"));
	await register(process.env, url, (line) => process.stdout.write(`${line}\n`));
	return 0;
}
async function serve() {
	const { Misconfigured, readSettings } = await import("./settings.js");
	const settings = readSettings(process.env);
	const { serveUntilTold } = await installed(() => import("./serveUntilTold.js"));
	const { whyRefused } = await import("./whyRefused.js");
	const { redisUrl } = settings;
	const mistake = redisUrl === void 0 ? void 0 : await installed(async () => whyRefused(redisUrl));
	if (mistake !== void 0) throw new Misconfigured([mistake]);
	return serveUntilTold(settings, GRACE);
}
/** What needs the packages that the other commands do without. */
async function installed(load) {
	try {
		return await load();
	} catch (error) {
		const { code, message } = error;
		if (code !== "ERR_MODULE_NOT_FOUND") throw error;
		const name = /package '([^']+)'/.exec(message)?.[1];
		throw new Unusable(`bot needs packages that are not here${name === void 0 ? "" : ` (${name})`}: run npm install in the folder of mta-sts-guard.`);
	}
}

export { runBot };