import { l as quote, s as withoutFix } from "./first.js";
import { $t as intendedField, A as caaProperty, B as surplusOver, Bt as mxFault, C as beginning, Cn as labels, D as lineEnd, Dn as groupedBy, E as addMxEdit, En as under, F as unreachable, Gt as fieldsNamed, Ht as allowsAny, I as activePolicy, J as dayText, Jt as matches, K as covers$1, Kt as firstDifference, L as hasTested, Lt as isMeantFor, M as besides, N as isDocumentation, O as duration, P as isInternal, Qt as FIELD_NAMES, R as modeOf, Rt as isMxPattern, S as replaceMx, Sn as isWithin, T as removeLine, Ut as covers, V as rebasedEdit, Vt as MAX_AGE_LIMIT, Wt as difference, Xt as patterns, Y as isActive, Yt as meaning, Zt as readable, _ as SHORTEST_MAX_AGE, _n as recordsAt, _t as serialEdits, an as lookup, b as listed$1, bn as display, bt as POLICY_PATH, c as isAboutRua, cn as exchange, ct as newId, d as swallowed, dn as mxHosts$1, dt as unusedIdEdits, en as isFieldName, f as compared, fn as preference, ft as changedRecords, g as mendedValue, gn as mayHoldMore, h as mendedMode, ht as nextSerial, in as isAbsent, it as misnamedTlsrptByDomain, j as relevantCaa, k as moment, l as isPlaceholder$1, ln as isMeant, lt as newIdEdits, m as isPlaceholder, mn as usesSts, mt as isToolManaged, nn as apex, nt as misnamedByDomain, on as announced, ot as renaming, p as respelling, pn as stsRecord, pt as compareSerials, qt as lacks, rn as belowCut, sn as candidate, st as idOf, tn as Zones, tt as isDoubled, u as loosenings, un as knowAllMx, ut as pastsWithId, v as longestMaxAge, vn as soa, vt as serialOf, w as insertFirst, wn as nameOf, x as leftWithout, xn as isWildcard, xt as sitePath, y as mendedMaxAge, yn as memo, z as testingRun, zt as mendedMx } from "./parse.js";
import { n as registeredDomain, t as isPublicSuffix } from "./publicSuffix.js";
import { isIP } from "node:net";

// src/rules/withoutIgnored.ts
/** Takes out the findings that somebody accepted; one whose ignore has expired stays, and says so. */
function withoutIgnored(findings, ignores) {
	const left = [];
	const ignored = [];
	for (const finding of findings) {
		const found = finding.status === "fixed" ? [] : ignoresOf(finding, ignores);
		const by = found.find((ignore) => isActive(ignore, ignores.now));
		if (by) ignored.push({
			finding,
			by
		});
		else left.push(found.length > 0 ? withExpired(finding, found) : finding);
	}
	return {
		findings: left,
		ignored
	};
}
/** The ignores that cover a finding, expired ones among them. */
function ignoresOf(finding, { configured, comments, domainsOf, now }) {
	const { rule, domain, at } = finding;
	const forRule = configured.filter((ignore) => ignore.rule === rule);
	const names = domain === null ? domainsOf(at.path) : [domain];
	const everywhere = forRule.filter((ignore) => ignore.domain === void 0);
	const byName = names.map((name) => forRule.filter((ignore) => ignore.domain === name));
	const covering = names.length > 0 && byName.every((some) => some.some((ignore) => isActive(ignore, now))) || names.length === 1 ? byName.flat() : [];
	const atRecord = comments.flatMap(({ ignores, zones }) => ignores.filter((ignore) => ignore.rule === rule && zones.some((zone) => standsAt(finding, zone, ignore.record))));
	return [
		...everywhere,
		...covering,
		...atRecord
	];
}
function standsAt({ at }, zone, { owner, type, exchange }) {
	return recordsAt(zone, owner, type).some(({ source, rdata, span }) => source.side === at.side && source.file === at.path && (exchange === void 0 || rdata.endsWith(` ${exchange}`)) && span.start.offset <= at.start.offset && at.start.offset < span.end.offset);
}
function withExpired(finding, ignores) {
	const related = ignores.flatMap(({ until, at }) => until ? [{
		message: `This ignore expired on ${dayText(until)}, so it no longer counts.`,
		at
	}] : []);
	return {
		...finding,
		related: [...finding.related ?? [], ...related]
	};
}

// src/rules/withSoundFixes.ts
/**
* Takes away the fixes that would not clear their finding, or that would bring one that was not there; where that one has a
* fix of its own - a mended policy needs a new id - both become one. Each is tried by itself if that is affordable, else
* in halves, so that a thousand do not take a thousand trials; what was not tried is taken away.
*/
function withSoundFixes(findings, affordable, trial, sources) {
	const present = findings.filter((finding) => finding.status !== "fixed");
	const surplus = surplusOver(present);
	const sound = /* @__PURE__ */ new Map();
	let trials = 0;
	/** What fixes leave behind that was not there, the findings themselves among it; undefined if they cannot be tried. */
	const left = (group, fixes) => {
		const after = trials++ < affordable ? trial(fixes) : void 0;
		if (!after) return void 0;
		return surplus(group, after);
	};
	const isSound = (group) => {
		const fixes = group.map(({ fix }) => fix);
		const more = left(group, fixes);
		if (!more) return false;
		const whole = more.length === 0 ? fixes : joined(fixes, more, sources);
		if (!whole || whole !== fixes && left(group, whole)?.length !== 0) return false;
		for (const [index, finding] of group.entries()) sound.set(finding, whole[index]);
		return true;
	};
	const sift = (group, together) => {
		if (group.length === 0 || trials >= affordable) return;
		if ((together || group.length === 1) && isSound(group)) return;
		if (group.length === 1) return;
		const middle = together ? group.length >> 1 : 1;
		sift(group.slice(0, middle), together);
		sift(group.slice(middle), together);
	};
	const fixable = present.filter((finding) => finding.fix !== void 0);
	sift(fixable, 2 * fixable.length > affordable);
	return findings.map((finding) => {
		const fix = sound.get(finding);
		return fix ? {
			...finding,
			fix
		} : withoutFix(finding);
	});
}
/** The fixes with those of the findings that they bring; undefined if one has none, or edits what they wrote. */
function joined(fixes, brought, sources) {
	const byPath = groupedBy(fixes.flatMap((fix) => fix.edits.map((edit) => ({
		path: edit.at.path,
		fix,
		edit
	}))), ({ path }) => path);
	const more = /* @__PURE__ */ new Map();
	for (const { at, related = [], fix } of brought) {
		const edits = fix?.edits.flatMap((edit) => {
			const earlier = byPath.get(edit.at.path)?.map((entry) => entry.edit);
			const source = sources.get(edit.at.path);
			return (earlier && source ? rebasedEdit(edit, earlier, source) : edit) ?? [];
		});
		if (!fix || edits?.length !== fix.edits.length) return void 0;
		const causes = [at, ...related.map((other) => other.at)].flatMap(({ path }) => byPath.get(path) ?? []);
		if (causes.length === 0) return void 0;
		for (const cause of new Set(causes.map((entry) => entry.fix))) more.set(cause, [...more.get(cause) ?? [], ...edits]);
	}
	return fixes.map((fix) => ({
		...fix,
		edits: [...fix.edits, ...more.get(fix) ?? []]
	}));
}

// src/rules/config-invalid.ts
var config_invalid_default = {
	group: "run",
	summary: "The configuration does not validate, so none of it counts and the defaults apply",
	severity: "error",
	references: ["docs/configuration.md"],
	since: "0.1.0",
	*config({ head, comments }) {
		for (const { message, span } of head?.problems ?? []) yield {
			message: `${message} While the file does not validate, none of it counts and the built-in defaults apply.`,
			at: span,
			values: [message]
		};
		for (const { head: after } of comments) for (const { message, span } of after?.problems ?? []) yield {
			message,
			at: span,
			severity: "warning",
			values: [message]
		};
	}
};

// src/rules/enforce-without-testing.ts
var enforce_without_testing_default = {
	group: "rollout",
	summary: "The policy enforces without a testing phase, so the first mistake loses mail",
	severity: "error",
	references: ["RFC 8461 §5", "RFC 8461 §8.1"],
	since: "0.1.0",
	*domain(change) {
		const { head, base, history } = change;
		if (!head?.policy || !readable(head.policy)) return;
		const { mode } = head.policy;
		if (mode.value !== "enforce" || modeOf(base, history) === "enforce" || hasTested(history) !== false) return;
		const whose = head.name === void 0 ? "The policy" : `The policy of ${display(head.name)}`;
		const severity = severityOf$1(change);
		yield {
			message: `${whose} goes straight to \`enforce\`: senders will refuse to deliver to every MX host that is not listed, or whose certificate does not fit (RFC 8461 §5), and nobody has seen a report yet that would show it. Start with \`mode: testing\`, read the TLS reports for two weeks, then enforce.` + (severity === "error" ? "" : " If this policy was already in force elsewhere, nothing needs to be done."),
			at: mode.span,
			severity,
			values: [],
			fix: severity === "error" ? {
				title: "Start in mode testing",
				edits: [{
					at: mode.span,
					newText: "testing"
				}, ...newIdEdits(change)]
			} : void 0
		};
	}
};
/** A policy that may be an import from another place is no first publication. */
function severityOf$1({ base, head, zone, options }) {
	if (head?.name !== void 0 && options.enforcedElsewhere.includes(head.name)) return "notice";
	if (base?.policy) return "error";
	if (zone.head && !zone.base) return "notice";
	const before = base?.sts.presence;
	if (before === "present" || base?.sts.cname || before === "delegated") return "warning";
	return head?.sts.presence === "unknown" || head?.sts.presence === "delegated" ? "warning" : "error";
}

// src/rules/host-address.ts
var host_address_default = {
	group: "host",
	summary: "The host that serves the policy has an address that nobody on the Internet reaches, or a CNAME beside other records",
	severity: "error",
	references: ["RFC 8461 §3.3", "RFC 1034 §3.6.2"],
	since: "0.1.0",
	*domain({ base, head }) {
		if (!head?.zone || head.name === void 0 || head.unseen || ![base, head].some(usesSts)) return;
		const { zone, zones } = head;
		const owner = under("mta-sts", head.name);
		const [cname] = belowCut(zone, owner) ? [] : recordsAt(zone, owner, "CNAME");
		const [other] = cname ? besides(zone, cname) : [];
		if (cname && other) {
			yield {
				message: `At ${quote(display(owner))} ${other.type === "CNAME" ? "stand two CNAME records" : `stands a CNAME beside another record (${other.type})`}, and a CNAME must stand alone (RFC 1034 §3.6.2): some name servers refuse the whole zone, others answer with one of them. Senders that do not reach the host cannot fetch the policy (RFC 8461 §3.3). Keep the one that leads to the web server with the policy, and remove the rest.`,
				at: cname.span,
				related: [{
					message: "This record stands beside it.",
					at: other.span
				}],
				values: ["beside", other.type],
				reference: "RFC 1034 §3.6.2",
				about: [owner]
			};
			return;
		}
		const others = zones.viewsOf(apex(zone)).filter((view) => view !== zone);
		if (isInternal(zone) || !mayBeReached(zone, zones, owner) && others.some((view) => mayBeReached(view, zones, owner))) return;
		for (const record of ["A", "AAAA"].flatMap((type) => lookup(zone, zones, owner, type).records)) {
			const range = unreachable(record.rdata);
			if (!range) continue;
			yield {
				message: `Senders fetch the policy from ${quote(display(owner))}, and its address ${record.rdata} is ${range}: nobody outside reaches it. They deliver without the policy's protection, or by an older one until it runs out (RFC 8461 §3.3). Write the public address of the web server that serves the policy.`,
				at: record.span,
				severity: isDocumentation(range) ? "notice" : "error",
				values: [record.rdata]
			};
		}
	}
};
/** Whether a view has, or leads to, an address for senders: then it is the one they see, and not one that has none. */
function mayBeReached(view, zones, host) {
	return ["A", "AAAA"].some((type) => {
		const { presence, records } = lookup(view, zones, host, type);
		if (presence !== "present") return presence !== "absent";
		return records.some(({ rdata }) => {
			const range = unreachable(rdata);
			return !range || isDocumentation(range);
		});
	});
}

// src/rules/host-caa.ts
var host_caa_default = {
	group: "host",
	summary: "CAA records forbid every certificate for the host that serves the policy",
	severity: "error",
	references: ["RFC 8659 §3", "RFC 8461 §3.3"],
	since: "0.1.0",
	*domain({ base, head }) {
		if (!head?.zone || head.name === void 0 || head.unseen || ![base, head].some(usesSts)) return;
		const host = under("mta-sts", head.name);
		const records = relevantCaa(head.zone, head.zones, host) ?? [];
		const properties = records.map(caaProperty);
		const first = records[properties.findIndex((property) => property?.tag === "issue")];
		if (!first || properties.some((property) => !property || namesOne(property))) return;
		const end = lookup(head.zone, head.zones, host, "CAA").chain.at(-1)?.rdata;
		yield {
			message: `No certification authority may issue a certificate for ${quote(display(host))}: ${quote(`CAA ${first.rdata}`)} at ${quote(display(first.owner))} counts for it, and no CAA record there names one (RFC 8659 §3). Once the present certificate expires, senders cannot fetch the policy and deliver without its protection (RFC 8461 §3.3). Add a record for the authority you use, at ${end === void 0 ? `${quote(display(host))} itself` : `${quote(display(end))}, where the CNAME of that host leads,`} or beside this one: ${quote(`${end ?? host} CAA 0 issue "letsencrypt.org"`)}.`,
			at: first.span,
			values: records.map((record) => record.rdata).toSorted()
		};
	}
};
function namesOne({ tag, issuer }) {
	return (tag === "issue" || tag === "issuewild") && issuer !== "";
}

// src/rules/host-missing.ts
var host_missing_default = {
	group: "host",
	summary: "The `_mta-sts` record sends senders to a host that has no address, so they cannot fetch the policy",
	severity: "error",
	references: ["RFC 8461 §3.3", "RFC 8461 §3.2"],
	since: "0.1.0",
	*domain({ head }) {
		const first = head?.sts.records.find(isMeant);
		if (!head?.zone || head.name === void 0 || !first || isInternal(head.zone)) return;
		const host = under("mta-sts", head.name);
		if (!isAbsent(head.zone, head.zones, host, ["A", "AAAA"])) return;
		const end = lookup(head.zone, head.zones, host, "A").chain.at(-1);
		yield {
			message: `The record at ${quote(`_mta-sts.${display(head.name)}`)} makes senders fetch the policy from ${quote(`https://${display(host)}/.well-known/mta-sts.txt`)}, ` + (end ? `and the CNAME there leads to ${quote(display(end.rdata))}, which has no address. ` : `and the zone has no A, AAAA or CNAME record for that host. `) + `They cannot fetch it and deliver without its protection; a policy that they still hold runs out (RFC 8461 §3.3). ${end ? "Add the address there, or point the CNAME at" : `Add an A, AAAA or CNAME record for ${quote(display(host))} that leads to`} the web server that serves the policy.`,
			at: (head.sts.cname ?? first.record).span,
			...end ? { related: [{
				message: "The last CNAME of the chain.",
				at: end.span
			}] } : {},
			values: end ? [end.rdata] : []
		};
	}
};

