import { r as Unusable } from "./zoneFile.js";
import { t as WEBHOOK_PATH } from "./front.js";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "probot";

// src/serve/setUp.ts
const MANIFEST = "app.yml";
const ENV_FILE = ".env";
/** What the environment file keeps of an App that GitHub made. */
const KEPT = [
	"APP_ID",
	"PRIVATE_KEY",
	"WEBHOOK_SECRET"
];
/**
* Registers an App by Probot's manifest flow: a page that sends `app.yml` to GitHub, which answers with the App's number, key
* and secret; they are written to `.env`, readable by its owner only. Resolves once they are.
*/
async function setUp(env, publicUrl, tell) {
	if (!existsSync(MANIFEST)) throw new Unusable(`There is no ${MANIFEST} here: run --set-up in the folder of mta-sts-guard, which holds it.`);
	if (existsSync(ENV_FILE) && /^APP_ID=./m.test(readFileSync(ENV_FILE, "utf8"))) throw new Unusable(`${ENV_FILE} has an APP_ID already: start the bot, or move ${ENV_FILE} away to register another.`);
	prepareProbot(env, publicUrl);
	const { HOST: host = "127.0.0.1", PORT: port = "3000" } = env;
	const { promise, written } = writtenOnce();
	const server = await run(() => {}, {
		env: {
			HOST: host,
			PORT: port,
			LOG_LEVEL: "error"
		},
		updateEnv: written
	});
	tell(`Open http://${host}:${server.port ?? port}/probot in a browser: its button registers the App at GitHub.`);
	if (env["HOST"] !== void 0) tell("HOST is set: whoever reaches this page may register the App in your place. Let nobody but you.");
	await promise;
	tell(`The App is registered, and its number, key and secret are in ${ENV_FILE}. Start the bot: npm start`);
	setTimeout(() => void server.stop(), 1e3);
}
/** Probot reads these from the process, and would fetch a package and ask smee.io for an address otherwise. */
function prepareProbot(env, publicUrl) {
	const api = env["GITHUB_API_URL"] === void 0 ? void 0 : new URL(env["GITHUB_API_URL"]);
	Object.assign(process.env, {
		NODE_ENV: "development",
		NO_SMEE_SETUP: "true",
		WEBHOOK_PROXY_URL: new URL(WEBHOOK_PATH, publicUrl).href,
		...api && api.host !== "api.github.com" ? {
			GHE_HOST: api.host,
			GHE_PROTOCOL: api.protocol.slice(0, -1)
		} : {}
	});
}
function writtenOnce() {
	let resolve = () => {};
	const promise = new Promise((settle) => resolve = settle);
	const written = (values) => {
		const others = (existsSync(ENV_FILE) ? readFileSync(ENV_FILE, "utf8").split("\n") : []).filter((line) => line !== "" && !KEPT.some((name) => line.startsWith(`${name}=`)));
		const ours = KEPT.map((name) => `${name}=${(values[name] ?? "").trim().replaceAll(/\r?\n/g, String.raw`\n`)}`);
		writeFileSync(ENV_FILE, `${[...others, ...ours].join("\n")}\n`, { mode: 384 });
		chmodSync(ENV_FILE, 384);
		resolve();
		return values;
	};
	return {
		promise,
		written
	};
}

export { setUp };