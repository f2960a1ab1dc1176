import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Unusable } from "../load/unusable.ts";

/** Where GitHub sends the browser back to. */
export const BACK_PATH = "/registered";

/** What the browser is told, plain text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Where the browser is to go. */
  readonly location?: string;
  /** Whether the page is closed then. */
  readonly isLast?: boolean;
}

/** What stands behind the page. */
export interface BehindPage {
  /** Whether others than this machine's own browser may ask. */
  readonly isOpen: boolean;
  /** The query by which the page is asked for. */
  readonly key: string;
  /** Where the manifest is sent to. */
  readonly target: string;
  /** The manifest; `origin` is the page's own address, as the browser has it. */
  manifest(origin: string): object;
  /** Does what GitHub's answer says; throws `Unusable`, and then the browser may come again. */
  finish(query: URLSearchParams): Promise<Answer>;
}

/** How long the browser may take to read the last answer, milliseconds. */
const LAST = 1000;

/** A name by which only this machine is meant: a page of another name that leads here is somebody else's. */
const OWN_NAME = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;
const ANY_NAME = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** The HTTP server of `--set-up`, not listening yet: a form with the manifest, and where GitHub's answer comes to. */
export function openSetUpPage(behind: BehindPage): Server {
  const server = createServer((request, response) => {
    void answerTo(behind, request).then((answer) => send(response, answer, server));
  });
  return server;
}

const UNTOLD: Answer = { status: 403, text: "Open this page by the address that --set-up told." };

type Told = Answer & { readonly html?: string };

async function answerTo(behind: BehindPage, { method, url = "/", headers }: IncomingMessage): Promise<Told> {
  const { host = "" } = headers;
  if (!(behind.isOpen ? ANY_NAME : OWN_NAME).test(host)) return UNTOLD;
  if (method !== "GET") return { status: 405, text: "This page is there to be read." };
  const [path, query] = url.split(/\?(.*)/s, 2);
  if (path === "/" && query !== behind.key) return UNTOLD;
  if (path === "/") return { status: 200, text: "", html: formOf(behind, `http://${host}`) };
  if (path !== BACK_PATH) return { status: 404, text: "There is nothing here." };
  try {
    return await behind.finish(new URLSearchParams(query));
  } catch (error) {
    return error instanceof Unusable
      ? { status: 502, text: error.message }
      : { status: 500, text: "This is a fault of mta-sts-guard itself, please report it." };
  }
}

function send(response: ServerResponse, { status, text, html, location, isLast }: Told, server: Server): void {
  const page = html ?? `<p>${escaped(text)}</p>`;
  const body = `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>mta-sts-guard</title>\n${STYLE}\n${page}\n</html>\n`;
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    ...(location !== undefined && { location }),
  });
  response.end(body);
  if (!isLast) return;
  server.close();
  setTimeout(() => server.closeAllConnections(), LAST).unref();
}

const STYLE = "<style>body { font: 1.1em/1.5 sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em }</style>";

function formOf(behind: BehindPage, origin: string): string {
  return `<h1>Register mta-sts-guard at GitHub</h1>
<p>The button sends GitHub what the App may do and where it hears of events. GitHub asks you for a name, and makes the App when
you press <em>Create</em> there. It comes back here with the App's key, which is written to <code>.env</code>.</p>
<form action="${escaped(behind.target)}" method="post">
<button name="manifest" value="${escaped(JSON.stringify(behind.manifest(origin)))}">Register the App</button>
</form>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