// node_modules/dns-zonefile/lib/zonefile.js
const defaultTemplate = `; Zone: {zone}
; Exported  (yyyy-mm-ddThh:mm:ss.sssZ): {datetime}

{$origin}
{$ttl}

; SOA Record
{name} {ttl}	IN	SOA	{mname}{rname}(
{serial} ;serial
{refresh} ;refresh
{retry} ;retry
{expire} ;expire
{minimum} ;minimum ttl
)

; NS Records
{ns}

; MX Records
{mx}

; A Records
{a}

; AAAA Records
{aaaa}

; CNAME Records
{cname}

; PTR Records
{ptr}

; TXT Records
{txt}

; SRV Records
{srv}

; SPF Records
{spf}

; CAA Records
{caa}

; DS Records
{ds}

`;
let generate$1 = function(options, template) {
	const json = JSON.parse(JSON.stringify(options));
	template = template || defaultTemplate;
	template = process$ORIGIN(json["$origin"], template);
	template = process$TTL(json["$ttl"], template);
	template = processSOA(json["soa"], template);
	template = processNS(json["ns"] || [], template);
	template = processA(json["a"] || [], template);
	template = processAAAA(json["aaaa"] || [], template);
	template = processCNAME(json["cname"] || [], template);
	template = processMX(json["mx"] || [], template);
	template = processPTR(json["ptr"] || [], template);
	template = processTXT(json["txt"] || [], template);
	template = processSRV(json["srv"] || [], template);
	template = processSPF(json["spf"] || [], template);
	template = processCAA(json["caa"] || [], template);
	template = processDS(json["ds"] || [], template);
	template = processValues(json, template);
	return template.replace(/\n{2,}/gim, "\n\n");
};
let process$ORIGIN = function(data, template) {
	let ret = "";
	if (typeof data !== "undefined") ret += "$ORIGIN " + data;
	return template.replace("{$origin}", ret);
};
let process$TTL = function(data, template) {
	let ret = "";
	if (typeof data !== "undefined") ret += "$TTL " + data;
	return template.replace("{$ttl}", ret);
};
let processSOA = function(data, template) {
	let ret = template;
	data.name = data.name || "@";
	data.ttl = data.ttl || "";
	Object.keys(data).map((key) => {
		ret = ret.replace("{" + key + "}", data[key] + "	");
	});
	return ret;
};
let processNS = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	NS	" + value.host + "\n";
	}
	return template.replace("{ns}", ret);
};
let processA = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	A	" + value.ip + "\n";
	}
	return template.replace("{a}", ret);
};
let processAAAA = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	AAAA	" + value.ip + "\n";
	}
	return template.replace("{aaaa}", ret);
};
let processCNAME = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	CNAME	" + value.alias + "\n";
	}
	return template.replace("{cname}", ret);
};
let processMX = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	MX	" + value.preference + "	" + value.host + "\n";
	}
	return template.replace("{mx}", ret);
};
let processPTR = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	PTR	" + value.host + "\n";
	}
	return template.replace("{ptr}", ret);
};
let processTXT = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	TXT	" + value.txt + "\n";
	}
	return template.replace("{txt}", ret);
};
let processSRV = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	SRV	" + value.priority + "	";
		ret += value.weight + "	";
		ret += value.port + "	";
		ret += value.target + "\n";
	}
	return template.replace("{srv}", ret);
};
let processSPF = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	SPF	" + value.data + "\n";
	}
	return template.replace("{spf}", ret);
};
let processCAA = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += `IN\tCAA\t${value.flags}\t${value.tag}\t${value.value}\n`;
	}
	return template.replace("{caa}", ret);
};
let processDS = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += `IN\tDS\t${value.key_tag}\t${value.algorithm}\t${value.digest_type}\t${value.digest}\n`;
	}
	return template.replace("{ds}", ret);
};
let processValues = function(options, template) {
	template = template.replace("{zone}", options["$origin"] || options["soa"]["name"] || "");
	template = template.replace("{datetime}", (/* @__PURE__ */ new Date()).toISOString());
	return template.replace("{time}", Math.round(Date.now() / 1e3));
};
let parse = function(text) {
	text = removeComments(text);
	text = flatten(text);
	return parseRRs(text);
};
let removeComments = function(text) {
	const lines = text.split("\n");
	let ret = "";
	for (const line of lines) {
		if (line.trim().startsWith(";")) continue;
		const tokens = splitArgs(line, ";", true);
		for (const token of tokens) {
			ret += token;
			if (token.endsWith("\\")) ret += ";";
			else {
				ret += "\n";
				break;
			}
		}
	}
	return ret;
};
let flatten = function(text) {
	let match = /SOA[\s\S]*?\([\s\S]*?\)/gim.exec(text);
	if (match !== null) {
		let soa = match[0].replace(/\s+/gm, " ");
		soa = soa.replace(/\(|\)/gim, " ");
		return text.substring(0, match.index) + soa + text.substring(match.index + match[0].length);
	} else return text;
};
let normalizeRR = function(rr) {
	let rrArray = splitArgs(rr, null, true);
	let hasName = false;
	let hasTtl = false;
	if (rr.match(/^\s+/)) hasName = false;
	else hasName = true;
	if (hasName) {
		if (!isNaN(rrArray[1])) hasTtl = true;
	} else if (!isNaN(rrArray[0])) hasTtl = true;
	let rrTypeIndex = 0;
	if (hasName) ++rrTypeIndex;
	if (hasTtl) ++rrTypeIndex;
	let rrType = rrArray[rrTypeIndex];
	if (rrType === "IN") rrType = rrArray[rrTypeIndex + 1];
	let typeIndex = rrArray.indexOf(rrType, hasName ? 1 : 0);
	if (typeIndex === 0 || rrArray[typeIndex - 1] !== "IN") {
		rrArray.splice(typeIndex, 0, "IN");
		++typeIndex;
	}
	return {
		rrType,
		tokens: rrArray,
		hasName,
		hasTtl,
		typeIndex
	};
};
let parseRRs = function(text) {
	let ret = {};
	let rrs = text.split("\n");
	for (let rr of rrs) {
		if (!rr.trim()) continue;
		let rrArray = splitArgs(rr, null, true);
		if (rr.startsWith("$ORIGIN")) ret.$origin = rrArray[1];
		else if (rr.startsWith("$TTL")) ret.$ttl = rrArray[1];
		else {
			const nrr = normalizeRR(rr);
			switch (nrr.rrType) {
				case "SOA":
					ret.soa = parseSOA(rrArray);
					break;
				case "TXT":
					ret.txt = ret.txt || [];
					ret.txt.push(parseTXT(nrr, ret.txt));
					break;
				case "NS":
					ret.ns = ret.ns || [];
					ret.ns.push(parseNS(nrr, ret.ns));
					break;
				case "A":
					ret.a = ret.a || [];
					ret.a.push(parseA(nrr, ret.a));
					break;
				case "AAAA":
					ret.aaaa = ret.aaaa || [];
					ret.aaaa.push(parseAAAA(nrr, ret.aaaa));
					break;
				case "CNAME":
					ret.cname = ret.cname || [];
					ret.cname.push(parseCNAME(nrr, ret.cname));
					break;
				case "MX":
					ret.mx = ret.mx || [];
					ret.mx.push(parseMX(nrr, ret.mx));
					break;
				case "PTR":
					ret.ptr = ret.ptr || [];
					ret.ptr.push(parsePTR(nrr, ret.ptr, ret.$origin));
					break;
				case "SRV":
					ret.srv = ret.srv || [];
					ret.srv.push(parseSRV(nrr, ret.srv));
					break;
				case "SPF":
					ret.spf = ret.spf || [];
					ret.spf.push(parseSPF(nrr, ret.spf));
					break;
				case "CAA":
					ret.caa = ret.caa || [];
					ret.caa.push(parseCAA(nrr, ret.caa));
					break;
				case "DS":
					ret.ds = ret.ds || [];
					ret.ds.push(parseDS(nrr, ret.ds));
			}
		}
	}
	return ret;
};
let parseSOA = function(rrTokens) {
	let soa = {};
	let l = rrTokens.length;
	soa.name = rrTokens[0];
	soa.minimum = parseInt(rrTokens[l - 1], 10);
	soa.expire = parseInt(rrTokens[l - 2], 10);
	soa.retry = parseInt(rrTokens[l - 3], 10);
	soa.refresh = parseInt(rrTokens[l - 4], 10);
	soa.serial = parseInt(rrTokens[l - 5], 10);
	soa.rname = rrTokens[l - 6];
	soa.mname = rrTokens[l - 7];
	if (!isNaN(rrTokens[1])) soa.ttl = parseInt(rrTokens[1], 10);
	return soa;
};
let parseNS = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		host: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseA = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		ip: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseAAAA = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		ip: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseCNAME = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		alias: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseMX = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		preference: parseInt(rrTokens[l - 2], 10),
		host: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseTXT = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	const txtArray = rrTokens.slice(rrData.typeIndex + 1);
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let result = {
		name: rrTokens[0],
		txt: txtArray.join(" ")
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parsePTR = function(rrData, recordsSoFar, currentOrigin) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName && recordsSoFar[recordsSoFar.length - 1]) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		fullname: rrTokens[0] + "." + currentOrigin,
		host: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseSRV = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		target: rrTokens[l - 1],
		priority: parseInt(rrTokens[l - 4], 10),
		weight: parseInt(rrTokens[l - 3], 10),
		port: parseInt(rrTokens[l - 2], 10)
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseSPF = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	const txtArray = rrTokens.slice(rrData.typeIndex + 1);
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let result = {
		name: rrTokens[0],
		data: txtArray.join(" ")
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseCAA = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		flags: parseInt(rrTokens[l - 3], 10),
		tag: rrTokens[l - 2],
		value: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseDS = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		key_tag: rrTokens[l - 4],
		algorithm: rrTokens[l - 3],
		digest_type: rrTokens[l - 2],
		digest: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let splitArgs = function(input, sep, keepQuotes) {
	let separator = sep || /\s/g;
	let singleQuoteOpen = false;
	let doubleQuoteOpen = false;
	let tokenBuffer = [];
	let ret = [];
	let arr = input.split("");
	for (let i = 0; i < arr.length; ++i) {
		let element = arr[i];
		let matches = element.match(separator);
		if (element === "'" && !doubleQuoteOpen) {
			if (keepQuotes === true) tokenBuffer.push(element);
			singleQuoteOpen = !singleQuoteOpen;
			continue;
		} else if (element === "\"" && !singleQuoteOpen) {
			if (keepQuotes === true) tokenBuffer.push(element);
			doubleQuoteOpen = !doubleQuoteOpen;
			continue;
		}
		if (!singleQuoteOpen && !doubleQuoteOpen && matches) {
			if (tokenBuffer.length > 0) {
				ret.push(tokenBuffer.join(""));
				tokenBuffer = [];
			}
		} else tokenBuffer.push(element);
	}
	if (tokenBuffer.length > 0) ret.push(tokenBuffer.join(""));
	else if (!!sep) ret.push("");
	return ret;
};
var zonefile_default = {
	generate: generate$1,
	parse
};

// src/write/recordLine.ts
/** Its types leave out the template, and ask for parts of a zone that a single record has not. */
const generate = zonefile_default.generate;
/** One TXT record as a line for any zone file, with an absolute owner where it is known. */
function recordLine(owner, value) {
	const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
	return generate({
		$origin: ".",
		soa: {},
		txt: [{
			name: owner,
			txt: quoted.replaceAll("$", "$$$$")
		}]
	}, "{txt}").trim().replaceAll("	", " ");
}

// src/rules/id-elsewhere.ts
var id_elsewhere_default = {
	group: "rollout",
	summary: "The policy changed and its record is not in this repository, so the new id must be published where the record lives",
	severity: "notice",
	references: ["RFC 8461 §8.1", "RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		if (!base?.policy || !head?.policy || !readable(base.policy) || !readable(head.policy)) return;
		if (meaning(base.policy) === meaning(head.policy)) return;
		if (head.zone && head.sts.presence !== "delegated") return;
		const owner = head.name === void 0 ? void 0 : under("_mta-sts", head.name);
		const record = recordLine(owner ?? "_mta-sts", `v=STSv1; id=${newId(change)}`);
		const where = owner === void 0 ? "its `_mta-sts` record" : `the record \`${display(owner)}\``;
		yield {
			message: `The policy changes (${difference(base.policy, head.policy)}) and ${where} is not in a zone file here. Senders fetch the new policy only once the record has a new id (RFC 8461 §3.1). Deploy this file first, then publish (§8.1):\n${record}`,
			at: firstDifference(base.policy, head.policy),
			values: [meaning(base.policy)]
		};
	},
	*unread({ base, head }) {
		if (!head?.holds || head.format === "documentation" || base?.line === head.line) return;
		yield {
			message: `This line looks like ${head.holds === "record" ? "an `_mta-sts` record" : "an MTA-STS policy"} in a format that is not read here, so it was not checked: ${quote(head.line)}. Whenever the policy changes, the record needs a new id, or senders keep the policy they have cached (RFC 8461 §3.1). Check both by hand before merging.`,
			at: head.span,
			values: [head.path, head.line]
		};
	}
};

// src/rules/id-not-bumped.ts
var id_not_bumped_default = {
	group: "rollout",
	summary: "The policy changed but the record's id did not, so senders keep the policy they have cached",
	severity: "error",
	references: [
		"RFC 8461 §3.1",
		"RFC 8461 §3.3",
		"RFC 8461 §8.1"
	],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		if (!base?.policy || !head?.policy || head.name === void 0) return;
		if (!readable(base.policy) || !readable(head.policy) || meaning(base.policy) === meaning(head.policy)) return;
		const before = idOf(base);
		const id = idOf(head);
		const record = stsRecord(head)?.record;
		if (!before || !id || !record || before.value !== id.value) return;
		const cached = base.policy.maxAge ? `for up to ${duration(base.policy.maxAge.value)}` : "as long as they have it cached";
		const at = firstDifference(base.policy, head.policy);
		const edits = newIdEdits(change);
		yield {
			message: `Senders will not notice this change: the policy of ${display(head.name)} changes (${difference(base.policy, head.policy)}), but the id stays \`${id.value}\`. They fetch a policy again only when the id differs from the one they know (RFC 8461 §3.1), so they keep the old one ${cached}. Publish a new id together with the policy.`,
			at: record.span,
			related: [{
				message: "The policy changes here.",
				at
			}],
			values: [
				id.value,
				meaning(base.policy),
				meaning(head.policy)
			],
			fix: edits.length > 0 ? {
				title: "Publish a new id",
				edits
			} : void 0
		};
	}
};

// src/rules/id-reused.ts
var id_reused_default = {
	group: "rollout",
	summary: "The record's id stood with another policy before, so senders that still hold that one do not fetch this one",
	severity: "error",
	references: ["RFC 8461 §3.1", "RFC 8461 §3.3"],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		const id = idOf(head);
		const record = head && stsRecord(head)?.record;
		if (!id || !record || !head?.policy || !readable(head.policy) || head.name === void 0) return;
		if (idOf(base)?.value === id.value) return;
		const now = head.policy;
		const stood = pastsWithId(change, id.value);
		const other = stood.findLast(({ policy }) => meaning(policy) !== meaning(now));
		if (!other || stood.some(({ policy }) => meaning(policy) === meaning(now))) return;
		const { past, policy } = other;
		const cached = policy.maxAge ? `for up to ${duration(policy.maxAge.value)}` : "as long as they have it cached";
		const edits = unusedIdEdits(change);
		const changed = firstDifference(policy, now);
		yield {
			message: `The id \`${id.value}\` of ${display(head.name)} is not new: on ${moment(past.moment)} it stood with another policy (since then ${difference(policy, now)}). A sender that still holds that policy sees the id it knows, takes its copy for the present one and does not fetch this policy (RFC 8461 §3.1): it keeps the old one ${cached}. Publish an id that was never used.`,
			at: id.span,
			related: [{
				message: "This policy is not the one that the id stood with.",
				at: changed.side === "head" ? changed : now.mode.span
			}],
			values: [
				id.value,
				meaning(policy),
				meaning(now)
			],
			fix: edits.length > 0 ? {
				title: "Publish a new id",
				edits
			} : void 0
		};
	}
};

