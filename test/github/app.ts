import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { API, type Json, SITE } from "./emulated.ts";
import { look } from "./rest.ts";
import { refusal, type Reply, type RestCall, type State, type Token } from "./state.ts";
import type { Permissions } from "./story.ts";

/** A GitHub App that is installed on the story's repository. */
export interface InstalledApp {
  readonly appId: number;
  readonly slug: string;
  /** PEM, PKCS#1, as GitHub hands it out. */
  readonly privateKey: string;
  readonly installation: number;
  readonly permissions: Permissions;
  /** Whether the owner suspended it. */
  suspended: boolean;
}

/** What the bot's documentation asks for. */
export const BOT_PERMISSIONS: Permissions = {
  contents: "read",
  pull_requests: "write",
  issues: "read",
  checks: "write",
  merge_queues: "read",
  metadata: "read",
};

export function newApp(appId: number, permissions: Permissions): InstalledApp {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { appId, slug: "mta-sts-guard", privateKey, installation: appId + 1, permissions, suspended: false };
}

/** The app that a JSON web token speaks for; undefined where its signature, issuer or time is not right. */
export function appOf(apps: readonly InstalledApp[], jwt: string): InstalledApp | undefined {
  const [head = "", body = "", signature = ""] = jwt.split(".");
  if (signature === "") return undefined;
  const { iss, exp } = JSON.parse(Buffer.from(body, "base64url").toString()) as { iss: unknown; exp: number };
  const app = apps.find(({ appId }) => String(appId) === String(iss));
  if (!app || exp * 1000 < Date.now() || exp * 1000 > Date.now() + 660_000) return undefined;
  const key = createPublicKey(app.privateKey);
  const isSigned = verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"));
  return isSigned ? app : undefined;
}

/** The token of an installation, good for an hour. */
export function installationToken(
  app: InstalledApp | undefined,
  { operation }: RestCall,
  grant: (token: string, holder: Token) => void,
): Reply {
  if (!app) return refusal(401, "A JSON web token could not be decoded");
  if (Number(operation.params["installation_id"]) !== app.installation) return refusal(404, "Not Found");
  if (app.suspended) return refusal(403, "This installation has been suspended");
  const token = `ghs_${String(Math.random()).slice(2)}_long_${"x".repeat(60)}`;
  const { permissions, appId, slug } = app;
  grant(token, { login: `${slug}[bot]`, permissions, app: appId });
  const expires_at = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
  return { status: 201, body: { token, expires_at, permissions, repository_selection: "selected" } };
}

/** Where the app is installed, as it asks for itself. */
export async function installations(state: State, { token }: RestCall): Promise<Reply> {
  const app = state.apps.find(({ appId }) => appId === token.app);
  if (!app || token.login !== app.slug) return refusal(401, "A JSON web token could not be decoded");
  const { owner } = await look(state, `/repos/${state.repository.fullName}`);
  const told = {
    id: app.installation,
    app_id: app.appId,
    app_slug: app.slug,
    target_id: owner.id,
    target_type: "User",
    account: null,
    single_file_name: null,
    repository_selection: "selected",
    access_tokens_url: `${API}/app/installations/${app.installation}/access_tokens`,
    repositories_url: `${API}/installation/repositories`,
    html_url: `${SITE}/settings/installations/${app.installation}`,
    events: ["pull_request"],
    permissions: app.permissions,
    created_at: "2026-01-01T12:00:00Z",
    updated_at: "2026-01-01T12:00:00Z",
    suspended_by: app.suspended ? owner : null,
    suspended_at: app.suspended ? "2026-05-01T12:00:00Z" : null,
  };
  return { status: 200, body: [told] };
}

/** The app as GitHub shows it on what it made. */
export function appJson(state: State, appId: number): Json {
  const app = state.apps.find((each) => each.appId === appId);
  if (!app) return null;
  const [login = ""] = state.repository.fullName.split("/");
  return {
    id: appId,
    slug: app.slug,
    node_id: "A_1",
    owner: {
      login,
      id: 1,
      node_id: "U_1",
      type: "User",
      site_admin: false,
      avatar_url: `${SITE}/${login}.png`,
      gravatar_id: "",
      url: `${API}/users/${login}`,
      html_url: `${SITE}/${login}`,
      followers_url: `${API}/users/${login}/followers`,
      following_url: `${API}/users/${login}/following{/other_user}`,
      gists_url: `${API}/users/${login}/gists{/gist_id}`,
      starred_url: `${API}/users/${login}/starred{/owner}{/repo}`,
      subscriptions_url: `${API}/users/${login}/subscriptions`,
      organizations_url: `${API}/users/${login}/orgs`,
      repos_url: `${API}/users/${login}/repos`,
      events_url: `${API}/users/${login}/events{/privacy}`,
      received_events_url: `${API}/users/${login}/received_events`,
    },
    name: app.slug,
    description: null,
    external_url: `${SITE}/apps/${app.slug}`,
    html_url: `${SITE}/apps/${app.slug}`,
    created_at: "2026-01-01T12:00:00Z",
    updated_at: "2026-01-01T12:00:00Z",
    permissions: app.permissions,
    events: [],
  };
}
