import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { restEndpointMethods } from "@octokit/plugin-rest-endpoint-methods";
import { addRetries } from "../github/retries.ts";
import type { Environment } from "./readEvent.ts";

const GitHub = Octokit.plugin(restEndpointMethods, paginateRest);

/** GitHub's client for a workflow's token, through the runner's proxy, for the server that the runner names. */
export async function openClient(token: string, env: Environment): Promise<InstanceType<typeof GitHub>> {
  // What can speak to a proxy takes longer to start than all else together.
  const request = PROXIES.some((name) => env[name]) ? (await import("./proxied.ts")).PROXIED : {};
  const client = new GitHub({
    auth: token,
    baseUrl: env["GITHUB_API_URL"] || "https://api.github.com",
    log: QUIET,
    request,
    userAgent: "mta-sts-guard",
  });
  const graphqlUrl = env["GITHUB_GRAPHQL_URL"];
  if (graphqlUrl)
    client.hook.before("request", (options) => {
      if (options.url.endsWith("/graphql")) options.url = graphqlUrl;
    });
  addRetries(client);
  hideToken(client, token);
  return client;
}

/** What a server or a proxy answers is told to people, and may repeat what it was asked. */
function hideToken({ hook }: InstanceType<typeof GitHub>, token: string): void {
  const hide = (error: { message?: string; stack?: string | undefined }): void => {
    if (error.message !== undefined) error.message = error.message.replaceAll(token, "***");
    if (error.stack !== undefined) error.stack = error.stack.replaceAll(token, "***");
  };
  hook.error("request", (error) => {
    hide(error);
    throw error;
  });
  // GraphQL tells of errors with status 200.
  hook.after("request", ({ data }) => {
    const { errors } = (data ?? {}) as { readonly errors?: unknown };
    for (const error of Array.isArray(errors) ? errors : []) hide(error as object);
  });
}

const PROXIES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];

/** What a server answers is told once, by who asked. */
const QUIET = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}