// src/rules/id-unneeded.ts
var id_unneeded_default = {
	group: "rollout",
	summary: "The record's id changes and the policy does not, so senders fetch the same policy again",
	severity: "off",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		const [before, id] = [idOf(base), idOf(head)];
		if (!before || !id || before.value === id.value || head?.name === void 0) return;
		if (!base?.policy || !head.policy || !readable(base.policy) || !readable(head.policy)) return;
		const now = meaning(head.policy);
		if ([base.policy, ...pastsWithId(change, before.value).map(({ policy }) => policy)].some((policy) => meaning(policy) !== now)) return;
		yield {
			message: `The id of ${display(head.name)} changes from \`${before.value}\` to \`${id.value}\`, and its policy stays the same: senders fetch it once more and find nothing new (RFC 8461 §3.1). No mail is affected. If the policy was meant to change, that part is missing here; else leave the id as it was.`,
			at: id.span,
			values: [before.value, id.value]
		};
	}
};

// src/rules/incomplete.ts
const SHALLOW = "this clone is shallow and the history of the policy is not here. Fetch it with `git fetch --unshallow` (in a workflow: `fetch-depth: 0`) and run again.";
var incomplete_default = {
	group: "run",
	summary: "Something that a rule needs could not be read, so the change was not judged",
	severity: "error",
	references: ["RFC 8461 §5"],
	since: "0.1.0",
	*domain({ base, head, history }) {
		if (!head?.policy || !readable(head.policy)) return;
		const { mode } = head.policy;
		if (mode.value !== "enforce") return;
		const before = modeOf(base, history);
		if (before === "enforce") return;
		if (before === "testing" ? testingRun(history)?.since !== void 0 : hasTested(history) !== void 0) return;
		yield {
			message: `Not judged: whether ${head.name === void 0 ? "this policy" : display(head.name)} was in testing long enough before it enforces. That is what mode testing is for (RFC 8461 §5), but ${history.cure ?? SHALLOW}`,
			at: mode.span,
			values: ["history"]
		};
	},
	*gap({ what, cure, at }) {
		yield {
			message: `Not judged: ${what} ${cure}`,
			at,
			values: [what]
		};
	}
};

// src/rules/mta-sts-missing.ts
var mta_sts_missing_default = {
	group: "record",
	summary: "The domain receives mail and has no MTA-STS at all",
	severity: "off",
	references: ["RFC 8461 §1"],
	since: "0.1.0",
	*domain({ head }) {
		const [mx] = head?.mx ?? [];
		if (!head?.zone || head.name === void 0 || isWildcard(head.name) || !mx || head.policy || head.unseen) return;
		const owner = under("_mta-sts", head.name);
		const { presence, records, cname } = head.sts;
		if (records.length > 0 || cname?.owner === owner || misnamedByDomain(head.zone).has(head.name)) return;
		if (presence === "unknown" || presence === "delegated" || head.zones.of(head.name) !== head.zone) return;
		yield {
			message: `Mail to ${display(head.name)} can be read or diverted on its way: the domain has MX records and no MTA-STS, so a sender that is offered no TLS, or a wrong certificate, delivers in the clear (RFC 8461 §1). Publish a policy in mode \`testing\` at \`https://mta-sts.${display(head.name)}/.well-known/mta-sts.txt\`, then a TXT record at \`${display(owner)}\` (§3.1).`,
			at: mx.span,
			values: []
		};
	}
};

