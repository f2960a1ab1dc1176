import { t as LEVELS } from "./log.js";
import { l as string, s as object, t as _enum } from "./zod.js";
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";

// src/serve/settings.ts
const WORKERS = 4;
const JOB_MEMORY = 512;
const JOB_SECONDS = 60;
/** The API of github.com. */
const GITHUB_COM = "https://api.github.com";
/** The variables without which nothing runs; whoever set none of them has no App yet. */
const IDENTITY = [
	"APP_ID",
	"PRIVATE_KEY",
	"PRIVATE_KEY_PATH",
	"WEBHOOK_SECRET"
];
/** What is wrong with the environment, a sentence each that says what to do. */
var Misconfigured = class extends Error {
	mistakes;
	constructor(mistakes) {
		super(mistakes.join(" "));
		this.name = "Misconfigured";
		this.mistakes = mistakes;
	}
};
/** Probot accepts deliveries that are signed with this where it has no secret. */
const PROBOT_SECRET = "development";
const SECRET_BYTES = 16;
const NEW_SECRET = "make one with `openssl rand -hex 32` and give it to the App's webhook as well";
const secret = (name) => string().refine((text) => text !== PROBOT_SECRET, `${name} is Probot's default, which everybody knows: ${NEW_SECRET}.`).refine((text) => text === PROBOT_SECRET || Buffer.byteLength(text) >= SECRET_BYTES, `${name} is shorter than ${SECRET_BYTES} bytes, so it can be guessed: ${NEW_SECRET}.`);
const number = (name, least, most, unit) => {
	const mistake = `${name} is no number of ${unit} that makes sense: write one from ${least} to ${most}.`;
	return string().regex(/^\d{1,5}$/, mistake).transform(Number).refine((value) => value >= least && value <= most, mistake);
};
const ENVIRONMENT = object({
	APP_ID: string("APP_ID is not set: copy the App ID from the App's page on GitHub.").regex(/^[1-9]\d{0,14}$/, "APP_ID is no number: copy the App ID (not the client ID) from the App's page on GitHub."),
	PRIVATE_KEY: string().optional(),
	PRIVATE_KEY_PATH: string().optional(),
	WEBHOOK_SECRET: string(`WEBHOOK_SECRET is not set, so anybody could send deliveries: ${NEW_SECRET}.`).pipe(secret("WEBHOOK_SECRET")),
	WEBHOOK_SECRET_PREVIOUS: secret("WEBHOOK_SECRET_PREVIOUS").optional(),
	REDIS_URL: string().refine((url) => /^rediss?:\/\/[^/]/.test(url) && URL.canParse(url), "REDIS_URL is no redis:// or rediss:// address: write redis://HOST:6379, with a password redis://:PASSWORD@HOST:6379 and %23, %2F, %3F or %40 for a #, /, ? or @ in it; or leave it out.").refine((url) => !URL.canParse(url) || /^\/?\d{0,4}$/.test(new URL(url).pathname), "REDIS_URL ends with something that is no number of a database: write redis://HOST:6379/0, or nothing after the port.").refine((url) => !URL.canParse(url) || /^(?:\?family=[046])?$/.test(new URL(url).search + new URL(url).hash), "REDIS_URL has something behind a ? or #: leave that out, or write %3F or %23 if it belongs to the password.").refine((url) => !URL.canParse(url) || isEncoded(new URL(url)), "REDIS_URL has a % in its name or password that stands for nothing: write %25 for it.").optional(),
	HOST: string().regex(/^[\w.:-]+$/, "HOST is no address to listen at: write an IP address or a host name.").default("127.0.0.1"),
	PORT: string().regex(/^\d{1,5}$/, "PORT is no port: write a number from 0 to 65535.").transform(Number).refine((port) => port <= 65535, "PORT is no port: write a number from 0 to 65535.").default(3e3),
	LOG_LEVEL: _enum(LEVELS, `LOG_LEVEL is not known: use ${LEVELS.slice(0, -1).join(", ")} or ${LEVELS.at(-1)}.`).default("info"),
	WORKERS: number("WORKERS", 1, 100, "processes").default(WORKERS),
	JOB_MEMORY: number("JOB_MEMORY", 64, 65536, "MiB").default(JOB_MEMORY),
	JOB_SECONDS: number("JOB_SECONDS", 1, 3600, "seconds").default(JOB_SECONDS),
	GITHUB_API_URL: string().refine((url) => /^https?:\/\/[^/@?#]+(?:\/[^@?#]*)?$/.test(url) && URL.canParse(url), "GITHUB_API_URL is no address: write it like https://github.example.com/api/v3.").refine((url) => !URL.canParse(url) || isApi(new URL(url)), "GITHUB_API_URL is the address of a web page: write https://HOST/api/v3 for a server of your own, or leave it out for github.com.").refine((url) => !URL.canParse(url) || isPrivate(new URL(url)), "GITHUB_API_URL is not https, so tokens could be read on the way: use https.").optional(),
	GHE_HOST: string().regex(/^[\w.-]+(?::\d+)?$/, "GHE_HOST is no host name: write it without https:// and path.").optional()
});
/** Reads the environment; throws `Misconfigured` with all that is wrong in it. */
function readSettings(env) {
	const given = givenIn(env);
	if (!IDENTITY.some((name) => given[name] !== void 0)) throw new Misconfigured(["APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set: run `mta-sts-guard bot --set-up` once to register an App and write them to .env, or set them as docs/bot.md says."]);
	const read = ENVIRONMENT.safeParse(given);
	const mistakes = read.error?.issues.map(({ message }) => message) ?? [];
	const privateKey = readKey(given, mistakes);
	const apiUrl = apiOf(given, mistakes);
	if (!read.success || privateKey === void 0 || mistakes.length > 0) throw new Misconfigured(mistakes);
	const { data } = read;
	const previous = data.WEBHOOK_SECRET_PREVIOUS;
	return {
		appId: Number(data.APP_ID),
		privateKey,
		secrets: [data.WEBHOOK_SECRET, ...previous === void 0 ? [] : [previous]],
		redisUrl: data.REDIS_URL,
		host: data.HOST,
		port: data.PORT,
		logLevel: data.LOG_LEVEL,
		workers: data.WORKERS,
		jobMemory: data.JOB_MEMORY,
		jobSeconds: data.JOB_SECONDS,
		apiUrl,
		serverUrl: serverOf(apiUrl)
	};
}
/** Reads what there is to know before there is an App; throws `Misconfigured`. */
function readPlace(env) {
	const given = givenIn(env);
	const read = ENVIRONMENT.pick({
		HOST: true,
		PORT: true,
		GITHUB_API_URL: true,
		GHE_HOST: true
	}).safeParse(given);
	const mistakes = read.error?.issues.map(({ message }) => message) ?? [];
	const apiUrl = apiOf(given, mistakes);
	if (!read.success || mistakes.length > 0) throw new Misconfigured(mistakes);
	return {
		host: read.data.HOST,
		port: read.data.PORT,
		apiUrl,
		serverUrl: serverOf(apiUrl)
	};
}
/** Blanks around a value, or the line end of a file from Windows, belong to no value that there can be. */
function givenIn(env) {
	const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()]);
	return Object.fromEntries(trimmed.filter(([, value]) => value));
}
/** The key as PKCS #8, from the text or the file; adds what is wrong to `mistakes`. */
function readKey({ PRIVATE_KEY: text, PRIVATE_KEY_PATH: path }, mistakes) {
	const mistake = (what) => void mistakes.push(what);
	if (text !== void 0 && path !== void 0) return mistake("PRIVATE_KEY and PRIVATE_KEY_PATH are both set: keep one of them.");
	if (text !== void 0) return keyIn(text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString()) ?? mistake("PRIVATE_KEY is no RSA key: give it the text of the .pem file that GitHub made, or that text in base64.");
	if (path === void 0) return mistake("PRIVATE_KEY is not set: make a key on the App's page on GitHub and give its text here, or its path in PRIVATE_KEY_PATH.");
	try {
		return keyIn(readFileSync(path, "utf8")) ?? mistake("PRIVATE_KEY_PATH names a file that holds no RSA key: give it the .pem file that GitHub made.");
	} catch (error) {
		const { code = "unknown" } = error;
		return mistake(`PRIVATE_KEY_PATH names a file that cannot be read (${code}): check the path and who may read it.`);
	}
}
function keyIn(text) {
	try {
		const key = createPrivateKey(text.replaceAll(String.raw`\n`, "\n"));
		return key.asymmetricKeyType === "rsa" ? key.export({
			type: "pkcs8",
			format: "pem"
		}).toString() : void 0;
	} catch {
		return;
	}
}
/** GitHub's API, github.com's unless the environment names another; adds what is wrong to `mistakes`. */
function apiOf({ GITHUB_API_URL: url, GHE_HOST: host }, mistakes) {
	const named = url?.replace(/\/+$/, "");
	const ofHost = host === void 0 ? void 0 : `https://${host}/api/v3`;
	if (named !== void 0 && ofHost !== void 0 && named !== ofHost) mistakes.push("GITHUB_API_URL and GHE_HOST name different servers: keep GITHUB_API_URL.");
	return named ?? ofHost ?? "https://api.github.com";
}
/** The web address that goes with an API: github.com's, that of a tenant of ghe.com, or an enterprise server's. */
function serverOf(apiUrl) {
	const { protocol, host, origin } = new URL(apiUrl);
	return host === "api.github.com" || host.endsWith(".ghe.com") ? `${protocol}//${host.replace(/^api\./, "")}` : origin;
}
function isEncoded({ username, password }) {
	try {
		decodeURIComponent(username + password);
		return true;
	} catch {
		return false;
	}
}
/** Not the page that people open: github.com and ghe.com have their API under a name of its own, a server under a path. */
function isApi({ protocol, hostname, pathname }) {
	return protocol === "http:" || hostname.startsWith("api.") || pathname !== "/";
}
/** Whether nobody on the way can read what is sent there: not plain http, or to this machine itself. */
function isPrivate({ protocol, hostname }) {
	return protocol !== "http:" || [
		"127.0.0.1",
		"[::1]",
		"localhost"
	].includes(hostname);
}

export { readSettings as i, Misconfigured as n, readPlace as r, GITHUB_COM as t };