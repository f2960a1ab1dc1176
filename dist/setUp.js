import { r as require_dist } from "./config.js";
import { d as url, i as int, l as string, o as looseObject, s as object } from "./zod.js";
import { u as Unusable } from "./first.js";
import { t as WEBHOOK_PATH } from "./front.js";
import { n as Misconfigured, r as readPlace, t as GITHUB_COM } from "./settings2.js";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createServer } from "node:http";
import { parseEnv } from "node:util";
import { once } from "node:events";
import { chmodSync, closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";

// src/serve/setUpPage.ts
var import_dist = require_dist();
/** Where GitHub sends the browser back to. */
const BACK_PATH = "/registered";
/** How long the browser may take to read the last answer, milliseconds. */
const LAST = 1e3;
/** A name by which only this machine is meant: a page of another name that leads here is somebody else's. */
const OWN_NAME = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;
const ANY_NAME = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
/** The HTTP server of `--set-up`, not listening yet: a form with the manifest, and where GitHub's answer comes to. */
function openSetUpPage(behind) {
	const server = createServer((request, response) => {
		answerTo(behind, request).then((answer) => send(response, answer, server));
	});
	return server;
}
const UNTOLD = {
	status: 403,
	text: "Open this page by the address that --set-up told."
};
async function answerTo(behind, { method, url = "/", headers }) {
	const { host = "" } = headers;
	if (!(behind.isOpen ? ANY_NAME : OWN_NAME).test(host)) return UNTOLD;
	if (method !== "GET") return {
		status: 405,
		text: "This page is there to be read."
	};
	const [path, query] = url.split(/\?(.*)/s, 2);
	if (path === "/" && query !== behind.key) return UNTOLD;
	if (path === "/") return {
		status: 200,
		text: "",
		html: formOf(behind, `http://${host}`)
	};
	if (path !== "/registered") return {
		status: 404,
		text: "There is nothing here."
	};
	try {
		return await behind.finish(new URLSearchParams(query));
	} catch (error) {
		return error instanceof Unusable ? {
			status: 502,
			text: error.message
		} : {
			status: 500,
			text: "This is a fault of mta-sts-guard itself, please report it."
		};
	}
}
function send(response, { status, text, html, location, isLast }, server) {
	const page = html ?? `<p>${escaped(text)}</p>`;
	const body = `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>mta-sts-guard</title>\n${STYLE}\n${page}\n</html>\n`;
	response.writeHead(status, {
		"content-type": "text/html; charset=utf-8",
		"content-length": Buffer.byteLength(body),
		"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
		"referrer-policy": "no-referrer",
		"cache-control": "no-store",
		...location !== void 0 && { location }
	});
	response.end(body);
	if (!isLast) return;
	server.close();
	setTimeout(() => server.closeAllConnections(), LAST).unref();
}
const STYLE = "<style>body { font: 1.1em/1.5 sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em }</style>";
function formOf(behind, origin) {
	return `<h1>Register mta-sts-guard at GitHub</h1>
<p>The button sends GitHub what the App may do and where it hears of events. GitHub asks you for a name, and makes the App when
you press <em>Create</em> there. It comes back here with the App's key, which is written to <code>.env</code>.</p>
<form action="${escaped(behind.target)}" method="post">
<button name="manifest" value="${escaped(JSON.stringify(behind.manifest(origin)))}">Register the App</button>
</form>`;
}
function escaped(text) {
	return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

// src/serve/setUp.ts
const MANIFEST = "app.yml";
const ENV_FILE = ".env";
/** What the environment file keeps of an App that GitHub made. */
const KEPT = [
	"APP_ID",
	"PRIVATE_KEY",
	"WEBHOOK_SECRET"
];
/** How long GitHub may take for its answer, milliseconds. */
const PATIENCE = 3e4;
/** An App that GitHub made of a manifest, as far as we need it. */
const MADE = object({
	id: int().positive(),
	pem: string().regex(/^-----BEGIN [\w ]+-----\s[\w+/=\s]+-----END [\w ]+-----\s*$/),
	webhook_secret: string().regex(/^[\w-]{16,}$/),
	html_url: url({ protocol: /^https?$/ })
});
/**
* Registers an App by GitHub's manifest flow: a page that sends `app.yml` to GitHub, which sends the browser back with a code
* for the App's number, key and secret; they are written to `.env`, readable by its owner only. Resolves once they are.
* Throws `Misconfigured`, and `Unusable` where `.env` cannot be written or has an App already.
*/
async function setUp(env, publicUrl, tell, { folder = ".", patience = PATIENCE } = {}) {
	const manifest = readManifest(join(folder, MANIFEST));
	const envFile = join(folder, ENV_FILE);
	assertNoApp(env, envFile);
	const place = readPlace(env);
	const owner = ownerOf(env);
	assertWritable(envFile);
	const isOpen = Boolean(env["HOST"]?.trim());
	const state = randomBytes(32).toString("hex");
	const key = randomBytes(16).toString("hex");
	let lost;
	let finishing;
	const finish = async (code) => {
		const made = await convert(place, code, patience);
		try {
			keep(envFile, made, place);
		} catch (error) {
			lost = error;
			return {
				status: 500,
				text: error.message,
				isLast: true
			};
		}
		return {
			status: 302,
			text: "The App is registered.",
			location: `${made.html_url}/installations/new`,
			isLast: true
		};
	};
	const page = openSetUpPage({
		isOpen,
		key,
		target: `${place.serverUrl}${owner}/settings/apps/new?state=${state}`,
		manifest: (origin) => ({
			...manifest,
			hook_attributes: {
				url: new URL(WEBHOOK_PATH, publicUrl).href,
				active: true
			},
			redirect_url: `${origin}${BACK_PATH}`
		}),
		finish: async (query) => {
			const code = query.get("code") ?? "";
			if (query.get("state") !== state || code === "") return FOREIGN;
			finishing ??= finish(code).catch((error) => {
				finishing = void 0;
				throw error;
			});
			return finishing;
		}
	});
	tell(`Open ${await listen(page, place)}?${key} in a browser: its button registers the App at GitHub.`);
	if (isOpen) tell("HOST is set: whoever knows this address may register the App in your place, and it goes over the network unencrypted.");
	await once(page, "close");
	if (lost !== void 0) throw lost;
	tell(`The App is registered, and its number, key and secret are in ${ENV_FILE}. Start the bot: npm start`);
}
const FOREIGN = {
	status: 403,
	text: "This is no answer to the page that --set-up shows now. Open that page, and press its button."
};
/** Resolves to the page's address. */
async function listen(page, { host, port }) {
	page.listen(port, host);
	await once(page, "listening").catch((error) => {
		throw new Unusable(`The page cannot be opened at ${host}, port ${port} (${error.code}): choose another HOST or PORT.`);
	});
	const { port: own } = page.address();
	return `http://${host.includes(":") ? `[${host}]` : host}:${own}/`;
}
function readManifest(path) {
	if (!existsSync(path)) throw new Unusable(`There is no ${MANIFEST} here: run --set-up in the folder of mta-sts-guard, which holds it.`);
	return looseObject({}).parse((0, import_dist.parse)(readFileSync(path, "utf8")));
}
/** Nothing that is there is written over. */
function assertNoApp(env, envFile) {
	const inFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, "utf8")) : {};
	for (const name of [...KEPT, "PRIVATE_KEY_PATH"]) {
		if (inFile[name]?.trim()) throw new Unusable(`${ENV_FILE} has ${name} already: start the bot, or move ${ENV_FILE} away to register another App.`);
		if (env[name]?.trim()) throw new Unusable(`${name} is set in the environment, which comes before ${ENV_FILE}: unset it first.`);
	}
}
/** Asked before GitHub is: it tells a key once. */
function assertWritable(envFile) {
	try {
		closeSync(openSync(envFile, "a", 384));
		chmodSync(envFile, 384);
	} catch (error) {
		const { code = "unknown" } = error;
		throw new Unusable(`${ENV_FILE} cannot be written here (${code}), and the key is to go there: run --set-up as a user who may.`);
	}
}
/** The path of who the App is to belong to. */
function ownerOf({ GH_ORG: name }) {
	if (!name?.trim()) return "";
	if (!/^[\w-]+$/.test(name)) throw new Misconfigured(["GH_ORG is no organisation: write its name as it stands in its address, github.com/NAME."]);
	return `/organizations/${name}`;
}
/** What GitHub made of the manifest; throws `Unusable` where it does not tell. */
async function convert({ apiUrl }, code, patience) {
	const url = `${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`;
	const headers = {
		accept: "application/vnd.github+json",
		"user-agent": "mta-sts-guard"
	};
	const signal = AbortSignal.timeout(patience);
	const answer = await fetch(url, {
		method: "POST",
		headers,
		signal
	}).catch((error) => {
		const { cause, name } = error;
		const { code: reason = name } = cause ?? {};
		throw new Unusable(`GitHub does not answer (${reason}): load this page again, within an hour.`);
	});
	if (!answer.ok) throw new Unusable(`GitHub gives no key for this answer (${answer.status}): delete the App there if it has been made, and begin again.`);
	const made = MADE.safeParse(await answer.json().catch(() => void 0));
	if (made.success) return made.data;
	const where = made.error.issues[0]?.path.join(".") || "it is no JSON";
	throw new Unusable(`GitHub's answer is not understood (${where}): delete the App there, and register it by hand as docs/bot.md says.`);
}
function keep(envFile, { id, pem, webhook_secret: secret, html_url: page }, { apiUrl }) {
	const values = {
		APP_ID: String(id),
		PRIVATE_KEY: pem.trim(),
		WEBHOOK_SECRET: secret
	};
	const ours = KEPT.map((name) => `${name}=${values[name].replaceAll(/\r?\n/g, String.raw`\n`)}\n`);
	try {
		const there = readFileSync(envFile, "utf8");
		const { GITHUB_API_URL: api, GHE_HOST: host } = parseEnv(there);
		if (!api?.trim() && !host?.trim() && apiUrl !== "https://api.github.com") ours.push(`GITHUB_API_URL=${apiUrl}\n`);
		const others = there.split(/(?<=\n)/).filter((line) => !/^(?:APP_ID|PRIVATE_KEY|WEBHOOK_SECRET)\s*=/.test(line));
		const end = /[^\n]$/.test(others.at(-1) ?? "") ? "\n" : "";
		chmodSync(envFile, 384);
		writeFileSync(envFile, [
			...others,
			end,
			...ours
		].join(""));
	} catch (error) {
		const { code = "unknown" } = error;
		throw new Unusable(`The App is registered, but ${ENV_FILE} cannot be written (${code}), and GitHub tells its key once: make a new key and secret on ${page}, and fill in ${ENV_FILE} by hand.`);
	}
}

export { setUp };