// src/model/mailProvider.ts
const REPOSITORIES = "public repositories, 2026";
/** The known providers; whether a policy covers a host is always computed, never looked up here. */
const MAIL_PROVIDERS = [
	{
		name: "Google Workspace",
		mx: /^(?:smtp\.google\.com|(?:alt[1-4]\.)?aspmx\.l\.google\.com|aspmx[2-5]\.googlemail\.com)$/,
		policy: [
			"smtp.google.com",
			"aspmx.l.google.com",
			"*.aspmx.l.google.com"
		],
		legacy: ["*.googlemail.com"],
		avoid: [{
			pattern: /^\*\.google\.com$/,
			kind: "broad",
			why: "it allows every host directly below google.com, and of Google's mail hosts only smtp.google.com, not those below aspmx.l.google.com"
		}, {
			pattern: /^smtp\.gmail\.com$/,
			kind: "dead",
			why: "it is the server for outgoing mail, never an MX host"
		}],
		console: "the Google Admin console, Apps → Google Workspace → Gmail → Compliance → MTA-STS",
		seen: "https://knowledge.workspace.google.com/admin/gmail/advanced/create-an-mta-sts-policy"
	},
	{
		name: "Microsoft 365",
		mx: /\.mail\.protection\.outlook\.com$/,
		policy: ["*.mail.protection.outlook.com"],
		avoid: [{
			pattern: /^mail\.protection\.outlook\.com$/,
			kind: "dead",
			why: "its MX hosts are one label deeper"
		}, {
			pattern: /^\*\.(?:protection\.)?outlook\.com$/,
			kind: "dead",
			why: "`*` stands for one label only, and its MX hosts are deeper"
		}],
		console: "https://learn.microsoft.com/purview/enhancing-mail-flow-with-mta-sts",
		seen: "https://learn.microsoft.com/purview/enhancing-mail-flow-with-mta-sts"
	},
	{
		name: "Microsoft 365 (DNSSEC)",
		mx: /\.[a-z]-v1\.mx\.microsoft$/,
		policy: [],
		avoid: [{
			pattern: /^\*\.mx\.microsoft$/,
			kind: "dead",
			why: "`*` stands for one label only, and its MX hosts are two labels deeper"
		}],
		console: "the output of `Get-DnssecStatusForVerifiedDomain` in Exchange Online PowerShell",
		seen: "https://learn.microsoft.com/powershell/module/exchange/Get-DnssecStatusForVerifiedDomain"
	},
	{
		name: "Fastmail",
		mx: /^in[12]-smtp\.messagingengine\.com$/,
		policy: ["in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "Zoho",
		mx: /^mx[23]?\.zoho\.(?:com|eu|in|com\.au|jp)$/,
		policy: [],
		avoid: [],
		console: "the Zoho Mail Admin Console, Domains → the domain → Email Configuration → MTA-STS",
		seen: "https://www.zoho.com/mail/help/adminconsole/advanced-security-configuration.html"
	},
	{
		name: "Proton",
		mx: /^mail(?:sec)?\.protonmail\.ch$/,
		policy: ["mail.protonmail.ch", "mailsec.protonmail.ch"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "iCloud",
		mx: /^mx0[12]\.mail\.icloud\.com$/,
		policy: ["mx01.mail.icloud.com", "mx02.mail.icloud.com"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "Mimecast",
		mx: /-smtp-inbound-[12]\.mimecast\.com$/,
		policy: [],
		avoid: [{
			pattern: /^\*\.mimecast\.com$/,
			kind: "broad",
			why: "it allows every host directly below mimecast.com"
		}],
		seen: REPOSITORIES
	},
	{
		name: "Proofpoint",
		mx: /^mx0[0-9][ab]?-[0-9a-f]{8}\.(?:gslb\.)?pphosted\.com$/,
		policy: [],
		avoid: [{
			pattern: /^\*\.pphosted\.com$/,
			kind: "broad",
			why: "it allows the hosts of every other customer, too"
		}],
		seen: REPOSITORIES
	},
	{
		name: "Migadu",
		mx: /^aspmx[12]\.migadu\.com$/,
		policy: ["aspmx1.migadu.com", "aspmx2.migadu.com"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "mailbox.org",
		mx: /^mxext[123]\.mailbox\.org$/,
		policy: [
			"mxext1.mailbox.org",
			"mxext2.mailbox.org",
			"mxext3.mailbox.org"
		],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "Yandex 360",
		mx: /^mx\.yandex\.net$/,
		policy: ["mx.yandex.net"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "OVH",
		mx: /^mx[0-4]\.mail\.ovh\.net$/,
		policy: [],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "Gandi",
		mx: /^(?:spool|fb)\.mail\.gandi\.net$/,
		policy: ["spool.mail.gandi.net", "fb.mail.gandi.net"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "Amazon SES",
		mx: /^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/,
		policy: [],
		avoid: [{
			pattern: /^\*\.amazonaws\.com$/,
			kind: "dead",
			why: "`*` stands for one label only, and its MX hosts are one label deeper"
		}],
		seen: "https://docs.aws.amazon.com/ses/latest/dg/receiving-email-mx-record.html"
	},
	{
		name: "Cloudflare Email Routing",
		mx: /^(?:amir|linda|isaac|route[123])\.mx\.cloudflare\.net$/,
		policy: ["*.mx.cloudflare.net"],
		avoid: [{
			pattern: /^mx\.cloudflare\.net$/,
			kind: "dead",
			why: "its MX hosts are one label deeper"
		}],
		console: "https://developers.cloudflare.com/email-routing/setup/mta-sts/",
		seen: "https://developers.cloudflare.com/email-routing/setup/mta-sts/"
	},
	{
		name: "Tuta",
		mx: /^mail\.tutanota\.de$/,
		policy: ["mail.tutanota.de"],
		avoid: [],
		seen: REPOSITORIES
	},
	{
		name: "Vercel",
		mx: /^$/,
		policy: [],
		avoid: [{
			pattern: /\.vercel\.app$/,
			kind: "dead",
			why: "it is a web server, and Vercel takes no mail"
		}],
		seen: REPOSITORIES
	}
];
/** The addresses of pages that messages send people to. */
const PROVIDER_PAGES = MAIL_PROVIDERS.flatMap(({ console = "" }) => console.startsWith("https://") ? [console] : []);
/** The provider that runs an MX host, if it is a known one. */
function providerOf(host) {
	const name = display(host).toLowerCase();
	return MAIL_PROVIDERS.find(({ mx }) => mx.test(name));
}
/** Whether a provider recommends a pattern, for new or for old hosts. */
function isRecommended(pattern) {
	return MAIL_PROVIDERS.some((provider) => recommended(provider).includes(pattern));
}
/** What is known against a pattern. */
function trapOf(pattern) {
	for (const provider of MAIL_PROVIDERS) {
		const avoided = provider.avoid.find((other) => other.pattern.test(pattern));
		if (avoided) return {
			...avoided,
			provider
		};
	}
}
/** The patterns of a policy that can match MX hosts of a provider, traps not among them. */
function patternsFor(policy, provider) {
	const known = recommended(provider);
	return policy.mx.map(({ value }) => value).filter((value) => !trapOf(value) && (known.some((other) => other === value || matches(value, nameOf(other))) || provider.mx.test(value.replace("*", "x"))));
}
/** The patterns that allow some hosts: what their provider recommends, else the exact host; each once. */
function patternsToAllow(hosts) {
	return [...new Set(hosts.map((host) => {
		const provider = providerOf(host);
		return (provider && recommended(provider).find((pattern) => matches(pattern, host))) ?? display(host);
	}))];
}
/** Where a provider shows what a policy for it must hold; empty where that is not known. */
function whereShown({ name, console }) {
	return console === void 0 ? "" : ` For the values of ${name} see ${console}.`;
}
function recommended({ policy, legacy = [] }) {
	return [...policy, ...legacy];
}

// src/model/mxTarget.ts
/** The exchange of an MX record as the file has it, before the origin is added; where `$GENERATE` made it, as it became. */
function writtenExchange(mx) {
	const { span } = mx.fields[1] ?? {};
	return mx.generated || !span ? exchange(mx) : mx.source.text(span.start.offset, span.end.offset);
}
/** The address that stands where the name of a mail host belongs (RFC 1035 §3.3.9). */
function addressLiteral(mx) {
	const bare = writtenExchange(mx).replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
	return isIP(bare) > 0 ? bare : void 0;
}
/**
* The host that an MX record means if its exchange lost the final dot (RFC 1035 §5.1): written like a full name, and nothing
* stands where the origin made it lead. What ends in the zone's own name is one even where a wildcard answers.
*/
function hostWithDot({ zone, zones }, mx) {
	const written = writtenExchange(mx);
	const host = exchange(mx);
	if (!zone || !/^[\w-]+(?:\.[\w-]+)+$/.test(written) || !isWithin(host, apex(zone))) return void 0;
	if (recordsAt(zone, host).length > 0 || mayHoldMore(zone, host) || belowCut(zone, host)) return void 0;
	const meant = nameOf(written);
	if (isWithin(meant, apex(zone))) return meant;
	return registeredDomain(meant) && isAbsent(zone, zones, host, [
		"A",
		"AAAA",
		"CNAME"
	]) ? meant : void 0;
}
/** Whether an MX host is one that the domain's zone answers for, so that its addresses must be in the repository. */
function isInZone({ zone }, host) {
	return zone !== void 0 && isWithin(host, apex(zone));
}

// src/rules/mx-not-covered.ts
var mx_not_covered_default = {
	group: "mx",
	summary: "An MX host of the domain matches no `mx` line of its policy",
	severity: "error",
	references: ["RFC 8461 §4.1", "RFC 8461 §5"],
	since: "0.1.0",
	*domain(change) {
		const policy = activePolicy(change.head);
		if (!policy) return;
		const hosts = mxHosts(change);
		const uncovered = hosts.filter(({ host }) => !covers(policy, host));
		if (uncovered.length === 0) return;
		const lastCovered = hosts.filter(({ host }) => covers(policy, host)).map((other) => other.preference).toSorted((a, b) => a - b).at(-1);
		const enforced = policy.mode.value === "enforce";
		const known = new Set(change.base?.mx.map(exchange));
		const idEdits = newIdEdits(change);
		for (const { host, lostDot, preference: rank, at } of uncovered) {
			const edits = [addMxEdit(policy, [display(host)]), ...idEdits];
			const provider = providerOf(host);
			const isNew = change.base?.zone !== void 0 && !known.has(host);
			yield {
				message: `${opening(host, change.head?.mx.length === 0, change.head?.name ?? host)}, but no \`mx\` line of its policy allows it (RFC 8461 §4.1)${nearMiss(policy, host)}. ${consequence$3(enforced, rank, lastCovered)} ` + (lostDot ? "The MX record seems to have lost its final dot: mend that first, then allow the host that it names." : `Add \`mx: ${display(host)}\` to the policy and publish a new id${isNew ? ", wait until senders have seen it, and only then change the MX records" : ""}.${provider ? whereShown(provider) : ""}`),
				at,
				related: [{
					message: "The policy's `mx` lines.",
					at: policy.mx[0]?.span ?? policy.mode.span
				}],
				severity: enforced ? "error" : "warning",
				values: [host],
				about: [host],
				fix: lostDot ? void 0 : {
					title: `Allow ${display(host)} in the policy`,
					edits
				}
			};
		}
	}
};
/** The hosts of the MX records, or the domain itself where only an address stands beside the SOA (RFC 5321 §5.1). */
function mxHosts({ head }) {
	if (!head?.zone || head.name === void 0) return [];
	const { zone, name } = head;
	if (head.mx.length > 0) return listed(head);
	if (recordsAt(zone, name, "MX").length > 0 || mayHoldMore(zone, name) || soa(zone)?.owner !== name) return [];
	const address = recordsAt(zone, name).find((record) => record.type === "A" || record.type === "AAAA");
	return address && address.source === soa(zone)?.source ? [{
		host: name,
		lostDot: false,
		preference: 0,
		at: address.span
	}] : [];
}
function opening(host, isImplicit, domain) {
	const provider = providerOf(host);
	return isImplicit ? `${display(domain)} has no MX records, so senders deliver to the address of ${display(host)} itself (RFC 5321 §5.1)` : `${display(host)} is an MX host of ${display(domain)}${provider ? ` (${provider.name})` : ""}`;
}
/** A host that stands there twice is one host, of the better preference. */
function listed(head) {
	const hosts = /* @__PURE__ */ new Map();
	for (const record of head.mx) {
		const host = exchange(record);
		const before = hosts.get(host);
		const rank = preference(record);
		const lostDot = hostWithDot(head, record) !== void 0;
		if (!before || rank < before.preference) hosts.set(host, {
			host,
			lostDot,
			preference: rank,
			at: record.span
		});
	}
	return [...hosts.values()];
}
function nearMiss(policy, host) {
	const parts = labels(host);
	for (let extra = 0; extra < parts.length; extra++) {
		const suffix = parts.slice(extra).join(".");
		if (!patterns(policy).has(`*.${suffix}`)) continue;
		return extra === 0 ? `: \`*.${suffix}\` stands for one label before ${suffix}, not for ${suffix} itself` : `: the \`*\` in \`*.${suffix}\` stands for exactly one label, and here it would have to be ${extra}`;
	}
	return "";
}
/** `lastCovered` is the worst preference of the hosts that are allowed. */
function consequence$3(enforced, preference, lastCovered) {
	if (!enforced) return "Nothing is lost yet, because the policy is in testing; once it enforces, senders refuse to deliver to this host.";
	if (lastCovered === void 0) return "None of the MX hosts is allowed, so senders that honour the policy deliver nothing at all: mail waits in their queues and then bounces.";
	if (lastCovered < preference) return "It is a backup, so this stays hidden until the other hosts are down: then senders that honour the policy refuse it and mail waits.";
	return "Senders that honour the policy refuse to deliver to it; they use the hosts that are allowed, and mail waits while those are down.";
}

// src/rules/mx-null.ts
var mx_null_default = {
	group: "mx",
	summary: "A null MX says that the domain takes no mail, and the policy or another MX record says that it does",
	severity: "error",
	references: ["RFC 7505 §3", "RFC 8461 §4.1"],
	since: "0.1.0",
	*domain({ base, head }) {
		if (!head?.zone || head.name === void 0 || head.unseen || ![base, head].some(usesSts)) return;
		const name = display(head.name);
		const nulls = recordsAt(head.zone, head.name, "MX").filter((record) => exchange(record) === ".");
		const [first] = nulls;
		const odd = nulls.find((record) => preference(record) !== 0);
		const policy = activePolicy(head);
		if (first && head.mx[0]) yield {
			message: `${name} has a null MX (${quote(`MX ${first.rdata}`)}, "this domain takes no mail") and beside it the MX host ${display(exchange(head.mx[0]))}. Only one of the two can be meant: some senders will return mail to the domain at once, others deliver it (RFC 7505 §3 allows no other MX record beside a null MX). Remove the null MX if ${name} takes mail, else the other MX records.`,
			at: first.span,
			related: head.mx.map((record) => ({
				message: "This MX record says that mail is taken.",
				at: record.span
			})),
			values: ["beside"]
		};
		else if (odd) yield {
			message: `${quote(`MX ${odd.rdata}`)} looks like a null MX, "${name} takes no mail", but a null MX has preference 0 and this one has ${preference(odd)} (RFC 7505 §3). Senders that do not know it for one look for a host without a name, and keep mail for days before they return it. Write \`MX 0 .\`.`,
			at: odd.span,
			values: ["preference", String(preference(odd))]
		};
		else if (first && policy) yield {
			message: `The null MX of ${name} says that the domain takes no mail, and its policy in mode \`${policy.mode.value}\` says which hosts take it. Senders return all mail at once, and the policy protects nothing (RFC 7505 §3). If ${name} shall take no mail, set the policy's mode to \`none\` and publish a new id; else replace the null MX by its mail hosts.`,
			at: first.span,
			related: [{
				message: "The mode of the policy.",
				at: policy.mode.span
			}],
			severity: "warning",
			values: ["policy", policy.mode.value]
		};
	}
};

// src/rules/mx-pattern-broad.ts
var mx_pattern_broad_default = {
	group: "mx",
	summary: "An `mx` line allows hosts of strangers, or more hosts of the domain than take its mail",
	severity: "error",
	references: ["RFC 8461 §4.1", "RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head, domains, sharing }) {
		if (!head || !readable(head) || head.mode.value === "none") return;
		const seen = sharing.head.filter((domain) => !domain.unseen);
		const hosts = knowAllMx(seen) ? mxHosts$1(seen) : [];
		for (const pattern of head.mx) {
			if (!pattern.value.startsWith("*.") || isRecommended(pattern.value)) continue;
			const suffix = pattern.value.slice(2);
			const isPublic = isPublicSuffix(nameOf(suffix));
			const isOwn = domains.some((domain) => display(domain) === suffix);
			const allowed = hosts.filter((host) => matches(pattern.value, host));
			if (!isPublic && !(isOwn && allowed.length > 0)) continue;
			const needed = hosts.length > 0 ? leftWithout(head, pattern, allowed.length > 0 ? allowed : hosts).map(display) : void 0;
			const cure = cureOf$1(needed);
			yield {
				message: isPublic ? `${quote(pattern.value)} allows every host whose name is registered directly below ${suffix}, where anybody can register one (it is in the Public Suffix List). Whoever can forge the domain's MX records leads its mail to a host of his own, and the policy allows it: it protects nothing (RFC 8461 §4.1). ${cure}, and publish a new id.` : `${quote(pattern.value)} allows every host directly below ${suffix}, and the zone says which ones take its mail (RFC 8461 §4.1). Nothing is lost; but should any other host there be taken over, mail can be led to it. ${cure}, and publish a new id.`,
				at: pattern.span,
				severity: isPublic ? "error" : "notice",
				values: [pattern.value],
				fix: needed ? {
					title: cure,
					edits: replaceMx(head, pattern, needed)
				} : void 0
			};
		}
	}
};
/** Undefined hosts are not known; none: other lines allow them all. */
function cureOf$1(hosts) {
	if (!hosts) return "List the MX hosts one by one instead";
	if (hosts.length === 0) return "Remove the line, since others allow the MX hosts";
	const more = hosts.length > 3 ? ` and ${hosts.length - 3} more` : "";
	return `List ${hosts.slice(0, 3).map(quote).join(", ")}${more} instead`;
}

// src/rules/mx-pattern-unused.ts
var mx_pattern_unused_default = {
	group: "mx",
	summary: "An `mx` line matches no MX host of the domains that share the policy",
	severity: "notice",
	references: ["RFC 8461 §4.1"],
	since: "0.1.0",
	*policy({ base, head, sharing }) {
		if (!head || !readable(head) || head.mode.value === "none") return;
		const seen = sharing.head.filter((domain) => !domain.unseen);
		if (!knowAllMx(seen) || seen.some(({ mx }) => mx.length === 0)) return;
		const hosts = mxHosts$1(seen);
		const refused = hosts.filter((host) => !covers(head, host)).slice(0, FEW);
		const [isUsed, stoodUsed] = [allowsAny(hosts), allowsAny(mxHosts$1(sharing.base))];
		const shown = listed$1(hosts.map((host) => quote(display(host))));
		for (const pattern of head.mx) {
			if (isUsed(pattern.value)) continue;
			const isNew = base !== void 0 && !patterns(base).has(pattern.value);
			const wasUsed = stoodUsed(pattern.value);
			const isSettled = !isNew && !wasUsed;
			yield {
				message: `${quote(`mx: ${pattern.value}`)} matches none of the MX hosts (${shown}; RFC 8461 §4.1). No mail is lost by it; but should that name fall into other hands, mail can be led there and the policy allows it. ${cure$3(isNew, wasUsed)}`,
				at: pattern.span,
				values: [pattern.value],
				about: isSettled ? refused.filter((host) => isMeantFor(pattern.value, host)) : [],
				fix: isSettled && head.mx.length > 1 ? {
					title: "Remove the line",
					edits: replaceMx(head, pattern, [])
				} : void 0
			};
		}
	}
};
/** A slip of the pen shows among few hosts; telling thousands of lines and thousands of hosts apart by letters takes minutes. */
const FEW = 20;
function cure$3(isNew, wasUsed) {
	if (wasUsed) return "Keep it until senders have forgotten the MX record that this change removes (its TTL), then remove the line.";
	if (isNew) return "It is right if its MX record follows: the policy goes first. Otherwise remove the line.";
	return "Remove the line, unless an MX record for it is about to come, and publish a new id.";
}

// src/rules/mx-provider-trap.ts
var mx_provider_trap_default = {
	group: "mx",
	summary: "An `mx` line is the known wrong pattern for a mail provider",
	severity: "warning",
	references: ["RFC 8461 §4.1"],
	since: "0.1.0",
	*policy({ head, sharing }) {
		if (!head || !readable(head) || head.mode.value === "none") return;
		const seen = sharing.head.filter((domain) => !domain.unseen);
		const isZoneHere = knowAllMx(seen);
		const hosts = mxHosts$1(seen);
		for (const pattern of head.mx) {
			const trap = trapOf(pattern.value);
			if (!trap || trap.kind === "dead" && hosts.some((host) => matches(pattern.value, host))) continue;
			const own = hosts.filter((host) => providerOf(host) === trap.provider);
			const refused = own.filter((host) => !covers(head, host));
			const severity = severityOf(trap, head, isZoneHere, refused);
			if (!severity) continue;
			const meant = hosts.filter((host) => own.includes(host) || matches(pattern.value, host));
			const needed = leftWithout(head, pattern, trap.kind === "broad" && meant.length === 0 ? hosts : meant);
			const patterns = isZoneHere ? patternsToAllow(needed) : trap.provider.policy;
			const cure = cureOf(patterns, isZoneHere);
			const wrong = trap.kind === "dead" ? `matches no MX host of ${trap.provider.name}` : `is too wide for ${trap.provider.name}`;
			yield {
				message: `${quote(pattern.value)} ${wrong}: ${trap.why} (RFC 8461 §4.1). ${consequence$2(trap, head, refused, severity)} ${cure}, and publish a new id.${whereShown(trap.provider)}`,
				at: pattern.span,
				severity,
				values: [pattern.value],
				about: refused,
				fix: patterns.length > 0 || isZoneHere ? {
					title: cure,
					edits: replaceMx(head, pattern, patterns)
				} : void 0
			};
		}
	}
};
/** Silent where the zone is not here and another line speaks for the provider: its hosts may all be allowed. */
function severityOf(trap, policy, isZoneHere, refused) {
	if (refused.length > 0) return policy.mode?.value === "enforce" ? "error" : "warning";
	if (trap.kind === "dead" && isZoneHere) return "notice";
	if (isZoneHere) return "warning";
	return (trap.kind === "dead" ? patternsFor(policy, trap.provider) : policy.mx.filter(({ value }) => trap.provider.policy.includes(value))).length > 0 ? void 0 : "warning";
}
function consequence$2(trap, { mode }, refused, severity) {
	const once = mode?.value === "enforce" ? "" : " once it enforces";
	if (refused.length > 0) return `No line allows ${listed$1(refused.map(display))}, so senders that honour the policy refuse to deliver there${once}.`;
	if (severity === "notice") return "Other lines allow the MX hosts, so no mail is lost; this one only misleads.";
	if (trap.kind === "broad") return "Whoever can forge the domain's MX records can lead its mail to any of those hosts, and the policy allows it.";
	return `If no other line allows the domain's MX hosts, senders that honour the policy refuse to deliver${once}.`;
}
function cureOf(patterns, isZoneHere) {
	if (patterns.length > 0) return `Write ${listed$1(patterns.map(quote))} instead`;
	return isZoneHere ? "Remove the line" : "Write the exact MX hosts instead, one on each `mx` line";
}

// src/rules/mx-target.ts
var mx_target_default = {
	group: "mx",
	summary: "An MX record names a host that is none: an address, a CNAME, a name without address, or one that lost its final dot",
	severity: "error",
	references: [
		"RFC 5321 §5.1",
		"RFC 2181 §10.3",
		"RFC 1035 §5.1"
	],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		if (!head || head.unseen || ![base, head].some(usesSts)) return;
		const told = /* @__PURE__ */ new Set();
		for (const mx of head.mx) {
			const report = judged(head, mx, change);
			if (!report || !report.fix && told.has(report.values.join(" "))) continue;
			told.add(report.values.join(" "));
			yield report;
		}
	}
};
function judged(head, mx, change) {
	const { zone, zones } = head;
	const host = exchange(mx);
	const address = addressLiteral(mx);
	if (address !== void 0) return literal(mx, address);
	if (!zone || !isInZone(head, host)) return void 0;
	const meant = hostWithDot(head, mx);
	if (meant) return withoutDot(head, mx, meant, change);
	const [cname] = lookup(zone, zones, host, "CNAME").records;
	if (cname) return alias(mx, cname);
	return isAbsent(zone, zones, host, ["A", "AAAA"]) ? withoutAddress(head, mx) : void 0;
}
function at(mx) {
	return mx.fields[1]?.span ?? mx.span;
}
function literal(mx, address) {
	return {
		message: `The MX record of ${display(mx.owner)} names the address ${quote(address)}, and it must name a host: senders look it up as if it were a name, find nothing, and the mail waits and bounces (RFC 5321 §5.1). Give the mail server a name, with an A or AAAA record, and write that name here.`,
		at: at(mx),
		values: ["address", address]
	};
}
function withoutDot(head, mx, meant, change) {
	const host = exchange(mx);
	const { end } = at(mx);
	const refused = head.policy && !covers(head.policy, meant);
	const isNowhere = !head.zone || isAbsent(head.zone, head.zones, host, [
		"A",
		"AAAA",
		"CNAME"
	]);
	return {
		message: `${quote(display(meant))} stands here without a final dot, so the origin is added and the MX host of ${display(mx.owner)} is ${quote(display(host))}, ${isNowhere ? "where nothing stands (RFC 1035 §5.1). Mail that goes there waits and bounces" : "for which only a wildcard answers (RFC 1035 §5.1). Mail goes where the wildcard leads"}. Write ${quote(meant)}.${refused ? " The policy has no line for that host either." : ""}` + (isWithin(meant, head.name ?? ".") ? "" : ` If ${quote(display(host))} is meant, give it an address.`),
		at: at(mx),
		reference: "RFC 1035 §5.1",
		values: ["dot", host],
		about: refused ? [] : [host],
		fix: {
			title: `Write ${quote(meant)}`,
			edits: [{
				at: mx.source.span(end.offset, end.offset),
				newText: "."
			}, ...serialEdits(change.zone)]
		}
	};
}
function alias(mx, cname) {
	const host = exchange(mx);
	return {
		message: `${display(host)} is an MX host of ${display(mx.owner)} and has a CNAME record, to ${quote(display(cname.rdata))}; an MX host must have addresses of its own (RFC 2181 §10.3). Some senders refuse it and return the mail, and the policy and the certificate must hold the name in the MX record, not the one behind it (RFC 8461 §4.1). Name the host behind it in the MX record, or give this one A and AAAA records in place of the CNAME.`,
		at: at(mx),
		related: [{
			message: "The CNAME.",
			at: cname.span
		}],
		reference: "RFC 2181 §10.3",
		values: ["CNAME", host],
		about: [`CNAME ${host}`]
	};
}
function withoutAddress({ mx: records }, mx) {
	const host = exchange(mx);
	const others = records.some((other) => exchange(other) !== host);
	return {
		message: `${display(host)} is an MX host of ${display(mx.owner)}, and the zone has no A or AAAA record for it (RFC 5321 §5.1). ${others ? "Senders skip it; while the other MX hosts are down, mail waits." : "Senders cannot deliver at all: mail waits and bounces."} Add its address, or correct the MX record.`,
		at: at(mx),
		severity: "warning",
		values: ["nothing", host]
	};
}

// src/rules/policy-duplicate.ts
var policy_duplicate_default = {
	group: "policy",
	summary: "A field stands in the policy twice, and senders disagree which one counts",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head) return;
		for (const { name, first, later } of duplicates(head)) yield {
			...verdict(name, first.value.value, later.value.value),
			at: later.span,
			related: [{
				message: "The first one.",
				at: first.span
			}],
			values: name === "mx" ? [name, first.value.value.toLowerCase()] : [
				name,
				first.value.value,
				later.value.value
			],
			fix: {
				title: "Remove the later line",
				edits: [removeLine(head, later)]
			}
		};
	}
};
/** Fields that come again, and `mx` lines that allow the same hosts again. */
function duplicates(policy) {
	return FIELD_NAMES.flatMap((name) => {
		const fields = fieldsNamed(policy, name);
		return [...groupedBy(fields, ({ value }) => name === "mx" ? value.value.toLowerCase() : name).values()].flatMap(([first, ...more]) => first ? more.map((later) => ({
			name,
			first,
			later
		})) : []);
	});
}
function verdict(name, first, later) {
	if (name === "mx") return {
		message: `The policy allows ${quote(first)} twice. Senders lose nothing by it, as they read the lines as a set (RFC 8461 §3.2); remove one of the lines.`,
		severity: "notice"
	};
	if (first === later) return {
		message: `The policy says \`${name}\` twice with the same value ${quote(first)}. Senders read it as meant, but the next edit of only one line splits them (RFC 8461 §3.2). Remove one of the lines.`,
		severity: "warning"
	};
	return {
		message: `The policy says \`${name}\` twice: ${quote(first)}, then ${quote(later)}. By RFC 8461 §3.2 the first counts, as mox and postfix-tlspol have it; go-mtasts, postfix-mta-sts-resolver, mailauth and Stalwart take the last, so mail is treated differently from sender to sender. Keep one of the lines.`,
		severity: "error"
	};
}

// src/rules/policy-field.ts
var policy_field_default = {
	group: "policy",
	summary: "A field of the policy is misspelt, belongs elsewhere or is not known",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8460 §3"],
	since: "0.1.0",
	*policy(change) {
		const { head } = change;
		if (!head) return;
		for (const field of head.fields) {
			const name = field.name.value;
			if (isFieldName(name)) continue;
			const meant = intendedField(name);
			const mended = (meant && mendedValue(meant, field.value.value, change)) ?? [field.value.value];
			const { message, severity, fix } = meant ? misspelt(head, field, meant, mended) : other(head, field);
			yield {
				message,
				severity,
				fix,
				at: field.name.span,
				values: [name, meant ?? ""],
				about: meant === "mx" ? mended : []
			};
		}
	}
};
/** RFC 8461 §3.2 has its names in lower case, `%s"mode"`; what differs is an extension that senders ignore. */
function misspelt(policy, field, meant, mended) {
	const right = fieldsNamed(policy, meant);
	const { cure, fix } = renamed(policy, field, meant, mended);
	const ignored = `Senders do not know the field ${quote(field.name.value)} and ignore it; \`${meant}\` was probably meant, in lower case (RFC 8461 §3.2).`;
	if (right.length === 0) return {
		message: `${ignored} ${meant === "mx" ? "Without an `mx` line senders reject the policy, or refuse every host once it enforces." : `Without \`${meant}\` most senders reject the whole policy, so mail is delivered without its protection or by an older copy.`} ${cure}.`,
		severity: "error",
		fix
	};
	if (meant === "mx") return {
		message: `${ignored} The host ${quote(field.value.value)} is therefore not allowed by it. ${cure}.`,
		severity: "warning",
		fix
	};
	const same = right[0]?.value.value === field.value.value;
	return {
		message: `${ignored} What counts is \`${meant}: ${quote(right[0]?.value.value ?? "").slice(1)}. Remove the misspelt line.`,
		severity: "warning",
		fix: same ? {
			title: "Remove the line",
			edits: [removeLine(policy, field)]
		} : void 0
	};
}
/** The right name, and the right value where that is wrong, too: two faults of one line are mended together. */
function renamed({ source }, { name, value }, meant, mended) {
	const rename = {
		at: name.span,
		newText: meant
	};
	if (mended.length === 1 && mended[0] === value.value) {
		const cure = `Write \`${meant}:\``;
		return {
			cure,
			fix: {
				title: cure,
				edits: [rename]
			}
		};
	}
	const cure = `Write ${mended.map((right) => quote(`${meant}: ${right}`)).join(" and ")}`;
	const newText = mended.join(`${lineEnd(source)}${meant}: `);
	return {
		cure,
		fix: {
			title: cure,
			edits: [rename, {
				at: value.span,
				newText
			}]
		}
	};
}
function other(policy, field) {
	if (field.name.value.toLowerCase() !== "rua") return {
		message: `Senders do not know the field ${quote(field.name.value)} and ignore it (RFC 8461 §3.2). Nothing to do if it is meant for your own tools; otherwise remove it.`,
		severity: "notice"
	};
	return {
		message: "Report addresses do not belong in the policy: senders ignore this line, and go-mtasts rejects the whole policy for its second colon, so mail from such senders goes unprotected. Remove the line and publish `v=TLSRPTv1; rua=…` as a TXT record at `_smtp._tls` (RFC 8460 §3).",
		severity: "warning",
		fix: {
			title: "Remove the line",
			edits: [removeLine(policy, field)]
		}
	};
}

// src/rules/policy-max-age.ts
var policy_max_age_default = {
	group: "policy",
	summary: "The policy's `max_age` is absent, no number of seconds, or over a year",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy(change) {
		const { head } = change;
		if (!head || head.maxAge && head.maxAge.value <= 31557600) return;
		const [field] = fieldsNamed(head, "max_age");
		if (!field && !lacks(head, "max_age")) return;
		const longest = longestMaxAge(change);
		const seconds = field && mendedMaxAge(field.value.value, longest);
		yield {
			message: field ? `${fault(field)} ${cure$2(seconds, longest)}` : ABSENT$1,
			at: field?.span ?? beginning(head),
			values: [field?.value.value ?? ""],
			fix: field && seconds !== void 0 ? {
				title: `Write \`max_age: ${seconds}\``,
				edits: [{
					at: field.value.span,
					newText: String(seconds)
				}]
			} : void 0
		};
	}
};
const ABSENT$1 = "The policy has no `max_age`, the seconds that senders may keep it (RFC 8461 §3.2 requires it). Of six senders' parsers all but Stalwart's reject the whole policy, so mail is delivered without its protection or by an older copy. Add `max_age: 604800` (7 days).";
function fault({ value }) {
	if (/^[0-9]+$/.test(value.value) && Number(value.value) > 31557600) return `The \`max_age\` ${quote(value.value)} is over ${MAX_AGE_LIMIT} seconds (about a year), the most that RFC 8461 §3.2 allows: postfix-mta-sts-resolver and mailauth reject the whole policy for it and deliver without its protection, other senders keep it as long as they see fit.`;
	return `The \`max_age\` ${quote(value.value)} is no number of seconds, written in 1 to 10 digits (RFC 8461 §3.2): of six senders' parsers all but Stalwart's reject the whole policy for it, so mail is delivered without its protection or by an older copy.`;
}
function cure$2(seconds, longest) {
	if (seconds === void 0) return "Write the number of seconds, such as 604800 for 7 days.";
	const enough = seconds === longest && longest < 31557600 ? ", long enough while the policy is being tried out" : "";
	return `Write ${seconds} (${duration(seconds)})${enough}.`;
}

// src/rules/policy-max-age-long.ts
const WEEK = 604800;
var policy_max_age_long_default = {
	group: "policy",
	summary: "A policy that is still being tried out stays with senders for more than a month",
	severity: "notice",
	references: ["RFC 8461 §3.2", "RFC 8461 §8.3"],
	since: "0.1.0",
	*policy(change) {
		const { head } = change;
		if (!head?.maxAge || !head.mode) return;
		const { value, span } = head.maxAge;
		const longest = longestMaxAge(change);
		if (value <= longest || value > 31557600) return;
		const stage = head.mode.value === "testing" ? "is still in testing" : "only now begins to enforce";
		yield {
			message: `\`max_age: ${value}\` lets senders keep this policy for ${duration(value)}, over ${longest} (${duration(longest)}), and it ${stage}. A mistake in it stays that long with every sender that does not see the next id, and so long must you wait before MTA-STS can be given up (RFC 8461 §8.3). Begin with ${WEEK} (7 days) and raise it once the reports are clean.`,
			at: span,
			values: [head.mode.value, String(value)],
			fix: {
				title: `Write \`max_age: ${WEEK}\``,
				edits: [{
					at: span,
					newText: String(WEEK)
				}]
			}
		};
	}
};

// src/rules/policy-max-age-short.ts
var policy_max_age_short_default = {
	group: "policy",
	summary: "The policy expires so soon that it protects little or nothing",
	severity: "warning",
	references: ["RFC 8461 §3.2", "RFC 8461 §10.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head?.maxAge || !head.mode || head.mode.value === "none") return;
		const { value, span } = head.maxAge;
		if (value !== 0 && (value >= 86400 || head.mode.value !== "enforce")) return;
		yield {
			message: `${value === 0 ? `\`max_age: 0\` lets senders keep the policy for no time at all, although its mode is \`${head.mode.value}\`: whoever blocks its fetch gets the mail unprotected` : `\`max_age: ${value}\` (${duration(value)}) is under ${SHORTEST_MAX_AGE} (1 day), and Gmail ignores such a policy although its mode is \`enforce\`. Other senders forget it whenever they send no mail for that long, and whoever blocks the next fetch then gets the mail unprotected`} (RFC 8461 §10.2). RFC 8461 §3.2 expects weeks. Write at least ${SHORTEST_MAX_AGE}.`,
			at: span,
			values: [head.mode.value, String(value)],
			fix: {
				title: `Write \`max_age: ${SHORTEST_MAX_AGE}\``,
				edits: [{
					at: span,
					newText: String(SHORTEST_MAX_AGE)
				}]
			}
		};
	}
};

