import { f as ZodError, i as int, l as string, n as array, s as object, u as unknown } from "./zod.js";
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

// src/serve/jobsOf.ts
/** A delivery that is signed, but not shaped as GitHub says. */
var Malformed = class extends Error {
	constructor(event, where) {
		super(`A delivery of ${event} is not shaped as GitHub describes it: ${where}.`);
		this.name = "Malformed";
	}
};
/** A shape, and what one that fits asks for. */
function asks(shape, jobs) {
	return (payload, appId) => jobs(shape.parse(payload), appId);
}
const id = int().positive();
const name = string().regex(/^[\w.-]{1,100}$/);
const commit = string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const login = string().regex(/^[\w.-]{1,100}(?:\[bot\])?$/);
const installation = object({ id });
const here = {
	installation,
	repository: object({
		id,
		name,
		owner: object({ login: name })
	})
};
/** Pull requests as check runs and suites list them: also those of other repositories with the same head. */
const ofHead = {
	app: object({ id }),
	head_sha: commit,
	pull_requests: array(object({
		number: id,
		base: object({ repo: object({ id }) })
	})).optional()
};
const ACTION = object({ action: string() });
const INSTALLATION = object({ installation });
const PULL = object({
	...here,
	pull_request: object({
		number: id,
		head: object({ sha: commit })
	})
});
const EDITED = PULL.extend({
	changes: object({ base: unknown().optional() }),
	pull_request: PULL.shape.pull_request.extend({ base: object({ ref: string() }) })
});
const GROUP = object({
	...here,
	merge_group: object({
		base_sha: commit,
		head_sha: commit,
		base_ref: string().optional()
	})
});
const RUN = object({
	...here,
	check_run: object({
		id,
		...ofHead,
		check_suite: object(ofHead).partial()
	})
});
const SUITE = object({
	...here,
	check_suite: object(ofHead)
});
const PRESS = object({
	...here,
	check_run: object({
		id,
		app: ofHead.app
	}),
	requested_action: object({ identifier: string().max(20) }),
	sender: object({
		login,
		id
	})
});
const COMMENT = object({
	...here,
	issue: object({
		number: id,
		pull_request: object({}).nullish()
	}),
	comment: object({
		body: string(),
		user: object({
			login,
			id,
			type: string()
		}).nullable()
	})
});
/** The comment that asks for another look: a line of its own. */
const RECHECK = /^[ \t]*\/mta-sts recheck[ \t]*\r?$/m;
const pull = asks(PULL, (payload) => [pullJob(payload)]);
const sweep = asks(INSTALLATION, ({ installation }) => [{
	kind: "sweep",
	installation: installation.id
}]);
/** Every event and action that asks for something, and what. All else that GitHub sends is acknowledged and left. */
const EVENTS = {
	pull_request: {
		opened: pull,
		synchronize: pull,
		reopened: pull,
		ready_for_review: pull,
		edited: asks(EDITED, (payload) => {
			const { changes, pull_request: edited } = payload;
			return changes.base === void 0 ? [] : [{
				...pullJob(payload),
				into: edited.base.ref
			}];
		})
	},
	merge_group: { checks_requested: asks(GROUP, (payload) => {
		const { base_sha: base, head_sha: head, base_ref: ref } = payload.merge_group;
		const branch = ref?.replace(/^refs\/heads\//, "");
		return [{
			kind: "merge-group",
			...targetOf(payload),
			base,
			head,
			...branch === void 0 ? {} : { branch }
		}];
	}) },
	check_run: {
		rerequested: asks(RUN, (payload, appId) => {
			const { check_run: run } = payload;
			return again(payload, {
				...run,
				pull_requests: run.pull_requests ?? run.check_suite.pull_requests
			}, appId);
		}),
		requested_action: asks(PRESS, (payload, appId) => {
			const { check_run: run, requested_action: action, sender } = payload;
			if (run.app.id !== appId) return [];
			const by = {
				by: sender.login,
				byId: sender.id
			};
			return [{
				kind: "press",
				...targetOf(payload),
				checkRun: run.id,
				button: action.identifier,
				...by
			}];
		})
	},
	check_suite: { rerequested: asks(SUITE, (payload, appId) => again(payload, payload.check_suite, appId)) },
	issue_comment: { created: asks(COMMENT, (payload) => {
		const { issue, comment } = payload;
		if (!issue.pull_request || comment.user?.type !== "User" || !RECHECK.test(comment.body)) return [];
		return [{
			kind: "recheck",
			...targetOf(payload),
			number: issue.number,
			by: comment.user.login,
			byId: comment.user.id
		}];
	}) },
	installation: {
		created: sweep,
		unsuspend: sweep,
		new_permissions_accepted: sweep
	},
	installation_repositories: { added: sweep }
};
/** What a delivery asks for; nothing where it is not in `EVENTS`. Throws `Malformed`. */
function jobsOf(event, payload, appId) {
	const actions = Object.hasOwn(EVENTS, event) ? EVENTS[event] : void 0;
	if (!actions) return [];
	const { action } = typed(event, () => ACTION.parse(payload));
	const read = Object.hasOwn(actions, action) ? actions[action] : void 0;
	return read ? typed(`${event}.${action}`, () => read(payload, appId)) : [];
}
/** A head that is to be judged again, where it is our own check that somebody asked about. */
function again(payload, { app, head_sha: head, pull_requests: pulls = [] }, appId) {
	if (app.id !== appId) return [];
	const target = targetOf(payload);
	const ours = pulls.filter(({ base }) => base.repo.id === payload.repository.id);
	if (ours.length === 0) return [{
		kind: "head",
		...target,
		head
	}];
	return ours.map(({ number }) => ({
		kind: "pull",
		...target,
		number
	}));
}
function pullJob(payload) {
	const { number, head } = payload.pull_request;
	return {
		kind: "pull",
		...targetOf(payload),
		number,
		seen: head.sha
	};
}
function targetOf(payload) {
	const { installation, repository } = payload;
	return {
		installation: installation.id,
		owner: repository.owner.login,
		repo: repository.name
	};
}
function typed(event, read) {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof ZodError)) throw error;
		throw new Malformed(event, error.issues[0]?.path.join(".") || "it is no object");
	}
}

