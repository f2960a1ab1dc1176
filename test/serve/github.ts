import { createPublicKey, verify } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../github/emulated.ts";
import { PRIVATE_KEY, SECRET } from "./sender.ts";

/** What GitHub tells of an App that was made of a manifest. */
export const MADE = {
  id: 815,
  client_id: "Iv1.8a61f9b3a7aba766",
  client_secret: "0123456789abcdef0123456789abcdef01234567",
  webhook_secret: SECRET.replaceAll(" ", "-"),
  pem: PRIVATE_KEY,
  html_url: "https://github.example.com/apps/mta-sts-guard",
};

/** What the App itself asks of GitHub. */
export interface AppCall {
  readonly path: string;
  readonly isOurs: boolean;
}

/** GitHub as far as the App itself asks it: which installations there are, and what a manifest became. */
export async function openGithub(answers: Readonly<Record<string, Json>>) {
  const calls: AppCall[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    calls.push({ path, isOurs: isOurs(request.headers.authorization) });
    const answer = answers[path];
    response.writeHead(answer === undefined ? 404 : 200, {
      "content-type": "application/json",
      ...(answer?.next && { link: `<http://${request.headers.host}${answer.next}>; rel="next"` }),
    });
    response.end(JSON.stringify(answer?.body ?? { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, port, calls, close };
}

/** Whether a token is one that the App signed for itself, at most ten minutes long. */
function isOurs(authorization = ""): boolean {
  const [head = "", claims = "", signature = ""] = authorization.replace(/^bearer /i, "").split(".");
  const key = createPublicKey(PRIVATE_KEY);
  if (!verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"))) return false;
  const { iss, exp, iat } = JSON.parse(Buffer.from(claims, "base64url").toString());
  return String(iss) === "4711" && exp - iat <= 660;
}
