import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Deliveries } from "./deliveries.ts";
import { EVENTS, Malformed } from "./jobsOf.ts";
import type { Log } from "./log.ts";
import type { Metrics, Outcome } from "./metrics.ts";
import { readBody, Room } from "./readBody.ts";
import { isSignature, isSigned } from "./signature.ts";

/** Where GitHub sends deliveries: Probot's own path. */
export const WEBHOOK_PATH = "/api/github/webhooks";

const MIB = 2 ** 20;

/** Bounds of what strangers may use up; bytes, milliseconds, and a count of connections. */
export const BOUNDS = {
  /** GitHub's own limit of a delivery. */
  body: 25 * MIB,
  /** All bodies that are being read: what a process of 512 MiB has to spare. */
  bodies: 128 * MIB,
  head: 5_000,
  /** Head and body. */
  request: 10_000,
  /** GitHub waits 10 seconds for an answer. */
  enqueue: 5_000,
  /** How long a sender whom we refuse may still send, so that it reads why. */
  linger: 500,
  /** How long nothing may be sent or read within a request: longer than all of the above, so only an unread answer is left. */
  silence: 20_000,
  /** How long a connection may wait for its next request: longer than a load balancer keeps its side of one. */
  idle: 65_000,
  /** Many more than load balancers keep, and fewer than a process may have files open. */
  connections: 2_000,
};

/** What stands behind the front. */
export interface Behind {
  readonly secrets: readonly string[];
  readonly metrics: Metrics;
  readonly log: Log;
  /** Resolves once what the delivery asks for cannot be lost any more; throws `Malformed` for a payload that is none. */
  deliver(delivery: { readonly id: string; readonly event: string; readonly payload: unknown }): Promise<void>;
  /** Whether deliveries can be taken now. */
  isReady(): boolean;
  readonly bounds?: Partial<typeof BOUNDS>;
}

/** The answers to a delivery. None tells a stranger more than its status does. */
const ANSWERS: Readonly<Record<Outcome, readonly [status: number, text: string]>> = {
  accepted: [202, "accepted"],
  ignored: [202, "accepted"],
  repeated: [202, "accepted"],
  unsigned: [401, "unauthorized"],
  malformed: [400, "bad request"],
  "wrong-type": [415, "unsupported media type"],
  "too-large": [413, "content too large"],
  gone: [400, "bad request"],
  unavailable: [503, "unavailable"],
};

/** The bot's HTTP server, not listening yet: deliveries, health, readiness and metrics, and nothing else. */
export function openFront(behind: Behind): Server {
  const bounds = { ...BOUNDS, ...behind.bounds };
  const desk = { behind, bounds, deliveries: new Deliveries(), room: new Room(bounds.bodies) };
  const options = {
    headersTimeout: bounds.head,
    requestTimeout: bounds.request,
    connectionsCheckingInterval: Math.min(1000, bounds.head / 2),
    keepAliveTimeout: bounds.idle,
  };
  const front = createServer(options, (request, response) => {
    serve(request, response, desk).catch((error: unknown) => {
      behind.log.error(error, "A request could not be answered.");
      if (!response.headersSent) answer(response, 500, "internal error");
    });
  });
  front.timeout = bounds.silence;
  front.maxConnections = bounds.connections;
  makeRoom(front, bounds.connections * 0.75);
  return front;
}

/** With more than so many connections open, those that only wait for another request are closed for each new one. */
function makeRoom(front: Server, most: number): void {
  let open = 0;
  front.on("connection", (socket) => {
    socket.on("close", () => open--);
    if (++open > most) front.closeIdleConnections();
  });
}

interface Desk {
  readonly behind: Behind;
  readonly bounds: typeof BOUNDS;
  readonly deliveries: Deliveries;
  readonly room: Room;
}

async function serve(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const [path = ""] = (request.url ?? "").split("?", 1);
  if (path === WEBHOOK_PATH) return serveDelivery(request, response, desk);
  const page = PAGES.get(path);
  if (!page) return answer(response, 404, "not found");
  if (request.method !== "GET" && request.method !== "HEAD") return refuseMethod(response, "GET, HEAD");
  return page(response, desk.behind);
}

/** What may be asked besides. */
const PAGES: ReadonlyMap<string, (response: ServerResponse, behind: Behind) => void | Promise<void>> = new Map([
  ["/healthz", (response) => answer(response, 200, "ok")],
  [
    "/readyz",
    (response, behind) => (behind.isReady() ? answer(response, 200, "ready") : answer(response, 503, "not ready")),
  ],
  [
    "/metrics",
    async (response, { metrics }) => {
      const { type, text } = await metrics.page();
      response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(text) }).end(text);
    },
  ],
]);

async function serveDelivery(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  if (request.method !== "POST") return refuseMethod(response, "POST");
  const { metrics } = desk.behind;
  const began = performance.now();
  const outcome = await take(request, desk);
  const event = String(request.headers["x-github-event"]);
  metrics.deliveries.inc({ event: Object.hasOwn(EVENTS, event) ? event : "other", outcome });
  metrics.acknowledgement.observe((performance.now() - began) / 1000);
  const [status, text] = ANSWERS[outcome];
  if (request.complete) return answer(response, status, text);
  refuseUnread(request, response, status, text, desk.bounds.linger);
}

/** Takes a delivery in, the cheap questions first; nothing of the body is looked at before it proves to be GitHub's. */
async function take(request: IncomingMessage, desk: Desk): Promise<Outcome> {
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
  if (payload === undefined) return "malformed";
  if (!Object.hasOwn(EVENTS, event)) return "ignored";
  if (!behind.isReady()) return "unavailable";
  try {
    const deliver = async () => within(bounds.enqueue, behind.deliver({ id, event, payload }));
    return (await deliveries.once(id, deliver)) ? "accepted" : "repeated";
  } catch (error) {
    if (error instanceof Malformed) {
      behind.log.warn({ delivery: id }, error.message);
      return "malformed";
    }
    behind.log.error({ delivery: id, event, err: error }, "A delivery could not be put into the queue.");
    return "unavailable";
  }
}

/** A JSON object; undefined for anything else. */
function parsed(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`;
  response.writeHead(status, { "content-type": "text/plain", "content-length": body.length }).end(body);
}

function refuseMethod(response: ServerResponse, allowed: string): void {
  response.setHeader("allow", allowed);
  answer(response, 405, "method not allowed");
}

/**
 * Answers before the body's end, and closes the connection. What was sent until then is thrown away for a moment more: a
 * connection that is closed with unread bytes is reset, and the sender would not read why.
 */
function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  linger: number,
): void {
  const body = `${text}\n`;
  const head = { "content-type": "text/plain", "content-length": body.length, connection: "close" };
  response.writeHead(status, head).write(body);
  setTimeout(() => request.socket.destroy(), linger);
  request.resume();
}