// src/rules/policy-missing.ts
var policy_missing_default = {
	group: "policy",
	summary: "The `_mta-sts` record announces a policy that is no longer there",
	severity: "error",
	references: ["RFC 8461 §3.3", "RFC 8461 §8.3"],
	since: "0.1.0",
	*policy(change) {
		const { base, head, expected } = change;
		if (head || change.mayBeElsewhere || !base && expected === void 0) return;
		const lacking = change.sharing.head.filter((domain) => announced(domain) && !domain.policy && !isMoved(domain, change));
		const [first, ...others] = lacking.flatMap((domain) => announced(domain)?.record.span ?? []);
		if (!first) return;
		const names = lacking.map(({ name = "." }) => display(name));
		const record = others.length === 0 ? "record of" : "records of";
		const gone = base ? `this change takes it away (${quote(base.source.path)})` : `there is none at ${quote(expected ?? "")}, where the configuration has it`;
		yield {
			message: `The \`_mta-sts\` ${record} ${listed$1(names)} ${others.length === 0 ? "announces" : "announce"} a policy, and ${gone}. Senders that fetch it find nothing and deliver without its protection (RFC 8461 §3.3); those with a copy go by it until it expires, and no correction reaches them. ${base ? "Restore the file" : "Put the file there"}; to give MTA-STS up, publish it with \`mode: none\` and a new id first, and remove record and file when all copies have expired (§8.3).`,
			at: first,
			related: [...others.map((at) => ({
				message: "Another record that announces it.",
				at
			})), ...base ? [{
				message: "The policy as it was.",
				at: beginning(base)
			}] : []],
			values: names
		};
	}
};
/** Whether the change gives the policy's host to another server: then that one may serve the policy from now on. */
function isMoved({ name = ".", zone }, { sharing }) {
	const before = sharing.base.find((domain) => domain.name === name)?.zone;
	if (!before || !zone) return false;
	const [old, now] = [before, zone].map((side) => recordsAt(side, under("mta-sts", name)).map(({ type, rdata }) => `${type} ${rdata}`).toSorted().join("\n"));
	return now !== "" && now !== old;
}

// src/rules/policy-mode.ts
var policy_mode_default = {
	group: "policy",
	summary: "The policy's mode is absent or none of `enforce`, `testing` and `none`",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head || head.mode) return;
		const [field] = fieldsNamed(head, "mode");
		if (!field && !lacks(head, "mode")) return;
		const mode = field && mendedMode(field.value.value);
		const fix = mode && {
			title: `Write \`mode: ${mode}\``,
			edits: [{
				at: field.value.span,
				newText: mode
			}]
		};
		yield {
			message: field ? illegal(field, fix) : ABSENT,
			at: field?.span ?? beginning(head),
			values: [field?.value.value ?? ""],
			fix
		};
	}
};
const ABSENT = "The policy has no `mode` (RFC 8461 §3.2 requires one): mox, postfix-tlspol, go-mtasts and postfix-mta-sts-resolver reject it, mailauth and Stalwart take it for `none`, so it protects no mail. Add `mode: testing`, or `mode: enforce` once testing has shown no failures.";
function illegal({ value }, fix) {
	const senders = /^(?:enforce|testing|none)$/i.test(value.value) ? "Of six senders' parsers all but mailauth's" : "Senders";
	return `The mode is ${quote(value.value)}, and the only modes are \`enforce\`, \`testing\` and \`none\`, in lower case (RFC 8461 §3.2). ${senders} reject the whole policy for it, so mail is delivered without its protection or by an older copy. ${fix?.title ?? "Write one of the three"}.`;
}

// src/rules/policy-mode-none.ts
var policy_mode_none_default = {
	group: "policy",
	summary: "The policy is in mode `none`, which switches MTA-STS off",
	severity: "off",
	references: ["RFC 8461 §5", "RFC 8461 §8.3"],
	since: "0.1.0",
	*policy({ head }) {
		if (head?.mode?.value !== "none") return;
		yield {
			message: "The policy is in mode `none`: senders deliver as if the domain had no MTA-STS, so nothing protects its mail from being read or redirected on the way (RFC 8461 §5). That is right on the way out (§8.3). Otherwise write `mode: testing`, and `mode: enforce` once the reports show no failures.",
			at: head.mode.span,
			values: []
		};
	}
};

// src/rules/policy-mode-testing.ts
var policy_mode_testing_default = {
	group: "policy",
	summary: "The policy is in mode `testing`, in which senders report failures and deliver all the same",
	severity: "off",
	references: ["RFC 8461 §5"],
	since: "0.1.0",
	*policy({ head }) {
		if (head?.mode?.value !== "testing") return;
		yield {
			message: "The policy is in mode `testing`: senders report what fails and deliver all the same, so an attacker who redirects the mail still gets it (RFC 8461 §5). Write `mode: enforce` once two weeks of reports show no failures.",
			at: head.mode.span,
			values: []
		};
	}
};

// src/rules/policy-mx-missing.ts
var policy_mx_missing_default = {
	group: "policy",
	summary: "A policy in testing or enforce allows no MX host at all",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8461 §4.1"],
	since: "0.1.0",
	*policy({ head, sharing }) {
		if (!head?.mode || head.mode.value === "none" || !lacks(head, "mx")) return;
		const hosts = mxHosts$1(sharing.head).map(display);
		yield {
			message: `The policy is in mode \`${head.mode.value}\` and has no \`mx\` line, so no host may receive the domain's mail. Senders reject such a policy, or refuse every host while it enforces (RFC 8461 §3.2 requires at least one line unless the mode is \`none\`). Add one \`mx:\` line for each MX host.`,
			at: head.mode.span,
			values: [head.mode.value],
			fix: hosts.length > 0 ? {
				title: "Add the MX hosts of the zone",
				edits: [addMxEdit(head, hosts)]
			} : void 0
		};
	}
};

// src/rules/policy-mx-syntax.ts
var policy_mx_syntax_default = {
	group: "policy",
	summary: "An `mx` line is not the name of one host, nor `*.` and a domain",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8461 §4.1"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head) return;
		const written = new Set(head.mx.map((pattern) => pattern.value));
		for (const { value, span } of fieldsNamed(head, "mx")) {
			if (isMxPattern(value.value)) continue;
			const mended = mendedMx(value.value);
			const fresh = mended?.filter((pattern) => !written.has(pattern.toLowerCase())) ?? [];
			const lines = (fresh.length > 0 ? fresh : mended)?.map((pattern) => `mx: ${pattern}`);
			const cure = lines?.map(quote).join(" and ");
			yield {
				message: `The \`mx\` value${value.value === "" ? "" : ` ${quote(value.value)}`} ${mxFault(value.value)} (RFC 8461 §3.2). ${isTrailingDot(value.value) ? DOTTED : OTHERS} Write ${cure ?? "one host name, or `*.` and a domain"}.`,
				at: value.value === "" ? span : value.span,
				values: [value.value.toLowerCase()],
				about: mended ?? [],
				fix: lines && {
					title: `Write ${cure}`,
					edits: [{
						at: span,
						newText: lines.join(lineEnd(head.source))
					}]
				}
			};
		}
	}
};
const OTHERS = "mox and postfix-tlspol reject the whole policy for it and deliver without its protection; for the others the line matches no host, so they refuse that host once the policy enforces.";
const DOTTED = "mox rejects the whole policy for it and delivers without its protection; for postfix-mta-sts-resolver, mailauth and Stalwart the line matches no host, so they refuse that host once the policy enforces.";
function isTrailingDot(value) {
	return value.endsWith(".") && isMxPattern(value.slice(0, -1));
}

