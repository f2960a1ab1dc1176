import { setTimeout as sleep } from "node:timers/promises";
import { Octokit } from "@octokit/core";
import { restEndpointMethods } from "@octokit/plugin-rest-endpoint-methods";
import { type Failure, isLimit } from "../github/failure.ts";
import { Unusable } from "../load/unusable.ts";
import { addRetries, waitOf } from "../github/retries.ts";
import type { Access, Heard } from "./access.ts";

const GitHub = Octokit.plugin(restEndpointMethods);

/** GitHub's client for one installation. */
export type InstallationClient = InstanceType<typeof GitHub>;

/** A client that asks as the others of its installation do: with their token, in turn where it writes, telling of limits. */
export function openInstallationClient(apiUrl: string, access: Access): InstallationClient {
  const client = new GitHub({ baseUrl: apiUrl, userAgent: "mta-sts-guard", log: QUIET });
  const { hook } = client;
  hook.after("request", ({ status, headers }) => access.heard({ status, headers: limitsIn(headers) }));
  hook.error("request", (error) => {
    const { status, response } = error as Failure;
    access.heard({ status: status ?? "failed", headers: limitsIn(response?.headers ?? {}) });
    throw error;
  });
  addRetries(client);
  // Around the tries, so that the time of one does not begin before its turn.
  hook.wrap("request", async (request, options) => {
    if (isWrite(options)) await access.turn();
    for (let tries = 0; ; tries++) {
      options.headers.authorization = `token ${await access.token(tries === 1).catch(noToken)}`;
      try {
        const response = await request(options);
        const { errors } = (response.data ?? {}) as Failure;
        if (errors && isLimit({ errors })) access.refused(waitOf({ errors, headers: response.headers }, 0));
        return response;
      } catch (error) {
        if (isLimit(error as Failure)) access.refused(waitOf(error as Failure, 0));
        const pause = (error as Failure).status === 401 ? UNKNOWN[tries] : undefined;
        if (pause === undefined) throw error;
        await sleep(pause);
      }
    }
  });
  return client;
}

/** A token ends early where an App is suspended for a while, and not all of GitHub knows a new one at once; ms. */
const UNKNOWN = [500, 1500, 3000];

/** What a request is refused for says nothing of what it asked for. */
function noToken(cause: unknown): never {
  throw new Unusable("GitHub gives the bot no token for this installation.", { cause });
}

function isWrite({ method, url, query }: { readonly method: string; readonly url: string; readonly query?: unknown }) {
  return url.endsWith("/graphql") ? /^\s*mutation\b/.test(String(query)) : method !== "GET" && method !== "HEAD";
}

function limitsIn(headers: Heard["headers"]): Heard["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-ratelimit-")));
}

/** What a server answers is told once, by who asked. */
const QUIET = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}
