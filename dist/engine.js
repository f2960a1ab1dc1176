import { a as fault, c as codePoint, d as CONFIG_PATH, f as DEFAULT_CONFIG, l as quote, o as outranks, r as counts, s as withoutFix, t as bySeverity, u as Unusable } from "./first.js";
import { $ as parseTlsrptRecord, Cn as labels, Ct as readNginxConf, Dn as groupedBy, Dt as parseZone, En as under, Et as readCaddyfile, H as murkyFiles, Ht as allowsAny, It as parsePolicy, J as dayText, O as duration, On as Source, Ot as looksLikeZone, Pt as aLabels, Q as startOf, Sn as isWithin, St as readNsdConf, Tn as parent, Tt as readKnotConf, U as seesFaults, Ut as covers, W as parseZoneIgnores, Xt as patterns, Yt as meaning$1, Z as textsIn, Zt as readable, _n as recordsAt, a as mendedFiles, an as lookup, at as misnamedTlsrptRecords, bn as display, cn as exchange, dn as mxHosts, et as parseStsRecord, ft as changedRecords, gn as mayHoldMore, gt as recordDifference, hn as filesOf, i as jsonText, mn as usesSts, mt as isToolManaged, nn as apex, o as logSafe, on as announced, pn as stsRecord, pt as compareSerials, rn as belowCut, rt as misnamedStsRecords, s as skippedFiles, st as idOf, tn as Zones, un as knowAllMx, vt as serialOf, wn as nameOf, wt as readNamedConf, xt as sitePath, yn as memo, yt as POLICY_FILES } from "./parse.js";
import { n as registeredDomain } from "./publicSuffix.js";
import { _ as encodePath, a as changedPath, c as treeEntry, g as decodePath, h as commitsOf, i as TreeListing, o as differs, s as readRawDiff, v as isUtf8Path } from "./github.js";
import { a as withSoundFixes, n as RULES, o as withoutIgnored, r as PROVIDER_PAGES, t as withoutReplaced } from "./rules.js";
import { a as wrapped, c as linesIn, d as pathInUrl, f as lookedAt, l as sameEnds, m as plural, o as painter, p as lookedAtLine, s as ruleUrl, u as repositoryUrl } from "./sarif.js";
import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { chmodSync, closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { devNull, tmpdir } from "node:os";

// src/load/missingObject.ts
/** That an object cannot be had, and what to do about it. */
function missingObject({ host }, what) {
	return host ? {
		what: `${what} could not be had from ${host}.`,
		cure: "Run the job again; if that does not help, check a clone with the command line."
	} : {
		what: `${what} is not in the object store, or damaged.`,
		cure: "Check the clone with `git fsck`, or fetch it again."
	};
}

// src/load/loadConfig.ts
/** In bytes. */
const LIMIT$2 = 262144;
/** Where people put the configuration by mistake. */
const MISTAKEN = [
	".github/mta-sts-guard.yaml",
	"mta-sts-guard.yml",
	"mta-sts-guard.yaml",
	".mta-sts-guard.yml"
];
/** Reads the configuration of both sides at `path`: base's applies, without a base head's; where it does not validate, the defaults. */
async function loadConfig(files, { base, head }, rules, path = CONFIG_PATH) {
	const configs = {
		base: base === void 0 ? void 0 : await readConfig(files, base, "base", rules, path),
		head: await readConfig(files, head, "head", rules, path)
	};
	const mistaken = [];
	for (const near of MISTAKEN) if (near !== path && (await files.entry(head, near))?.kind === "file") mistaken.push(near);
	return {
		config: (base === void 0 ? configs.head : configs.base)?.config ?? DEFAULT_CONFIG,
		files: configs,
		mistaken
	};
}
/** The configuration of one commit; the defaults where there is none, or it does not validate. */
async function configAt(files, commit, rules, path = CONFIG_PATH) {
	return (await readConfig(files, commit, "base", rules, path))?.config ?? DEFAULT_CONFIG;
}
/** A snapshot that knows the configuration files, and says of the mistaken ones where they belong. */
function withConfig(snapshot, { files, mistaken }) {
	const reason = `not read: the configuration lies in \`${CONFIG_PATH}\``;
	const unread = [...snapshot.head.unread, ...mistaken.map((path) => ({
		path,
		reason
	}))];
	return {
		...snapshot,
		head: {
			...snapshot.head,
			unread
		},
		configs: files
	};
}
/** Reads a configuration as it lies on disk; throws `Unusable` with the first fault if it cannot be used. */
async function loadConfigFile(path, rules) {
	const { readFileSync, statSync } = await import("node:fs");
	const { parseConfig } = await import("./parseConfig.js");
	let bytes;
	try {
		const stat = statSync(path);
		if (!stat.isFile()) throw new Error("it is no file");
		if (stat.size > LIMIT$2) throw new Error(`it has ${stat.size} bytes, and the limit is ${LIMIT$2}`);
		bytes = readFileSync(path);
	} catch (error) {
		throw new Unusable(`--config ${path} cannot be read: ${error.message}`);
	}
	const { config, problems } = parseConfig(new Source("head", path, bytes), rules);
	const [first] = problems;
	if (!first) return config;
	const { line, column } = first.span.start;
	const more = problems.length > 1 ? ` (${problems.length - 1} more)` : "";
	throw new Unusable(`--config ${path}:${line}:${column}: ${first.message}${more}`);
}
async function readConfig(files, at, side, rules, path) {
	const entry = await files.entry(at, path);
	if (!entry) return void 0;
	const { parseConfig, unreadConfig } = await import("./parseConfig.js");
	const blob = entry.kind === "file" ? (await files.read([entry], () => LIMIT$2)).get(entry) ?? { unread: "missing" } : { unread: "not-a-file" };
	if (blob instanceof Uint8Array) return parseConfig(new Source(side, path, blob), rules);
	const nothing = new Source(side, path, /* @__PURE__ */ new Uint8Array());
	if (blob.unread === "missing") {
		const { what, cure } = missingObject(files, `${path} of ${at}`);
		throw new Unusable(`${what} ${cure}`);
	}
	return unreadConfig(nothing, blob.unread === "too-large" ? `The file has ${blob.size ?? "too many"} bytes; the limit is ${LIMIT$2}: shorten it.` : "This is a symbolic link or no file, and links are not followed: put the file itself here.");
}

// src/discover/byPath.ts
/** Orders things by their path, however the texts came in: what counts first must not hang on who read them. */
function byPath$1(a, b) {
	if (a.source.path === b.source.path) return 0;
	return a.source.path < b.source.path ? -1 : 1;
}

// src/discover/pathPattern.ts
/**
* Reads a path pattern: `*` stands for anything within a folder or file name, `**` as a whole name for any number of folders,
* `{origin}` and `{domain}` for a domain name, which may be written with U-labels. Our own and no library's, because none
* catches names, and because it must stay quick whatever somebody writes: at most pattern times path steps.
*/
function pathPattern(pattern) {
	const texts = segments(pattern);
	const parts = texts.map(segment);
	const wild = parts.findIndex((part) => !isLiteral(part));
	if (wild < 0) {
		const literal = texts.join("/");
		return {
			literal,
			match: (path) => composed(path) === literal ? { name: void 0 } : void 0
		};
	}
	const start = texts.slice(0, wild).map((text) => `${text}/`).join("");
	return {
		literal: void 0,
		match: (path) => {
			const whole = composed(path);
			return whole.startsWith(start) ? matchSegments(parts, whole.split("/")) : void 0;
		}
	};
}
/** A path with its letters as one code point each, since file systems and editors differ in that. */
function composed(path) {
	return /^[\x20-\x7e]*$/.test(path) ? path : path.normalize("NFC");
}
function segments(pattern) {
	return composed(pattern).split("/").filter((part) => part !== "" && part !== ".");
}
const PLACEHOLDER = /\{(?:origin|domain)\}/;
function segment(text) {
	if (text === "**") return "**";
	const [before = "", ...after] = text.split(PLACEHOLDER);
	return {
		before,
		after: after.length > 0 ? after.join("*") : void 0
	};
}
function isLiteral(part) {
	return part !== "**" && part.after === void 0 && !part.before.includes("*");
}
/** Greedy: of several `**` only the last may need more than it has, so nothing is tried twice. */
function matchSegments(parts, path) {
	const names = [];
	let [part, at] = [0, 0];
	let retry;
	while (at < path.length) {
		const wanted = parts[part];
		if (wanted === "**") {
			retry = [++part, at];
			continue;
		}
		const found = wanted && matchSegment(wanted, path[at] ?? "");
		if (found) {
			names[part++] = found.name;
			at++;
		} else if (retry) {
			retry = [retry[0], retry[1] + 1];
			[part, at] = retry;
			names.length = part;
		} else return void 0;
	}
	if (parts.slice(part).some((rest) => rest !== "**")) return void 0;
	const [name, ...others] = new Set(names.filter((each) => each !== void 0));
	return others.length > 0 ? void 0 : { name };
}
function matchSegment({ before, after }, text) {
	if (after === void 0) return matchesGlob(before, text) ? { name: void 0 } : void 0;
	let [start, end] = [0, text.length];
	while (start <= text.length && !matchesGlob(before, text.slice(0, start))) start++;
	while (end >= start && !matchesGlob(after, text.slice(end))) end--;
	const name = end > start ? domainName(text.slice(start, end)) : void 0;
	return name === void 0 ? void 0 : { name };
}
/** Whether a text is what a pattern with `*` says; greedy like the whole path. */
function matchesGlob(glob, text) {
	if (!glob.includes("*")) return glob === text;
	const pieces = glob.split("*");
	const first = pieces.shift() ?? "";
	const last = pieces.pop() ?? "";
	if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
	let at = first.length;
	for (const piece of pieces) {
		const found = text.indexOf(piece, at);
		if (found < 0) return false;
		at = found + piece.length;
	}
	return at <= text.length - last.length;
}
/** The name that a text writes, undefined where it can be none. */
function domainName(text) {
	const name = nameOf(aLabels(text).toLowerCase());
	return name.length <= 255 && /^(?:[a-z0-9_-]{1,63}\.)+$/.test(name) ? name : void 0;
}

// src/discover/configured.ts
/** Reads the path patterns of a configuration, once. */
const configured = memo(({ zones, policies }) => {
	const zone = namesOf(zones.map(({ path, origin }) => ({
		path,
		names: origin === void 0 ? [] : [origin]
	})));
	const policy = namesOf(policies.map(({ path, domains }) => ({
		path,
		names: domains ?? []
	})));
	return {
		zone,
		policy,
		policies: (paths) => policies.length === 0 ? [] : [...paths].filter((path) => policy(path) !== void 0)
	};
});
/** An entry for exactly this path goes before patterns; of patterns the first that matches counts. */
function namesOf(entries) {
	if (entries.length === 0) return () => void 0;
	const exact = /* @__PURE__ */ new Map();
	const patterns = [];
	for (const { path, names } of entries) {
		const pattern = pathPattern(path);
		if (pattern.literal === void 0) patterns.push([pattern, names]);
		else exact.set(pattern.literal, [.../* @__PURE__ */ new Set([...exact.get(pattern.literal) ?? [], ...names])]);
	}
	return (path) => {
		const told = exact.get(composed(path));
		if (told) return told;
		for (const [pattern, names] of patterns) {
			const match = pattern.match(path);
			if (match) return names.length > 0 || match.name === void 0 ? names : [match.name];
		}
	};
}

// src/discover/pathTails.ts
/** Longer common ends than this tell nothing more. */
const MAX_TAIL = 32;
/** Some paths of the repository, to be found by where they lie on a server: what they have in common is the end. */
var PathTails = class {
	/** Undefined for an end that several paths have. */
	#byTail = /* @__PURE__ */ new Map();
	constructor(paths) {
		for (const path of paths) for (const tail of tailsOf(path)) this.#byTail.set(tail, this.#byTail.has(tail) ? void 0 : path);
	}
	/** The one path that ends like `place` the longest, at least in the file's name, and how many names they share. */
	longest(place) {
		const found = tailsOf(place).toReversed().find((tail) => this.#byTail.has(tail));
		const path = found === void 0 ? void 0 : this.#byTail.get(found);
		return found === void 0 || path === void 0 ? void 0 : {
			path,
			shared: found.split("/").length
		};
	}
};
/** `c`, `b/c`, `a/b/c`: without empty names and `.`. */
function tailsOf(path) {
	const names = path.split("/").filter((name) => name !== "" && name !== ".");
	const tails = [];
	for (let from = names.length - 1; from >= 0 && tails.length < MAX_TAIL; from--) {
		const shorter = tails.at(-1);
		tails.push(shorter === void 0 ? names[from] : `${names[from]}/${shorter}`);
	}
	return tails;
}

// src/discover/worthReading.ts
/** Folders whose files are never served or loaded: samples, test data, other people's code. */
const SKIPPED_FOLDERS = /(?:^|\/)(?:node_modules|vendor|tests?|testdata|fixtures)\//;
/** Endings that are never a policy, a zone or a configuration that holds one. */
const NEVER = /\.(?:png|jpe?g|gif|webp|avif|ico|svgz?|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|deb|rpm|iso|img|bin|exe|dll|so|dylib|a|o|class|pyc|wasm|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|flac|avi|mov|mkv|webm|map|lock|sum|sqlite3?|key|pem|crt|cer|der|p12|pfx|gpg|asc|sig|jnl|sarif)$/i;
/** Endings of programs and documents: they may hold MTA-STS text, but are no master files. */
const NO_ZONE$1 = /\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml|ini|xml|html?|css|s[ac]ss|less|md|mdx|markdown|rst|adoc|tex|py|rb|go|rs|c|cc|cpp|h|hpp|java|kt|scala|cs|fs|php|pl|pm|lua|sh|bash|zsh|fish|ps1|bat|nix|tf|tfvars|hcl|dhall|jsonnet|vue|svelte|csv|tsv|sql|proto|svg|j2|erb|tmpl|tftpl|tpl|mustache|liquid|patch|diff|log|mta-sts\.txt)$/i;
/** Whether the configuration names a file: then it counts, whatever its folder and its name. */
function isConfigured(path, config) {
	return configured(config).zone(path) !== void 0 || configured(config).policy(path) !== void 0;
}
/** Why files under a path are left out, or undefined if they count (facts of public repositories: samples and test data). */
function leftOut(path, config) {
	const isSigned = /\.signed$/i.test(path);
	const folder = SKIPPED_FOLDERS.exec(path)?.[0];
	if (!isSigned && folder === void 0 || isConfigured(path, config)) return void 0;
	if (folder === void 0) return "is what signing made of another zone file";
	return `stands in a folder of samples or test data (\`${folder.replaceAll("/", "")}/\`)`;
}
/** Whether a file that is left out would otherwise have been looked at, so that people are told of it. */
function isMissed(path, config) {
	if (leftOut(path, config) === void 0) return false;
	if (isPolicyPath(path, config) || isNamedLikeZone(path)) return true;
	return !/(?:^|\/)(?:node_modules|vendor)\//.test(path) && !NEVER.test(path) && !NO_ZONE$1.test(path);
}
/** Whether a file may hold anything of ours, by its path alone. */
function worthReading(path, config) {
	return leftOut(path, config) === void 0 && (!NEVER.test(path) || isConfigured(path, config));
}
/** Whether a file may be a master file, by its path alone. */
function mayBeZone(path, config) {
	if (configured(config).zone(path) !== void 0) return true;
	return worthReading(path, config) && !NO_ZONE$1.test(path) && !isPolicyPath(path, config);
}
/** Whether a file has the name of a master file; the name alone proves nothing (`Thumbs.db`, `prod.hosts`). */
function isNamedLikeZone(path) {
	return /(?:^|\/)db\.[^/]+$|\.(?:zone|db|hosts)$/i.test(path);
}
/** Whether a file is a policy: its name says so, in any case and at any depth, or nearly so in `.well-known`, or the configuration. */
function isPolicyPath(path, config) {
	if (/(?:^|\/)mta-sts\.txt$/i.test(path) || sitePath(path) !== void 0) return true;
	return configured(config).policy(path) !== void 0;
}
/** Whether folder or ending mark a file as a template: what it will say is not known. */
function isTemplate(path, config) {
	if (!/(?:^|\/)templates?\//i.test(path) && !/\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$/i.test(path)) return false;
	return !isConfigured(path, config);
}
/** Whether a file is a policy that can be read. */
function isPolicy(path, config) {
	return isPolicyPath(path, config) && !isTemplate(path, config);
}

// src/discover/serverFiles.ts
/** Every path that `isNameServerFile` or `isWebServerFile` accepts holds one of these, so a long list can be searched for them. */
const NAME_SERVER_WORDS = [
	".conf",
	".zones",
	"named."
];
const WEB_SERVER_WORDS = [
	"nginx",
	"sites-",
	"conf.d/",
	"addyfile",
	".caddy"
];
/** Whether a path is named like the configuration of a name server, or like a file that one includes. */
function isNameServerFile(path, config) {
	return (/(?:^|\/)(?:named|nsd|knot)[^/]*\.conf[^/]*$|(?:^|\/)[^/]*\.zones$|(?:^|\/)named\.(?:zones|local)[^/]*$/.test(path) || /(?:^|\/)(?:named|nsd|knot|bind)[^/]*\/(?:[^/]+\/)*[^/]+\.conf$/.test(path)) && mayBeZone(path, config);
}
/** Whether a path is named like the configuration of a web server's sites. */
function isWebServerFile(path, config) {
	return (/(?:^|\/)nginx[^/]*$|(?:^|\/)sites-(?:available|enabled)\/(?:[^/]+\/)*[^/]+$|(?:^|\/)[Cc]addyfile[^/]*$|\.caddy(?:file)?$/.test(path) || /(?:^|\/)(?:nginx[^/]*|conf\.d)\/(?:[^/]+\/)*[^/]+\.conf$/.test(path)) && mayBeZone(path, config);
}

// src/discover/serverClaims.ts
/** What the name servers' configurations among the texts load. */
function zoneClaims(sources, config) {
	const claims = [];
	for (const source of sources.values()) if (isNameServerFile(source.path, config)) for (const zone of servedZones(source)) claims.push({
		...zone,
		from: source.path
	});
	return claims;
}
/** The sites of `mta-sts.` hosts in the web servers' configurations among the texts. */
function siteClaims(sources, config) {
	return [...sources.values()].filter((source) => isWebServerFile(source.path, config)).toSorted((a, b) => a.path < b.path ? -1 : 1).flatMap(servedSites);
}
const servedZones = memo((source) => {
	const text = source.text();
	return [
		...readNamedConf(text),
		...readNsdConf(text),
		...readKnotConf(text)
	];
});
const servedSites = memo((source) => {
	const text = source.text();
	if (!/mta-sts\./i.test(text)) return [];
	return [...readNginxConf(text), .../addyfile|\.caddy/.test(source.path) ? readCaddyfile(text) : []].filter((site) => site.roots.length > 0 && domainsOf(site).length > 0);
});
/** The zone files that name servers load, with their origins. */
function servedOrigins(sources, config) {
	const claims = zoneClaims(sources, config);
	if (claims.length === 0) return /* @__PURE__ */ new Map();
	const wanted = new Set(claims.map((claim) => posix.basename(claim.file)));
	const candidates = new Set([...sources.keys()].filter((path) => wanted.has(posix.basename(path)) && mayBeZone(path, config)));
	const tails = new PathTails(candidates);
	const origins = /* @__PURE__ */ new Map();
	for (const { origin, file, from } of claims) {
		const beside = file.startsWith("/") ? void 0 : posix.join(posix.dirname(from), file);
		const path = beside !== void 0 && candidates.has(beside) ? beside : tails.longest(file)?.path;
		if (path !== void 0) origins.set(path, [.../* @__PURE__ */ new Set([...origins.get(path) ?? [], origin])].toSorted());
	}
	return origins;
}
/** The policies that web servers serve, with the domains of the hosts. */
function servedPolicies(policies, sources, config) {
	const domains = /* @__PURE__ */ new Map();
	if (policies.length === 0) return domains;
	const tails = new PathTails(policies);
	for (const site of siteClaims(sources, config)) {
		const [best] = site.roots.flatMap((root) => [
			`${root}/.well-known/mta-sts.txt`,
			`${root}/mta-sts.txt`,
			root
		]).flatMap((place) => tails.longest(place) ?? []).toSorted((a, b) => b.shared - a.shared);
		if (best) domains.set(best.path, [.../* @__PURE__ */ new Set([...domains.get(best.path) ?? [], ...domainsOf(site)])]);
	}
	return domains;
}
/** The domains whose policy host (RFC 8461 §3.3) a site answers for. */
function domainsOf({ hosts }) {
	return hosts.flatMap((host) => /^mta-sts\.([^.]+\..+)$/.exec(host)?.[1] ?? []);
}

// src/discover/readZones.ts
/** RFC 1035 sets no limit; these keep a hostile file from hanging the run, and going over one is a finding. */
const ZONE_LIMITS = {
	maxIncludeDepth: 8,
	maxGenerateSteps: 65536
};
/**
* Parses every master file among the texts: a text counts if the configuration or a name server's configuration names it, or if it holds an SOA, or `$ORIGIN`
* or `$TTL` with a record; a file that another one includes is part of that one unless it holds an SOA itself.
*/
function readZones(sources, config) {
	const served = servedOrigins(sources, config);
	const notZones = [];
	const homeless = [];
	const found = [];
	const missing = /* @__PURE__ */ new Map();
	for (const source of sources.values()) {
		if (!mayBeZone(source.path, config)) continue;
		const named = configured(config).zone(source.path);
		const origins = named && named.length > 0 ? named : served.get(source.path);
		const hint = look(source);
		if (!hint && !named && !origins) {
			if (isNamedLikeZone(source.path)) notZones.push(source);
			continue;
		}
		const own = hint?.origin ?? originOfFileName(source.path);
		const told = origins ?? (own === void 0 ? [] : [own]);
		if (told.length === 0) homeless.push(source);
		for (const origin of told) {
			const places = [];
			const zone = alone(source).get(origin) ?? readZone(source, origin, sources, (place) => places.push(place));
			if (places.length > 0) missing.set(zone, places);
			else if (zone.includes.length === 0) alone(source).set(origin, zone);
			if (!hint && !named && zone.records.length === 0) continue;
			found.push({
				zone,
				isOwn: hint?.holdsSoa === true || named !== void 0 || origins !== void 0
			});
		}
	}
	const included = new Set(found.flatMap(({ zone }) => zone.includes.map((include) => include.value)));
	const zones = withoutTwins(found.filter(({ zone, isOwn }) => isOwn || !included.has(zone.source.path)).map(({ zone }) => zone).toSorted(byPath$1));
	const apart = (sources) => sources.filter((source) => !included.has(source.path));
	return {
		zones,
		notZones: apart(notZones),
		homeless: apart(homeless),
		missing
	};
}
/** A symbolic link to a zone that is read under its own name, with the same origin, adds nothing; nor does a second one. */
function withoutTwins(zones) {
	const first = /* @__PURE__ */ new Map();
	for (const zone of zones) {
		const key = `${zone.origin} ${zone.source.file}`;
		if (!first.has(key) || zone.source.path === zone.source.file) first.set(key, zone);
	}
	return zones.filter((zone) => first.get(`${zone.origin} ${zone.source.file}`) === zone);
}
/** A text that can hardly be read is a zone only if its name says so, too. */
const look = memo((source) => {
	const seen = looksLikeZone(source);
	if (!seen?.doubtful || isNamedLikeZone(source.path)) return seen;
	return seen.origin !== void 0 && seen.origin === originOfFileName(source.path) ? seen : void 0;
});
/** The zones made of one file each: the same text need not be parsed again when a side is surveyed anew. */
const alone = memo(() => /* @__PURE__ */ new Map());
/** Parses one master file leniently; `$INCLUDE` reaches the other texts of the same side, never beyond the tree. */
function readZone(source, origin, sources, missing = () => {}) {
	return parseZone(source, {
		origin,
		strict: false,
		...ZONE_LIMITS,
		include: (path, from) => {
			const places = includePlaces(path, from.path);
			if (places.length === 0) return "it lies outside the repository, so it is not read.";
			const place = places.find((candidate) => sources.has(candidate));
			const target = place === void 0 ? void 0 : sources.get(place);
			if (!target) places.forEach(missing);
			return target ?? "it is not in the repository.";
		}
	});
}
/** Where an `$INCLUDE` may point inside the tree: beside the including file, then from the root. */
function includePlaces(path, from) {
	if (path.startsWith("/") || path.includes("\0") || path.includes("\\")) return [];
	const places = [posix.join(posix.dirname(from), path), posix.normalize(path)];
	return [...new Set(places)].filter((place) => place !== ".." && !place.startsWith("../"));
}
/** Whether a text is mostly records without an SOA among them: something that another file may include. */
function isFragment(source, config) {
	if (!mayBeZone(source.path, config) || look(source)?.holdsSoa || configured(config).zone(source.path)) return false;
	const { records, problems } = readZone(source, ".", /* @__PURE__ */ new Map());
	return records.length > 0 && records.length >= problems.length;
}
/** The origin that a file's name tells: `x.zone`, `db.x`, `x.db`, `x.hosts`, `x`. */
function originOfFileName(path) {
	const file = aLabels(posix.basename(path)).toLowerCase();
	const name = /^db\.(.+)$/.exec(file)?.[1] ?? /^(.+?)\.(?:zone|db|hosts)$/.exec(file)?.[1] ?? file;
	return /^[a-z0-9_](?:[a-z0-9._/-]*[a-z0-9])?\.?$/.test(name) ? nameOf(name) : void 0;
}

// src/discover/history.ts
/** Tells a domain's life from the past of its files: one entry for each commit that changed one of them, parsed when looked at. */
function historyOf(files, { past, pastComplete: complete, pastCure: cure }) {
	const pasts = [];
	const zone = files.zone ? filesOf(files.zone) : [];
	const paths = new Set(files.policy === void 0 ? zone : [files.policy, ...zone]);
	let sources = /* @__PURE__ */ new Map();
	let zoneChanged;
	for (const file of lives(past, paths)) {
		const next = new Map(sources);
		if (file.source) next.set(file.of, file.source);
		else next.delete(file.of);
		sources = next;
		if (file.of !== files.policy) zoneChanged = file;
		if (pasts.at(-1)?.commit === file.commit) pasts.pop();
		pasts.push(entry(file, files, sources, zoneChanged));
	}
	return {
		pasts,
		complete,
		...cure !== void 0 && { cure }
	};
}
/** Once for all the domains that share a policy. */
const readPolicy$1 = memo(parsePolicy);
const byPath = memo((past) => groupedBy([...past.entries()], ([, file]) => file.of));
/** What happened to some paths, oldest first. */
function lives(past, paths) {
	return [...paths].flatMap((path) => byPath(past).get(path) ?? []).toSorted(([a], [b]) => a - b).map(([, file]) => file);
}
function entry({ moment, commit }, { policy, zone }, sources, zoneChanged) {
	return {
		moment,
		commit,
		get policy() {
			const source = policy === void 0 ? void 0 : sources.get(policy);
			return source && readPolicy$1(source);
		},
		get zone() {
			return zone && zoneChanged && pastZone(zoneChanged, zone, sources);
		}
	};
}
/** A zone as one change of its files left it: parsed once for all the domains in it. */
function pastZone(changed, zone, sources) {
	const source = sources.get(zone.source.file);
	if (!source) return void 0;
	const known = left(changed);
	const key = JSON.stringify([zone.origin, filesOf(zone)]);
	const parsed = known.get(key) ?? readZone(source, zone.origin, sources);
	known.set(key, parsed);
	return parsed;
}
const left = memo(() => /* @__PURE__ */ new Map());

// src/discover/policyChanges.ts
/** The policies that a change touches, by their own text or by a domain that they serve, and those that the configuration misses. */
function policyChanges(known) {
	const { sides, policies, domains, config, isTouched } = known;
	const { base, head } = sides;
	const concerned = new Set(domains.flatMap((both) => [both.base?.policy, both.head?.policy]));
	const served = new Map([...base.pairings, ...head.pairings].map((pairing) => [pairing.policy, pairing.domains]));
	const [before, after] = [base, head].map((side) => groupedBy(side.domains, (domain) => domain.policy));
	const kept = domains.flatMap((both) => both.base && both.head ? [[both.base, both.head]] : []);
	const becomes = new Map(kept);
	const was = new Map(kept.map(([old, now]) => [now, old]));
	const hasStray = policies.some((both) => !both.base && both.head && served.get(both.head)?.length === 0);
	const isInlined = known.unread.some((both) => !both.base && both.head && isPolicyText(both.head));
	const unreadAtHead = new Set(head.skipped.map(({ path }) => path));
	const rivalsOf = rivalsAmong(head.pairings);
	const changes = policies.filter((both) => [both.base, both.head].some((policy) => policy && (concerned.has(policy) || isTouched(policy.source.path)))).map((both) => {
		const policy = both.head ?? both.base;
		const path = policy?.source.path ?? "";
		const old = (both.base && before?.get(both.base)) ?? [];
		const now = (both.head && after?.get(both.head)) ?? [];
		return {
			...both,
			domains: (policy && served.get(policy)) ?? [],
			sharing: {
				base: both.base ? old : now.flatMap((domain) => was.get(domain) ?? []),
				head: both.head ? now : old.flatMap((domain) => becomes.get(domain) ?? [])
			},
			mayBeElsewhere: !both.head && (hasStray || isInlined || unreadAtHead.has(path)),
			isConfigured: configured(config).policy(path) !== void 0,
			rivals: rivalsOf(both.head),
			neighbours: head.domains
		};
	});
	const told = new Set(changes.flatMap((change) => change.sharing.head));
	const open = domains.flatMap((both) => both.head && !told.has(both.head) ? [both.head] : []);
	return [...changes, ...missed(open, was, known)];
}
/** A policy written into another file; what documentation quotes is served by nobody. */
function isPolicyText({ holds, format }) {
	return holds === "policy" && format !== "documentation";
}
/** The policies that the configuration has for domains with a record, and that are on neither side. */
function missed(domains, was, { sides: { head }, config }) {
	const named = /* @__PURE__ */ new Set();
	return config.policies.flatMap(({ path, domains: names = [] }) => {
		const pattern = pathPattern(path);
		if (names.length === 0 || head.skipped.some((file) => pattern.match(file.path))) return [];
		const lacking = domains.filter((domain) => !named.has(domain) && !domain.policy && announced(domain) && names.some((name) => name === domain.name));
		for (const domain of lacking) named.add(domain);
		if (lacking.length === 0) return [];
		return [{
			domains: [...new Set(lacking.flatMap(({ name }) => name ?? []))],
			sharing: {
				base: lacking.flatMap((domain) => was.get(domain) ?? []),
				head: lacking
			},
			expected: path,
			mayBeElsewhere: false,
			isConfigured: true,
			rivals: [],
			neighbours: head.domains
		}];
	});
}
/** Finds the other policy files for a domain that one serves, or for the same place of the same site. */
function rivalsAmong(pairings) {
	const places = ({ policy, domains }) => {
		const site = sitePath(policy.source.path)?.site;
		return site === void 0 ? domains : [...domains, `site ${site}`];
	};
	const own = new Map(pairings.map((pairing) => [pairing.policy, pairing]));
	const atPlace = groupedBy(pairings.flatMap((pairing) => places(pairing).map((place) => ({
		place,
		pairing
	}))), ({ place }) => place);
	return (policy) => {
		const pairing = policy && own.get(policy);
		const there = pairing ? places(pairing).flatMap((place) => atPlace.get(place) ?? []) : [];
		return [...new Set(there.map((other) => other.pairing.policy))].filter((other) => other !== policy);
	};
}

// src/discover/withKeptPairings.ts
/**
* A policy that nothing on one side gives to a domain stays with the domains that the other side's evidence gives it to: a
* second stray file, come or gone, does not tear a policy from its record. And what the MX hosts say at head yields to what
* was known at base, or the pull request that moves the hosts away from the policy would hide just that; so does what a
* server's configuration, a `CNAME` file or a link at head gives to somebody else while the domain's record still stands.
*/
function withKeptPairings({ base, head }, policies) {
	const counterparts = policies.flatMap((both) => both.base && both.head ? [[both.base, both.head]] : []);
	const after = new Map(counterparts);
	const before = new Map(counterparts.map(([old, now]) => [now, old]));
	const open = new Set(head.pairings.filter(isOpen).map((pairing) => pairing.policy));
	const holder = /* @__PURE__ */ new Map();
	for (const { policy, domains } of base.pairings.toReversed()) {
		const now = after.get(policy);
		if (now && open.has(now)) for (const name of domains) holder.set(name, now);
	}
	const stays = ({ policy }, name) => (holder.get(name) ?? policy) === policy;
	return {
		base: kept(base, base.pairings, head, after, () => false),
		head: kept(head, head.pairings.map((pairing) => pairing.pairedBy === "mx" ? {
			...pairing,
			domains: pairing.domains.filter((name) => stays(pairing, name))
		} : pairing), base, before, (name) => head.domains.some((domain) => domain.name === name && !domain.policy && announced(domain)))
	};
}
/** Whether a policy may still be given to a domain: nothing tells of it, or only what it allows. */
function isOpen({ domains, pairedBy }) {
	return domains.length === 0 || pairedBy === "mx";
}
/** `isWaiting` tells the domains that keep their policy although it is told to be another one's. */
function kept(side, pairings, other, counterparts, isWaiting) {
	const told = new Map(other.pairings.map((pairing) => [pairing.policy, pairing]));
	const served = new Set(pairings.flatMap((pairing) => pairing.domains));
	const known = /* @__PURE__ */ new Map();
	for (const pairing of pairings) {
		const { policy, domains, pairedBy } = pairing;
		const counterpart = counterparts.get(policy);
		const there = counterpart && told.get(counterpart);
		const names = there?.domains.filter((name) => !served.has(name) && (isOpen(pairing) || isWaiting(name))) ?? [];
		if (there && names.length > 0) known.set(policy, {
			policy,
			domains: [...domains, ...names],
			pairedBy: domains.length > 0 ? pairedBy : there.pairedBy
		});
		else if (pairedBy === "mx" && domains.length === 0) known.set(policy, {
			policy,
			domains,
			pairedBy: "none"
		});
	}
	if (known.size === 0 && pairings === side.pairings) return side;
	const byName = new Map([...known.values()].flatMap((pairing) => pairing.domains.map((name) => [name, pairing])));
	const housed = new Set(side.domains.map((domain) => domain.name));
	return {
		...side,
		pairings: pairings.map((pairing) => known.get(pairing.policy) ?? pairing),
		domains: side.domains.flatMap((domain) => given(domain, known, byName, housed))
	};
}
function given(domain, known, byName, housed) {
	const { name, policy } = domain;
	if (name !== void 0) {
		const pairing = byName.get(name);
		return [pairing && (!policy || domain.pairedBy === "mx") ? {
			...domain,
			policy: pairing.policy,
			pairedBy: pairing.pairedBy
		} : domain];
	}
	const pairing = policy && known.get(policy);
	if (!pairing) return [domain];
	return pairing.domains.filter((own) => !housed.has(own)).map((own) => ({
		...domain,
		name: own,
		pairedBy: pairing.pairedBy
	}));
}

// src/discover/changesOf.ts
/** What is known of the zone of a domain that has none here. */
const NO_ZONE = {
	holdsSts: false,
	stsDomains: [],
	history: {
		pasts: [],
		complete: true
	}
};
/** Pairs what both sides hold - domains by name, zones and policies by path or by what they are - and adds their history. */
function changesOf(sides, snapshot, config) {
	const { moment } = snapshot;
	const policies = policyPairs(sides);
	const { base, head } = withKeptPairings(sides, policies);
	const withSts = groupedBy([base, head].flatMap((side) => side.domains.filter(usesSts)), ({ zone }) => zone);
	const isTouched = snapshot.base === void 0 ? () => true : (path) => snapshot.changed.has(path);
	const zones = pair(base.zones, head.zones, apex, (zone) => zone.source).map((both) => {
		const inIt = [both.base, both.head].flatMap((zone) => (zone && withSts.get(zone)) ?? []);
		const stsDomains = inIt.flatMap(({ name, unseen }) => name === void 0 || unseen ? [] : name);
		const history = historyOf({
			policy: void 0,
			zone: both.base ?? both.head
		}, snapshot);
		return {
			...both,
			moment,
			holdsSts: inIt.length > 0,
			stsDomains: [...new Set(stsDomains)],
			history
		};
	});
	const changeOf = new Map(zones.flatMap((change) => [change.base, change.head].flatMap((zone) => zone ? [[zone, change]] : [])));
	const touchedZones = zones.filter(({ base: before, head: after }) => [before, after].some((zone) => zone && filesOf(zone).some(isTouched)));
	const touched = new Set(touchedZones.flatMap(({ base: before, head: after }) => [before, after]).filter((zone) => zone !== void 0));
	const domains = domainPairs({
		base,
		head
	}, zones, policies).filter(({ base: before, head: after }) => isDomainTouched$1(before, after, touched, isTouched)).map((both) => {
		const known = both.base?.policy ? both.base : both.head ?? both.base;
		const own = both.head?.zone ?? both.base?.zone;
		const zone = (own && changeOf.get(own)) ?? {
			moment,
			...NO_ZONE
		};
		const files = {
			policy: known?.policy?.source.file,
			zone: both.base?.zone ?? both.head?.zone
		};
		return {
			...both,
			moment,
			zone,
			options: config.rollout,
			history: historyOf(files, snapshot)
		};
	});
	const unread = unreadChanges({
		base,
		head
	}, isTouched);
	return {
		domains,
		policies: policyChanges({
			sides: {
				base,
				head
			},
			policies,
			domains,
			unread,
			config,
			isTouched
		}).map((change) => ({
			...change,
			moment
		})),
		zones: touchedZones,
		unread: unread.map((change) => ({
			...change,
			moment
		}))
	};
}
function isDomainTouched$1(base, head, zones, isTouched) {
	if (base?.policy !== head?.policy && (!base?.policy || !head?.policy || meaning$1(base.policy) !== meaning$1(head.policy))) return true;
	return [base, head].some((domain) => domain?.zone && zones.has(domain.zone) || domain?.policy && isTouched(domain.policy.source.path));
}
/** Pairs domains that lie in the same zone, or without one in the same policy, and what is left by name. */
function domainPairs({ base, head }, zones, policies) {
	const homes = /* @__PURE__ */ new Map();
	for (const [kind, pairs] of Object.entries({
		zones,
		policies
	})) for (const [index, both] of pairs.entries()) for (const home of [both.base, both.head]) if (home) homes.set(home, `${kind} ${index}`);
	const homeOf = ({ zone, policy }) => homes.get(zone ?? policy) ?? "";
	return pairsOf(matchedAlone(matched(unpaired(base.domains, head.domains), [(domain) => JSON.stringify([domain.name, homeOf(domain)])]), (domain) => domain.name));
}
function policyPairs({ base, head }) {
	const servedAt = (side) => new Map(side.pairings.map(({ policy, domains }) => [policy, domains]));
	const [before, after] = [servedAt(base), servedAt(head)];
	return pair(base.policies, head.policies, (policy) => (after.get(policy) ?? before.get(policy) ?? []).join(" "), (policy) => policy.source);
}
/** A line that is the same in the same file, or that went from one file to another, is no change. */
function unreadChanges({ base, head }, isTouched) {
	const held = (side) => side.skipped.filter((file) => file.holds && isTouched(file.path));
	const [before, after] = [held(base), held(head)];
	const [old, now] = [before, after].map((files) => new Set(files.map((file) => file.path)));
	const stays = ({ path }) => old?.has(path) === true && now?.has(path) === true;
	const inPlace = (file) => `${file.path}\n${file.line}`;
	return matched(unpaired(before, after), [inPlace, (file) => stays(file) ? inPlace(file) : file.line]).slots;
}
/**
* Pairs the files of both sides: the same path; then, since files move, what is of one kind and says the same, or ends in the
* same folder and name; then what is alone of its kind.
*/
function pair(base, head, kind, source) {
	const tail = (thing) => source(thing).path.split("/").slice(-2).join("/");
	const text = (thing) => createHash("sha256").update(source(thing).bytes).digest("hex");
	return pairsOf(matchedAlone(matched(matched(unpaired(base, head), [(thing) => source(thing).path]), [(thing) => `${kind(thing)} ${text(thing)}`, (thing) => `${kind(thing)} ${tail(thing)}`]), kind));
}
function unpaired(base, head) {
	return {
		slots: head.map((thing) => ({ head: thing })),
		left: base
	};
}
/** Gives each thing of head the first of base that has the same key, one key after the other. */
function matched(matching, keys) {
	let { slots, left } = matching;
	for (const key of keys) {
		if (left.length === 0) break;
		const byKey = groupedBy(left, key);
		slots = slots.map((slot) => {
			const other = slot.base || !slot.head ? void 0 : byKey.get(key(slot.head))?.shift();
			return other ? {
				base: other,
				head: slot.head
			} : slot;
		});
		left = [...byKey.values()].flat();
	}
	return {
		slots,
		left
	};
}
/** Matches what is the only one of its kind on both sides. */
function matchedAlone(matching, kind) {
	const { slots, left } = matching;
	const base = groupedBy(left, kind);
	const head = groupedBy(slots.filter((slot) => !slot.base).flatMap((slot) => slot.head ?? []), kind);
	const only = (thing) => {
		const [there, ...others] = base.get(kind(thing)) ?? [];
		return others.length === 0 && head.get(kind(thing))?.length === 1 ? there : void 0;
	};
	return {
		slots: slots.map((slot) => {
			const other = slot.base || !slot.head ? void 0 : only(slot.head);
			return other ? {
				base: other,
				head: slot.head
			} : slot;
		}),
		left: left.filter((thing) => !only(thing))
	};
}
function pairsOf({ slots, left }) {
	return [...slots, ...left.map((thing) => ({ base: thing }))];
}

// src/discover/historyNeeded.ts
/** The paths whose life on the base branch a rule will ask for: of policies and ids that change, of zones whose serial does not. */
function historyNeeded(changes) {
	const paths = /* @__PURE__ */ new Set();
	for (const { base, head } of changes.domains) {
		const before = base?.policy;
		const after = head?.policy;
		const changed = before && after ? meaning$1(before) !== meaning$1(after) : before !== after;
		const newId = after && idOf(base)?.value !== idOf(head)?.value;
		if (!changed && !newId) continue;
		const policy = before ?? after;
		if (policy) paths.add(policy.source.file);
		if (base?.zone) for (const path of filesOf(base.zone)) paths.add(path);
	}
	for (const { base, head, holdsSts } of changes.zones) {
		if (!holdsSts || !base || !head) continue;
		const [before, after] = [serialOf(base)?.value, serialOf(head)?.value];
		if (!(before !== void 0 && after !== void 0 && compareSerials(before, after) === "raised") && changedRecords(base, head).length > 0) for (const path of filesOf(base)) paths.add(path);
	}
	return [...paths];
}

// src/discover/domainLike.ts
/** Whether the name of a folder or repository is a domain and not a version, a `conf.d` or a file's name. */
function isDomainLike(name) {
	return /^(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}$/.test(name) && registeredDomain(name) !== void 0;
}

// src/discover/repositoryDomain.ts
/** Hosts of sites, named after their owners: no mail goes there. */
const PAGES$1 = /\.(?:github\.io|gitlab\.io|bitbucket\.io|codeberg\.page)\.$/;
/**
* The domain that a repository's name tells: `mta-sts.example.com`, `example.com`; `mta-sts-example-com` and `example-com`
* only if that is a name of this repository's zones.
*/
function domainOfRepository(repository, held) {
	if (repository === void 0) return void 0;
	const bare = aLabels(repository).toLowerCase().replace(/^mta-sts[.-]/, "");
	const name = nameOf(bare);
	if (held.has(name) || isDomainLike(name) && !PAGES$1.test(name)) return name;
	const [dashed, ...others] = [...held].filter((known) => display(known).replaceAll(".", "-") === bare);
	return others.length === 0 ? dashed : void 0;
}

// src/discover/pairPolicies.ts
/**
* Tells which policy belongs to which domain; the first evidence that answers wins: the configuration, a domain in the path,
* a web server's site, the nearest `CNAME` file upwards, the only domain with a record, one policy shared by all domains with
* a record, the MX hosts that it allows, the repository's name. The best evidence comes first: where two policies are paired
* with one domain, the first counts.
*/
function pairPolicies(files, zones, owners, { sources, repositoryName }, config) {
	const held = /* @__PURE__ */ new Set([...zones.map(apex), ...[...owners.values()].flat()]);
	const served = servedPolicies([...files.values()].flat(), sources, config);
	const tell = (path) => byConfiguration(path, config) ?? byFolder(path, held) ?? byServer(path, served) ?? byCnameFile(path, sources);
	const pairings = [...files].flatMap(([policy, paths]) => {
		const told = paths.flatMap((path) => tell(path) ?? []).toSorted((a, b) => rank(a) - rank(b));
		const domains = [...new Set(told.flatMap((each) => each.domains))];
		return told[0] ? [{
			policy,
			domains,
			pairedBy: told[0].pairedBy
		}] : [];
	});
	const paired = new Set(pairings.map((pairing) => pairing.policy));
	const taken = new Set(pairings.flatMap((pairing) => pairing.domains));
	const strays = [...files.keys()].filter((policy) => !paired.has(policy));
	return [...pairings, ...byRecords(strays, owners, taken, {
		held,
		repositoryName
	})].toSorted(bestFirst);
}
/** What the domains with a record, their MX hosts and the repository's name say of the policies that nothing else tells of. */
function byRecords(strays, owners, taken, { held, repositoryName }) {
	const free = [...new Set([...owners.values()].flat())].filter((name) => !taken.has(name)).toSorted();
	const [only, ...others] = strays;
	if (!only) return [];
	if (others.length === 0 && free.length > 0) return [{
		policy: only,
		domains: free,
		pairedBy: free.length === 1 ? "only-record" : "shared"
	}];
	const hosts = mxByName(owners);
	const byMx = new Map([...groupedBy(free, (name) => onlyCovering(strays, hosts.get(name) ?? []))].filter(([policy]) => policy));
	const left = strays.filter((policy) => !byMx.has(policy));
	const name = domainOfRepository(repositoryName, held);
	const named = name === void 0 || taken.has(name) || [...byMx.values()].flat().includes(name) ? [] : [name];
	const atHome = left.filter((policy) => isServed(policy.source.path));
	const homes = left.length === 1 ? left : atHome.length === 1 ? atHome : [];
	return strays.map((policy) => {
		const domains = byMx.get(policy);
		if (domains) return {
			policy,
			domains,
			pairedBy: "mx"
		};
		const isNamed = named.length > 0 && homes.includes(policy);
		return {
			policy,
			domains: isNamed ? named : [],
			pairedBy: isNamed ? "repository-name" : "none"
		};
	});
}
/** The MX hosts of names with a record, in all the zones that hold one. */
function mxByName(owners) {
	const hosts = /* @__PURE__ */ new Map();
	for (const [zone, names] of owners) for (const name of names) hosts.set(name, [...hosts.get(name) ?? [], ...recordsAt(zone, name, "MX").map(exchange)]);
	return hosts;
}
/** The one policy that allows all of some hosts. */
function onlyCovering(policies, hosts) {
	if (hosts.length === 0) return void 0;
	const [found, ...more] = policies.filter((policy) => hosts.every((host) => covers(policy, host)));
	return more.length === 0 ? found : void 0;
}
/** From the strongest evidence to none. */
const EVIDENCE$1 = [
	"configuration",
	"path",
	"server",
	"cname-file",
	"only-record",
	"shared",
	"mx",
	"repository-name",
	"none"
];
/** Of two policies for one domain the one with better evidence counts; then the one where it is served, then the first by path. */
function bestFirst(a, b) {
	const weight = ({ policy: { source }, pairedBy }) => 2 * rank({ pairedBy }) + (isServed(source.path) ? 0 : 1);
	return weight(a) - weight(b) || byPath$1(a.policy, b.policy);
}
function rank({ pairedBy }) {
	return EVIDENCE$1.indexOf(pairedBy);
}
/** Whether a policy lies where senders ask for it (RFC 8461 §3.3). */
function isServed(path) {
	return /(?:^|\/)\.well-known\//.test(path);
}
function byConfiguration(path, config) {
	const domains = configured(config).policy(path) ?? [];
	return domains.length === 0 ? void 0 : {
		domains,
		pairedBy: "configuration"
	};
}
function byFolder(path, held) {
	const name = domainOfPath(path, held);
	return name === void 0 ? void 0 : {
		domains: [name],
		pairedBy: "path"
	};
}
/**
* The domain that a policy's path names: a folder called `mta-sts.<fqdn>`, or like a zone or domain of the repository, or
* plainly `<fqdn>`; the deepest wins.
*/
function domainOfPath(path, held = /* @__PURE__ */ new Set()) {
	for (const folder of path.split("/").slice(0, -1).toReversed()) {
		const bare = aLabels(folder).replace(/^mta-sts\./i, "");
		const name = nameOf(bare);
		if (held.has(name)) return name;
		if (isDomainLike(name)) return name;
	}
}
function byServer(path, served) {
	const domains = served.get(path);
	return domains && {
		domains,
		pairedBy: "server"
	};
}
function byCnameFile(policyPath, sources) {
	for (const path of cnameFiles(policyPath)) {
		const host = sources.get(path)?.text().trim();
		if (host === void 0) continue;
		const name = /^mta-sts\.(\S+)$/i.exec(aLabels(host))?.[1];
		return name === void 0 ? void 0 : {
			domains: [nameOf(name)],
			pairedBy: "cname-file"
		};
	}
}
/** Where GitHub Pages' `CNAME` file of a policy may stand, the nearest first. */
function cnameFiles(policyPath) {
	const folders = policyPath.split("/").slice(0, -1);
	return folders.map((_, depth) => [...folders.slice(0, folders.length - depth), "CNAME"].join("/")).concat("CNAME");
}

// src/discover/reassigned.ts
/**
* The zones and policies that belong to other names on one side than on the other, although they stand in both and their text
* may be the same: a server's configuration or a `CNAME` file says so.
*/
function reassigned(base, head) {
	return [...differing(origins(base), origins(head)), ...differing(domains(base), domains(head))];
}
function origins({ zones }) {
	const byPath = groupedBy(zones, (zone) => zone.source.path);
	return new Map([...byPath].map(([path, same]) => [path, same.map((zone) => zone.origin).toSorted().join(" ")]));
}
function domains({ pairings }) {
	const told = pairings.filter((pairing) => pairing.domains.length > 0);
	return new Map(told.map(({ policy, domains: names }) => [policy.source.path, names.toSorted().join(" ")]));
}
function differing(base, head) {
	return [...base].filter(([path, names]) => (head.get(path) ?? names) !== names).map(([path]) => path);
}

// src/discover/unreadFiles.ts
/** What a file that holds MTA-STS text is, by its ending; the names are those of the tools. */
const FORMATS = [
	[/\.(?:tf|tf\.json|tfvars|hcl)$/i, "terraform"],
	[/(?:^|\/)dnsconfig\.js$/i, "dnscontrol"],
	[/\.nix$/i, "nix"],
	[/(?:^|\/)Caddyfile$|\.caddy(?:file)?$/i, "caddy"],
	[/nginx|sites-(?:available|enabled)\//i, "nginx"],
	[/\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$|(?:^|\/)templates?\//i, "template"],
	[/\.(?:md|mdx|markdown|rst|adoc)$/i, "documentation"],
	[/\.(?:[cm]?[jt]sx?)$/i, "javascript"],
	[/\.ya?ml$/i, "yaml"],
	[/\.json5?$/i, "json"]
];
/** What only some files of an ending are: octoDNS keeps records by owner, DNSControl's file may have any name. */
const FORMATS_BY_TEXT = [[
	"yaml",
	/^[ \t]*(?:-[ \t]+)?type:[ \t]*["']?TXT\b/m,
	"octodns"
], [
	"javascript",
	/^[ \t]*D(?:_EXTEND)?\([ \t\n]*["']/m,
	"dnscontrol"
]];
/** What a policy or a record looks like, whatever stands around it. */
const HOLDS = /version:\s*STSv1|v=STSv1/gi;
/** Why a zone is not read whose names are unknown. */
const ORIGINLESS = "a zone whose origin neither `$ORIGIN` nor the SOA record nor the file's name tells";
/** More lines than this of one file say nothing new. */
const MAX_LINES = 100;
/** Lists the files that hold MTA-STS text and that no parser reads, and those that only look like a zone or a policy. */
function unreadFiles(tree, zones, others, config) {
	const policies = [...tree.sources.values()].filter((source) => isPolicy(source.path, config));
	const read = /* @__PURE__ */ new Set([...zones.flatMap(filesOf), ...policies.flatMap(({ path, file }) => [path, file])]);
	const notZones = new Set(others.notZones);
	const homeless = new Set(others.homeless);
	const files = [];
	for (const source of tree.sources.values()) {
		if (source.file !== source.path && tree.sources.has(source.file) || read.has(source.path)) continue;
		const held = holdsSts(source);
		files.push(...held.map((file) => homeless.has(source) ? {
			...file,
			reason: ORIGINLESS
		} : file));
		if (held.length > 0) continue;
		if (homeless.has(source)) files.push(unread(source, 0, 0, ORIGINLESS));
		if (notZones.has(source)) files.push(unread(source, 0, 0, "named like a zone, but holds no SOA, `$ORIGIN` or `$TTL` with a record"));
	}
	for (const zone of zones) for (const { span, reason } of zone.unknown.slice(0, 1)) {
		const source = tree.sources.get(span.path) ?? zone.source;
		files.push({
			...unread(source, span.start.offset, span.end.offset, reason),
			format: null
		});
	}
	const side = tree.sources.values().next().value?.side ?? "head";
	for (const { path, reason, leftOut = false } of tree.unread) files.push({
		path,
		format: null,
		reason,
		line: "",
		span: startOf(side, path),
		leftOut,
		holds: void 0
	});
	return files;
}
/** The lines of a file that hold a policy or a record, the first place on each. */
function holdsSts(source) {
	if (Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length).indexOf("STSv1") < 0) return [];
	const text = source.text();
	const format = formatOf(source.path, text);
	const reason = format === "template" ? "template, not checked: what it will say is not known here" : "holds MTA-STS text in a format that is not read";
	const files = [];
	let lineEnd = -1;
	for (const found of text.matchAll(HOLDS)) {
		if (found.index < lineEnd) continue;
		lineEnd = text.indexOf("\n", found.index);
		if (lineEnd < 0) lineEnd = text.length;
		const at = Buffer.byteLength(text.slice(0, found.index));
		const file = unread(source, at, at + Buffer.byteLength(found[0]), reason);
		files.push({
			...file,
			format,
			holds: found[0].startsWith("v") && found[0].includes("=") ? "record" : "policy"
		});
		if (files.length === MAX_LINES) break;
	}
	return files;
}
function unread(source, start, end, reason) {
	const span = source.span(start, end);
	return {
		path: source.path,
		format: null,
		reason,
		line: source.line(span.start.line).trim(),
		span,
		holds: void 0
	};
}
function formatOf(path, text) {
	const format = FORMATS.find(([ending]) => ending.test(posix.normalize(path)))?.[1] ?? null;
	return FORMATS_BY_TEXT.find(([usual, sign]) => usual === format && sign.test(text))?.[2] ?? format;
}

// src/discover/survey.ts
const readPolicy = memo(parsePolicy);
const readStsRecord = memo(parseStsRecord);
const readTlsrptRecord = memo(parseTlsrptRecord);
/** Finds the zones, policies and mail domains in the texts that were read of one side. */
function survey(tree, config) {
	const files = policyFiles(tree, config);
	const policies = [...files.keys()];
	const { zones, notZones, homeless, missing } = readZones(tree.sources, config);
	const owners = new Map(zones.map((zone) => [zone, stsOwners(zone)]));
	const pairings = pairPolicies(files, zones, owners, tree, config);
	const index = new Zones(zones);
	const housed = [...zoneDomains(zones, index, owners, pairings)];
	return {
		zones,
		policies,
		domains: [...housed, ...strayPolicies(new Set(housed.map((domain) => domain.name)), pairings, index)],
		pairings,
		skipped: unreadFiles(tree, zones, {
			notZones,
			homeless
		}, config),
		missing
	};
}
/** The policies with their paths: a file and the symbolic links that lead to it are one. */
function policyFiles({ sources }, config) {
	const named = [...sources.values()].filter((source) => isPolicy(source.path, config));
	const files = [...groupedBy(named, (source) => source.file).values()].map((same) => {
		const own = same.find((source) => source.path === source.file) ?? same.toSorted((a, b) => a.path < b.path ? -1 : 1)[0];
		return [readPolicy(own), same.map((source) => source.path)];
	});
	return new Map(files.toSorted(([a], [b]) => byPath$1(a, b)));
}
/** The names whose `_mta-sts` holds a TXT or CNAME record. */
function stsOwners(zone) {
	const wrong = new Set(misnamedStsRecords(zone).map((misnamed) => misnamed.record.owner));
	return ownersBelow(zone, "_mta-sts", ({ type, owner }) => (type === "TXT" || type === "CNAME") && !wrong.has(owner));
}
/** The names whose `_smtp._tls` holds what is, or was meant to be, a TLSRPT record. */
function tlsrptOwners(zone) {
	const wrong = new Set(misnamedTlsrptRecords(zone).map((misnamed) => misnamed.record.owner));
	return ownersBelow(zone, "_smtp._tls", (record) => record.type === "TXT" && !wrong.has(record.owner) && readTlsrptRecord(record) !== void 0);
}
function ownersBelow(zone, prefix, counts) {
	const owners = /* @__PURE__ */ new Set();
	for (const record of zone.records) if (record.owner.startsWith(`${prefix}.`) && counts(record)) owners.add(record.owner.slice(prefix.length + 1));
	return [...owners];
}
function* zoneDomains(zones, index, owners, pairings) {
	const paired = new Map(pairings.toReversed().flatMap((pairing) => pairing.domains.map((name) => [name, pairing])));
	const served = /* @__PURE__ */ new Map();
	for (const name of paired.keys()) for (const zone of index.viewsOf(name)) served.set(zone, [...served.get(zone) ?? [], name]);
	const published = new Map([...owners].map(([zone, names]) => [zone, new Set(names)]));
	const isPublished = (zone, name) => published.get(zone)?.has(name) === true;
	for (const zone of zones) {
		const misnamed = [...misnamedStsRecords(zone), ...misnamedTlsrptRecords(zone)].map(({ meantFor }) => meantFor);
		const names = /* @__PURE__ */ new Set([
			...owners.get(zone) ?? [],
			...served.get(zone) ?? [],
			...misnamed,
			...tlsrptOwners(zone)
		]);
		for (const record of zone.records) if (record.type === "MX") names.add(record.owner);
		for (const name of names) {
			if (!isWithin(name, apex(zone)) || belowCut(zone, name)) continue;
			const views = isPublished(zone, name) ? [] : index.viewsOf(name);
			if (views.some((view) => belowCut(view, name))) continue;
			const unseen = views.some((view) => isPublished(view, name));
			yield {
				...mailDomain(name, zone, index, paired.get(name)),
				unseen
			};
		}
	}
}
/** The policies whose domain is not known, or has no zone here: none at all, or one that delegates it to elsewhere. */
function* strayPolicies(housed, pairings, zones) {
	const nothing = {
		presence: "unknown",
		records: [],
		cname: void 0
	};
	const seen = new Set(housed);
	for (const { policy, domains, pairedBy } of pairings) {
		const names = domains.filter((name) => !seen.has(name));
		for (const name of names) seen.add(name);
		for (const name of domains.length === 0 ? [void 0] : names) yield {
			name,
			zone: void 0,
			zones,
			unseen: false,
			mx: [],
			sts: nothing,
			tlsrpt: nothing,
			policy,
			pairedBy
		};
	}
}
function mailDomain(name, zone, zones, pairing) {
	const sts = lookup(zone, zones, under("_mta-sts", name), "TXT");
	return {
		name,
		zone,
		zones,
		mx: recordsAt(zone, name, "MX").filter((record) => exchange(record) !== "."),
		sts: {
			...sts,
			records: distinct(sts.records).map(readStsRecord).filter((record) => record !== void 0)
		},
		tlsrpt: tlsrptOf(name, zone, zones),
		policy: pairing?.policy,
		pairedBy: pairing?.pairedBy ?? "none"
	};
}
/**
* What stands at `_smtp._tls`: a text that is no TLSRPT record, such as a wildcard's, is none; what another view of the zone
* holds is not absent.
*/
function tlsrptOf(name, zone, zones) {
	const owner = under("_smtp._tls", name);
	const answer = lookup(zone, zones, owner, "TXT");
	const records = distinct(answer.records).map(readTlsrptRecord).filter((record) => record !== void 0);
	if (records.length > 0 || answer.presence !== "present" && answer.presence !== "absent") return {
		...answer,
		records
	};
	const elsewhere = zones.viewsOf(name).some((view) => view !== zone && lookup(view, zones, owner, "TXT").presence !== "absent");
	return {
		...answer,
		records,
		presence: elsewhere || mayHoldMore(zone, owner) ? "unknown" : "absent"
	};
}
/** The same line twice is one record (RFC 2181 §5). */
function distinct(records) {
	return records.length < 2 ? records : [...new Map(records.toReversed().map((record) => [record.rdata, record])).values()].toReversed();
}

// src/discover/stillNeeded.ts
/**
* Says what must be read next so that every domain a change touches is known with both its halves, zone and policy, and with
* all that tells which belongs to which. Pure: the loader fetches and asks again, so the cost grows with the change and not
* with the repository.
*/
function stillNeeded(known) {
	const { listed, asked, config } = known;
	const changed = known.changed.filter((path) => worthReading(path, config) && !asked.has(path));
	if (changed.length > 0) return {
		list: false,
		paths: changed
	};
	const texts = [known.base, known.head];
	const sides = texts.map((sources) => survey({
		sources,
		unread: []
	}, config));
	const [base, head] = sides;
	const touched = /* @__PURE__ */ new Set([...known.changed, ...reassigned(base, head)]);
	const fragments = texts.some((sources) => holdsFragment(sources, touched, config));
	if (!listed) return {
		list: fragments || sides.some((side) => concerns(side, touched)) || tells(known),
		paths: []
	};
	const wanted = new Set(fragments ? zoneCandidates(listed, config) : []);
	for (const path of nameServerPaths(known, listed, sides, touched)) wanted.add(path);
	for (const side of sides) for (const path of otherHalves(side, touched, known, listed)) wanted.add(path);
	return {
		list: false,
		paths: [...wanted].filter((path) => !asked.has(path) && listed.has(path))
	};
}
function isTouched(zone, touched) {
	return zone !== void 0 && filesOf(zone).some((path) => touched.has(path));
}
function isDomainTouched({ zone, policy }, touched) {
	return isTouched(zone, touched) || policy !== void 0 && touched.has(policy.source.path);
}
/** Whether the change touches what only another file's `$INCLUDE` can make a zone of. */
function holdsFragment(sources, touched, config) {
	return [...sources.values()].some((source) => touched.has(source.path) && isFragment(source, config));
}
/** Whether a zone, a policy, or what looks like one changed: other files may say to which names it belongs. */
function concerns({ zones, policies, skipped }, touched) {
	return zones.some((zone) => isTouched(zone, touched)) || policies.some((policy) => touched.has(policy.source.path)) || skipped.some((file) => touched.has(file.path) && (file.holds === "policy" || file.reason === "a zone whose origin neither `$ORIGIN` nor the SOA record nor the file's name tells"));
}
/** Whether the change touches what tells a zone's origin or a policy's domain. */
function tells({ changed, config }) {
	return changed.some((path) => isNameServerFile(path, config) || tellsPolicies(path, config));
}
function tellsPolicies(path, config) {
	return isWebServerFile(path, config) || /(?:^|\/)CNAME$/.test(path);
}
/** Whether no zone was read in which senders find the domain; where the record is absent, another view may hold it. */
function isHomeless({ zone, policy, sts }) {
	return zone === void 0 || policy !== void 0 && sts.presence === "absent";
}
/** The name servers' configurations, and every file that they may mean by one that the change touches or that a domain needs. */
function* nameServerPaths({ config, changed, base, head }, listed, sides, touched) {
	yield* listed.holding(NAME_SERVER_WORDS).filter((path) => isNameServerFile(path, config));
	const claims = [zoneClaims(base, config), zoneClaims(head, config)];
	const both = claims.flat();
	if (both.length === 0) return;
	const fileNames = new Set(touchedClaims(claims, changed, config).map(fileName));
	const touchedNames = new Set([...touched].map((path) => posix.basename(path)));
	const homeless = sides.flatMap((side) => side.domains.filter((domain) => isDomainTouched(domain, touched) && isHomeless(domain)));
	for (const claim of both) if (homeless.some(({ name }) => name !== void 0 && isWithin(name, claim.origin)) || touchedNames.has(fileName(claim))) fileNames.add(fileName(claim));
	yield* namedAny(fileNames, listed, config);
}
function fileName({ file }) {
	return posix.basename(file);
}
/** What only one side's configurations say. */
function touchedClaims([base, head], changed, config) {
	if (!changed.some((path) => isNameServerFile(path, config))) return [];
	const key = ({ origin, file, from }) => JSON.stringify([
		origin,
		file,
		from
	]);
	const [before, after] = [new Set(base.map(key)), new Set(head.map(key))];
	return [...base.filter((claim) => !after.has(key(claim))), ...head.filter((claim) => !before.has(key(claim)))];
}
function* otherHalves(side, touched, { config, asked, changed }, listed) {
	for (const places of side.missing.values()) yield* places;
	const names = /* @__PURE__ */ new Set();
	const origins = new Set(side.zones.filter((zone) => isTouched(zone, touched)).map(apex));
	const homeless = /* @__PURE__ */ new Set();
	const targets = /* @__PURE__ */ new Set();
	for (const domain of side.domains) {
		if (!isDomainTouched(domain, touched)) continue;
		const { name, sts } = domain;
		if (name !== void 0) names.add(name);
		if (name !== void 0 && isHomeless(domain)) homeless.add(name);
		if (sts.cname) targets.add(sts.cname.rdata);
	}
	yield* namedAfter(targets, listed, config);
	const isTold = changed.some((path) => tellsPolicies(path, config));
	if (names.size === 0 && origins.size === 0 && side.pairings.length === 0 && !isTold) return;
	let stray = false;
	const candidates = policyCandidates(listed, config);
	for (const path of candidates) {
		const told = configured(config).policy(path) ?? [];
		const named = told.length > 0 ? told : [domainOfPath(path, names)].filter((name) => name !== void 0);
		if (named.length === 0) stray = true;
		else if (named.some((name) => names.has(name) || isBelow(name, origins))) yield path;
	}
	if (stray) {
		yield* candidates;
		for (const path of candidates) yield* cnameFiles(path);
		yield* listed.holding(WEB_SERVER_WORDS).filter((path) => isWebServerFile(path, config));
	}
	const likely = [...namedAfter(homeless, listed, config)];
	yield* likely;
	if (stray || homeless.size > 0 && likely.every((path) => asked.has(path))) yield* zoneCandidates(listed, config);
}
function isBelow(name, origins) {
	for (let at = name; at !== "."; at = parent(at)) if (origins.has(at)) return true;
	return false;
}
function zoneCandidates(listed, config) {
	return [...listed].filter((path) => mayBeZone(path, config));
}
function policyCandidates(listed, config) {
	return [.../* @__PURE__ */ new Set([...POLICY_FILES.flatMap((file) => listed.named(file)), ...configured(config).policies(listed)])].filter((path) => isPolicy(path, config) && worthReading(path, config));
}
/** More names than this are not looked for one by one: nearly every zone is wanted then. */
const MANY = 100;
/** More file names than this are faster looked for in one pass over all paths. */
const SEVERAL = 8;
/** The files that may be zones and have one of some names. */
function namedAny(fileNames, listed, config) {
	if (fileNames.size > SEVERAL) return zoneCandidates(listed, config).filter((path) => fileNames.has(posix.basename(path)));
	return [...fileNames].flatMap((file) => listed.named(file)).filter((path) => mayBeZone(path, config));
}
/** The files whose path holds one of some names, or one above it with two labels or more: where its zone most likely is. */
function namedAfter(names, listed, config) {
	if (names.size === 0) return [];
	const candidates = zoneCandidates(listed, config);
	if (names.size > MANY) return candidates;
	const parts = [...names].map(labels).flatMap((all) => all.slice(0, -1).map((_, depth) => display(`${all.slice(depth).join(".")}.`)));
	const wanted = [...new Set(parts)];
	const isConfigured = (path) => configured(config).zone(path)?.some((origin) => [...names].some((name) => isWithin(name, origin))) === true;
	return candidates.filter((path) => isConfigured(path) || wanted.some((part) => path.toLowerCase().includes(part)));
}

// src/load/followLinks.ts
/** As many as Linux follows. */
const MAX_HOPS$1 = 40;
/** In bytes; longer than any path. */
const LIMIT$1 = 16384;
/**
* Where symbolic links lead, by path, told from the entries of the same side alone, so that git's objects and the working tree
* agree: only to a regular file inside the tree, never through a folder that is a link itself. All links are read at once.
*/
async function followLinks(files, links, find) {
	const texts = /* @__PURE__ */ new Map();
	const followed = /* @__PURE__ */ new Map();
	let waiting = links;
	for (let wanted = links; wanted.length > 0;) {
		const blobs = await files.read(wanted, () => LIMIT$1);
		for (const entry of wanted) {
			const blob = blobs.get(entry);
			texts.set(entry.path, blob instanceof Uint8Array ? decodePath(Buffer.from(blob)) : void 0);
		}
		const further = /* @__PURE__ */ new Map();
		waiting = waiting.filter(({ path }) => {
			const found = follow(path, texts, find);
			if (typeof found === "string" || "through" in found) return followed.set(path, found), false;
			further.set(found.path, found);
			return true;
		});
		wanted = [...further.values()];
	}
	return followed;
}
/** Goes on from a link; a link on the way whose text is not known yet is the answer itself. */
function follow(link, texts, find) {
	const through = [];
	for (let at = link; through.length < MAX_HOPS$1;) {
		through.push(at);
		const text = texts.get(at);
		if (text === void 0 || text === "") return "symbolic link that cannot be read";
		if (text.startsWith("/")) return "symbolic link to an absolute path, not followed";
		if (/[^/.][^/]*\/+\.\.(?:\/|$)|\0/.test(text)) return "symbolic link through a folder and back, not followed";
		const target = posix.join(posix.dirname(at), text);
		if (target === ".." || target.startsWith("../")) return "symbolic link that leaves the repository, not followed";
		const entry = find(target);
		if (entry?.kind === "file") return {
			entry,
			through
		};
		if (entry?.kind !== "link") return "symbolic link that leads to no file here, not followed";
		if (!texts.has(target)) return entry;
		at = target;
	}
	return "symbolic link that leads in a circle";
}

// src/load/loadSnapshot.ts
/** In bytes. A policy over the 64 KB of RFC 8461 §3.3 is still read, so that it can be judged. */
const LIMITS = {
	zone: 100 * 2 ** 20,
	other: 2 ** 20
};
/** Looked for in files that are neither policy nor zone, before they are kept in memory. */
const TELLTALE = Buffer.from("STSv1");
/** The state of everything in a directory or at one revision. */
async function loadState(files, at, now, head, config) {
	const entries = await files.list(at);
	const side = new SideReader("head", files, config);
	const wanted = entries.filter((entry) => worthReading(entry.path, config));
	await side.follow(wanted, finder(entries));
	await side.read(wanted);
	side.leaveOut(entries);
	return {
		base: void 0,
		head: side.tree(),
		changed: /* @__PURE__ */ new Set(),
		past: [],
		pastComplete: true,
		gaps: side.gaps,
		moment: {
			now,
			head
		}
	};
}
/** Both sides of a change and the history it needs; `base` is the merge base. */
async function loadChange(repository, base, at, now, head, config) {
	const changes = await repository.diff(base.id, at);
	const changed = new Set(changes.map((change) => change.path));
	const sides = {
		base: new SideReader("base", repository, config),
		head: new SideReader("head", repository, config)
	};
	const trees = new BothTrees(changes);
	const asked = /* @__PURE__ */ new Set();
	const list = async () => {
		const listing = await repository.tree(base.id);
		if (listing.isCut) sides.base.gaps.push(cutListing(changes[0]?.path ?? ""));
		trees.list(listing);
		for (const path of await followBoth(sides, trees)) changed.add(path);
	};
	if (changes.some((change) => [change.base, change.head].some((entry) => entry && isOurLink(entry, config)))) await list();
	for (;;) {
		const needs = stillNeeded({
			config,
			changed: [...changed],
			listed: trees.listed,
			asked,
			base: sides.base.sources,
			head: sides.head.sources
		});
		if (needs.list) await list();
		const paths = [...new Set([sides.base, sides.head].flatMap((side) => side.withTwins(needs.paths)))].filter((path) => !asked.has(path));
		for (const path of paths) asked.add(path);
		if (paths.length > 0) {
			await sides.base.read(trees.entries("base", paths));
			await sides.head.read(trees.entries("head", paths), sides.base);
		} else if (!needs.list) break;
	}
	sides.head.leaveOut(trees.entries("head", changed));
	const [before, after] = [sides.base.tree(), sides.head.tree()];
	const surveys = {
		base: survey(before, config),
		head: survey(after, config)
	};
	return withPast({
		base: before,
		head: after,
		changed: /* @__PURE__ */ new Set([...changed, ...reassigned(surveys.base, surveys.head)]),
		past: [],
		pastComplete: true,
		gaps: [
			...sides.base.gaps,
			...sides.head.gaps,
			...replaced(surveys.base, after, sides.head.gaps)
		],
		moment: {
			now,
			head
		}
	}, surveys, repository, base, config);
}
/**
* What was a policy, or a zone with MTA-STS, and now is a link that leads nowhere, or something else that is not read. A link
* in place of a folder is none where head holds what the folder held under another folder's name.
*/
function replaced({ policies, domains }, { unread, sources }, gaps) {
	const zones = domains.filter(usesSts).flatMap(({ zone }) => zone ?? []);
	const judged = /* @__PURE__ */ new Set([...policies.map(({ source }) => source.path), ...zones.flatMap(filesOf)]);
	const isGone = (old, path) => {
		if (old === path) return true;
		const inside = old.slice(path.length);
		return old.startsWith(`${path}/`) && ![...sources.keys()].some((there) => `/${there}`.endsWith(inside));
	};
	const told = new Set(gaps.map(({ at }) => at.path));
	return unread.filter(({ path, leftOut }) => !leftOut && !told.has(path) && [...judged].some((old) => isGone(old, path))).map(({ path, reason }) => ({
		what: `${quote(path)} held a policy or a zone on the base, and now it is not read (${reason}), so nobody knows what it says.`,
		cure: "Put the file itself there, or delete it if it is meant to go.",
		at: startOf("head", path)
	}));
}
/** Follows the links of both sides; answers the paths of those that the change does not touch, but what they lead to. */
async function followBoth({ base, head }, trees) {
	await base.follow(trees.links("base"), (path) => trees.entry("base", path));
	await head.follow(trees.links("head"), (path) => trees.entry("head", path));
	const isChanged = (path) => trees.changes(path);
	return [...base.linksTo(isChanged), ...head.linksTo(isChanged)];
}
/** Finds entries by path; most repositories hold no link, so the index is made when it is first asked. */
function finder(entries) {
	let byPath;
	return (path) => (byPath ??= new Map(entries.map((entry) => [entry.path, entry]))).get(path);
}
/** Whether an entry is a symbolic link whose name may be that of a policy, a zone or what tells of them. */
function isOurLink({ path, kind }, config) {
	return kind === "link" && (isPolicy(path, config) || mayBeZone(path, config));
}
/** That the other halves of what changes may lie where nobody could look. */
function cutListing(path) {
	return {
		what: "the repository holds more files than GitHub lists, so the zones and policies that belong to this change may be missed.",
		cure: "Keep zones and policies in a repository of their own, or check a clone with the command line.",
		at: startOf("base", path)
	};
}
/** Adds the life of the paths whose rules ask for it. */
async function withPast(snapshot, surveys, repository, base, config) {
	const paths = historyNeeded(changesOf(surveys, snapshot, config));
	if (paths.length === 0) return snapshot;
	const { events, complete } = await repository.history(base.id, paths);
	const entries = events.flatMap(({ entry }) => entry?.kind === "file" ? [entry] : []);
	const blobs = await repository.read(entries, (path) => limitOf(path, config));
	const gaps = [...snapshot.gaps];
	const past = events.map(({ commit, of, entry }) => {
		const blob = entry && blobs.get(entry);
		const source = blob instanceof Uint8Array ? new Source("base", of, blob) : void 0;
		if (blob && !source && entry?.kind === "file") {
			const what = `this file as commit ${commit.id.slice(0, 12)} left it`;
			const size = "unread" in blob && blob.unread === "too-large" ? blob.size : void 0;
			gaps.push({
				...size === void 0 ? missingObject(repository, what) : tooLarge$1(what, size, limitOf(of, config)),
				at: startOf("base", of)
			});
		}
		return {
			moment: commit.date,
			commit: commit.id,
			of,
			source
		};
	});
	const pastCure = complete || !repository.host ? {} : { pastCure: UNTOLD };
	return {
		...snapshot,
		past,
		pastComplete: complete,
		...pastCure,
		gaps
	};
}
const UNTOLD = "GitHub did not tell the whole history of the policy. Run the job again; if that does not help, check a full clone with the command line.";
function limitOf(path, config) {
	return mayBeZone(path, config) ? LIMITS.zone : LIMITS.other;
}
/** What is read of one side, and what could not be. */
var SideReader = class {
	sources = /* @__PURE__ */ new Map();
	gaps = [];
	#unread = [];
	#side;
	#files;
	#config;
	#byId = /* @__PURE__ */ new Map();
	#links = /* @__PURE__ */ new Map();
	constructor(side, files, config) {
		this.#side = side;
		this.#files = files;
		this.#config = config;
	}
	/** Finds out where those of some entries lead that are links of ours. */
	async follow(entries, find) {
		const links = entries.filter((entry) => isOurLink(entry, this.#config));
		if (links.length > 0) this.#links = await followLinks(this.#files, links, find);
	}
	/** The links that lead to a path, or through one. */
	linksTo(isMeant) {
		return [...this.#links].flatMap(([link, followed]) => {
			return typeof followed !== "string" && [followed.entry.path, ...followed.through].some(isMeant) ? [link] : [];
		});
	}
	/** Some paths, and with a policy the links that are the same policy: it belongs to the domains of all of them. */
	withTwins(paths) {
		if (this.#links.size === 0) return paths;
		const fileOf = (path) => {
			const followed = this.#links.get(path);
			return typeof followed === "object" ? followed.entry.path : path;
		};
		const files = new Set(paths.filter((path) => isPolicy(path, this.#config)).map(fileOf));
		const twins = [...files, ...this.linksTo((path) => files.has(path))];
		return [...paths, ...twins.filter((path) => isPolicy(path, this.#config) && worthReading(path, this.#config))];
	}
	/** Reads entries, links as the file that they lead to; what `other` read under the same object id is not read again. */
	async read(entries, other) {
		const read = other ? other.#byId : /* @__PURE__ */ new Map();
		const places = /* @__PURE__ */ new Map();
		for (const each of entries) {
			const followed = this.#links.get(each.path);
			if (typeof followed === "string") this.#miss(each, { unread: "not-a-file" });
			if (typeof followed === "string" || each.kind === "link" && !followed) continue;
			const entry = followed?.entry ?? each;
			const place = places.get(entry.path) ?? {
				entry,
				paths: []
			};
			places.set(entry.path, place);
			place.paths.push(each.path);
		}
		const wanted = [];
		for (const { entry, paths } of places.values()) {
			const bytes = entry.id === "" ? void 0 : read.get(entry.id);
			if (bytes) this.#add(entry, paths, bytes);
			else wanted.push(entry);
		}
		const pathsOf = (path) => places.get(path)?.paths ?? [];
		const blobs = await this.#files.read(wanted, (path) => Math.max(...pathsOf(path).map((as) => limitOf(as, this.#config))), (path, bytes) => pathsOf(path).some((as) => keep(as, bytes, this.#config)));
		for (const [entry, blob] of blobs) if (blob instanceof Uint8Array) this.#add(entry, pathsOf(entry.path), blob);
		else for (const path of pathsOf(entry.path)) this.#miss({
			...entry,
			path
		}, blob);
	}
	/** Notes what was left out by its folder. */
	leaveOut(entries) {
		for (const { path, kind } of entries) {
			const reason = leftOut(path, this.#config);
			if (reason !== void 0 && kind === "file" && isMissed(path, this.#config)) this.#unread.push({
				path,
				reason,
				leftOut: true
			});
		}
	}
	tree() {
		return {
			sources: this.sources,
			unread: this.#unread,
			repositoryName: this.#files.name
		};
	}
	#add({ path: file, id }, paths, bytes) {
		for (const path of paths) this.sources.set(path, new Source(this.#side, path, bytes, { file }));
		if (id !== "") this.#byId.set(id, bytes);
	}
	#miss({ path, kind }, blob) {
		const config = this.#config;
		if (blob.unread === "not-a-file") {
			const what = kind === "link" ? this.#links.get(path) : kind === "submodule" ? "submodule, not read" : "no regular file";
			if (isPolicyPath(path, config) || mayBeZone(path, config)) this.#unread.push({
				path,
				reason: what
			});
			return;
		}
		if (blob.unread === "too-large" && !isPolicyPath(path, config) && !isNamedLikeZone(path)) {
			if (mayBeZone(path, config)) this.#unread.push({
				path,
				reason: `${blob.size ?? "too many"} bytes, over the limit of ${limitOf(path, config)}`
			});
			return;
		}
		const at = startOf(this.#side, path);
		const gap = blob.unread === "missing" ? missingObject(this.#files, "a file of this commit") : tooLarge$1("the file", blob.size, limitOf(path, config));
		this.gaps.push({
			...gap,
			at
		});
		this.#unread.push({
			path,
			reason: gap.what.replace(/\.$/, "")
		});
	}
};
function tooLarge$1(what, size, limit) {
	return {
		what: `${what} has ${size ?? "too many"} bytes; the limit is ${limit}.`,
		cure: "Split it or take it out of the repository."
	};
}
/** Whether a file's bytes may be ours: a policy, perhaps a zone, or text that speaks of MTA-STS. */
function keep(path, bytes, config) {
	if (isPolicyPath(path, config) || mayBeZone(path, config) || /(?:^|\/)CNAME$/.test(path)) return true;
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(TELLTALE) >= 0;
}
/** Both sides' entries: base as listed, head as base with the changes laid over. */
var BothTrees = class {
	#changes;
	#base;
	constructor(changes) {
		this.#changes = new Map(changes.map((change) => [change.path, change]));
	}
	list(base) {
		this.#base = base;
	}
	get listed() {
		return this.#base && this;
	}
	has(path) {
		return this.#changes.has(path) || this.#base?.has(path) === true;
	}
	named(file) {
		const changed = [...this.#changes.keys()].filter((path) => `/${path}`.toLowerCase().endsWith(`/${file.toLowerCase()}`));
		return [.../* @__PURE__ */ new Set([...this.#base?.named(file) ?? [], ...changed])];
	}
	holding(words) {
		const changed = [...this.#changes.keys()].filter((path) => words.some((word) => path.includes(word)));
		return [.../* @__PURE__ */ new Set([...this.#base?.holding(words) ?? [], ...changed])];
	}
	/** Whether a path is one that differs. */
	changes(path) {
		return this.#changes.has(path);
	}
	/** The symbolic links of one side. */
	links(side) {
		const stays = (this.#base?.links() ?? []).filter((entry) => side === "base" || !this.#changes.has(entry.path));
		if (side === "base") return stays;
		return [...stays, ...[...this.#changes.values()].flatMap(({ head }) => head?.kind === "link" ? [head] : [])];
	}
	entry(side, path) {
		const change = this.#changes.get(path);
		return change ? change[side] : this.#base?.entry(path);
	}
	*[Symbol.iterator]() {
		yield* /* @__PURE__ */ new Set([...this.#base ?? [], ...this.#changes.keys()]);
	}
	entries(side, paths) {
		return [...paths].flatMap((path) => this.entry(side, path) ?? []);
	}
};

// src/discover/applyFixes.ts
/** The snapshot as it would be with fixes applied to head, or undefined if two of them want different things of one place. */
function applyFixes(snapshot, fixes) {
	const sources = new Map(snapshot.head.sources);
	const byPath = groupedBy(fixes.flatMap((fix) => fix.edits), (edit) => edit.at.path);
	const changed = /* @__PURE__ */ new Set([...snapshot.changed, ...byPath.keys()]);
	for (const [path, edits] of byPath) {
		const texts = textsIn(snapshot.head, path);
		const bytes = texts[0] && edited(texts[0].bytes, edits);
		if (!bytes) return void 0;
		for (const text of texts) sources.set(text.path, new Source("head", text.path, bytes, { file: path }));
		for (const text of texts) changed.add(text.path);
	}
	return {
		...snapshot,
		head: {
			...snapshot.head,
			sources
		},
		changed
	};
}
/**
* The fixes of findings that can be applied together: one that wants another thing of a place than one before it is left for
* the next time.
*/
function fixesTogether(findings) {
	const files = /* @__PURE__ */ new Map();
	return findings.flatMap(({ fix }) => {
		const added = [];
		for (const edit of fix?.edits ?? []) {
			const there = files.get(edit.at.path) ?? [];
			files.set(edit.at.path, there);
			const index = placeOf$2(edit, there);
			if (there[index] && compare(edit, there[index]) === 0) continue;
			if (isOver(there[index - 1], edit) || isOver(edit, there[index])) {
				for (const undone of added) files.get(undone.at.path)?.splice(placeOf$2(undone, files.get(undone.at.path) ?? []), 1);
				return [];
			}
			there.splice(index, 0, edit);
			added.push(edit);
		}
		return fix ? [fix] : [];
	});
}
/** Where an edit stands, or would stand, among the edits of its file. */
function placeOf$2(edit, edits) {
	let [from, to] = [0, edits.length];
	while (from < to) {
		const middle = from + to >> 1;
		if (compare(edits[middle], edit) < 0) from = middle + 1;
		else to = middle;
	}
	return from;
}
function compare(a, b) {
	if (a.at.start.offset !== b.at.start.offset) return a.at.start.offset - b.at.start.offset;
	if (a.at.end.offset !== b.at.end.offset) return a.at.end.offset - b.at.end.offset;
	return a.newText === b.newText ? 0 : a.newText < b.newText ? -1 : 1;
}
function isOver(before, after) {
	return before !== void 0 && after !== void 0 && after.at.start.offset < before.at.end.offset;
}
/** The bytes with edits applied, equal ones once; undefined if they overlap. */
function edited(bytes, edits) {
	const ordered = [...new Map(edits.map((edit) => [JSON.stringify([
		edit.at.start.offset,
		edit.at.end.offset,
		edit.newText
	]), edit])).values()].toSorted((a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset);
	const parts = [];
	let at = 0;
	for (const edit of ordered) {
		if (edit.at.start.offset < at) return void 0;
		parts.push(bytes.subarray(at, edit.at.start.offset), encoder.encode(edit.newText));
		at = edit.at.end.offset;
	}
	parts.push(bytes.subarray(at));
	return Buffer.concat(parts);
}
const encoder = new TextEncoder();

// src/discover/ignoresFor.ts
/** The ignores that count for a change: those of the configuration, and the zones' comments on base, without a base on head. */
function ignoresFor({ base, moment: { now } }, changes, config, rules) {
	const zones = /* @__PURE__ */ new Set([...changes.zones, ...changes.domains.map((domain) => domain.zone)]);
	const domains = /* @__PURE__ */ new Map();
	for (const { base: before, head } of zones) for (const zone of [before, head]) if (zone) domains.set(zone.source.file, [.../* @__PURE__ */ new Set([...domains.get(zone.source.file) ?? [], apex(zone)])]);
	for (const { base: before, head, domains: names } of changes.policies) for (const policy of [before, head]) if (policy) domains.set(policy.source.file, names);
	return {
		configured: config.ignores,
		comments: [...zones].flatMap((change) => {
			const { ignores = [] } = commentsOf(change, rules)[base ? "base" : "head"] ?? {};
			return ignores.length === 0 ? [] : {
				ignores,
				zones: [change.base, change.head].flatMap((zone) => zone ?? [])
			};
		}),
		domainsOf: (path) => domains.get(path) ?? [],
		now
	};
}
/** What the comments of a zone ask for, on both sides. */
function commentsOf({ base, head, moment }, rules) {
	const read = reader(rules);
	return {
		moment,
		...base ? { base: read(base) } : {},
		...head ? { head: read(head) } : {}
	};
}
const reader = memo((rules) => memo((zone) => parseZoneIgnores(zone, rules)));

// src/review.ts
/**
* Judges a change: runs every rule on base→head and on base→base and subtracts, so that what base already had is
* `existing` and what head no longer has is `fixed`. Pure: no clock, no network, no file.
*/
function review(snapshot, config) {
	const sides = surveys(snapshot, config);
	const changes = changesOf(sides, snapshot, config);
	const base = snapshot.base ? judge$1(changesOf({
		base: sides.base,
		head: sides.base
	}, snapshot, config), {
		...snapshot,
		gaps: [],
		configs: twice(snapshot.configs?.base)
	}, config) : [];
	const severities = new Map(base.map((finding) => [finding.fingerprint, finding.severity]));
	const isOld = ({ fingerprint, severity }) => {
		const before = severities.get(fingerprint);
		return before !== void 0 && !outranks(severity, before);
	};
	const before = numbered(withoutReplaced(base));
	const judged = judge$1(changes, snapshot, config);
	const after = numbered(withoutReplaced(judged, isOld), before);
	const tried = (fixes) => {
		const trial = applyFixes(snapshot, fixes);
		if (!trial) return void 0;
		const after = surveys(trial, config);
		const found = withoutReplaced(judge$1(changesOf(after, trial, config), trial, config), isOld);
		return snapshot.base ? found : [...found, ...unseen(trial, sides.head, after.head)];
	};
	/** Senders see a mended policy only under a new id, also where no base tells that it changes. */
	const unseen = (trial, before, after) => {
		const change = {
			...trial,
			base: snapshot.head
		};
		return judge$1(changesOf({
			base: before,
			head: after
		}, change, config), change, config, ["id-not-bumped"]);
	};
	const sorted = withSoundFixes(subtract(before, after, judged, unseenAtHead(changes, snapshot)), affordableTrials(snapshot, changes, after.length), tried, snapshot.head.sources).toSorted(worstFirst);
	return {
		...withoutIgnored(sorted, ignoresFor(snapshot, changes, config, RULES)),
		changes,
		sides
	};
}
function surveys(snapshot, config) {
	const head = survey(snapshot.head, config);
	return {
		base: snapshot.base ? survey(snapshot.base, config) : head,
		head
	};
}
function twice(file) {
	return {
		base: file,
		head: file
	};
}
function judge$1(changes, { gaps, configs, moment, base }, { severities }, ids = Object.keys(RULES)) {
	const files = base ? configs : twice(configs?.head);
	const settings = {
		moment,
		comments: changes.zones.map((change) => commentsOf(change, RULES)),
		rules: RULES,
		...files?.base ? { base: files.base } : {},
		...files?.head ? { head: files.head } : {}
	};
	const findings = [];
	for (const id of ids) {
		const rule = RULES[id];
		const severity = severities.get(id) ?? rule.severity;
		if (severity === "off") continue;
		const add = (reports, domain) => {
			for (const report of reports ?? []) {
				const found = finding(id, {
					...rule,
					severity
				}, domain, report);
				findings.push(severities.has(id) ? {
					...found,
					severity
				} : found);
			}
		};
		for (const change of changes.domains) add(rule.domain?.(change), change.head?.name ?? change.base?.name ?? null);
		for (const change of changes.policies) add(rule.policy?.(change), change.domains.length === 1 ? change.domains[0] ?? null : null);
		for (const change of changes.zones) if (concernsSts(id, change)) add(rule.zone?.(change), null);
		for (const change of changes.unread) add(rule.unread?.(change), null);
		add(rule.config?.(settings), null);
		for (const gap of gaps) add(rule.gap?.(gap), null);
	}
	return told(findings);
}
/** One place says one thing once, however many views of a zone a domain has, and however many zones include a file. */
function told(findings) {
	return [...new Map(findings.toReversed().map((finding) => [`${saidBy(finding)} ${finding.at.start.offset} ${finding.at.path}`, finding])).values()].toReversed();
}
function saidBy({ domain, rule, message, fingerprint }) {
	return domain === null ? JSON.stringify([rule, message]) : fingerprint;
}
/** How many times the change may be judged anew to try fixes: some seconds at most, by what parsing and judging take. */
function affordableTrials({ head }, { domains }, findings) {
	let bytes = 0;
	for (const source of head.sources.values()) bytes += source.bytes.length;
	const milliseconds = 1 + bytes / 2e4 + (domains.length + findings) / 10;
	return Math.min(200, Math.max(4, Math.floor(4e3 / milliseconds)));
}
/** Zones without MTA-STS are none of our business, except a broken one whose text speaks of it. */
function concernsSts(rule, change) {
	if (change.holdsSts) return true;
	return rule === "zone-syntax" && [change.base, change.head].some((zone) => zone && /_mta-sts/i.test(zone.source.text().replaceAll("\0", "")));
}
function finding(rule, { severity, references }, domain, report) {
	const fingerprint = createHash("sha256").update(JSON.stringify([
		rule,
		domain,
		...report.values
	])).digest("hex").slice(0, 32);
	return {
		reference: references[0],
		severity,
		...report,
		rule,
		domain,
		status: "new",
		fingerprint
	};
}
/** Faults that say the same are numbered; one that stands in the file of a known one keeps its number. */
function numbered(findings, known = []) {
	const before = groupedBy(known, (finding) => fault(finding.fingerprint));
	const numbers = /* @__PURE__ */ new Map();
	for (const [fingerprint, alike] of groupedBy(findings, (finding) => finding.fingerprint)) {
		const taken = /* @__PURE__ */ new Set();
		const slots = groupedBy((before.get(fingerprint) ?? []).entries(), ([, { at }]) => at.path);
		const rest = alike.filter((finding) => {
			const slot = slots.get(finding.at.path)?.shift();
			if (!slot) return true;
			taken.add(slot[0]);
			numbers.set(finding, slot[0]);
			return false;
		});
		let number = 0;
		for (const finding of rest) {
			while (taken.has(number)) number++;
			numbers.set(finding, number++);
		}
	}
	return findings.map((finding) => {
		const number = numbers.get(finding) ?? 0;
		return number === 0 ? finding : {
			...finding,
			fingerprint: `${finding.fingerprint}-${number + 1}`
		};
	});
}
/** What `judged` holds and `after` does not stands behind another finding: it is not fixed. */
function subtract(before, after, judged, isUnseen) {
	const known = new Map(before.map((finding) => [finding.fingerprint, finding]));
	const found = new Set(after.map((finding) => finding.fingerprint));
	const kept = new Set(after.map((finding) => fault(finding.fingerprint)));
	const replaced = new Set(judged.map((finding) => finding.fingerprint).filter((fingerprint) => !kept.has(fingerprint)));
	return [...after.map((finding) => {
		const old = known.get(finding.fingerprint);
		return old && !outranks(finding.severity, old.severity) ? {
			...finding,
			status: "existing"
		} : finding;
	}), ...before.filter(({ fingerprint }) => !found.has(fingerprint) && !replaced.has(fault(fingerprint))).filter((finding) => !isUnseen(finding)).map((finding) => ({
		...withoutFix(finding),
		status: "fixed"
	}))];
}
/** Whether a finding of base lies in a file that the change made unreadable: nobody knows whether it is still there. */
function unseenAtHead({ domains }, { gaps }) {
	const unread = new Set(gaps.map(({ at }) => at.path));
	const murky = new Set(domains.flatMap(({ base, head }) => head && !(base && murkyFiles(base).length > 0) ? murkyFiles(head) : []));
	return ({ at, rule }) => unread.has(at.path) || murky.has(at.path) && !seesFaults(rule);
}
const ORDER = {
	new: 0,
	existing: 1,
	fixed: 2
};
function worstFirst(a, b) {
	if (a.status !== b.status) return ORDER[a.status] - ORDER[b.status];
	if (a.severity !== b.severity) return outranks(a.severity, b.severity) ? -1 : 1;
	if (a.at.path !== b.at.path) return a.at.path < b.at.path ? -1 : 1;
	return a.at.start.offset - b.at.start.offset || (a.rule < b.rule ? -1 : 1);
}

// src/judge/judge.ts
/**
* Reads what a task is about, and judges it; `configPath` stands in for the usual path of the configuration, and `commits` are
* those of the task where they were asked for before.
*/
async function judge(repository, task, configPath, now, commits = commitsOf(repository, task)) {
	const path = configPath ?? ".github/mta-sts-guard.yml";
	const { fork, head } = await commits;
	const found = await loadConfig(repository, {
		base: fork?.id,
		head: head.id
	}, RULES, path);
	if (configPath !== void 0 && !found.files.base && !found.files.head) throw new Unusable(`The input \`config\` names ${quote(configPath)}, and the repository has no such file: correct the path, or leave the input out.`);
	const config = fork && task.kind === "change" ? await configNow(repository, task.base, fork.id, found, path) : found.config;
	const loaded = fork ? await loadChange(repository, fork, head.id, now, head.date, config) : await loadState(repository, head.id, now, head.date, config);
	const snapshot = withConfig(loaded, found);
	const state = task.kind === "change" && fork && await isSetUp(repository, snapshot, {
		...task,
		head: head.id
	}, path) ? await judgeState(repository, fork.id, now, {
		...found,
		config
	}) : void 0;
	return {
		snapshot,
		config,
		review: review(snapshot, config),
		base: fork?.id ?? null,
		head: head.id,
		state
	};
}
/**
* The configuration that the base has now. Where the branch left it, an older one may lie: whoever opens a pull request chooses
* that place, and must not choose how it is judged.
*/
async function configNow(repository, base, fork, found, path) {
	const { id } = await repository.resolve(base);
	return id === fork ? found.config : configAt(repository, id, RULES, path);
}
async function judgeState(repository, at, now, found) {
	const { date } = await repository.resolve(at);
	const files = {
		base: void 0,
		head: found.files.base
	};
	const snapshot = withConfig(await loadState(repository, at, now, date, found.config), {
		...found,
		files
	});
	return {
		snapshot,
		review: review(snapshot, found.config)
	};
}
/** In bytes; workflows are short. */
const LIMIT = 262144;
/**
* Whether a change adds or alters what sets this action up: its configuration, the workflow that runs it (by whatever name), or
* another one that uses it.
*/
async function isSetUp(repository, { changed }, { head, workflow }, configPath) {
	if (changed.has(configPath) || workflow !== void 0 && changed.has(workflow)) return true;
	const workflows = [];
	for (const path of changed) {
		const entry = /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ? await repository.entry(head, path) : void 0;
		if (entry?.kind === "file") workflows.push(entry);
	}
	return [...(await repository.read(workflows, () => LIMIT)).values()].some((blob) => blob instanceof Uint8Array && USES.test(Buffer.from(blob).toString("latin1")));
}
const USES = /^[^#\n]*\buses:\s*["']?[^\s"'#]*mta-sts-guard[^\s"'#]*@/m;

// src/render/severityCounts.ts
/** How many findings of each severity there are, worst first, none left out but zeros: `2 errors`, `1 notice`. */
function severityCounts(findings) {
	return Object.entries(bySeverity(findings)).flatMap(([severity, count]) => count > 0 ? [plural(count, severity)] : []);
}

// src/render/checkOutput.ts
/** Characters; GitHub takes 255, and 64 KB of message. */
const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 16e3;
/** More than a reader follows; the worst come first. */
const MOST$1 = 500;
const LEVEL = {
	error: "failure",
	warning: "warning",
	notice: "notice"
};
/** The line that a check shows in the list of checks: what was found, in numbers. */
function checkTitle(review, conclusion) {
	if (conclusion === "incomplete") return "Could not be judged: something that a rule needs could not be read";
	const { zones, policies } = lookedAt(review);
	const found = severityCounts(review.findings.filter((finding) => counts(finding, false)));
	if (found.length > 0) return `${found.join(", ")} new`;
	return zones + policies === 0 ? "No DNS files in this change" : `Nothing wrong in ${lookedAtLine(lookedAt(review))}`;
}
/** The new findings that stand on a line of head, as annotations of a check run, worst first. */
function checkAnnotations(findings) {
	return findings.filter(({ status }) => status === "new").flatMap((finding) => annotationOf(finding) ?? []).slice(0, MOST$1);
}
function annotationOf({ at, related = [], rule, reference, severity, message }) {
	const span = [at, ...related.map((other) => other.at)].find(({ side }) => side === "head");
	if (!span) return void 0;
	const { path, start, end } = span;
	const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
	const columns = start.line === end.line && end.column > start.column;
	return {
		path,
		start_line: start.line,
		end_line: last,
		...columns ? {
			start_column: start.column,
			end_column: end.column
		} : {},
		annotation_level: LEVEL[severity],
		title: `${rule} (${reference})`.slice(0, LONGEST_TITLE),
		message: Array.from(message.slice(0, 2 * LONGEST_MESSAGE)).slice(0, LONGEST_MESSAGE).join("")
	};
}

// src/render/linksTo.ts
/** Where places of two commits can be looked at in a repository on GitHub; without a base every place is one of head. */
function linksTo(repositoryUrl, commits) {
	return ({ side, path, start, end }) => {
		const file = pathInUrl(path);
		const commit = commits[side] ?? commits.head;
		const last = end.line > start.line && end.column > 1 ? `-L${end.line}` : "";
		return file === void 0 ? void 0 : `${repositoryUrl}/blob/${commit}/${file}#L${start.line}${last}`;
	};
}

// src/render/sourceUrl.ts
/** Where a rule's reference can be read: a section of an RFC, `RFC 8461 §3.1`, or a document of ours, `docs/configuration.md`. */
function sourceUrl(reference) {
	if (reference.startsWith("docs/")) return repositoryUrl(reference);
	const [, number, section] = /^RFC (\d+)(?: §(\d+(?:\.\d+)*))?/.exec(reference) ?? [];
	if (number === void 0) return void 0;
	return `https://www.rfc-editor.org/rfc/rfc${number}.html${section === void 0 ? "" : `#section-${section}`}`;
}

// src/render/markdownSafe.ts
/** What hides, reverses or moves text. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const UNSHOWN_BUT_LINES = /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Between two characters that GitHub would read as one thing; no width. */
const APART = "​";
/** A stranger's text in a code span: one line, clipped, what is invisible shown by its number. */
function codeSpan(text, longest = 200) {
	const shown = clipped$1(text, longest).replace(UNSHOWN, codePoint).replaceAll("<!--", "<! --");
	if (shown.trim() === "") return "`(empty)`";
	const fence = "`".repeat(longestRun(shown) + 1);
	const pad = /^[`\s]|[`\s]$/.test(shown) ? " " : "";
	return `${fence}${pad}${shown}${pad}${fence}`;
}
/** A code span that is safe in a table, whose cells end at a `|` wherever it stands. */
function cellSpan(text, longest) {
	return codeSpan(text, longest).replaceAll("|", codePoint("|"));
}
/** A stranger's lines as a fenced block that ends with its fence; `text` needs no final line end. */
function codeBlock(text, language) {
	const shown = text.replaceAll("\r\n", "\n").replace(UNSHOWN_BUT_LINES, codePoint).replaceAll("<!--", "<! --");
	const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
	return `${fence}${language}\n${shown === "" || shown.endsWith("\n") ? shown : `${shown}\n`}${fence}`;
}
/** Text as one paragraph that means nothing but itself: no markup, no HTML, no mention, no reference, no link. */
function escaped(text, longest = 4e3) {
	return clipped$1(text, longest).replace(UNSHOWN, codePoint).replace(/[\\`*_[\]~$]/g, "\\$&").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/@(?=\S)/g, `@${APART}`).replace(/#(?=\d)/g, `#${APART}`).replace(/\b(GH-)(?=\d)/gi, `$1${APART}`).replaceAll("|", "&#124;").replace(/:(?=[\w+-]+:)/g, `:${APART}`).replaceAll("://", `:${APART}//`).replace(/\b(www)\./gi, `$1${APART}.`).replace(/\b(mailto|xmpp):/gi, `$1${APART}:`).replace(/^(\s*)([-+=#]|\d+(?=[.)]))/, (_, blanks, mark) => /\d/.test(mark) ? `${blanks}${mark}${APART}` : `${blanks}\\${mark}`);
}
/**
* A message of ours, in which a stranger's text stands in backquotes only: those become code spans, the rest is escaped; in it
* a section of an RFC, and a page of our own tables, become links. The length is that of the message, which rules keep short.
*/
function prose(message) {
	return message.split(/(`[^`\n]*`)/).map((part, index) => index % 2 === 1 ? codeSpan(part.slice(1, -1)) : withPages(part)).join("");
}
/** The only addresses that become links are those that we wrote down ourselves, whoever brings them into a message. */
function withPages(text) {
	return text.split(PAGES).map((part, index) => index % 2 === 1 ? `<${part}>` : withReferences(escaped(part))).join("");
}
const PAGES = new RegExp(`(${PROVIDER_PAGES.map((page) => page.replace(/[.?+*]/g, "\\$&")).join("|")})`);
function withReferences(text) {
	return text.replace(/RFC \d+ §\d+(?:\.\d+)*/g, (reference) => `[${reference}](${sourceUrl(reference) ?? ""})`);
}
function clipped$1(text, longest) {
	const points = Array.from(text.slice(0, 2 * longest + 2));
	return points.length > longest ? `${points.slice(0, longest).join("")}…` : text;
}
function longestRun(text) {
	return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

// src/render/piecesOf.ts
const LF$1 = 10;
/**
* A fix as whole lines of head and what they become, in the order of paths and lines. Edits of one line are one piece, and so
* are those within `reach` lines. Undefined where a text is not known.
*/
function piecesOf({ edits }, text, reach = 1) {
	const pieces = [];
	for (const [path, inFile] of groupedBy(edits, (edit) => edit.at.path)) {
		const source = text(path);
		if (!source) return void 0;
		const ordered = inFile.toSorted((a, b) => a.at.start.offset - b.at.start.offset);
		for (const close of closeOnes(ordered, source, reach)) pieces.push(pieceOf(close, source, path));
	}
	return pieces.toSorted((a, b) => a.path === b.path ? a.first - b.first : a.path < b.path ? -1 : 1);
}
/** Which lines an edit touches; one that ends at the start of a line leaves that line alone. */
function linesOf({ at }, source) {
	const first = at.start.offset > 0 && at.start.offset === source.bytes.length && at.start.column === 1 ? at.start.line - 1 : at.start.line;
	return {
		first,
		last: at.end.column === 1 && at.end.line > first ? at.end.line - 1 : at.end.line
	};
}
function closeOnes(edits, source, reach) {
	const groups = [];
	for (const edit of edits) {
		const range = linesOf(edit, source);
		const group = groups.at(-1);
		if (group && (range.first <= group.range.last || range.last - group.range.first < reach)) {
			group.edits.push(edit);
			group.range = {
				first: group.range.first,
				last: Math.max(group.range.last, range.last)
			};
		} else groups.push({
			range,
			edits: [edit]
		});
	}
	return groups.map((group) => group.edits);
}
function pieceOf(edits, source, path) {
	const ranges = edits.map((edit) => linesOf(edit, source));
	const first = Math.min(...ranges.map((range) => range.first));
	const last = Math.max(...ranges.map((range) => range.last));
	const [start, end] = [source.lineStart(first), source.lineStart(last + 1)];
	let [after, at] = ["", start];
	for (const edit of edits) {
		after += source.text(at, edit.at.start.offset) + edit.newText;
		at = edit.at.end.offset;
	}
	after += source.text(at, end);
	return {
		path,
		first,
		last,
		before: source.text(start, end),
		after,
		isExact: isExact(source, start, end, after)
	};
}
/** Characters that a comment's text does not keep, or that nobody sees. */
const ALTERED = /\r|<!--|(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\uFFFD/u;
/** Bytes; a longer stretch is no suggestion that somebody can read. */
const LONGEST$1 = 1e4;
/** Whether a suggestion can say it: whole lines that both end as they ended, in text that comes through a comment unharmed. */
function isExact(source, start, end, after) {
	if (end - start + after.length > LONGEST$1) return false;
	return end > start && source.bytes[end - 1] === LF$1 && (after === "" || after.endsWith("\n")) && !ALTERED.test(after) && !ALTERED.test(source.text(start, end));
}

// src/render/offer.ts
/** A fix that somebody has to write by hand; without its edits where a text is not at hand. */
function offerByHand(fix, text, editUrl = () => void 0) {
	return {
		title: fix.title,
		here: void 0,
		elsewhere: [],
		byHand: piecesOf(fix, text) ?? [],
		editUrl
	};
}
/** Characters; longer edits are told by their place only, so that a comment stays under GitHub's limit. */
const LONGEST_DIFF = 12e3;
/** So many places of a fix are told in one comment. */
const MOST_EDITS = 10;
/** A fix in Markdown, a paragraph or block each: what it does, what a click applies, and what has to be written by hand. */
function offerMarkdown({ title, here, elsewhere, byHand, editUrl }) {
	const parts = [`**Fix: ${prose(title)}**`];
	if (here) parts.push(suggestion(here));
	if (elsewhere.length > 0) parts.push(here ? together$1(elsewhere) : standsAt(elsewhere));
	const isLong = sizeOf$1(byHand) > LONGEST_DIFF;
	for (const piece of byHand.slice(0, MOST_EDITS)) {
		const url = editUrl(piece.path, piece.first);
		const where = `In ${placeOf$1(piece)}${url === void 0 ? "" : ` ([edit this file](${url}))`}:`;
		parts.push(where, isLong ? "The edit is too long to show." : editDiff(piece));
	}
	if (isLong || byHand.length > MOST_EDITS) parts.push(`There are ${plural(byHand.length, "edit")} in all; \`mta-sts-guard check --fix\` makes them.`);
	if (byHand.length > 1) parts.push("These edits belong together: make all of them at once.");
	return parts;
}
function sizeOf$1(pieces) {
	return pieces.reduce((sum, { before, after }) => sum + before.length + after.length, 0);
}
const BATCH = "Apply them together: _Files changed_, _Add suggestion to batch_ at each, then _Commit suggestions_.";
function standsAt(pieces) {
	if (pieces.length === 1) return `The suggestion for it stands at ${placesOf(pieces)}.`;
	return `The suggestions for it stand at ${placesOf(pieces)}. ${BATCH}`;
}
/** Where the other suggestions of a fix stand, and how all of them are applied at once. */
function together$1(others) {
	return `It belongs together with the suggestion at ${placesOf(others)}. ${BATCH}`;
}
function placesOf(pieces) {
	return pieces.map(placeOf$1).join(", and at ");
}
/** The lines of a file as a comment names them. */
function placeOf$1({ path, first, last }) {
	return `${codeSpan(path)}, ${first === last ? `line ${first}` : `lines ${first} to ${last}`}`;
}
/** GitHub takes the text between the fences for whole lines, each as it stands; only for a piece that `isExact`. */
function suggestion({ after }) {
	const runs = Array.from(after.matchAll(/`+/g), ([run]) => run.length);
	const fence = "`".repeat(Math.max(2, ...runs) + 1);
	return `${fence}suggestion\n${after}${fence}`;
}
function editDiff({ before, after }) {
	const [from, to] = [linesIn(before), linesIn(after)];
	const { lead, tail } = sameEnds(from, to);
	const marked = (lines, mark) => lines.map((line) => `${mark}${line}`);
	const lines = [
		...marked(from.slice(0, lead), " "),
		...marked(from.slice(lead, from.length - tail), "-"),
		...marked(to.slice(lead, to.length - tail), "+"),
		...marked(from.slice(from.length - tail), " ")
	];
	return codeBlock(lines.join("\n"), "diff");
}

// src/render/fitted.ts
/** The first pieces of a list that fit into some bytes of UTF-8 with what stands between them, and how many do not. */
function fitted(pieces, bytes, between = "\n\n") {
	const shown = [];
	let used = 0;
	let left = 0;
	for (const piece of pieces) {
		used += Buffer.byteLength(piece) + between.length;
		if (left > 0 || used > bytes) left++;
		else shown.push(piece);
	}
	return {
		shown,
		left
	};
}

// src/render/listed.ts
/** The pieces that fit, and how many do not; empty without pieces. */
function listed(pieces, { bytes, rest }, between = "\n") {
	const { shown, left } = fitted(pieces, bytes, between);
	const more = `${left} more${rest === void 0 ? `, which ${left === 1 ? "does" : "do"} not fit here` : `, ${rest}`}.`;
	return [...shown.length > 0 ? [shown.join(between)] : [], ...left > 0 ? [more] : []].join("\n\n");
}
/** A list under a heading; empty without pieces. */
function section(title, pieces, room, between = "\n") {
	return pieces.length === 0 ? "" : `### ${title}\n\n${listed(pieces, room, between)}`;
}
/** A list behind a line that opens it; empty without pieces. */
function folded(title, pieces, room, between = "\n") {
	if (pieces.length === 0) return "";
	return `<details><summary>${escaped(title)}</summary>\n\n${listed(pieces, room, between)}\n\n</details>`;
}

// src/render/domainTable.ts
/** The domains of a change that use MTA-STS as a Markdown table, each value `base → head` where it changes; empty without any. */
function domainTable(domains, room) {
	const using = domains.filter(({ base, head }) => usesSts(base) || usesSts(head));
	if (using.length === 0) return "";
	const others = domains.length - using.length;
	return [`| Domain | Mode | Id | MX covered | TLSRPT |\n|---|---|---|---|---|\n${listed(using.map(row), room)}`, ...others > 0 ? [`${plural(others, "more domain")} ${others === 1 ? "does" : "do"} not use MTA-STS.`] : []].join("\n\n");
}
function row({ base, head }) {
	const name = head?.name ?? base?.name;
	const shown = name === void 0 ? "not known" : cellSpan(display(name));
	const event = base ? head ? "" : " (removed)" : " (new)";
	const cells = [
		mode,
		id,
		coverage,
		tlsrpt
	].map((tell) => step(base && tell(base), head && tell(head)));
	return `| ${[`${shown}${event}`, ...cells].join(" | ")} |`;
}
function step(before, after) {
	if (before === void 0 || after === void 0 || before === after) return after ?? before ?? "";
	return `${before} → ${after}`;
}
function mode({ policy }) {
	if (!policy) return "no policy here";
	return policy.mode?.value ?? "unreadable";
}
function id(domain) {
	const known = idOf(domain);
	if (known) return cellSpan(known.value, 32);
	return domain.sts.presence === "present" ? "unreadable" : ABSENT[domain.sts.presence];
}
const ABSENT = {
	absent: "none",
	unknown: "not known",
	delegated: "elsewhere"
};
function coverage(domain) {
	const { policy } = domain;
	if (!policy || readable(policy) && policy.mode.value === "none") return "–";
	if (!knowAllMx([domain])) return "not known";
	const hosts = mxHosts([domain]);
	if (hosts.length === 0) return "no MX";
	return `${hosts.filter((host) => covers(policy, host)).length} of ${hosts.length}`;
}
function tlsrpt({ tlsrpt: { presence, records } }) {
	if (presence !== "present") return ABSENT[presence];
	return records.some(({ counts, rua }) => counts && rua.length > 0) ? "yes" : "unreadable";
}

// src/render/findingMarkdown.ts
const SEVERITY = {
	error: "Error",
	warning: "Warning",
	notice: "Notice"
};
/** Other places of one finding that are told. */
const MOST_RELATED = 5;
/**
* A finding in Markdown without its own place: what happens to mail, why, the other places, the fix, and a footer. `also` are the
* other domains of which the same is to be said.
*/
function findingMarkdown(finding, offer, link = nowhere, also = []) {
	const { severity, message, related = [] } = finding;
	const [text = "", ...quoted] = message.split("\n");
	const [first, why] = sentences(text);
	const others = related.slice(0, MOST_RELATED).map(({ at, message: said }) => `- ${place(at, link)}: ${prose(said)}`);
	return [
		`**${SEVERITY[severity]}: ${prose(first)}**`,
		...why === "" ? [] : [prose(why)],
		...also.length > 0 ? [alsoOf(also)] : [],
		...quoted.length > 0 ? [codeBlock(quoted.join("\n"), "text")] : [],
		...others.length > 0 ? [others.join("\n")] : [],
		...offer ? offerMarkdown(offer) : [],
		findingFooter(finding)
	].join("\n\n");
}
/** Domains that are named; the summary has them all. */
const MOST_DOMAINS = 10;
function alsoOf(domains) {
	const named = domains.slice(0, MOST_DOMAINS).map((name) => codeSpan(display(name)));
	const left = domains.length - named.length;
	return `The same holds for ${[...named, ...left > 0 ? [`${left} more`] : []].join(", ").replace(/, ([^,]*)$/, " and $1")}.`;
}
/** A finding in one sentence, with its place: for those that are told elsewhere or need no action. */
function findingLine({ severity, rule, message, at }, link = nowhere) {
	const [first] = sentences(message.split("\n")[0] ?? "");
	return `**${SEVERITY[severity]}** in ${place(at, link)}: ${prose(first)} ${ruleLink(rule)}`;
}
/** The last line of everything that tells a finding: the rule, its source, and how to accept the risk. */
function findingFooter({ rule, reference }) {
	const source = sourceUrl(reference);
	return `<sub>${[
		`Rule ${ruleLink(rule)}`,
		source === void 0 ? escaped(reference) : `[${escaped(reference)}](${source})`,
		`[accept this risk](${repositoryUrl("docs/configuration.md#ignore")})`
	].join(" · ")}</sub>`;
}
/** A place as people name it, and as a link where it can be looked at. */
function place(span, link = nowhere) {
	const { path, side, start } = span;
	const shown = codeSpan(path);
	const url = link(span);
	const named = `${shown}, line ${start.line}`;
	return `${url === void 0 ? named : `[${named}](${url})`}${side === "base" ? " (before)" : ""}`;
}
/** A message's first sentence, and the rest; a stop inside backquotes or in a name ends none. */
function sentences(text) {
	for (const { index } of text.matchAll(/[.!?](?= +[\p{Lu}`])/gu)) if (!((text.slice(0, index).match(/`/g) ?? []).length % 2 === 1)) return [text.slice(0, index + 1), text.slice(index + 1).trim()];
	return [text, ""];
}
function ruleLink(rule) {
	return `[${rule}](${ruleUrl(rule)})`;
}
function nowhere() {}

// src/render/findingList.ts
/** Findings in their order; those that no longer fit in full are told in a sentence, and what does not fit at all is counted. */
function findingList(findings, telling, room) {
	const { isFull, offer, link } = telling;
	const bodies = findings.map((finding) => isFull(finding) ? findingMarkdown(finding, offer(finding), link) : void 0);
	const blocks = findings.map((finding, at) => `#### ${place(finding.at, link)}\n\n${bodies[at]}`);
	if (bodies.every((body) => body !== void 0) && sizeOf(blocks) <= room.bytes) return blocks.join("\n\n");
	const lines = findings.map((finding) => `- ${findingLine(finding, link)}`);
	let spare = Math.max(room.bytes - sizeOf(lines), room.bytes / 2);
	const pieces = lines.map((line, at) => {
		const body = bodies[at];
		if (body === void 0) return line;
		const full = `- ${place(findings[at].at, link)}\n\n${indented(body)}\n`;
		const cost = sizeOf([full]) - sizeOf([line]);
		if (cost > spare) return line;
		spare -= cost;
		return full;
	});
	return [...findings.some((finding, at) => bodies[at] === void 0 && finding.severity !== "notice") ? [ON_ITS_LINE] : [], listed(pieces, room)].join("\n\n");
}
const ON_ITS_LINE = "The comments on the lines have the reasons and the fixes.";
function sizeOf(texts) {
	return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
}
function indented(text) {
	return text.split("\n").map((line) => line === "" ? "" : `  ${line}`).join("\n");
}

// src/render/nextSteps.ts
/** What to do about a change, a numbered list for each domain that it makes steps for. */
function stepsByDomain(changes, findings) {
	return changes.flatMap((change) => {
		const name = change.head?.name;
		const steps = nextSteps(change);
		if (steps.length === 0 || name === void 0) return [];
		const all = [...findings.some(({ domain, status, severity }) => domain === name && status === "new" && severity !== "notice") ? ["Repair what is found above for this domain, and merge."] : [], ...steps];
		return [`${codeSpan(display(name))}:\n\n${all.map((step, at) => `${at + 1}. ${step}`).join("\n")}`];
	});
}
/** What to do once a change is merged, in order and with the waits in numbers (RFC 8461 §8.1, §8.3); empty: nothing. */
function nextSteps({ base, head, history, options }) {
	const after = head?.policy;
	if (!head?.name || !after || !readable(after)) return [];
	if (base?.policy && meaning$1(base.policy) === meaning$1(after)) return [];
	const before = policyBefore(base, history);
	const deploy = [`Deploy the policy before the record, and check that ${codeSpan(`https://mta-sts.${display(head.name)}/.well-known/mta-sts.txt`)} serves it.`, publishStep(head.name, base, head)];
	const enforced = before?.mode.value === "enforce" ? enforcedSteps(before, after, base, head) : [];
	const steps = refusesAllOf(after, base, head) ? [...movingSteps(before, base, head, deploy, enforced)] : [
		...earlySteps(before, after, base),
		...deploy,
		...enforced
	];
	if (after.mode.value === "none") steps.push(`Leave the policy and the record in place for ${longestKept(before, history)} after that; then both may go (RFC 8461 §8.3).`);
	if (after.mode.value === "testing") steps.push(`Stay in \`testing\` for at least ${duration(options.minTestingDays * 86400)} in all and read the TLSRPT reports (RFC 8460) before \`mode: enforce\`.`);
	return steps;
}
/** The policy that senders may hold: base's, or where that cannot be read, the last one before it that could. */
function policyBefore(base, { pasts }) {
	if (!base?.policy) return void 0;
	return [...pasts.map(({ policy }) => policy), base.policy].filter((policy) => policy !== void 0).findLast(readable);
}
/** Whether a policy refuses all hosts that take mail until the MX records have changed to hosts that it allows. */
function refusesAllOf(after, base, head) {
	if (!base || after.mode.value !== "enforce" || !knowAllMx([base])) return false;
	const now = mxHosts([base]).filter((host) => host !== ".");
	const then = mxHosts([head]);
	return now.length > 0 && !now.some((host) => covers(after, host)) && then.some((host) => covers(after, host));
}
/** In which order all mail moves to other hosts while a policy enforces, so that one policy always allows the hosts of the moment. */
function movingSteps(before, base, head, deploy, enforced) {
	const [from, to] = [mxHosts([base]), mxHosts([head])];
	const ttl = duration(Math.max(...base.mx.map((mx) => mx.ttl)));
	const refused = `refuses ${shown$1(from)}, where all mail goes until the MX records have changed`;
	if (before?.mode.value !== "enforce" || to.every((host) => covers(before, host))) return [`Publish the new MX records first, and wait ${ttl} (the TTL of the old ones): the policy of this change ${refused}.`, ...deploy];
	return [
		`Deploy another policy first, one that lists ${shown$1([.../* @__PURE__ */ new Set([...from, ...to])])}, and publish the record with a new id for it: the policy of this change ${refused}, and the one that senders hold refuses the new hosts (RFC 8461 §8.1).`,
		...enforced,
		`Wait ${ttl} (the TTL of the old MX records) after that, and only then go on with the policy of this change.`,
		...deploy
	];
}
function shown$1(hosts) {
	return hosts.map((host) => codeSpan(display(host))).join(", ");
}
/** Where the MX records are not here, nobody can say that a policy fits them. */
function earlySteps(before, after, base) {
	if (!before || after.mode.value !== "enforce" || base && knowAllMx([base])) return [];
	const lost = lostPatterns(before, after, base);
	if (lost.length === 0) return [];
	const hosts = lost.map((pattern) => codeSpan(pattern)).join(", ");
	if (before.mode.value === "enforce" && lost.length === patterns(before).size) return [`Where mail still goes to ${hosts}, deploy another policy first, one that lists the old and the new hosts, and change the MX records after it (RFC 8461 §8.1): the policy of this change refuses the old ones.`];
	return [`See that no MX record names ${hosts} any more, and wait for the TTL of those that did: the policy of this change refuses such hosts.`];
}
function publishStep(name, base, head) {
	const record = codeSpan(`_mta-sts.${display(name)}`);
	const [before, after] = [idOf(base)?.value, idOf(head)?.value];
	if (after === void 0 && announced(head)) return `Then publish the record ${record} with a new id; senders cannot read the one here.`;
	if (after === void 0) return `Then publish the record ${record} with a new id; it is not kept here.`;
	if (before === after) return `Then publish the record ${record} with a new id; here it still has ${codeSpan(after)}.`;
	return `Then publish the record ${record} with the id ${codeSpan(after)}.`;
}
/** Senders go by the enforced policy that they hold until the record's TTL is over, and then look for a new id (RFC 8461 §8.1). */
function enforcedSteps(before, after, base, head) {
	const ttl = ((base && stsRecord(base)) ?? stsRecord(head))?.record.ttl;
	const wait = ttl === void 0 ? "the record's TTL" : `${duration(ttl)} (the record's TTL)`;
	const late = before.maxAge ? ` A sender that cannot fetch the new policy goes by the old one for up to ${duration(before.maxAge.value)}.` : "";
	const known = new Set(base ? mxHosts([base]) : []);
	const arriving = mxHosts([head]).filter((host) => !known.has(host) && !covers(before, host));
	if (arriving.length > 0) return [`Wait ${wait}, and only then publish the new MX ${shown$1(arriving)}: until then senders go by the old policy, which refuses it (RFC 8461 §8.1).${late}`];
	const lost = after.mode.value === "none" ? [] : lostPatterns(before, after, base);
	if (lost.length > 0) return [`Keep the MX hosts that only the old policy allows (${lost.map((pattern) => codeSpan(pattern)).join(", ")}) working for ${wait} after that (RFC 8461 §8.1).${late}`];
	if (knowAllMx([head])) return [];
	return [`Publish MX hosts that the old policy refuses only ${wait} after that (RFC 8461 §8.1).${late}`];
}
/** What the new policy no longer allows, as far as mail may still go there. */
function lostPatterns(before, after, base) {
	const isUsed = base && knowAllMx([base]) ? allowsAny(mxHosts([base])) : () => true;
	return [...patterns(before).keys()].filter((pattern) => !covers(after, nameOf(pattern)) && isUsed(pattern));
}
/** For how long some sender may still hold a policy that was served before: the longest `max_age` counts, not the last. */
function longestKept(before, { pasts }) {
	const ages = [before, ...pasts.map(({ policy }) => policy)].flatMap((policy) => policy?.maxAge?.value ?? []);
	return ages.length === 0 ? "the old `max_age`" : `${duration(Math.max(...ages))} (the longest \`max_age\` that was served)`;
}

// src/render/diary.ts
/** What a run read, what it took that for and why, what it left out, and how long it took: one sentence a line. */
function diary({ snapshot, review, config, timings }) {
	const { head } = review.sides;
	return [
		configSentence(config),
		...snapshot.base ? [readSentence("base", snapshot.base)] : [],
		readSentence("head", snapshot.head),
		...head.zones.map(zoneSentence),
		...head.domains.filter((domain) => domain.policy).map((domain) => pairingSentence(domain)),
		...skippedFiles(head).map(unreadSentence),
		...historySentence(snapshot),
		timeSentence(timings)
	].map((sentence) => `${logSafe(sentence)}\n`).join("");
}
function configSentence(config) {
	if (!config) return "No configuration: the defaults apply.";
	return config.isValid ? `The configuration is ${config.name}.` : `${config.name} does not validate: the defaults apply.`;
}
function readSentence(side, { sources }) {
	let bytes = 0;
	for (const source of sources.values()) bytes += source.bytes.length;
	return `Of ${side} ${plural(sources.size, "file")} with ${plural(bytes, "byte")} ${sources.size === 1 ? "was" : "were"} read.`;
}
function zoneSentence({ source, origin, records, includes }) {
	const included = includes.length > 0 ? ` and includes ${includes.map((include) => include.value).join(", ")}` : "";
	return `${source.path} is the zone ${display(origin)}: it holds ${plural(records.length, "record")}${included}.`;
}
/** What each kind of evidence says of a policy. */
const EVIDENCE = {
	configuration: "the configuration says so",
	path: "its path names the domain",
	server: "the web server's configuration serves it for that domain",
	"cname-file": "the CNAME file beside it names the domain's policy host",
	"only-record": "it is the only policy without a domain, and only this domain has an _mta-sts record",
	shared: "it is the only policy without a domain, so every domain with an _mta-sts record shares it",
	mx: "its mx lines are the domain's MX hosts",
	"repository-name": "the repository's name names the domain",
	none: "nothing tells its domain"
};
/** Whose a policy is and what says so, in a sentence; `shown` is how a path or name is shown. */
function pairingSentence({ name, zone, policy, pairedBy }, shown = (text) => text) {
	const path = shown(policy?.source.path ?? "");
	if (name === void 0) return `${path} belongs to no domain that is known: ${EVIDENCE[pairedBy]}.`;
	const home = zone ? `whose zone is ${shown(zone.source.path)}` : "whose zone is not here";
	return `${path} belongs to ${shown(display(name))}, ${home}: ${EVIDENCE[pairedBy]}.`;
}
function unreadSentence({ path, line, span, reason, leftOut }) {
	return `${line === "" ? path : `${path}, line ${span.start.line},`} was ${leftOut ? "left out" : "not read"}: ${reason}.`;
}
function historySentence({ base, past, pastComplete, pastCure }) {
	if (!base) return [];
	const [oldest] = past;
	if (!oldest) return ["No history was needed."];
	const files = new Set(past.map((file) => file.of));
	const commits = new Set(past.map((file) => file.commit));
	const reach = pastComplete ? "their beginning" : pastCure === void 0 ? "where the clone's history ends" : "where GitHub's answers end";
	return [`The history of ${plural(files.size, "file")} was read back to ${reach}: ${plural(commits.size, "commit")}, the oldest of ${oldest.moment.toISOString()}.`];
}
function timeSentence({ load, judge, fix }) {
	const fixing = fix === void 0 ? "" : `, fixing ${Math.round(fix)} ms`;
	return `Reading took ${Math.round(load)} ms, parsing and judging ${Math.round(judge)} ms${fixing}.`;
}

// src/render/pairings.ts
/** Which policy belongs to which domain and what says so, behind a line that opens it; empty without a policy. */
function pairings(domains, room) {
	const lines = domains.flatMap(({ base, head }) => {
		const domain = head?.policy ? head : base;
		return domain?.policy ? [`- ${pairingSentence(domain, codeSpan)}`] : [];
	});
	return folded("What belongs together, and what says so", lines, room);
}

// src/render/zoneDifference.ts
/** Counts what a zone's change does to its records. */
function zoneDifference(change) {
	const { base, head } = change;
	const { gone, come } = recordDifference(base, head);
	const set = (record) => `${record.owner} ${record.type}`;
	const lost = groupedBy(gone, set);
	const won = groupedBy(come, set);
	const changed = [...lost].reduce((sum, [key, records]) => sum + Math.min(records.length, won.get(key)?.length ?? 0), 0);
	return {
		zone: (head ?? base)?.source.path ?? "",
		added: come.length - changed,
		removed: gone.length - changed,
		changed,
		serial: serialState(change)
	};
}
/** `managed`: nobody has to raise it by hand - a tool does, or the zone is gone. A new zone's is new to every server. */
function serialState(change) {
	const [from, to] = [serialOf(change.base)?.value, serialOf(change.head)?.value];
	if (from !== void 0 && to !== void 0 && from !== to) return compareSerials(from, to);
	if (isToolManaged(change)) return "managed";
	return change.base === void 0 ? "raised" : "unchanged";
}

// src/render/recordsChanged.ts
/** The records that come and go, by zone, behind a line that opens them; empty where none does. */
function recordsChanged(zones, room) {
	const pieces = zones.flatMap(difference);
	return folded(`Records changed in ${plural(pieces.length, "zone")}`, pieces, room, "\n\n");
}
/** Records of one zone. */
const MOST = 40;
function difference(change) {
	const { zone, added, removed, changed } = zoneDifference(change);
	const { gone, come } = recordDifference(change.base, change.head);
	if (gone.length + come.length === 0) return [];
	const told = [
		[added, "added"],
		[removed, "removed"],
		[changed, "changed"]
	].flatMap(([count, what]) => count > 0 ? [`${count} ${what}`] : []);
	const lines = [...gone.map((record) => `-${recordText(record)}`), ...come.map((record) => `+${recordText(record)}`)];
	const left = lines.length - MOST;
	return [[
		`${codeSpan(zone)}: ${[...told, serialText(change)].join(", ")}.`,
		codeBlock(lines.slice(0, MOST).join("\n"), "diff"),
		...left > 0 ? [`${plural(left, "line")} more ${left === 1 ? "is" : "are"} not shown.`] : []
	].join("\n\n")];
}
function serialText(change) {
	if (!change.base) return "a new zone";
	if (!change.head) return "the zone is removed";
	const { serial } = zoneDifference(change);
	const [from, to] = [serialOf(change.base)?.value, serialOf(change.head)?.value];
	if (serial === "managed") return "serial left to the tool that sets it";
	return from === to ? `serial still ${to ?? "missing"}` : `serial ${serial} (${from ?? "none"} → ${to ?? "none"})`;
}
function recordText({ owner, ttl, type, rdata }) {
	return `${display(owner)} ${ttl} ${type} ${rdata}`;
}

// src/render/unreadList.ts
/** What looked like DNS or a policy and was not read, behind a line that opens it; empty where there is nothing. */
function unreadList({ sides }, room) {
	const files = skippedFiles(sides.head).toSorted((a, b) => Number(a.leftOut ?? false) - Number(b.leftOut ?? false));
	const samples = files.filter(({ leftOut }) => leftOut).length;
	const unread = files.length - samples;
	const title = [...unread > 0 ? [`${plural(unread, "file")} not read`] : [], ...samples > 0 ? [`${plural(samples, "file")} left out`] : []].join(", ");
	const lines = files.map(({ path, line, span, reason, leftOut }) => {
		return `- ${`${codeSpan(path)}${line === "" ? "" : `, line ${span.start.line},`}`} was ${leftOut ? "left out" : "not read"}: ${prose(reason)}.`;
	});
	return folded(title, lines, room);
}

// src/render/verdict.ts
/** The conclusion with its counts as a heading, and what that means in a paragraph. */
function verdict(review, judgement) {
	const counted = review.findings.filter((finding) => counts(finding, judgement.all));
	const numbers = judgement.conclusion === "incomplete" ? "" : joined(severityCounts(counted));
	return [`## MTA-STS: ${OUTCOME[judgement.conclusion]}${numbers === "" ? "" : ` with ${numbers}`}`, [
		...meaning(counted, judgement),
		...besides(review, judgement),
		`Looked at ${lookedAtLine(lookedAt(review))}.`
	].join(" ")].join("\n\n");
}
const OUTCOME = {
	success: "passed",
	failure: "failed",
	incomplete: "could not be judged"
};
/** What the reader is to think of it, by the conclusion and the worst finding. */
function meaning(counted, { conclusion, isChange }) {
	const worst = counted[0]?.severity;
	if (conclusion === "incomplete") return ["**Something that has to be known could not be read, so this is no pass.** An error below says what."];
	if (worst === void 0) return [isChange ? "**Nothing wrong was found in this change.**" : "**Nothing wrong was found.**"];
	const each = EACH$1[worst];
	if (conclusion === "success") return worst === "error" ? ["**Errors fail nothing here, by the setting `fail-on`.**", each] : ["**Nothing here fails the check.**", each];
	if (worst === "error") return [isChange ? "**This must not go live as it is.**" : "**Something is wrong with what stands here.**", each];
	return [`**Here ${worst === "warning" ? "warnings" : "notices"} fail the check, too.**`, each];
}
const EACH$1 = {
	error: "Each error says what happens to mail, and how to repair it.",
	warning: "Each warning says when mail suffers, and how to repair it.",
	notice: "A notice is worth knowing and harms no mail by itself."
};
/** The findings that do not count. */
function besides({ findings, ignored }, { isChange, all }) {
	const fixed = findings.filter(({ status }) => status === "fixed").length;
	const known = all ? 0 : findings.filter(({ status }) => status === "existing").length;
	return [
		...fixed > 0 ? [`${plural(fixed, "finding")} ${fixed === 1 ? "is" : "are"} fixed.`] : [],
		...known > 0 && isChange ? [`${plural(known, "finding")} stood there before and ${known === 1 ? "does" : "do"} not count.`] : [],
		...ignored.length > 0 ? [`${plural(ignored.length, "finding")} ${ignored.length === 1 ? "is" : "are"} accepted.`] : []
	];
}
function joined(parts) {
	return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts.join("");
}

// src/render/reviewMarkdown.ts
/** A review in Markdown: the verdict, what it is about, the findings, what to do next, and folded what needs no action. */
function reviewMarkdown(review, options) {
	const { findings, ignored, changes } = review;
	const { isChange, all, link, notes, unwritten } = options;
	const room = (share) => ({
		bytes: options.bytes * share,
		rest: options.rest
	});
	const lines = (status) => findings.filter((finding) => finding.status === status).map((finding) => `- ${findingLine(finding, link)}`);
	const before = [
		verdict(review, options),
		...notes.map((note) => `> ${prose(note)}`),
		domainTable(changes.domains, room(.15)),
		pairings(changes.domains, room(.05))
	];
	const known = all ? [] : lines("existing");
	const fixed = lines("fixed");
	const accepted = ignored.map((each) => ignoredLine(each, link));
	const after = [
		isChange ? section("Next steps, in this order", stepsByDomain(changes.domains, findings), room(.1), "\n\n") : "",
		isChange ? recordsChanged(changes.zones, room(.1)) : "",
		folded(`Fixed by this change: ${plural(fixed.length, "finding")}`, fixed, room(.05)),
		folded(`There before this change: ${plural(known.length, "finding")}`, known, room(.05)),
		folded(`Accepted: ${plural(accepted.length, "finding")}`, accepted, room(.05)),
		unreadList(review, room(.04)),
		section("Could not be written", unwritten.map((line) => `- ${line}`), room(.04))
	];
	const used = [...before, ...after].reduce((sum, part) => sum + Buffer.byteLength(part) + 2, 0);
	const counted = findings.filter((finding) => counts(finding, all));
	const found = findingList(counted, options, {
		bytes: options.bytes - used - HEADROOM,
		rest: options.rest
	});
	return together([
		...before,
		found === "" ? "" : `### Findings\n\n${found}`,
		...after
	]);
}
/** Bytes for the heading of the findings, and for saying how many are left out. */
const HEADROOM = 300;
/** What was there already, for somebody who sets this up: every domain, and what is wrong with it. */
function stateMarkdown(review, bytes, link) {
	const { findings, changes } = review;
	const room = (share) => ({
		bytes: bytes * share,
		rest: void 0
	});
	const lines = findings.map((finding) => `- ${findingLine(finding, link)}`);
	return together([
		"## What was there before",
		`This pull request sets mta-sts-guard up, so here is what the base holds: ${lookedAtLine(lookedAt(review))}. ${lines.length === 0 ? "Nothing wrong was found in it." : "What is wrong with it does not count for this pull request."}`,
		domainTable(changes.domains, room(.2)),
		pairings(changes.domains, room(.2)),
		section(`${plural(lines.length, "finding")} of the base`, lines, room(.4)),
		unreadList(review, room(.1))
	]);
}
function together(parts) {
	return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
function ignoredLine({ finding, by }, link) {
	const until = by.until ? `, until ${dayText(by.until)}` : "";
	return `- ${findingLine(finding, link)} Accepted in ${place(by.at, link)}${until}: ${codeSpan(by.reason)}`;
}

// src/render/lineComment.ts
/** The first line of a finding's comment: with the author it is the comment's identity. */
function markerOf(fingerprint) {
	return `<!-- mta-sts-guard ${fingerprint} -->`;
}
/** The first line of the comment that holds another part of a fix. */
function partMarkerOf(fingerprint, { path, first }) {
	return markerOf(`${fingerprint} part ${Buffer.from(path).toString("base64url").slice(-40)} ${first}`);
}
/** A finding as a comment on its line: what happens to mail, why, the fix, and a footer. */
function lineComment(finding, offer, also = []) {
	return [markerOf(finding.fingerprint), findingMarkdown(finding, offer, void 0, also)].join("\n");
}
/** The part of a fix that stands on other lines than the finding, whose comment stands `at` a line. */
function partComment(finding, title, piece, others, at) {
	const where = placeOf$1({
		path: at.path,
		first: at.line,
		last: at.line
	});
	const opening = others.length === 0 ? `**${prose(title)}.** The comment at ${where} says why.` : `**${prose(title)}: this is one part of it.** ${together$1(others)}`;
	return [
		partMarkerOf(finding.fingerprint, piece),
		opening,
		"",
		suggestion(piece),
		"",
		findingFooter(finding)
	].join("\n");
}

// src/render/summaryComment.ts
/** The first line of the summary: with the author it is its identity. */
const SUMMARY_MARKER = markerOf("summary");
/** GitHub takes 65,536 characters. */
const BYTES = 58e3;
/** The one comment that stays current, under 60,000 bytes; Markdown without the lines that say which run wrote it. */
function summaryComment({ review, compared, inFull, ...more }) {
	return reviewMarkdown(review, {
		...more,
		isChange: compared,
		all: false,
		bytes: BYTES,
		isFull: (finding) => inFull.has(finding),
		offer: (finding) => inFull.get(finding),
		link: () => void 0
	});
}
/** Notices that are worth a comment although nothing is wrong: they say what must be done elsewhere. */
const TELLING = /* @__PURE__ */ new Set([
	"id-elsewhere",
	"removal-plan",
	"enforcement-lowered"
]);
/** Whether a change is worth a first summary: something is wrong or fixed, or a notice says what must be done elsewhere. */
function isWorthTelling({ findings }) {
	return findings.some(({ status, severity, rule }) => status === "fixed" && severity !== "notice" || status === "new" && (severity !== "notice" || TELLING.has(rule)));
}

// src/render/annotations.ts
/** What GitHub shows of one step and cuts off without a word: 10 of each severity. */
const EACH = 10;
/** Characters of a message. */
const LONGEST = 4e3;
const SEVERITIES = [
	"error",
	"warning",
	"notice"
];
/** Findings as workflow commands of GitHub's runner, one a line, errors first, as many as GitHub shows. */
function annotations(findings, { all, rest }) {
	const wanted = findings.filter((finding) => counts(finding, all));
	const groups = SEVERITIES.map((severity) => wanted.filter((finding) => finding.severity === severity));
	const isMore = groups.some((group) => group.length > EACH);
	const lines = [];
	const left = [];
	for (const [index, group] of groups.entries()) {
		const severity = SEVERITIES[index];
		const room = severity === "notice" && (isMore || group.length > EACH) ? 9 : EACH;
		lines.push(...group.slice(0, room).map(annotation));
		if (group.length > room) left.push(`${group.length - room} more ${severity}${group.length - room > 1 ? "s" : ""}`);
	}
	if (left.length > 0) lines.push(`::notice title=mta-sts-guard::${data(`Not shown here: ${left.join(", ")}. They stand in ${rest}.`)}`);
	return lines.map((line) => `${line}\n`).join("");
}
function annotation(finding) {
	const { severity, rule, reference, message, related = [] } = finding;
	const at = [finding.at, ...related.map((other) => other.at)].find((span) => span.side === "head");
	const lines = message.split("\n").map(logSafe);
	const place = at && isPlain(at.path) ? placeOf(at) : {};
	if (at !== finding.at || !("file" in place)) lines.push(`${logSafe(finding.at.path)}:${finding.at.start.line}${finding.at.side === "base" ? " of the base" : ""}`);
	const properties = {
		...place,
		title: `${rule} (${reference})`
	};
	return `::${severity} ${Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`).join(",")}::${data(clipped(lines.join("\n")))}`;
}
function placeOf({ path, start, end }) {
	const lastLine = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
	const columns = start.line === end.line && end.column > start.column;
	return {
		file: path,
		line: start.line,
		endLine: lastLine,
		...columns ? {
			col: start.column,
			endColumn: end.column
		} : {}
	};
}
/** Whether a path may stand in a command: the runner must neither see a command in it, nor anything that is not shown. */
function isPlain(path) {
	return !/[\p{C}\p{Zl}\p{Zp}]|::|##\[/u.test(path);
}
function clipped(text) {
	return text.length > LONGEST ? `${Array.from(text).slice(0, LONGEST).join("")}…` : text;
}
function data(text) {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function property(text) {
	return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

// src/render/json.ts
/** The machine-readable form, schema 1. */
function json(review, { base, head }, conclusion) {
	const status = (wanted) => review.findings.filter((finding) => finding.status === wanted).length;
	const document = {
		schema: 1,
		base,
		head,
		conclusion,
		counts: {
			...bySeverity(review.findings.filter((finding) => finding.status === "new")),
			existing: status("existing"),
			fixed: status("fixed")
		},
		findings: review.findings.map(findingJson),
		ignored: review.ignored.map(({ finding, by }) => ({
			...findingJson(finding),
			by: ignoreJson(by)
		})),
		domains: review.changes.domains.map((change) => domainJson(change, base !== null)),
		records: base === null ? [] : review.changes.zones.map(zoneDifference),
		skipped: skippedFiles(review.sides.head).map(({ path, span, format, reason }) => ({
			path,
			line: span.start.line,
			format,
			reason
		}))
	};
	return `${jsonText(document, 2)}\n`;
}
function findingJson(finding) {
	const { rule, severity, status, domain, message, at, related, fix, reference, fingerprint } = finding;
	return {
		rule,
		severity,
		status,
		domain: domain === null ? null : display(domain),
		message,
		path: at.path,
		side: at.side,
		...range(at),
		related: (related ?? []).map((other) => ({
			path: other.at.path,
			side: other.at.side,
			...range(other.at),
			message: other.message
		})),
		fix: fix ? {
			title: fix.title,
			edits: fix.edits.map((edit) => ({
				path: edit.at.path,
				...range(edit.at),
				newText: edit.newText
			}))
		} : null,
		reference,
		url: ruleUrl(rule),
		fingerprint
	};
}
function ignoreJson({ at, until, reason }) {
	return {
		path: at.path,
		line: at.start.line,
		until: until ? dayText(until) : null,
		reason
	};
}
function range({ start, end }) {
	return {
		line: start.line,
		column: start.column,
		endLine: end.line,
		endColumn: end.column
	};
}
function domainJson({ base, head }, compared) {
	const name = head?.name ?? base?.name;
	const known = head ?? base;
	return {
		domain: name === void 0 ? null : display(name),
		zone: known?.zone?.source.path ?? null,
		policy: known?.policy?.source.path ?? null,
		pairedBy: known?.pairedBy ?? "none",
		base: compared && base ? stateJson(base) : null,
		head: head ? stateJson(head) : null,
		rollout: null
	};
}
function stateJson(domain) {
	const { policy, tlsrpt } = domain;
	return {
		mode: policy?.mode?.value ?? null,
		id: idOf(domain)?.value ?? null,
		maxAge: policy?.maxAge?.value ?? null,
		policyMx: policy?.mx.map((pattern) => pattern.value) ?? [],
		mx: mxHosts([domain]).map(display),
		tlsrpt: tlsrpt.records.flatMap((record) => record.rua.map((uri) => uri.value))
	};
}

// src/render/text.ts
/** The plain form, a line each: `path:line:column: severity: message [rule]`, further lines indented, then what was looked at. */
function text(review, options) {
	return `${[...review.findings.filter((finding) => counts(finding, options.all)).map(findingText), ...closing(review)].join("\n")}\n`;
}
/** One finding in the plain form. */
function findingText({ at, severity, message, rule, related = [] }) {
	const [first = "", ...more] = message.split("\n").map(logSafe);
	const lines = [`${`${logSafe(at.path)}:${at.start.line}:${at.start.column}`}: ${severity}: ${first} [${rule}]`, ...more.map((line) => `    ${line}`)];
	for (const other of related) lines.push(`    ${logSafe(other.at.path)}:${other.at.start.line}:${other.at.start.column}: ${logSafe(other.message)}`);
	return lines.join("\n");
}
/** What was looked at, and the counts. */
function closing(review) {
	return [lookedAtLine(lookedAt(review)), countsLine(review)];
}
function countsLine({ findings, ignored }) {
	const count = (test) => findings.filter(test).length;
	const fresh = severityCounts(findings.filter((finding) => finding.status === "new"));
	const known = count((finding) => finding.status === "existing");
	const fixed = count((finding) => finding.status === "fixed");
	const parts = [fresh.length > 0 ? fresh.join(", ") : "nothing wrong"];
	if (known > 0) parts.push(`${known} that ${known === 1 ? "was" : "were"} there before`);
	if (fixed > 0) parts.push(`${fixed} fixed`);
	if (ignored.length > 0) parts.push(`${ignored.length} ignored`);
	return parts.join("; ");
}

// src/load/diskFiles.ts
/**
* Reads files under one directory, never through a link, never outside, never waiting for a pipe or device.
*
* Synchronous: a file costs a few microseconds so, and ten times that through the thread pool.
*/
var DiskFiles = class {
	root;
	#realRoot;
	#insides = /* @__PURE__ */ new Map();
	constructor(root) {
		this.root = root;
		this.#realRoot = realpathSync.native(root);
	}
	/** What lies at `path`; undefined for nothing, a directory, a pipe, a device. */
	kind(path) {
		const stat = lstatSync(this.locate(path), { throwIfNoEntry: false });
		if (stat?.isSymbolicLink()) return "link";
		return stat?.isFile() ? "file" : void 0;
	}
	/** What lies at `path`, as an entry of the working tree. */
	entry(path) {
		const kind = this.kind(path);
		return kind && {
			path,
			kind,
			id: ""
		};
	}
	/** The bytes of a file, at most `limit`. */
	read(path, limit) {
		try {
			return this.#isInside(path) && lstatSync(this.locate(path)).isFile() ? readRegular(this.locate(path), limit) : { unread: "not-a-file" };
		} catch (error) {
			const { code } = error;
			return { unread: code === "ELOOP" || code === "ENXIO" ? "not-a-file" : "missing" };
		}
	}
	/** Where the link at `path` leads, as it is written there. */
	readLink(path) {
		try {
			return this.#isInside(path) && lstatSync(this.locate(path)).isSymbolicLink() ? readlinkSync(this.locate(path), { encoding: "buffer" }) : { unread: "not-a-file" };
		} catch {
			return { unread: "missing" };
		}
	}
	/** Where `path` lies on disk, in the bytes of its name. */
	locate(path) {
		return Buffer.concat([Buffer.from(this.root + sep), encodePath(path)]);
	}
	/** Whether the folder of `path`, with every link in it resolved, still lies in the tree and not in git's own data. */
	#isInside(path) {
		const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
		let inside = this.#insides.get(folder);
		if (inside === void 0) {
			const way = relative(this.#realRoot, realpathSync.native(this.locate(folder)));
			const steps = way.split(sep);
			inside = !isAbsolute(way) && !steps.some((step) => step === ".." || step.toLowerCase() === ".git");
			this.#insides.set(folder, inside);
		}
		return inside;
	}
};
function readRegular(file, limit) {
	const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
	try {
		const stat = fstatSync(handle);
		if (!stat.isFile()) return { unread: "not-a-file" };
		if (stat.size > limit) return {
			unread: "too-large",
			size: stat.size
		};
		const bytes = Buffer.allocUnsafe(stat.size);
		let at = 0;
		while (at < bytes.length) {
			const count = readSync(handle, bytes, at, bytes.length - at, at);
			if (count === 0) break;
			at += count;
		}
		return bytes.subarray(0, at);
	} finally {
		closeSync(handle);
	}
}

// src/load/repositoryName.ts
/** What a repository is called, without its owner: the end of the URL of the remote `origin`, else its folder's name. */
function repositoryName(root) {
	const url = originUrl(gitConfig(root));
	const [, name] = /([^/:\\]+?)(?:\.git)?[/\\]*$/.exec(url ?? "") ?? [];
	return name ?? basename(root);
}
/** The text of the repository's own configuration; read as a file, since a process for one word is too dear. */
function gitConfig(root) {
	try {
		let folder = join(root, ".git");
		if (statSync(folder, { throwIfNoEntry: false })?.isFile()) {
			const own = resolve(root, /^gitdir: (.*)$/m.exec(readFileSync(folder, "utf8"))?.[1] ?? "");
			const common = join(own, "commondir");
			folder = statSync(common, { throwIfNoEntry: false }) ? resolve(own, readFileSync(common, "utf8").trim()) : own;
		} else if (!statSync(folder, { throwIfNoEntry: false })) folder = root;
		return readFileSync(join(folder, "config"), "utf8");
	} catch {
		return "";
	}
}
function originUrl(config) {
	let isOrigin = false;
	for (const line of config.split("\n")) {
		if (/^\s*\[/.test(line)) isOrigin = /^\s*\[remote "origin"\]/.test(line);
		const url = isOrigin ? /^\s*(?:\[.*\]\s*)?url\s*=\s*"?([^"\s]+)/.exec(line)?.[1] : void 0;
		if (url !== void 0) return url;
	}
}

// src/load/directory.ts
/** A plain directory without git: no revisions, no history; throws `Unusable` where it cannot be read. */
function openDirectory(root) {
	if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new Unusable(`${root} is no directory: name one with --repo.`);
	const files = new DiskFiles(root);
	return {
		root,
		name: repositoryName(root),
		list: async () => listDirectory(files),
		entry: async (_, path) => files.entry(path),
		read: async (entries, limit, keep) => readEntries(files, entries, limit, keep)
	};
}
function listDirectory(files) {
	const entries = [];
	const waiting = [""];
	for (let folder = waiting.pop(); folder !== void 0; folder = waiting.pop()) {
		for (const item of readFolder(files, folder)) {
			const name = decodePath(item.name);
			const path = folder + name;
			if (item.isSymbolicLink()) entries.push({
				path,
				kind: "link",
				id: ""
			});
			else if (item.isFile()) entries.push({
				path,
				kind: "file",
				id: ""
			});
			else if (item.isDirectory() && name !== ".git") waiting.push(`${path}/`);
		}
		if (entries.length + waiting.length > MAX_ENTRIES) throw tooLarge(files, `more than ${MAX_ENTRIES} files`);
	}
	return entries;
}
function readFolder(files, folder) {
	if (folder.split("/").length > MAX_DEPTH) throw tooLarge(files, `folders more than ${MAX_DEPTH} deep`);
	try {
		return readdirSync(files.locate(folder), {
			withFileTypes: true,
			encoding: "buffer"
		});
	} catch (error) {
		throw new Unusable(`The folder ${folder || files.root} cannot be read: ${error.message}.`);
	}
}
function tooLarge(files, what) {
	return new Unusable(`${files.root} holds ${what}: name the folder of the zones with --repo.`);
}
function readEntries(files, entries, limit, keep = () => true) {
	const blobs = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		const blob = entry.kind === "link" ? files.readLink(entry.path) : files.read(entry.path, limit(entry.path));
		if ("unread" in blob || keep(entry.path, blob)) blobs.set(entry, blob);
	}
	return blobs;
}
const MAX_DEPTH = 64;
const MAX_ENTRIES = 1e6;

// src/load/git.ts
/** The git program at one directory: never a shell, a pager, a hook, a lock, a prompt or the network. */
var Git = class {
	directory;
	constructor(directory) {
		this.directory = directory;
	}
	/** Runs git to its end, whatever its exit status. */
	async run(args, input = "", environment = {}) {
		const child = this.start(args, environment);
		const ended = end(child);
		child.stdin.end(input);
		const chunks = [];
		child.stdout.on("data", (chunk) => chunks.push(chunk));
		const { status, stderr } = await ended;
		return {
			status,
			stdout: Buffer.concat(chunks),
			stderr
		};
	}
	/** The NUL-ended fields that git prints, in batches as they arrive; throws `Unusable` where git fails. */
	async *fields(args, input = "", environment = {}) {
		const child = this.start(args, environment);
		const ended = end(child);
		ended.catch(() => {});
		child.stdin.end(input);
		let rest = Buffer.alloc(0);
		for await (const chunk of child.stdout) {
			const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
			const last = bytes.lastIndexOf(0);
			rest = bytes.subarray(last + 1);
			if (last >= 0) yield splitFields(bytes.subarray(0, last));
		}
		const outcome = await ended;
		if (outcome.status !== 0) throw failure(args, outcome);
	}
	start(args, environment = {}) {
		const child = spawn("git", [
			"-C",
			this.directory,
			...SETTINGS,
			...args
		], {
			env: {
				...inherited(),
				...ENVIRONMENT,
				...environment
			},
			windowsHide: true
		});
		child.stdin.on("error", () => {});
		return child;
	}
};
/** What the failure of a git command means to the user. */
function failure(args, outcome) {
	const { stderr } = outcome;
	const cause = reason(stderr) || `exit status ${outcome.status}`;
	const trust = /git config --global --add safe\.directory .*/.exec(stderr)?.[0];
	if (trust) return new Unusable(`git refuses the repository (${cause}); if you trust it, run: ${trust}`);
	if (/corrupt|unable to read|could not (read|parse|fetch)|bad object|inflate|missing/i.test(stderr)) return unreadable("an object", stderr);
	return new Unusable(`git ${args[0]} failed: ${cause}.`);
}
/** What it means to the user that git could not read `what`. */
function unreadable(what, stderr) {
	const cure = /promisor/.test(stderr) ? "this partial clone lacks it: clone without \"--filter\"" : "see \"git fsck\", fetch what is missing or clone anew";
	return new Unusable(`git cannot read ${what}: ${reason(stderr) || "it ended early"}; ${cure}.`);
}
/** Git's own reason: the line it died with, else the first line it printed. */
function reason(stderr) {
	const lines = stderr.split("\n").filter((line) => line.trim() !== "");
	return (lines.find((each) => each.startsWith("fatal: ")) ?? lines[0] ?? "").replace(/^(fatal|error): /, "");
}
/** The exit status and stderr of a process; throws `Unusable` where it could not start. */
function end(child) {
	let stderr = "";
	child.stderr.on("data", (chunk) => {
		if (stderr.length < STDERR_LIMIT) stderr += chunk.toString("utf8");
	});
	return new Promise((resolve, reject) => {
		child.on("error", (error) => reject(unstartable(error)));
		child.on("close", (status) => resolve({
			status: status ?? -1,
			stderr
		}));
	});
}
function unstartable(error) {
	if (error.code !== "ENOENT") return new Unusable(`git could not be started: ${error.message}.`);
	return new Unusable("git was not found: install git 2.31 or newer, or add it to PATH.");
}
function splitFields(bytes) {
	const text = bytes.toString("utf8");
	if (!text.includes("�")) return text.split("\0");
	const fields = [];
	for (let at = 0; at <= bytes.length;) {
		const nul = bytes.indexOf(0, at);
		const stop = nul < 0 ? bytes.length : nul;
		fields.push(decodePath(bytes.subarray(at, stop)));
		at = stop + 1;
	}
	return fields;
}
/**
* For `diff-tree`, which reads the whole index for nothing: 15 ms of 20 at 100,000 files. A file that does not exist
* is an empty index.
*/
const WITHOUT_INDEX = { GIT_INDEX_FILE: join(tmpdir(), `no-index-${process.pid}-${process.hrtime.bigint()}`) };
const STDERR_LIMIT = 65536;
/** What a repository's own configuration may not decide: programs to run, and the shape of what we read. */
const SETTINGS = [
	"core.fsmonitor=",
	`core.hooksPath=${devNull}`,
	"core.pager=cat",
	"diff.external=",
	"log.showRoot=true",
	"log.follow=false"
].flatMap((setting) => ["-c", setting]);
const ENVIRONMENT = {
	LC_ALL: "C",
	GIT_ALLOW_PROTOCOL: "none",
	GIT_GRAFT_FILE: devNull,
	GIT_LITERAL_PATHSPECS: "1",
	GIT_NO_LAZY_FETCH: "1",
	GIT_NO_REPLACE_OBJECTS: "1",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_PAGER: "cat",
	GIT_TERMINAL_PROMPT: "0"
};
/**
* Variables that name another repository than the directory's, or another meaning of arguments. Git sets some for
* hooks and aliases, so the directory alone decides; object directories stay, for a pre-receive hook's quarantine.
*/
const FOREIGN = /* @__PURE__ */ new Set([
	"GIT_ATTR_SOURCE",
	"GIT_COMMON_DIR",
	"GIT_CONFIG",
	"GIT_DIFF_OPTS",
	"GIT_DIR",
	"GIT_EXTERNAL_DIFF",
	"GIT_GLOB_PATHSPECS",
	"GIT_ICASE_PATHSPECS",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_NAMESPACE",
	"GIT_NOGLOB_PATHSPECS",
	"GIT_PREFIX",
	"GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE",
	"GIT_WORK_TREE"
]);
function inherited() {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.has(name)));
}

// src/load/objectReader.ts
/** Objects by name, all through one `git cat-file --batch` that starts with the first question and ends with us. */
var ObjectReader = class {
	#git;
	#rounds = [];
	#child;
	#rest = EMPTY;
	#body;
	constructor(git) {
		this.#git = git;
	}
	/** The object that `name` means, undefined where there is none; throws `Unusable` where git cannot read it. */
	async ask(name, limit) {
		if (/[\n\0]/.test(name)) return void 0;
		let answer;
		await this.askAll([{
			name,
			limit
		}], (object) => answer = object);
		return answer;
	}
	/** Answers each question as soon as its object is there, so that 100,000 of them need not lie in memory. */
	askAll(questions, onAnswer) {
		if (questions.length === 0) return Promise.resolve();
		const child = this.#child ??= this.#start();
		this.#hold(child, true);
		child.stdin.write(questions.map(({ name }) => `${name}\n`).join(""));
		return new Promise((resolve, reject) => this.#rounds.push({
			questions,
			onAnswer,
			resolve,
			reject,
			answered: 0
		}));
	}
	#start() {
		const child = this.#git.start(["cat-file", "--batch"]);
		child.stdout.on("data", (chunk) => this.#take(chunk));
		end(child).then(({ stderr }) => this.#end(stderr), (error) => this.#end("", error));
		return child;
	}
	/** Keeps our own process alive while an answer is awaited, and only then. */
	#hold(child, awaited) {
		const parts = [
			child,
			child.stdin,
			child.stdout,
			child.stderr
		];
		for (const part of parts) if (awaited) part.ref();
		else part.unref();
	}
	#end(stderr, error) {
		this.#child = void 0;
		this.#rest = EMPTY;
		this.#body = void 0;
		for (const { questions, answered, reject } of this.#rounds.splice(0)) reject(error ?? unreadable(questions[answered]?.name ?? "", stderr));
	}
	#take(chunk) {
		let left = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
		this.#rest = EMPTY;
		while (left.length > 0) if (!this.#body) {
			const stop = left.indexOf(LF);
			if (stop < 0) {
				this.#rest = left;
				return;
			}
			this.#takeHeader(left.toString("utf8", 0, stop));
			left = left.subarray(stop + 1);
		} else left = this.#takeBody(this.#body, left);
	}
	#takeHeader(line) {
		const match = /^([0-9a-f]{40}(?:[0-9a-f]{24})?) ([a-z]+) ([0-9]+)$/.exec(line);
		if (!match) return this.#answer(void 0);
		const [, id, type, digits] = match;
		const size = Number(digits);
		const [round] = this.#rounds;
		const bytes = size <= (round?.questions[round.answered]?.limit ?? 0) ? Buffer.allocUnsafe(size) : void 0;
		this.#body = {
			object: {
				id,
				type,
				size,
				bytes
			},
			at: 0
		};
	}
	#takeBody(body, chunk) {
		const { bytes, size } = body.object;
		const count = Math.min(size - body.at, chunk.length);
		if (bytes) chunk.copy(bytes, body.at, 0, count);
		body.at += count;
		if (count === chunk.length) return EMPTY;
		this.#body = void 0;
		this.#answer(body.object);
		return chunk.subarray(count + 1);
	}
	#answer(object) {
		const [round] = this.#rounds;
		if (!round) return;
		try {
			round.onAnswer(object, round.answered++);
		} catch (error) {
			round.reject(error);
		}
		if (round.answered < round.questions.length) return;
		this.#rounds.shift();
		round.resolve();
		if (this.#child && this.#rounds.length === 0) this.#hold(this.#child, false);
	}
};
const EMPTY = Buffer.alloc(0);
const LF = 10;

// src/load/pathHistory.ts
/**
* The life of `paths` on the first-parent line up to `start`, through renames; `shallow` tells of a clone that is.
*
* One `git log`, and one `git diff-tree` that looks for renames; both again for each rename in a row.
*/
async function readHistory(git, objects, shallow, start, paths) {
	if (paths.length === 0) return {
		events: [],
		complete: true
	};
	const lives = Array.from(new Set(paths), (path) => ({
		path,
		of: path,
		renamedBy: void 0
	}));
	let steps = await readLog(git, start, lives);
	let found = lives;
	for (let hop = 0; hop < MAX_HOPS; hop++) {
		found = await findOldNames(git, findBirths(steps, found));
		if (found.length === 0) break;
		lives.push(...found);
		steps = await readLog(git, start, lives);
	}
	const events = assign(steps, lives).map(({ commit, change, life }) => ({
		commit: {
			id: commit.id,
			date: commit.date
		},
		path: change.path,
		of: life.of,
		entry: change.after
	}));
	const complete = !shallow || !await isCut(objects, findBirths(steps, lives));
	return {
		events: events.toReversed(),
		complete
	};
}
/** The steps of some paths, newest first. */
async function readLog(git, start, lives) {
	const paths = [...new Set(lives.map((life) => life.path))];
	const wanted = new Set(paths);
	const steps = [];
	let commit;
	let age = 0;
	await readRawDiff(git.fields([
		...LOG,
		start,
		"--",
		...canBeArguments(paths) ? paths : []
	]), (change) => {
		if (commit && wanted.has(change.path)) steps.push({
			commit,
			change
		});
	}, (line) => {
		const [id = "", seconds = "", parent] = line.split(" ");
		commit = {
			id,
			date: /* @__PURE__ */ new Date(Number(seconds) * 1e3),
			parent: parent || void 0,
			age: age++
		};
	});
	return steps;
}
/** Whether the paths may be named to git; if not, it tells of every path and we choose. */
function canBeArguments(paths) {
	return paths.reduce((sum, path) => sum + path.length + 3, 0) < ARGUMENTS_LIMIT && paths.every(isUtf8Path);
}
/** Each step with each life that it belongs to, newest first; a path that was asked for has it once. */
function assign(steps, lives) {
	const ages = new Map(steps.map(({ commit }) => [commit.id, commit.age]));
	const livesOf = /* @__PURE__ */ new Map();
	for (const life of lives) {
		const others = livesOf.get(life.path);
		if (others) others.push(life);
		else livesOf.set(life.path, [life]);
	}
	return steps.flatMap((step) => {
		const askers = /* @__PURE__ */ new Map();
		for (const life of livesOf.get(step.change.path) ?? []) {
			const end = life.renamedBy === void 0 ? -1 : ages.get(life.renamedBy) ?? Infinity;
			if (step.commit.age > end) askers.set(life.of, life);
		}
		return Array.from(askers.values(), (life) => ({
			...step,
			life
		}));
	});
}
/** The oldest step of each path that was asked for, where it made the path. */
function findBirths(steps, lives) {
	const oldest = /* @__PURE__ */ new Map();
	for (const step of assign(steps, lives)) oldest.set(step.life.of, step);
	return [...oldest.values()].filter((step) => step.change.before === void 0);
}
/** The names that the born paths had before, where their first commit renamed them. */
async function findOldNames(git, births) {
	const born = births.filter(({ commit }) => commit.parent !== void 0);
	if (born.length === 0) return [];
	const pairs = new Set(born.map(({ commit }) => `${commit.id} ${commit.parent}\n`));
	const oldNames = /* @__PURE__ */ new Map();
	let commit = "";
	await readRawDiff(git.fields(RENAMES, [...pairs].join(""), WITHOUT_INDEX), ({ path, from }) => oldNames.set(`${commit} ${path}`, from ?? path), (line) => commit = line);
	return born.flatMap(({ commit: { id }, change, life }) => {
		const path = oldNames.get(`${id} ${change.path}`);
		return path === void 0 ? [] : [{
			path,
			of: life.of,
			renamedBy: id
		}];
	});
}
/** Whether a life begins at a commit whose parents a shallow clone hides: the object names them, the log does not. */
async function isCut(objects, births) {
	const roots = new Set(births.filter(({ commit }) => !commit.parent).map(({ commit }) => commit.id));
	return (await Promise.all(Array.from(roots, (id) => objects.ask(id, COMMIT_LIMIT$1)))).some((object) => !object?.bytes || /^tree \S+\nparent /.test(object.bytes.toString("latin1", 0, 200)));
}
const MAX_HOPS = 8;
const ARGUMENTS_LIMIT = 24e3;
const COMMIT_LIMIT$1 = 16777216;
const RAW = [
	"--raw",
	"-z",
	"--no-abbrev",
	"--ignore-submodules=none",
	"--no-ext-diff",
	"--no-textconv"
];
const LOG = [
	"log",
	...RAW,
	"--first-parent",
	"--no-renames",
	"-O/dev/null",
	"--no-show-signature",
	"--format=%H %ct %P"
];
const RENAMES = [
	"diff-tree",
	...RAW,
	"--stdin",
	"-r",
	"-M",
	"-l1000",
	"--diff-filter=R"
];

// src/load/workTree.ts
/** The local changes by path, in two processes. */
async function readLocalChanges(git, files) {
	const changes = /* @__PURE__ */ new Map();
	const environment = await withoutFilters(git);
	for await (const batch of git.fields(STATUS, "", environment)) for (const field of batch) {
		const [path, change] = field.startsWith("? ") ? untracked(field, files) : tracked(field);
		if (path !== "") changes.set(path, {
			before: change.before ?? changes.get(path)?.before,
			now: change.now
		});
	}
	return changes;
}
/** What differs between base and the working tree: base to HEAD, and the local changes laid over it. */
function overlayChanges(toHead, local) {
	const pairs = new Map(toHead.map((change) => [change.path, {
		base: change.before,
		head: change.after
	}]));
	for (const [path, { before, now }] of local) {
		const known = pairs.get(path);
		pairs.set(path, {
			base: known ? known.base : before,
			head: now
		});
	}
	return Array.from(pairs, ([path, { base, head }]) => changedPath(path, base, head)).filter(differs);
}
/** Every entry of the index, with the local changes laid over it. */
async function listWorkTree(git, local) {
	const entries = [];
	for await (const batch of git.fields([
		"ls-files",
		"--stage",
		"-z",
		"--full-name"
	])) for (const field of batch) {
		const tab = field.indexOf("	");
		const [mode = "", id = ""] = field.slice(0, tab).split(" ");
		const path = field.slice(tab + 1);
		const entry = local.has(path) ? void 0 : treeEntry(path, mode, id);
		if (entry) entries.push(entry);
	}
	for (const { now } of local.values()) if (now) entries.push(now);
	return entries;
}
/** Whether `root` itself holds `.git`; `core.worktree` may point anywhere, and anywhere is not ours to read. */
function isWorkTree(root) {
	return lstatSync(join(root, ".git"), { throwIfNoEntry: false }) !== void 0;
}
const STATUS = [
	"status",
	"--porcelain=v2",
	"-z",
	"--untracked-files=all",
	"--no-renames",
	"--ignore-submodules=dirty"
];
const NOTHING = ["", {
	before: void 0,
	now: void 0
}];
function untracked(field, files) {
	const path = field.slice(2);
	const kind = files.kind(path);
	return kind ? [path, {
		before: void 0,
		now: {
			path,
			kind,
			id: ""
		}
	}] : NOTHING;
}
/** One line of `git status --porcelain=v2` for a path of HEAD or of the index. */
function tracked(field) {
	if (field.startsWith("1 ")) {
		const [columns, path] = cut(field, 8);
		const [, state = "", , headMode = "", , diskMode = "", headId = "", indexId = ""] = columns;
		const now = treeEntry(path, diskMode, state.endsWith(".") ? indexId : "");
		return [path, {
			before: treeEntry(path, headMode, headId),
			now
		}];
	}
	if (field.startsWith("u ")) {
		const [columns, path] = cut(field, 10);
		const [, , , , oursMode = "", , diskMode = "", , oursId = ""] = columns;
		return [path, {
			before: treeEntry(path, oursMode, oursId),
			now: treeEntry(path, diskMode, "")
		}];
	}
	return NOTHING;
}
/** The first `count` words of a line, and what follows them, blanks and all. */
function cut(field, count) {
	let at = 0;
	for (let word = 0; word < count; word++) at = field.indexOf(" ", at) + 1;
	return [field.slice(0, at - 1).split(" "), field.slice(at)];
}
/**
* The environment that switches every configured filter off: `git status` would run them on files whose time stamps
* are in doubt, and `.git/config` is not trusted to name programs.
*/
async function withoutFilters(git) {
	if (!mayNameFilters(git.directory)) return {};
	const args = [
		"config",
		"-z",
		"--name-only",
		"--get-regexp",
		"^filter\\..*\\.(clean|smudge|process|required)$"
	];
	const outcome = await git.run(args);
	if (outcome.status > 1) throw failure(args, outcome);
	const names = new Set(outcome.stdout.toString("utf8").split("\0").filter(Boolean));
	const first = Number(process.env["GIT_CONFIG_COUNT"] ?? 0);
	const environment = { GIT_CONFIG_COUNT: String(first + names.size) };
	for (const [index, name] of [...names].entries()) {
		environment[`GIT_CONFIG_KEY_${first + index}`] = name;
		environment[`GIT_CONFIG_VALUE_${first + index}`] = name.endsWith(".required") ? "false" : "";
	}
	return environment;
}
/** Whether the repository's configuration may name filters; a glance that mostly saves the process of `git config`. */
function mayNameFilters(root) {
	const inside = (name) => join(root, ".git", name);
	if (existsSync(inside("config.worktree")) || existsSync(inside("commondir"))) return true;
	try {
		return /filter|include/i.test(readFileSync(inside("config"), "latin1"));
	} catch {
		return true;
	}
}

// src/load/gitRepository.ts
/**
* The git repository around `directory`, undefined outside of any; throws `Unusable` where git refuses it.
*
* The directory alone decides: `GIT_DIR` and its like, which git sets for hooks, are not heeded.
*/
async function openRepository(directory) {
	const args = [
		"rev-parse",
		"--is-inside-work-tree",
		"--is-shallow-repository",
		"--show-toplevel"
	];
	const outcome = await new Git(directory).run(args);
	if (/not a git repository \(or any/.test(outcome.stderr)) return void 0;
	const [, inside, shallow, root] = /^(true|false)\n(true|false)\n([^]*?)\n?$/.exec(outcome.stdout.toString()) ?? [];
	if (inside === void 0 || inside === "true" && outcome.status !== 0) throw failure(args, outcome);
	const hasWorkTree = inside === "true" && root !== void 0 && isWorkTree(root);
	return new GitRepository(hasWorkTree ? root : realpathSync.native(directory), shallow === "true", hasWorkTree);
}
var GitRepository = class {
	root;
	#shallow;
	#hasWorkTree;
	#git;
	#objects;
	#commits = /* @__PURE__ */ new Map();
	#files;
	#localChanges;
	constructor(root, shallow, hasWorkTree) {
		this.root = root;
		this.#shallow = shallow;
		this.#hasWorkTree = hasWorkTree;
		this.#git = new Git(root);
		this.#objects = new ObjectReader(this.#git);
	}
	get name() {
		return repositoryName(this.root);
	}
	async resolve(rev) {
		const known = this.#commits.get(rev);
		if (known) return known;
		const commit = await this.#find(rev);
		if (commit) return commit;
		if (rev === "HEAD") throw new Unusable(`HEAD of ${this.root} has no commits yet: commit something first.`);
		const cure = this.#shallow ? "this clone is shallow: git fetch --unshallow" : "fetch it, or name another";
		throw new Unusable(`${JSON.stringify(rev)} is no commit of ${this.root}; ${cure}.`);
	}
	async mergeBase(a, b) {
		const [from, to] = await Promise.all([this.resolve(a), this.resolve(b)]);
		if (from.id === to.id) return from;
		const args = [
			"merge-base",
			from.id,
			to.id
		];
		const outcome = await this.#git.run(args);
		if (outcome.status === 0) return this.resolve(outcome.stdout.toString("latin1").trim());
		if (outcome.status !== 1 || /^(error|fatal): /m.test(outcome.stderr)) throw failure(args, outcome);
		const cure = this.#shallow ? "this clone is shallow: git fetch --unshallow" : "their histories have nothing in common: name another base";
		throw new Unusable(`${JSON.stringify(a)} and ${JSON.stringify(b)} have no merge base; ${cure}.`);
	}
	async diff(base, head) {
		const from = await this.resolve(base);
		if (head !== "worktree") return (await this.#diffTrees(from.id, (await this.resolve(head)).id)).map(({ path, before, after }) => changedPath(path, before, after)).filter(differs);
		const local = this.#readLocalChanges();
		const [toHead, changes] = await Promise.all([this.#diffToHead(from.id), local]);
		return overlayChanges(toHead, changes);
	}
	async list(at) {
		if (at === "worktree") return listWorkTree(this.#git, await this.#readLocalChanges());
		const { id } = await this.resolve(at);
		const entries = [];
		for await (const batch of this.#git.fields([
			"ls-tree",
			"-r",
			"-z",
			"--full-tree",
			id
		])) for (const field of batch) {
			const tab = field.indexOf("	");
			const [mode = "", , object = ""] = field.slice(0, tab).split(" ");
			const entry = treeEntry(field.slice(tab + 1), mode, object);
			if (entry) entries.push(entry);
		}
		return entries;
	}
	async tree(commit) {
		const args = [
			"ls-tree",
			"-r",
			"-z",
			"--full-tree",
			(await this.resolve(commit)).id
		];
		const outcome = await this.#git.run(args);
		if (outcome.status !== 0) throw failure(args, outcome);
		return new TreeListing(decodePath(outcome.stdout));
	}
	async entry(at, path) {
		if (at === "worktree") return this.#disk().entry(path);
		const { id } = await this.resolve(at);
		if (!await this.#objects.ask(`${id}:${path}`, 0)) return void 0;
		const args = [
			"ls-tree",
			"-z",
			"--full-tree",
			id,
			"--",
			path
		];
		const outcome = await this.#git.run(args);
		if (outcome.status !== 0) throw failure(args, outcome);
		const [columns = ""] = outcome.stdout.toString("latin1").split("	", 1);
		const [mode = "", , object = ""] = columns.split(" ");
		return treeEntry(path, mode, object);
	}
	async read(entries, limit, keep = () => true) {
		const blobs = /* @__PURE__ */ new Map();
		const settle = (entry, blob) => {
			const told = withinLimit(blob, limit(entry.path));
			if ("unread" in told || keep(entry.path, told)) blobs.set(entry, told);
		};
		const byId = /* @__PURE__ */ new Map();
		for (const entry of entries) {
			const same = byId.get(entry.id);
			if (entry.kind === "submodule") settle(entry, { unread: "not-a-file" });
			else if (entry.id === "" && entry.kind === "link") settle(entry, this.#disk().readLink(entry.path));
			else if (entry.id === "") settle(entry, this.#disk().read(entry.path, limit(entry.path)));
			else if (same) same.push(entry);
			else byId.set(entry.id, [entry]);
		}
		const groups = [...byId.values()];
		const questions = Array.from(byId, ([name, same]) => ({
			name,
			limit: Math.max(...same.map(({ path }) => limit(path)))
		}));
		await this.#objects.askAll(questions, (object, index) => {
			const blob = blobOf(object);
			for (const entry of groups[index] ?? []) settle(entry, blob);
		});
		return blobs;
	}
	async history(commit, paths) {
		const { id } = await this.resolve(commit);
		return readHistory(this.#git, this.#objects, this.#shallow, id, paths);
	}
	/** The commit that `rev` means, tags peeled; undefined where it means none. */
	async #find(rev) {
		let object = await this.#objects.ask(rev, COMMIT_LIMIT);
		if (object?.type === "tag") object = await this.#objects.ask(`${object.id}^{commit}`, COMMIT_LIMIT);
		if (object?.type !== "commit") return void 0;
		const seconds = /^committer .* (-?\d+) \S+$/m.exec(object.bytes?.toString("latin1") ?? "")?.[1];
		const commit = {
			id: object.id,
			date: /* @__PURE__ */ new Date(Number(seconds ?? 0) * 1e3)
		};
		this.#commits.set(commit.id, commit);
		return commit;
	}
	async #diffTrees(base, head) {
		const changes = [];
		if (base === head) return changes;
		const fields = this.#git.fields([
			...DIFF_TREE,
			base,
			head
		], "", WITHOUT_INDEX);
		await readRawDiff(fields, (change) => changes.push(change));
		return changes;
	}
	async #diffToHead(base) {
		const head = await this.#find("HEAD");
		return this.#diffTrees(base, head?.id ?? EMPTY_TREES[base.length] ?? "");
	}
	/** Memoised: `diff` and `list` of one run must tell of the same working tree. */
	async #readLocalChanges() {
		const files = this.#disk();
		return this.#localChanges ??= readLocalChanges(this.#git, files);
	}
	#disk() {
		if (!this.#hasWorkTree) throw new Unusable(`The repository ${this.root} has no working tree: name the revision to judge with --head.`);
		return this.#files ??= new DiskFiles(this.root);
	}
};
function blobOf(object) {
	if (object === void 0) return { unread: "missing" };
	if (object.type !== "blob") return { unread: "not-a-file" };
	return object.bytes ?? {
		unread: "too-large",
		size: object.size
	};
}
function withinLimit(blob, limit) {
	return blob instanceof Uint8Array && blob.length > limit ? {
		unread: "too-large",
		size: blob.length
	} : blob;
}
const COMMIT_LIMIT = 16777216;
const DIFF_TREE = [
	"diff-tree",
	"-r",
	"--raw",
	"-z",
	"--no-renames",
	"--no-abbrev",
	"--ignore-submodules=none",
	"--no-ext-diff",
	"--no-textconv"
];
/** The tree without entries, by the length of its id: git knows it in every repository. */
const EMPTY_TREES = {
	40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
	64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
};

// src/render/terminal.ts
/** The form for eyes: findings by domain, each with its line quoted and the fault underlined. */
function terminal(review, options) {
	const shown = review.findings.filter((finding) => counts(finding, options.all));
	const paint = painter(options.color);
	const groups = /* @__PURE__ */ new Map();
	for (const finding of shown) {
		const title = finding.domain === null ? logSafe(finding.at.path) : logSafe(display(finding.domain));
		groups.set(title, [...groups.get(title) ?? [], finding]);
	}
	return `${[...[...groups].map(([title, findings]) => [paint("bold", title), ...findings.map((finding) => block(finding, options, paint))].join("\n\n")), closing(review).join("\n")].join("\n\n")}\n`;
}
function block(finding, options, paint) {
	const head = `  ${paint(finding.severity, finding.severity)} ${paint("dim", `${finding.rule} · ${finding.reference}`)}`;
	const known = finding.status === "existing" ? paint("dim", " · was there before") : "";
	const prose = finding.message.split("\n").flatMap((line) => wrapped(logSafe(line), Math.min(options.width, 100) - 2));
	const lines = [
		head + known,
		...frame(finding.at, options, paint, finding.severity),
		...prose.map((line) => `  ${line}`)
	];
	for (const related of finding.related ?? []) lines.push(...frame(related.at, options, paint, "dim"), `  ${logSafe(related.message)}`);
	if (finding.fix) lines.push(`  ${paint("fix", "fix")} ${logSafe(finding.fix.title)} (\`--fix\` applies it)`);
	return lines.join("\n");
}
/** The line quoted and the stretch underlined: `  12 | text` and carets below. */
function frame(span, options, paint, style) {
	const where = `  ${paint("dim", `${logSafe(span.path)}:${span.start.line}:${span.start.column}`)}`;
	const line = options.source(span)?.line(span.start.line);
	if (line === void 0 || line.trim() === "") return [where];
	const number = String(span.start.line);
	const room = Math.max(20, options.width - number.length - 7);
	const end = span.end.line === span.start.line ? span.end.column - 1 : line.length;
	const from = Math.max(0, Math.min(span.start.column - 1, Math.max(0, line.length - room), span.start.column - 11));
	const part = shown(line.slice(from, from + room));
	const lead = shown(line.slice(from, span.start.column - 1)).length;
	const marked = shown(line.slice(span.start.column - 1, Math.min(end, from + room))).length;
	return [
		where,
		`  ${paint("dim", `${number} |`)} ${part}`,
		`  ${" ".repeat(number.length)} ${paint("dim", "|")} ${" ".repeat(lead)}${paint(style, "^".repeat(Math.max(1, marked)))}`
	];
}
/** Tabs as blanks, so that the carets stand below what they mark. */
function shown(text) {
	return logSafe(text.replaceAll("	", "    "));
}

// src/load/writeFixes.ts
/**
* Writes what fixes changed to the files under `root`, whole files and atomically, never through links; the paths that were
* written.
*/
function writeFixes(root, snapshot, fixed) {
	const files = mendedFiles(snapshot, fixed);
	const written = [];
	try {
		for (const { path, before, after } of files) written.push(prepare(root, path, latin1(before), latin1(after)));
	} catch (error) {
		for (const { temporary } of written) rmSync(temporary, { force: true });
		throw error;
	}
	for (const { temporary, target } of written) renameSync(temporary, target);
	return files.map(({ path }) => path);
}
function latin1(bytes) {
	return Buffer.from(bytes).toString("latin1");
}
/** Writes the new contents beside the file, so that one rename puts them in its place; texts are one character a byte. */
function prepare(root, path, judged, fixed) {
	const target = join(root, path);
	const info = lstatSync(target);
	const folder = realpathSync(dirname(target));
	const inside = folder === realpathSync(root) || folder.startsWith(realpathSync(root) + sep);
	if (!info.isFile() || !inside) throw new Unusable(`${path} is reached through a symbolic link, so it is not changed: repair it by hand.`);
	const disk = readFileSync(target, "latin1");
	const converted = disk !== judged && disk.replaceAll("\r\n", "\n") === judged;
	if (disk !== judged && !converted) throw new Unusable(`${path} changed while it was judged, so it is left alone: run it again.`);
	const text = converted ? fixed.replace(/\r?\n/g, "\r\n") : fixed;
	const temporary = `${target}.mta-sts-guard-${process.pid}`;
	try {
		writeFileSync(temporary, text, {
			encoding: "latin1",
			flag: "wx"
		});
		chmodSync(temporary, info.mode);
	} catch (error) {
		throw new Unusable(`${path} cannot be changed: ${error.message}`);
	}
	return {
		temporary,
		target
	};
}

export { loadChange as A, linksTo as C, review as D, judge as E, withConfig as F, configAt as M, loadConfig as N, applyFixes as O, loadConfigFile as P, sourceUrl as S, checkTitle as T, stateMarkdown as _, closing as a, piecesOf as b, json as c, isWorthTelling as d, summaryComment as f, reviewMarkdown as g, partComment as h, openDirectory as i, loadState as j, fixesTogether as k, annotations as l, markerOf as m, terminal as n, findingText as o, lineComment as p, openRepository as r, text as s, writeFixes as t, SUMMARY_MARKER as u, diary as v, checkAnnotations as w, prose as x, offerByHand as y };