// src/rules/policy-path.ts
var policy_path_default = {
	group: "policy",
	summary: "The policy's file is nearly, but not quite, where senders fetch it",
	severity: "error",
	references: ["RFC 8461 §3.3"],
	since: "0.1.0",
	*policy({ head, isConfigured, rivals, sharing }) {
		const meant = head && sitePath(head.source.path);
		if (!meant || isConfigured || meant.written === ".well-known/mta-sts.txt") return;
		const right = `${meant.site}${POLICY_PATH}`;
		if (rivals.some(({ source }) => source.path === right)) return;
		const mayBeRewritten = `.${meant.written}` === POLICY_PATH;
		if (mayBeRewritten && sharing.head.some(({ policy, pairedBy }) => policy === head && pairedBy === "server")) return;
		yield {
			message: `Senders fetch a policy from \`/${POLICY_PATH}\`, letter by letter, and from nowhere else (RFC 8461 §3.3). This file lies at ${quote(meant.written)}` + (mayBeRewritten ? ": unless the web server rewrites the path, they find nothing" : ", so they find nothing") + ` and deliver without the policy's protection, or by an older copy. Rename it to ${quote(right)}` + (mayBeRewritten ? ", or name it in the configuration if the server does." : "."),
			at: beginning(head),
			severity: mayBeRewritten ? "warning" : "error",
			values: [head.source.path]
		};
	}
};

// src/rules/policy-placeholder.ts
var policy_placeholder_default = {
	group: "policy",
	summary: "A value of the policy is a placeholder that nobody filled in",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 2606 §3"],
	since: "0.1.0",
	*policy({ head, domains, sharing }) {
		if (!head) return;
		const hosts = mxHosts$1(sharing.head);
		for (const { name, value } of head.fields) {
			const field = isFieldName(name.value) ? name.value : intendedField(name.value);
			if (field === void 0 || !isPlaceholder(value.value, domains, hosts)) continue;
			if (field === "mx" && head.mode?.value === "none" && isMxPattern(value.value)) continue;
			const { harm, cure } = FILLED_IN[field];
			yield {
				message: `The \`${field}\` value ${quote(value.value)} is a placeholder that was never filled in (RFC 8461 §3.2): ${harm}. ${cure}`,
				at: value.span,
				values: [field, value.value],
				about: field === "mx" ? [value.value] : []
			};
		}
	}
};
const REJECTED = "most senders reject the whole policy, so mail is delivered without its protection or by an older copy";
const FILLED_IN = {
	version: {
		harm: REJECTED,
		cure: "Write `STSv1`."
	},
	mode: {
		harm: REJECTED,
		cure: "Write `testing`, or `enforce` once testing has shown no failures."
	},
	max_age: {
		harm: REJECTED,
		cure: "Write a number of seconds, such as 604800 for 7 days."
	},
	mx: {
		harm: "it allows none of the domain's mail hosts. Senders that enforce the policy refuse them, and mail waits and then bounces",
		cure: "Write the host that the domain's MX record names; a domain that takes no mail needs `mode: none` and no `mx` line."
	}
};

// src/rules/policy-syntax.ts
var policy_syntax_default = {
	group: "policy",
	summary: "The policy holds something outside its grammar, and senders disagree whether to read it at all",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8461 §3.3"],
	since: "0.1.0",
	*policy({ head }) {
		for (const { fault, message, span, fix } of head?.problems ?? []) yield {
			message,
			at: span,
			fix,
			values: [fault]
		};
	}
};

// src/rules/policy-version.ts
const LINE = "version: STSv1";
var policy_version_default = {
	group: "policy",
	summary: "The policy does not say `version: STSv1`, so senders do not take it for one",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head || head.version) return;
		const [field] = fieldsNamed(head, "version");
		if (!field && !lacks(head, "version")) return;
		yield {
			message: `${field ? `The version is ${quote(field.value.value)}, and \`STSv1\` is the only one there is (RFC 8461 §3.2). Senders reject the whole policy` : "The policy has no `version` (RFC 8461 §3.2 requires one). Of six senders' parsers all but Stalwart's reject it"}, so mail is delivered without its protection or by an older copy. ${field ? "Write" : "Add the line"} \`${LINE}\`.`,
			at: field?.span ?? beginning(head),
			values: [field?.value.value ?? ""],
			fix: {
				title: `${field ? "Write" : "Add"} \`${LINE}\``,
				edits: [field ? {
					at: field.value.span,
					newText: "STSv1"
				} : insertFirst(head, LINE)]
			}
		};
	}
};

// src/rules/policy-wrong-domain.ts
var policy_wrong_domain_default = {
	group: "policy",
	summary: "The policy was made for another domain, or two files claim to be the policy of one domain",
	severity: "warning",
	references: ["RFC 8461 §3.2", "RFC 8461 §3.3"],
	since: "0.1.0",
	*policy(change) {
		const { head } = change;
		if (!head) return;
		yield* ofAnother(head, change);
		yield* besideAnother(head, change);
	}
};
/** A policy whose lines are exactly the MX hosts of a neighbour, and of none of its own domains. */
function* ofAnother(policy, { sharing, neighbours }) {
	if (policy.mode?.value === "none") return;
	const own = sharing.head;
	const hosts = mxHosts$1(own);
	if (hosts.length === 0 || !knowAllMx(own) || !knowAllPatterns(policy) || hosts.some((host) => covers(policy, host))) return;
	const names = new Set(own.map(({ name }) => name));
	const other = (byPattern(neighbours).get(policy.mx[0]?.value ?? "") ?? []).find((domain) => !names.has(domain.name) && isMadeFor(policy, domain));
	if (other?.name === void 0) return;
	const [mine, theirs] = [[...names].flatMap((name) => name === void 0 ? [] : display(name)), display(other.name)];
	yield {
		message: `This is the policy of ${listed$1(mine)}, and its \`mx\` lines are exactly the MX hosts of ${theirs}: none of them allows ${listed$1(hosts.map(display))}. Senders that honour it refuse all mail for ${listed$1(mine)}${policy.mode?.value === "enforce" ? "" : " once it enforces"} (RFC 8461 §4.1). If it was copied, write the domain's own MX hosts; if the file stands in the wrong place, move it.`,
		at: policy.mx[0]?.span ?? beginning(policy),
		values: [
			"lines",
			...mine,
			theirs
		],
		about: hosts,
		reference: "RFC 8461 §4.1"
	};
}
/** Lines that cannot be read may allow any host. */
function knowAllPatterns(policy) {
	if (policy.mx.length === 0 || policy.unread.includes("mx")) return false;
	return fieldsNamed(policy, "mx").every(({ value }) => isMxPattern(value.value));
}
/** Mail domains by the patterns that allow one of their MX hosts. */
const byPattern = memo((domains) => {
	const pairs = domains.flatMap((domain) => mxHosts$1([domain]).flatMap((host) => [display(host), `*.${labels(host).slice(1).join(".")}`].map((pattern) => ({
		pattern,
		domain
	}))));
	return new Map([...groupedBy(pairs, ({ pattern }) => pattern)].map(([pattern, some]) => [pattern, some.map(({ domain }) => domain)]));
});
function isMadeFor(policy, domain) {
	const hosts = mxHosts$1([domain]);
	const isUsed = allowsAny(hosts);
	return hosts.length > 0 && hosts.every((host) => covers(policy, host)) && policy.mx.every(({ value }) => isUsed(value));
}
/** Two files that say different things for one domain: told alike from either, so that it is told once. */
function* besideAnother(policy, { rivals, domains, neighbours }) {
	const isSettled = (file) => neighbours.some((domain) => domain.policy === file && domain.pairedBy === "configuration");
	for (const rival of rivals) {
		if (meaning(rival) === meaning(policy) || isSettled(policy) !== isSettled(rival)) continue;
		const [first, second] = [policy, rival].toSorted((a, b) => a.source.path < b.source.path ? -1 : 1);
		yield {
			message: `Two files with different content are the policy of ${domains.length > 0 ? listed$1(domains.map(display)) : "one site"}: ${quote(first.source.path)} and ${quote(second.source.path)}. Only one can be served at \`/.well-known/mta-sts.txt\` (RFC 8461 §3.3), so an edit of the other changes nothing, and nobody can tell by the repository what senders get. Remove one of them, or name the right one in the configuration.`,
			at: beginning(first),
			related: [{
				message: "The other file.",
				at: beginning(second)
			}],
			values: [
				"files",
				first.source.path,
				second.source.path
			],
			reference: "RFC 8461 §3.3"
		};
	}
}

// src/rules/record-cname.ts
var record_cname_default = {
	group: "record",
	summary: "The CNAME at `_mta-sts` stands beside other records, loops, or leads to nothing",
	severity: "error",
	references: ["RFC 8461 §8.2", "RFC 1034 §3.6.2"],
	since: "0.1.0",
	*domain({ head }) {
		if (!head?.zone || head.name === void 0) return;
		const owner = under("_mta-sts", head.name);
		const [cname] = recordsAt(head.zone, owner, "CNAME");
		if (!cname) return;
		const [other] = besides(head.zone, cname);
		if (other) yield beside(cname, other);
		else if (views(head, owner).every((answer) => answer.presence === "absent")) yield leadsNowhere(cname, lookup(head.zone, head.zones, owner, "TXT"));
	}
};
/** What each view of the zone answers, and of the zone at the chain's end; one that knows the record is the one senders see. */
function views({ zone, zones, name }, owner) {
	if (!zone || name === void 0) return [];
	const here = [zone, ...zones.viewsOf(name)].map((view) => lookup(view, zones, owner, "TXT"));
	const end = here[0]?.chain.at(-1)?.rdata ?? owner;
	return [...here, ...zones.viewsOf(end).map((view) => lookup(view, zones, end, "TXT"))];
}
function beside(cname, other) {
	return {
		message: `At \`${display(cname.owner)}\` stand ${other.type === "CNAME" ? "two CNAME records" : `a CNAME and a ${other.type} record`}, and a CNAME must stand alone (RFC 1034 §3.6.2): some name servers refuse the whole zone, others answer with one of them. Senders that get no MTA-STS record deliver without its protection (RFC 8461 §3.1). If a provider runs MTA-STS for this domain, keep the CNAME that it gave you, else the TXT record, and remove the rest.`,
		at: cname.span,
		related: [{
			message: "This record stands beside it.",
			at: other.span
		}],
		values: ["beside", other.type],
		about: [cname.owner]
	};
}
function leadsNowhere(cname, { chain }) {
	const names = [cname.owner, ...chain.map((link) => link.rdata)].map(display).map(quote);
	const loops = new Set(names).size < names.length;
	const end = names.at(-1);
	return {
		message: (loops ? `The CNAME at ${names[0]} leads in a circle (${shown(names)})` : `The CNAME at ${names[0]} leads to ${end}, and there is no TXT record`) + ": senders find no MTA-STS record and deliver without its protection, or by an older policy (RFC 8461 §3.1). " + (loops ? "Point it at the name where the TXT record stands (§8.2)." : "Point it at the name where the record stands (§8.2), or add the record there."),
		at: cname.span,
		values: [loops ? "loop" : "nothing", cname.rdata],
		about: [cname.owner]
	};
}
/** A circle up to where it closes. */
function shown(names) {
	const closes = names.findIndex((name, index) => names.indexOf(name) < index);
	return names.slice(0, closes + 1).join(" → ");
}

// src/rules/record-misnamed.ts
var record_misnamed_default = {
	group: "record",
	summary: "An MTA-STS record stands at a name where no sender looks for it",
	severity: "error",
	references: ["RFC 8461 §3.1", "RFC 1035 §5.1"],
	since: "0.1.0",
	*domain(change) {
		const { head } = change;
		if (!head?.zone || head.name === void 0) return;
		const right = under("_mta-sts", head.name);
		const alone = head.sts.presence === "absent";
		for (const misnamed of misnamedByDomain(head.zone).get(head.name) ?? []) {
			const { record } = misnamed;
			yield {
				message: alone ? `Senders look for this record at \`${display(right)}\`, and it stands at \`${display(record.owner)}\`: they find none and deliver without MTA-STS's protection (RFC 8461 §3.1). ${cure$1(misnamed)}` : `No sender looks for an MTA-STS record at \`${display(record.owner)}\`. The one at \`${display(right)}\` counts (RFC 8461 §3.1), and whoever edits this one changes nothing. Remove it.`,
				at: record.ownerSpan ?? record.span,
				severity: alone ? "error" : "warning",
				values: [record.owner],
				about: alone ? [right] : [],
				fix: alone ? renaming(misnamed, change) : void 0
			};
		}
	}
};
function cure$1(misnamed) {
	if (!isDoubled(misnamed)) return `Rename it to \`_mta-sts.${display(misnamed.meantFor)}\`.`;
	return "The name is written in full without its final dot, so the origin is added once more (RFC 1035 §5.1): add the dot.";
}

// src/rules/record-missing.ts
var record_missing_default = {
	group: "record",
	summary: "A policy is here but the zone has no `_mta-sts` record, so no sender will ever look for it",
	severity: "warning",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const { head, base } = change;
		const policy = activePolicy(head);
		if (!head || !policy || head.name === void 0 || !head.zone) return;
		if (head.sts.presence !== "absent" || head.sts.cname) return;
		const owner = under("_mta-sts", head.name);
		const first = base?.policy === void 0;
		yield {
			message: `${base?.sts.presence === "present" ? "Nobody will look for it any more" : "Nothing happens yet"}: senders ask for the policy of ${display(head.name)} only if \`${display(owner)}\` has a TXT record (RFC 8461 §3.1), and the zone has none. ` + (first ? "Publishing the policy first is the right order; once it is served, add this record:\n" : "Add this record once the policy is served:\n") + recordLine(owner, `v=STSv1; id=${newId(change)}`),
			at: policy.mode.span,
			related: (base?.sts.records ?? []).map(({ record }) => ({
				message: "The record as it was.",
				at: record.span
			})),
			severity: first ? "notice" : "warning",
			values: []
		};
	}
};

// src/rules/record-multiple.ts
var record_multiple_default = {
	group: "record",
	summary: "Two or more `_mta-sts` records stand at one name, and senders act as if there were none",
	severity: "error",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain({ head }) {
		const [first, ...more] = head?.sts.records.filter((record) => record.counts) ?? [];
		const last = more.at(-1);
		if (!first || !last) return;
		const owner = display(first.record.owner);
		yield {
			message: `${more.length + 1} records at \`${owner}\` begin \`v=STSv1;\`, and exactly one may: senders act as if there were none and deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1). Keep the one whose \`id\` belongs to the policy that is served, and remove the rest.`,
			at: last.record.span,
			related: [first, ...more.slice(0, -1)].map(({ record }) => ({
				message: "This one begins so, too.",
				at: record.span
			})),
			values: [String(more.length + 1)]
		};
	}
};