// src/serve/deliveries.ts
/** The deliveries that were taken lately, by GitHub's id of each, so that one that comes again is not taken twice. */
var Deliveries = class {
	#taken = /* @__PURE__ */ new Map();
	#most;
	constructor(most = 2e4) {
		this.#most = most;
	}
	/**
	* Takes a delivery, unless that was done or is being done; resolves to whether it was taken by this call.
	* Throws what `take` throws, to all who wait for it; then the delivery may come again.
	*/
	async once(id, take) {
		const before = this.#taken.get(id);
		if (before) return await before, false;
		const taking = take();
		this.#taken.set(id, taking);
		if (this.#taken.size > this.#most) this.#taken.delete(this.#taken.keys().next().value ?? "");
		try {
			await taking;
			return true;
		} catch (error) {
			this.#taken.delete(id);
			throw error;
		}
	}
};

// src/serve/readBody.ts
/** How many bytes of bodies are held at once, whoever sends them: none of them is known to be GitHub's before its end. */
var Room = class {
	#left;
	constructor(bytes) {
		this.#left = bytes;
	}
	take(bytes) {
		if (bytes > this.#left) return false;
		this.#left -= bytes;
		return true;
	}
	giveBack(bytes) {
		this.#left += bytes;
	}
};
/** What a piece of a body costs beside its bytes, which a sender can make as few as one; measured: 230 bytes. */
const PIECE = 512;
/** Reads a request's body of `limit` bytes at most; what comes after a refusal is thrown away unread. */
async function readBody(request, limit, room) {
	if (Number(request.headers["content-length"] ?? 0) > limit) return "too-large";
	const chunks = [];
	let length = 0;
	const read = await new Promise((resolve) => {
		const take = (chunk) => {
			const refusal = length + chunk.length > limit ? "too-large" : room.take(chunk.length + PIECE) ? void 0 : "unavailable";
			if (refusal) return void (request.off("data", take), resolve(refusal));
			length += chunk.length;
			chunks.push(chunk);
		};
		request.on("data", take).on("end", () => resolve(Buffer.concat(chunks)));
		for (const event of ["close", "error"]) request.on(event, () => resolve("gone"));
	});
	room.giveBack(length + chunks.length * PIECE);
	return read;
}

// src/serve/signature.ts
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
/** Whether a header `X-Hub-Signature-256` could be one. */
function isSignature(header) {
	return header !== void 0 && SIGNATURE.test(header);
}
/** Whether a body was signed with one of the secrets; takes as long for a wrong signature as for a right one. */
function isSigned(body, header, secrets) {
	const claimed = Buffer.from(SIGNATURE.exec(header)?.[1] ?? "", "hex");
	let signed = false;
	for (const secret of secrets) {
		const digest = createHmac("sha256", secret).update(body).digest();
		if (digest.length === claimed.length && timingSafeEqual(digest, claimed)) signed = true;
	}
	return signed;
}

// src/serve/front.ts
/** Where GitHub sends deliveries: Probot's own path. */
const WEBHOOK_PATH = "/api/github/webhooks";
const MIB = 2 ** 20;
/** Bounds of what strangers may use up; bytes, milliseconds, and a count of connections. */
const BOUNDS = {
	/** GitHub's own limit of a delivery. */
	body: 25 * MIB,
	/** All bodies that are being read: what a process of 512 MiB has to spare. */
	bodies: 128 * MIB,
	head: 5e3,
	/** Head and body. */
	request: 1e4,
	/** GitHub waits 10 seconds for an answer. */
	enqueue: 5e3,
	/** How long a sender whom we refuse may still send, so that it reads why. */
	linger: 500,
	/** How long nothing may be sent or read within a request: longer than all of the above, so only an unread answer is left. */
	silence: 2e4,
	/** How long a connection may wait for its next request: longer than a load balancer keeps its side of one. */
	idle: 65e3,
	/** Many more than load balancers keep, and fewer than a process may have files open. */
	connections: 2e3
};
/** The answers to a delivery. None tells a stranger more than its status does. */
const ANSWERS = {
	accepted: [202, "accepted"],
	ignored: [202, "accepted"],
	repeated: [202, "accepted"],
	unsigned: [401, "unauthorized"],
	malformed: [400, "bad request"],
	"wrong-type": [415, "unsupported media type"],
	"too-large": [413, "content too large"],
	gone: [400, "bad request"],
	unavailable: [503, "unavailable"]
};
/** The bot's HTTP server, not listening yet: deliveries, health, readiness and metrics, and nothing else. */
function openFront(behind) {
	const bounds = {
		...BOUNDS,
		...behind.bounds
	};
	const desk = {
		behind,
		bounds,
		deliveries: new Deliveries(),
		room: new Room(bounds.bodies)
	};
	const options = {
		headersTimeout: bounds.head,
		requestTimeout: bounds.request,
		connectionsCheckingInterval: Math.min(1e3, bounds.head / 2),
		keepAliveTimeout: bounds.idle
	};
	const front = createServer(options, (request, response) => {
		serve(request, response, desk).catch((error) => {
			behind.log.error(error, "A request could not be answered.");
			if (!response.headersSent) answer(response, 500, "internal error");
		});
	});
	front.timeout = bounds.silence;
	front.maxConnections = bounds.connections;
	makeRoom(front, bounds.connections * .75);
	return front;
}
/** With more than so many connections open, those that only wait for another request are closed for each new one. */
function makeRoom(front, most) {
	let open = 0;
	front.on("connection", (socket) => {
		socket.on("close", () => open--);
		if (++open > most) front.closeIdleConnections();
	});
}
async function serve(request, response, desk) {
	const [path = ""] = (request.url ?? "").split("?", 1);
	if (path === "/api/github/webhooks") return serveDelivery(request, response, desk);
	const page = PAGES.get(path);
	if (!page) return answer(response, 404, "not found");
	if (request.method !== "GET" && request.method !== "HEAD") return refuseMethod(response, "GET, HEAD");
	return page(response, desk.behind);
}
/** What may be asked besides. */
const PAGES = /* @__PURE__ */ new Map([
	["/healthz", (response) => answer(response, 200, "ok")],
	["/readyz", (response, behind) => behind.isReady() ? answer(response, 200, "ready") : answer(response, 503, "not ready")],
	["/metrics", async (response, { metrics }) => {
		const { type, text } = await metrics.page();
		response.writeHead(200, {
			"content-type": type,
			"content-length": Buffer.byteLength(text)
		}).end(text);
	}]
]);
async function serveDelivery(request, response, desk) {
	if (request.method !== "POST") return refuseMethod(response, "POST");
	const { metrics } = desk.behind;
	const began = performance.now();
	const outcome = await take(request, desk);
	const event = String(request.headers["x-github-event"]);
	metrics.deliveries.inc({
		event: Object.hasOwn(EVENTS, event) ? event : "other",
		outcome
	});
	metrics.acknowledgement.observe((performance.now() - began) / 1e3);
	const [status, text] = ANSWERS[outcome];
	if (request.complete) return answer(response, status, text);
	refuseUnread(request, response, status, text, desk.bounds.linger);
}
/** Takes a delivery in, the cheap questions first; nothing of the body is looked at before it proves to be GitHub's. */
async function take(request, desk) {
	const { behind, bounds, deliveries } = desk;
	const { headers } = request;
	const { "x-hub-signature-256": signature, "x-github-delivery": id, "x-github-event": event } = headers;
	if (!/^application\/json\s*(?:;|$)/i.test(headers["content-type"] ?? "")) return "wrong-type";
	if (typeof signature !== "string" || !isSignature(signature)) return "unsigned";
	if (typeof id !== "string" || !/^[\w-]{1,64}$/.test(id)) return "malformed";
	if (typeof event !== "string" || !/^\w{1,64}$/.test(event)) return "malformed";
	const body = await readBody(request, bounds.body, desk.room);
	if (typeof body === "string") return body;
	if (!isSigned(body, signature, behind.secrets)) return "unsigned";
	const payload = parsed(body);
	if (payload === void 0) return "malformed";
	if (!Object.hasOwn(EVENTS, event)) return "ignored";
	if (!behind.isReady()) return "unavailable";
	try {
		const deliver = async () => within(bounds.enqueue, behind.deliver({
			id,
			event,
			payload
		}));
		return await deliveries.once(id, deliver) ? "accepted" : "repeated";
	} catch (error) {
		if (error instanceof Malformed) {
			behind.log.warn({ delivery: id }, error.message);
			return "malformed";
		}
		behind.log.error({
			delivery: id,
			event,
			err: error
		}, "A delivery could not be put into the queue.");
		return "unavailable";
	}
}
/** A JSON object; undefined for anything else. */
function parsed(body) {
	try {
		const value = JSON.parse(body.toString());
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
	} catch {
		return;
	}
}
async function within(milliseconds, work) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(/* @__PURE__ */ new Error(`no answer within ${milliseconds} ms`)), milliseconds);
	});
	try {
		await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
function answer(response, status, text) {
	const body = `${text}\n`;
	response.writeHead(status, {
		"content-type": "text/plain",
		"content-length": body.length
	}).end(body);
}
function refuseMethod(response, allowed) {
	response.setHeader("allow", allowed);
	answer(response, 405, "method not allowed");
}
/**
* Answers before the body's end, and closes the connection. What was sent until then is thrown away for a moment more: a
* connection that is closed with unread bytes is reset, and the sender would not read why.
*/
function refuseUnread(request, response, status, text, linger) {
	const body = `${text}\n`;
	const head = {
		"content-type": "text/plain",
		"content-length": body.length,
		connection: "close"
	};
	response.writeHead(status, head).write(body);
	setTimeout(() => request.socket.destroy(), linger);
	request.resume();
}

export { jobsOf as a, Malformed as i, openFront as n, EVENTS as r, WEBHOOK_PATH as t };