import { GitHub, getOctokitOptions } from "@actions/github/lib/utils";
import { patientFetch } from "./patientFetch.ts";
import type { Environment } from "./readEvent.ts";

/** GitHub's client for a workflow's token: through the runner's proxy, patient with a server that is busy. */
export type Client = InstanceType<typeof GitHub>;

/** Opens the client for the server that the runner names. */
export function openClient(token: string, env: Environment): Client {
  const options = getOctokitOptions(token, { userAgent: "mta-sts-guard", log: QUIET });
  const { request } = options;
  const baseUrl = env["GITHUB_API_URL"];
  return new GitHub({
    ...options,
    ...(baseUrl ? { baseUrl } : {}),
    request: { ...request, fetch: patientFetch(request?.fetch ?? fetch) },
  });
}

/** What a server answers is told once, by who asked. */
const QUIET = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}