// src/rules/record-syntax.ts
var record_syntax_default = {
	group: "record",
	summary: "The `_mta-sts` record is malformed, and senders act as if there were none",
	severity: "error",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const sts = change.head && candidate(change.head.sts);
		if (!sts) return;
		const owner = display(sts.record.owner);
		for (const problem of sts.problems) yield {
			message: `${problem.severity === "error" ? `The record at \`${owner}\` is malformed: senders act as if there were none and deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1).` : `Some senders read the record at \`${owner}\`, and some do not and deliver without MTA-STS's protection (RFC 8461 §3.1).`} ${problem.message}`,
			at: problem.span,
			severity: problem.severity,
			values: [problem.fault],
			fix: respelling(sts.record, problem, change)
		};
	}
};

// src/rules/record-ttl-long.ts
/** Seconds; a day is what most zones use at most. */
const LONG = 86400;
var record_ttl_long_default = {
	group: "record",
	summary: "The `_mta-sts` record may be cached for over a day, and a corrected policy stays unseen that long",
	severity: "notice",
	references: ["RFC 8461 §8.1"],
	since: "0.1.0",
	*domain({ head }) {
		const record = head && activePolicy(head) && stsRecord(head)?.record;
		if (!record || record.ttl <= LONG) return;
		yield {
			message: `The record at \`${display(record.owner)}\` has a TTL of ${record.ttl} seconds: resolvers may keep it for ${duration(record.ttl)}, and so long a sender may not see a new \`id\` (RFC 8461 §8.1). If the policy ever refuses good mail, its correction arrives that late. Set the TTL to ${LONG} (a day) or less; 3600 (an hour) is usual.`,
			at: record.ttlSpan ?? record.span,
			values: [String(record.ttl)]
		};
	}
};

// src/rules/record-unknown-field.ts
var record_unknown_field_default = {
	group: "record",
	summary: "The `_mta-sts` record has a field that no sender knows",
	severity: "notice",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain({ head }) {
		const sts = head && candidate(head.sts);
		if (!sts) return;
		for (const { name, at } of unknownFields(sts)) yield {
			message: `The record at \`${display(sts.record.owner)}\` has a field ${quote(name)}: only \`v\` and \`id\` mean anything to senders, and they ignore all others (RFC 8461 §3.1). Mail is not affected. If it was meant for the policy file, move it there; else remove it.`,
			at,
			values: [name]
		};
	}
};
/** Not where the `id` is missing: the field may be the misspelt id, and that is said already. */
function unknownFields(sts) {
	if (sts.problems.some((problem) => problem.fault === "id-missing") && !swallowed(sts.record, "v=STSv1")) return [];
	return written(sts).filter(({ name }) => !/^(?:v|id)$/i.test(name));
}
/** The fields, also those that an unquoted `;` made a comment of: they are there again once it is mended. */
function written({ record, fields }) {
	const lost = swallowed(record, "v=STSv1");
	if (!lost) return fields.map(({ name, value }) => ({
		name: name.value,
		at: {
			...name.span,
			end: value.span.end
		}
	}));
	return lost.meant.split(";").flatMap((field) => /^[ \t]*([^=]+)=/.exec(field)?.[1] ?? []).map((name) => ({
		name,
		at: lost.span
	}));
}

// src/rules/record-unquoted.ts
var record_unquoted_default = {
	group: "record",
	summary: "The `_mta-sts` record is not quoted, so its `;` begins a comment and the id is lost",
	severity: "error",
	references: ["RFC 1035 §5.1", "RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		for (const { record } of change.head?.sts.records ?? []) {
			const lost = swallowed(record, "v=STSv1");
			if (!lost) continue;
			yield {
				message: `The record at \`${display(record.owner)}\` is published as \`v=STSv1\` and nothing more: in a zone file a \`;\` outside of quotes begins a comment (RFC 1035 §5.1). Without an \`id\` senders act as if there were no record and deliver without MTA-STS's protection. Write the whole value in quotes: ${quote(`"${lost.meant}"`)}.`,
				at: lost.span,
				values: [lost.meant],
				fix: {
					title: "Put the record in quotes",
					edits: [{
						at: lost.span,
						newText: `"${lost.meant}"`
					}, ...serialEdits(change.zone)]
				}
			};
		}
	}
};

// src/rules/suppression-added.ts
var suppression_added_default = {
	group: "run",
	summary: "The change itself adds an ignore or loosens the configuration, which counts only once it is merged",
	severity: "notice",
	references: ["docs/configuration.md"],
	since: "0.1.0",
	*config({ base, head, comments, rules, moment }) {
		for (const { base: before, head: after } of comments) yield* added(before?.ignores ?? [], after?.ignores ?? [], moment.now);
		if (head && head.problems.length > 0) return;
		yield* added(base?.config.ignores ?? [], head?.config.ignores ?? [], moment.now);
		for (const { effect, at, values } of loosenings(base, head, rules)) yield {
			message: `Once this is merged, ${effect} ${JUDGED}`,
			at,
			values
		};
	}
};
const JUDGED = "This change itself is judged without it. Approve it only if that is meant.";
/** The ignores that count longer or for more than one that was there. */
function* added(before, after, now) {
	for (const ignore of after) {
		if (!isActive(ignore, now) || before.some((old) => covers$1(old, ignore))) continue;
		const { rule, domain, until, reason, at } = ignore;
		const where = "record" in ignore ? recordText(ignore) : domain === void 0 ? "every domain" : display(domain);
		yield {
			message: `Once this is merged, findings of \`${rule}\` for ${where} are ignored ${until === void 0 ? "for good" : `until ${dayText(until)}`}, because of ${quote(reason)}. ${JUDGED}`,
			at,
			values: [
				"ignore",
				rule,
				where,
				until === void 0 ? "" : dayText(until)
			]
		};
	}
}
function recordText({ record: { owner, type, exchange } }) {
	return `the ${type} record of ${display(owner)}${exchange === void 0 ? "" : ` with ${display(exchange)}`}`;
}

// src/rules/testing-blind.ts
var testing_blind_default = {
	group: "rollout",
	summary: "The policy goes from testing to enforce, and in the whole time of testing nobody could report a failure",
	severity: "error",
	references: ["RFC 8460 §3", "RFC 8461 §5"],
	since: "0.1.0",
	*domain({ base, head, history, moment: moment$1 }) {
		const mode = activePolicy(head)?.mode;
		if (mode?.value !== "enforce" || !head?.zone || head.name === void 0) return;
		if (base?.tlsrpt.presence !== "absent") return;
		const run = testingRun(history);
		const { name } = head;
		if (!run?.since || !run.pasts.every(({ zone }) => zone && isBlind(zone, name))) return;
		const owner = under("_smtp._tls", name);
		const still = head.tlsrpt.presence === "absent";
		yield {
			message: `The policy of ${display(name)} goes from \`testing\` to \`enforce\`, and nobody knows yet what that will refuse: in the ${duration((moment$1.now.getTime() - run.since.getTime()) / 1e3)} of testing, since ${moment(run.since)}, the zone had no record at \`${display(owner)}\`, so no sender could report a failure (RFC 8460 §3). Hosts that fail have not shown, and enforcing refuses their mail (RFC 8461 §5). ` + (still ? `Stay in \`testing\`, add the record, read the reports for two weeks, then enforce:\n${recordLine(owner, `v=TLSRPTv1; rua=mailto:postmaster@${display(name)}`)}` : "This change brings the record: stay in `testing`, read the reports for two weeks, then enforce."),
			at: mode.span,
			severity: still ? "error" : "warning",
			values: [run.since.toISOString()],
			about: still ? [owner] : []
		};
	}
};
/** Whether a zone of the past surely had no TLSRPT record: no CNAME, no zone cut, nothing unread in its place. */
function isBlind(zone, name) {
	const { presence, records, cname } = lookup(zone, new Zones([zone]), under("_smtp._tls", name), "TXT");
	if (cname) return false;
	return presence === "absent" || presence === "present" && !records.some(({ txt }) => /tlsrpt/i.test(txt?.value ?? ""));
}

// src/rules/testing-too-short.ts
const DAY = 864e5;
var testing_too_short_default = {
	group: "rollout",
	summary: "The policy goes from testing to enforce before it was tested long enough for reports to arrive",
	severity: "error",
	references: ["RFC 8461 §5", "RFC 8460 §4"],
	since: "0.1.0",
	*domain(change) {
		const { head, history, options, moment: clock } = change;
		if (!head?.policy || !readable(head.policy)) return;
		const { mode } = head.policy;
		if (mode.value !== "enforce") return;
		const run = testingRun(history);
		if (!run?.since) return;
		const earliest = new Date(run.since.getTime() + options.minTestingDays * DAY);
		if (clock.now >= earliest) return;
		const enforced = run.before?.mode === "enforce" ? run.before.past.policy : void 0;
		const known = enforced !== void 0 && onlyKnownPatterns(head.policy, enforced);
		yield {
			message: `${head.name === void 0 ? "This policy" : display(head.name)} has been in testing for ${duration((clock.now.getTime() - run.since.getTime()) / 1e3)}, since ${moment(run.since)}; ${options.minTestingDays} days are wanted before enforcing. Reports come once a day (RFC 8460 §4) and some senders report late, so a host that fails may not have shown yet, and enforcing refuses its mail. ` + (known ? "It enforced the same hosts before, so this may be right. " : "") + `Merge this after ${moment(earliest)}.`,
			at: mode.span,
			severity: known ? "notice" : "error",
			values: [run.since.toISOString()],
			until: earliest
		};
	}
};
function onlyKnownPatterns(policy, enforced) {
	return policy.mx.every(({ value }) => enforced.mx.some((old) => old.value === value || !value.startsWith("*") && matches(old.value, `${value}.`)));
}

// src/rules/tlsrpt-misnamed.ts
var tlsrpt_misnamed_default = {
	group: "tls-rpt",
	summary: "A TLSRPT record stands at a name where no sender looks for it",
	severity: "error",
	references: ["RFC 8460 §3", "RFC 1035 §5.1"],
	since: "0.1.0",
	*domain(change) {
		const { head } = change;
		if (!head?.zone || head.name === void 0) return;
		const right = display(under("_smtp._tls", head.name));
		const alone = head.tlsrpt.presence === "absent";
		for (const misnamed of misnamedTlsrptByDomain(head.zone).get(head.name) ?? []) {
			const { record } = misnamed;
			yield {
				message: alone ? `Senders look for this record at \`${right}\`, and it stands at \`${display(record.owner)}\`: they find none and send no reports, so nobody hears when mail fails (RFC 8460 §3). ${cure(misnamed, right)}` : `No sender looks for a TLSRPT record at \`${display(record.owner)}\`, only at \`${right}\` (RFC 8460 §3): whoever edits this one changes nothing. Remove it.`,
				at: record.ownerSpan ?? record.span,
				severity: alone ? "error" : "notice",
				values: [record.owner],
				fix: alone ? renaming(misnamed, change) : void 0
			};
		}
	}
};
function cure(misnamed, right) {
	if (!isDoubled(misnamed)) return `Rename it to \`${right}\`.`;
	return "The name is written in full without its final dot, so the origin is added once more (RFC 1035 §5.1): add the dot.";
}

// src/rules/tlsrpt-missing.ts
var tlsrpt_missing_default = {
	group: "tls-rpt",
	summary: "A policy is active and nobody is told when mail fails it: the zone has no TLSRPT record",
	severity: "warning",
	references: ["RFC 8460 §3", "RFC 8461 §8.1"],
	since: "0.1.0",
	*domain(change) {
		const { head } = change;
		const policy = activePolicy(head);
		if (!head?.zone || head.name === void 0 || !policy || head.tlsrpt.presence !== "absent") return;
		const { cname } = head.tlsrpt;
		const owner = under("_smtp._tls", head.name);
		const value = `v=TLSRPTv1; rua=mailto:postmaster@${display(head.name)}`;
		const edits = recordEdits(change, value);
		yield {
			message: `Nobody will hear when mail to ${display(head.name)} fails: its policy is in mode \`${policy.mode.value}\`, but there is no record at \`${display(owner)}\` that says where senders report failures (RFC 8460 §3)${cname ? `: the CNAME there leads to \`${display(cname.rdata)}\`, where none is found. Put one in its place` : ". Add one"}, with an address that somebody reads:\n${recordLine(owner, value)}`,
			at: cname?.span ?? head.sts.records[0]?.record.span ?? policy.mode.span,
			values: [],
			fix: edits.length > 0 ? {
				title: "Ask for TLS reports to postmaster",
				edits
			} : void 0
		};
	}
};
/** Puts the record before the `_mta-sts` one, in its style; before, so that no owner is inherited from it. */
function recordEdits(change, value) {
	const record = change.head?.tlsrpt.cname ? void 0 : change.head?.sts.records[0]?.record;
	if (!record?.ownerSpan || record.generated || record.ownerSpan.start.column !== 1) return [];
	const { source, ownerSpan } = record;
	const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
	if (!/^_mta-sts\b/i.test(written)) return [];
	const start = ownerSpan.start.offset;
	const line = `${written.replace(/^_mta-sts/i, "_smtp._tls")} IN TXT "${value}"${lineEnd(source)}`;
	return [{
		at: source.span(start, start),
		newText: line
	}, ...serialEdits(change.zone)];
}

// src/rules/tlsrpt-multiple.ts
var tlsrpt_multiple_default = {
	group: "tls-rpt",
	summary: "Two or more TLSRPT records stand at one name, and senders report as if there were none",
	severity: "error",
	references: ["RFC 8460 §3"],
	since: "0.1.0",
	*domain({ head }) {
		const [first, ...more] = head?.tlsrpt.records.filter((record) => record.counts) ?? [];
		const last = more.at(-1);
		if (!first || !last) return;
		const owner = display(first.record.owner);
		yield {
			message: `${more.length + 1} records at \`${owner}\` begin \`v=TLSRPTv1;\`, and exactly one may: senders act as if there were none and send no reports, so nobody hears when mail fails (RFC 8460 §3). Write all addresses into the \`rua\` of one of them, with commas, and remove the rest.`,
			at: last.record.span,
			related: [first, ...more.slice(0, -1)].map(({ record }) => ({
				message: "This one begins so, too.",
				at: record.span
			})),
			values: [String(more.length + 1)]
		};
	}
};

// src/rules/tlsrpt-rua.ts
var tlsrpt_rua_default = {
	group: "tls-rpt",
	summary: "The TLSRPT record has no address that reports can be sent to",
	severity: "error",
	references: ["RFC 8460 §3"],
	since: "0.1.0",
	*domain(change) {
		const { head } = change;
		const tlsrpt = head && candidate(head.tlsrpt);
		if (!tlsrpt || head.name === void 0 || swallowed(tlsrpt.record, "v=TLSRPTv1")) return;
		const owner = display(tlsrpt.record.owner);
		for (const problem of tlsrpt.problems.filter(isAboutRua)) yield {
			message: `${consequence$1(problem, owner)} ${problem.message}`,
			at: problem.span,
			severity: problem.severity,
			values: compared(tlsrpt.record, problem),
			about: [problem.text.replace(/^[; \t]+/, "")],
			fix: respelling(tlsrpt.record, problem, change)
		};
		for (const { value, span } of tlsrpt.rua) {
			if (!isPlaceholder$1(value, head.name)) continue;
			yield {
				message: `${quote(value)} was never filled in: senders report to it and nobody hears when mail to ${display(head.name)} fails (RFC 8460 §3). Write an address that somebody reads.`,
				at: span,
				values: ["placeholder", value]
			};
		}
		yield* many(tlsrpt);
	}
};
function consequence$1({ severity, fault }, owner) {
	if (severity === "warning") return `Reports may not go where the record at \`${owner}\` wants them (RFC 8460 §3).`;
	if (fault === "rua-missing") return `The record at \`${owner}\` says nowhere where reports go, so senders send none and nobody hears when mail fails (RFC 8460 §3).`;
	return `Senders that cannot read the addresses of the record at \`${owner}\` send no reports, so nobody hears when mail fails (RFC 8460 §3).`;
}
function* many({ record, rua }) {
	const third = rua[2];
	if (!third) return;
	yield {
		message: `The record at \`${display(record.owner)}\` lists ${rua.length} addresses, and a sender may report to only one of them (RFC 8460 §3): none of them sees all reports. Keep one or two, and forward from there.`,
		at: third.span,
		severity: "notice",
		values: ["many", String(rua.length)]
	};
}

