import { defaults } from "@actions/github/lib/utils";

/** How requests go through the proxy that `HTTPS_PROXY` names, unless `NO_PROXY` names GitHub's host. */
export const PROXIED = defaults.request ?? {};
