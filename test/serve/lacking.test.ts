import { expect, it } from "vitest";
import { lackedPermission } from "../../src/work/lacking.ts";

const message = "Resource not accessible by integration";
const graphql = (...path: readonly string[]) => ({ errors: [{ type: "FORBIDDEN", message, path }] });
const rest = (method: string, path: string) => ({
  status: 403,
  message,
  request: { method, url: `https://api.github.com/repos/acme/dns/${path}` },
});

it.each([
  ["contents: read", graphql("repository", "object")],
  ["pull_requests: read", graphql("repository", "p12", "pullRequest")],
  ["pull_requests: read", graphql("repository", "object", "associatedPullRequests")],
  ["contents: read", { cause: graphql("repository", "object") }],
  ["pull_requests: read", rest("GET", "pulls/1")],
  ["pull_requests: write", rest("POST", "issues/1/comments")],
  ["checks: write", rest("PATCH", "check-runs/7")],
  ["checks: read", rest("GET", "commits/0f/check-runs?app_id=1")],
  ["metadata: read", rest("GET", "collaborators/nora/permission")],
  ["contents: read", rest("GET", "compare/a...b")],
  [undefined, { ...rest("GET", "pulls/1"), status: 404 }],
  [undefined, { ...rest("GET", "pulls/1"), message: "Repository was archived so is read-only." }],
  [undefined, { errors: [{ type: "NOT_FOUND", message: "Could not resolve" }] }],
])("%s", (permission, error) => {
  expect(lackedPermission(error)).toBe(permission);
});