// src/rules/tlsrpt-syntax.ts
var tlsrpt_syntax_default = {
	group: "tls-rpt",
	summary: "The TLSRPT record is malformed, and senders report as if there were none",
	severity: "error",
	references: ["RFC 8460 §3", "RFC 1035 §5.1"],
	since: "0.1.0",
	*domain(change) {
		const tlsrpt = change.head && candidate(change.head.tlsrpt);
		if (!tlsrpt) return;
		const owner = display(tlsrpt.record.owner);
		const lost = swallowed(tlsrpt.record, "v=TLSRPTv1");
		if (lost) yield unquoted(owner, lost, change);
		for (const problem of tlsrpt.problems.filter((found) => !isAboutRua(found))) yield {
			message: `${consequence(problem, owner)} ${problem.message}`,
			at: problem.span,
			severity: problem.severity,
			values: compared(tlsrpt.record, problem),
			about: [problem.text],
			fix: respelling(tlsrpt.record, problem, change)
		};
	}
};
function consequence({ severity, fault }, owner) {
	if (fault === "dmarc-tag") return "Reports arrive all the same, but not as asked for (RFC 8460 §3).";
	return severity === "error" ? `The record at \`${owner}\` is malformed: senders act as if there were none and send no reports, so nobody hears when mail fails (RFC 8460 §3).` : `Some senders read the record at \`${owner}\`, and some do not and send no reports (RFC 8460 §3).`;
}
function unquoted(owner, lost, change) {
	return {
		message: `The record at \`${owner}\` is published as \`v=TLSRPTv1\` and nothing more: in a zone file a \`;\` outside of quotes begins a comment (RFC 1035 §5.1). Without a \`rua\` senders know no address and send no reports, so nobody hears when mail fails (RFC 8460 §3). Write the whole value in quotes: ${quote(`"${lost.meant}"`)}.`,
		at: lost.span,
		values: ["unquoted", lost.meant],
		reference: "RFC 1035 §5.1",
		fix: {
			title: "Put the record in quotes",
			edits: [{
				at: lost.span,
				newText: `"${lost.meant}"`
			}, ...serialEdits(change.zone)]
		}
	};
}

// src/rules/zone-cname.ts
var zone_cname_default = {
	group: "zone",
	summary: "A CNAME stands beside other records at an MX host or at `_smtp._tls`",
	severity: "error",
	references: ["RFC 1034 §3.6.2", "RFC 2181 §10.1"],
	since: "0.1.0",
	*zone({ head, stsDomains }) {
		if (!head) return;
		const owners = stsDomains.flatMap((name) => [under("_smtp._tls", name), ...recordsAt(head, name, "MX").map(exchange)]);
		for (const owner of new Set(owners)) {
			const [cname] = isWithin(owner, apex(head)) && !belowCut(head, owner) ? recordsAt(head, owner, "CNAME") : [];
			const [other] = cname ? besides(head, cname) : [];
			if (!cname || !other) continue;
			const isReport = owner.startsWith("_smtp._tls.");
			yield {
				message: `At ${quote(display(owner))} ${other.type === "CNAME" ? "stand two CNAME records" : `stands a CNAME beside another record (${other.type})`}, and a CNAME must stand alone (RFC 1034 §3.6.2): some name servers refuse the whole zone and go on serving the old one, others answer with one of them. ` + (isReport ? "Whether senders find where to report failed deliveries is then chance. " : "Whether senders find the mail host is then chance. ") + "Keep the one that is meant, and remove the rest.",
				at: cname.span,
				related: [{
					message: "This record stands beside it.",
					at: other.span
				}],
				values: [owner, other.type],
				about: [owner, `CNAME ${owner}`]
			};
		}
	}
};

// src/rules/zone-serial.ts
var zone_serial_default = {
	group: "zone",
	summary: "Records changed but the SOA serial did not rise, so secondary servers keep the old zone",
	severity: "warning",
	references: ["RFC 1034 §4.3.5", "RFC 1982 §3.2"],
	since: "0.1.0",
	*zone(change) {
		const { base, head, moment } = change;
		const before = serialOf(base);
		const serial = serialOf(head);
		if (!base || !head || !before || !serial || isToolManaged(change)) return;
		const step = compareSerials(before.value, serial.value);
		const changed = changedRecords(base, head);
		if (step === "raised" || step === "unchanged" && changed.length === 0) return;
		const sts = changed.find((record) => record.owner.startsWith("_mta-sts.") && (record.type === "TXT" || record.type === "CNAME"));
		const next = nextSerial(before.value, moment.head);
		const zone = display(head.origin);
		yield {
			message: (step === "lowered" ? `The serial of ${zone} goes backwards, from ${before.value} to ${serial.value}: secondary servers take the new zone for an older one and ignore it (RFC 1982 §3.2). ` : `Records of ${zone} change but its serial stays ${serial.value}: secondary servers copy a zone only when the serial rises (RFC 1034 §4.3.5), so they keep answering with the old records` + (sts ? ", the old `_mta-sts` record among them. " : ". ")) + `Set it to ${next}.`,
			at: serial.span,
			severity: step === "lowered" || sts ? "error" : "warning",
			values: [String(before.value), String(serial.value)],
			fix: {
				title: `Raise the serial to ${next}`,
				edits: [{
					at: serial.span,
					newText: String(next)
				}]
			}
		};
	}
};

// src/rules/zone-syntax.ts
var zone_syntax_default = {
	group: "zone",
	summary: "The zone file does not parse, so the server refuses the zone or loses the record",
	severity: "error",
	references: ["RFC 1035 §5.2", "RFC 1035 §5.1"],
	since: "0.1.0",
	*zone({ head }) {
		const problems = head?.problems ?? [];
		for (const problem of problems.slice(0, MOST)) {
			const { span } = problem;
			yield {
				message: `${problem.message} Name servers refuse a zone with such a line (RFC 1035 §5.2), and go on serving the old one or nothing.`,
				at: span,
				values: [problem.owner ?? "", problem.message]
			};
		}
		const next = problems[MOST];
		if (!next) return;
		yield {
			message: `${problems.length - MOST} more lines from here on cannot be read (RFC 1035 §5.1). Mend the ones above first, or check whether this is a zone file at all.`,
			at: next.span,
			values: ["more"]
		};
	}
};
/** Who has so many broken lines has one fault, and nobody reads a list of a thousand. */
const MOST = 100;

// src/rules/zone-ttl.ts
var zone_ttl_default = {
	group: "zone",
	summary: "Records of one name and type have different TTLs, so a part of them runs out before the rest",
	severity: "warning",
	references: ["RFC 2181 §5.2"],
	since: "0.1.0",
	*zone({ head, stsDomains }) {
		if (!head) return;
		const owners = stsDomains.flatMap((name) => [
			name,
			...[
				"_mta-sts",
				"_smtp._tls",
				"mta-sts"
			].map((prefix) => under(prefix, name)),
			...recordsAt(head, name, "MX").map(exchange)
		]);
		for (const owner of new Set(owners)) {
			if (!isWithin(owner, apex(head)) || belowCut(head, owner)) continue;
			for (const [type, records] of groupedBy(recordsAt(head, owner), (record) => record.type)) {
				const [first] = records;
				const other = records.find((record) => record.ttl !== first?.ttl);
				if (!first || !other || type === "RRSIG" || type === "SIG") continue;
				const ttls = [...new Set(records.map((record) => record.ttl))].toSorted((a, b) => a - b);
				yield {
					message: `The ${type} records of ${quote(display(owner))} have the TTLs ${ttls.join(", ")}, and records of one name and type must have the same (RFC 2181 §5.2). Resolvers that keep each for its own time answer with a part of them once the shortest is over, so senders miss some; others take the shortest for all. Write one TTL for all of them.`,
					at: other.ttlSpan ?? other.span,
					related: [{
						message: `This one has TTL ${first.ttl}.`,
						at: first.ttlSpan ?? first.span
					}],
					values: [
						owner,
						type,
						...ttls.map(String)
					]
				};
			}
		}
	}
};

// src/rules/index.ts
/** Every rule by its id, which is its file's name. */
const RULES = {
	"config-invalid": config_invalid_default,
	"enforce-without-testing": enforce_without_testing_default,
	"host-address": host_address_default,
	"host-caa": host_caa_default,
	"host-missing": host_missing_default,
	"id-elsewhere": id_elsewhere_default,
	"id-not-bumped": id_not_bumped_default,
	"id-reused": id_reused_default,
	"id-unneeded": id_unneeded_default,
	"incomplete": incomplete_default,
	"mta-sts-missing": mta_sts_missing_default,
	"mx-not-covered": mx_not_covered_default,
	"mx-null": mx_null_default,
	"mx-pattern-broad": mx_pattern_broad_default,
	"mx-pattern-unused": mx_pattern_unused_default,
	"mx-provider-trap": mx_provider_trap_default,
	"mx-target": mx_target_default,
	"policy-duplicate": policy_duplicate_default,
	"policy-field": policy_field_default,
	"policy-max-age": policy_max_age_default,
	"policy-max-age-long": policy_max_age_long_default,
	"policy-max-age-short": policy_max_age_short_default,
	"policy-missing": policy_missing_default,
	"policy-mode": policy_mode_default,
	"policy-mode-none": policy_mode_none_default,
	"policy-mode-testing": policy_mode_testing_default,
	"policy-mx-missing": policy_mx_missing_default,
	"policy-mx-syntax": policy_mx_syntax_default,
	"policy-path": policy_path_default,
	"policy-placeholder": policy_placeholder_default,
	"policy-syntax": policy_syntax_default,
	"policy-version": policy_version_default,
	"policy-wrong-domain": policy_wrong_domain_default,
	"record-cname": record_cname_default,
	"record-misnamed": record_misnamed_default,
	"record-missing": record_missing_default,
	"record-multiple": record_multiple_default,
	"record-syntax": record_syntax_default,
	"record-ttl-long": record_ttl_long_default,
	"record-unknown-field": record_unknown_field_default,
	"record-unquoted": record_unquoted_default,
	"suppression-added": suppression_added_default,
	"testing-blind": testing_blind_default,
	"testing-too-short": testing_too_short_default,
	"tlsrpt-misnamed": tlsrpt_misnamed_default,
	"tlsrpt-missing": tlsrpt_missing_default,
	"tlsrpt-multiple": tlsrpt_multiple_default,
	"tlsrpt-rua": tlsrpt_rua_default,
	"tlsrpt-syntax": tlsrpt_syntax_default,
	"zone-cname": zone_cname_default,
	"zone-serial": zone_serial_default,
	"zone-syntax": zone_syntax_default,
	"zone-ttl": zone_ttl_default
};

// src/rules/replacements.ts
/** Whether the mended pattern would cover the host that the other finding is about (RFC 8461 §4.1). */
const wouldCover = {
	by: ({ about = [] }) => about.map(plain),
	replaced: ({ about = [] }) => about.flatMap((host) => [plain(host), plain(`*.${labels(host).slice(1).join(".")}`)])
};
/** Whether both are about the same host or the same stretch of a record. */
const sameWords = {
	by: ({ about = [] }) => about,
	replaced: ({ about = [] }) => about
};
function plain(name) {
	return name.toLowerCase().replace(/\.$/, "");
}
/** The same line: what else is wrong with a value that is none. */
const sameLine = {
	by: ({ at }) => [`${at.path}:${at.start.line}`],
	replaced: ({ at }) => [`${at.path}:${at.start.line}`]
};
/** All of the domain, if the winner is about something at all: an `mx` value that may stand for any host, the one record. */
const anything = {
	by: ({ about = [] }) => about.length > 0 ? [""] : [],
	replaced: () => [""]
};
/** Between rules of one policy the rules see to it themselves: each reads what the others would have said. */
const REPLACEMENTS = [
	{
		by: "record-unquoted",
		rules: ["record-syntax"]
	},
	{
		by: "record-misnamed",
		rules: ["record-missing", "policy-missing"],
		about: anything
	},
	{
		by: "tlsrpt-misnamed",
		rules: ["tlsrpt-missing"]
	},
	{
		by: "tlsrpt-rua",
		rules: ["tlsrpt-syntax"],
		about: sameWords
	},
	{
		by: "id-not-bumped",
		rules: ["id-reused"]
	},
	{
		by: "testing-blind",
		rules: ["tlsrpt-missing"],
		about: anything
	},
	{
		by: "policy-mx-missing",
		rules: ["mx-not-covered"]
	},
	{
		by: "policy-mx-syntax",
		rules: ["mx-not-covered"],
		about: wouldCover
	},
	{
		by: "policy-field",
		rules: ["mx-not-covered"],
		about: wouldCover
	},
	{
		by: "policy-placeholder",
		rules: [
			"policy-version",
			"policy-mode",
			"policy-max-age",
			"policy-mx-syntax",
			"mx-pattern-unused"
		],
		about: sameLine
	},
	{
		by: "policy-placeholder",
		rules: ["mx-not-covered", "policy-wrong-domain"],
		about: anything
	},
	{
		by: "policy-wrong-domain",
		rules: ["mx-pattern-unused"],
		about: anything
	},
	{
		by: "mx-provider-trap",
		rules: ["mx-not-covered"],
		about: sameWords
	},
	{
		by: "mx-provider-trap",
		rules: ["mx-pattern-unused"],
		about: sameLine
	},
	{
		by: "mx-pattern-broad",
		rules: ["mx-pattern-unused"],
		about: sameLine
	},
	{
		by: "mx-not-covered",
		rules: ["mx-pattern-unused"],
		about: sameWords
	},
	{
		by: "mx-target",
		rules: ["mx-not-covered", "zone-cname"],
		about: sameWords
	},
	{
		by: "record-cname",
		rules: ["zone-cname"],
		about: sameWords
	},
	{
		by: "host-address",
		rules: ["zone-cname"],
		about: sameWords
	}
];
const EVERYTHING = {
	by: () => [""],
	replaced: () => [""]
};
/**
* Leaves out the findings that another one of the same domain or file stands for. One that base did not have, as told by
* `isOld`, is not hidden behind one that it had: the change would pass for what was there before.
*/
function withoutReplaced(findings, isOld = () => false) {
	const byRule = groupedBy(findings, (finding) => finding.rule);
	const replaced = /* @__PURE__ */ new Set();
	for (const { by, rules, about = EVERYTHING } of REPLACEMENTS) {
		const winners = byRule.get(by) ?? [];
		if (winners.length === 0) continue;
		const spokenBy = (some) => new Set(some.flatMap((winner) => subjects(winner, about.by(winner)).own));
		const spoken = spokenBy(winners);
		const newlySpoken = spokenBy(winners.filter((winner) => !isOld(winner)));
		for (const rule of rules) for (const loser of byRule.get(rule) ?? []) {
			const hiding = isOld(loser) ? spoken : newlySpoken;
			if (subjects(loser, about.replaced(loser)).others.some((subject) => hiding.has(subject))) replaced.add(loser);
		}
	}
	return findings.filter((finding) => !replaced.has(finding));
}
/**
* What a finding is about, and how another one that is about the same calls it: the same domain, or the same file where one
* of them is about a file that serves several domains.
*/
function subjects({ domain, at, related = [] }, words) {
	const paths = [...new Set([at, ...related.map((other) => other.at)].map(({ path }) => path))];
	const inFile = (whose) => words.flatMap((word) => paths.map((path) => `${whose} ${path} ${word}`));
	const ofDomain = words.map((word) => `domain ${domain} ${word}`);
	return domain === null ? {
		own: inFile("shared"),
		others: [...inFile("shared"), ...inFile("own")]
	} : {
		own: [...ofDomain, ...inFile("own")],
		others: [...ofDomain, ...inFile("shared")]
	};
}

export { withSoundFixes as a, recordLine as i, RULES as n, withoutIgnored as o, PROVIDER_PAGES as r, withoutReplaced as t };