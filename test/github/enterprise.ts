import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StandIn } from "./standIn.ts";

export const HOST = "ghe.test";

/** A GitHub Enterprise Server before a stand-in, under `https://ghe.test` for who comes through the proxy, which writes down whom it was asked for. */
export class Enterprise {
  /** What was asked of the server, as it was asked. */
  readonly paths: string[] = [];
  /** What was asked of the proxy: "ghe.test:443". */
  readonly connections: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "enterprise-"));
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  #plain = "";
  #proxy = "";

  static async start(standIn: StandIn): Promise<Enterprise> {
    const enterprise = new Enterprise();
    const answer = (asked: IncomingMessage, reply: ServerResponse): void => enterprise.#pass(standIn, asked, reply);
    const { key, cert } = enterprise.#certificate();
    enterprise.#plain = await enterprise.#listen(createHttp(answer));
    const secure = await enterprise.#listen(createHttps({ key, cert }, answer));
    const proxy = createHttp((_, reply) => void reply.writeHead(405).end());
    proxy.on("connect", ({ url = "" }: IncomingMessage, socket: Socket) => {
      enterprise.connections.push(url);
      const there = connect(Number(secure), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        there.pipe(socket).pipe(there);
      });
      for (const each of [there, socket]) {
        enterprise.#sockets.add(each);
        each.on("error", () => each.destroy());
      }
    });
    enterprise.#proxy = await enterprise.#listen(proxy);
    return enterprise;
  }

  /** What the runner of such a server sets, without a proxy. */
  get direct(): Readonly<Record<string, string>> {
    return addresses(`http://127.0.0.1:${this.#plain}`);
  }

  /** The same behind a proxy. */
  get proxied(): Readonly<Record<string, string>> {
    return {
      ...addresses(`https://${HOST}`),
      HTTPS_PROXY: `http://127.0.0.1:${this.#proxy}`,
      NODE_EXTRA_CA_CERTS: join(this.#folder, "ca.pem"),
    };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #listen(server: Server): Promise<string> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return String((server.address() as AddressInfo).port);
  }

  /** Of an authority that lives as long as the test. */
  #certificate(): { readonly key: Buffer; readonly cert: Buffer } {
    const at = (name: string): string => join(this.#folder, name);
    const openssl = (...args: readonly string[]): unknown => execFileSync("openssl", [...args], { stdio: "ignore" });
    const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    openssl(
      "req",
      "-x509",
      ...fresh,
      "-keyout",
      at("ca.key"),
      "-out",
      at("ca.pem"),
      "-subj",
      "/CN=test authority",
      "-days",
      "2",
    );
    openssl("req", ...fresh, "-keyout", at("key.pem"), "-out", at("request.pem"), "-subj", `/CN=${HOST}`);
    writeFileSync(at("names"), `subjectAltName=DNS:${HOST}\n`);
    const signed = `x509 -req -in ${at("request.pem")} -CA ${at("ca.pem")} -CAkey ${at("ca.key")} -CAcreateserial`;
    openssl(...`${signed} -out ${at("cert.pem")} -days 2 -extfile ${at("names")}`.split(" "));
    return { key: readFileSync(at("key.pem")), cert: readFileSync(at("cert.pem")) };
  }

  #pass(standIn: StandIn, asked: IncomingMessage, reply: ServerResponse): void {
    const { url = "", method, headers } = asked;
    this.paths.push(url);
    const path = url.endsWith("/graphql") ? "/graphql" : /^\/api\/v3(\/.*)$/.exec(url)?.[1];
    if (path === undefined) return void reply.writeHead(404).end();
    const outer = `${"encrypted" in asked.socket ? "https" : "http"}://${headers.host}/api/v3`;
    const onward = request(standIn.url + path, { method, headers }, (answer) => {
      const { link, ...rest } = answer.headers;
      const links = typeof link === "string" ? { link: link.replaceAll(standIn.url, outer) } : {};
      reply.writeHead(answer.statusCode ?? 500, { ...rest, ...links });
      answer.pipe(reply);
    });
    asked.pipe(onward);
  }
}

function addresses(server: string): Readonly<Record<string, string>> {
  return {
    GITHUB_SERVER_URL: server,
    GITHUB_API_URL: `${server}/api/v3`,
    GITHUB_GRAPHQL_URL: `${server}/api/graphql`,
  };
}
