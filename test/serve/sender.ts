import { createHmac, generateKeyPairSync } from "node:crypto";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";

export const SECRET = "correct horse battery staple";
export const PREVIOUS_SECRET = "the secret of last year, 32 long";
/** A new App's key, as GitHub gives it. */
export const PRIVATE_KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;

export const WEBHOOK_PATH = "/api/github/webhooks";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export function sign(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** The headers of a delivery as GitHub sends them. */
export function headersOf(
  event: string,
  body: string | Buffer,
  more: OutgoingHttpHeaders = {},
): Record<string, string> {
  const headers = {
    accept: "*/*",
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "GitHub-Hookshot/0123456",
    "x-github-delivery": crypto.randomUUID(),
    "x-github-event": event,
    "x-hub-signature-256": sign(body),
    ...more,
  };
  const kept = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** Sends one request and reads the answer; a connection of its own. */
export async function ask(
  port: number,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body: string | Buffer = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const answer = (read: string): void =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read });
      text(response).then(answer, reject);
    });
    sent.on("error", reject).end(body);
  });
}

/** Sends a signed delivery. */
export async function deliver(
  port: number,
  event: string,
  payload: unknown,
  more: OutgoingHttpHeaders = {},
): Promise<Answer> {
  const body = typeof payload === "string" || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return ask(port, "POST", WEBHOOK_PATH, headersOf(event, body, more), body);
}

/** A bare connection; what comes back is read to its end or for `milliseconds`. */
export async function raw(
  port: number,
  talk: (socket: Socket) => void | Promise<void>,
  milliseconds = 10_000,
): Promise<{ readonly text: string; readonly isClosed: boolean }> {
  const socket = connect(port, "127.0.0.1");
  let read = "";
  socket.setEncoding("latin1").on("data", (chunk) => (read += String(chunk)));
  const closed = new Promise<boolean>((resolve) => {
    socket.on("close", () => resolve(true)).on("error", () => {});
    setTimeout(() => resolve(false), milliseconds).unref();
  });
  await talk(socket);
  const isClosed = await closed;
  socket.destroy();
  return { text: read, isClosed };
}
