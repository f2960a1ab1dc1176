import { t as defaults } from "./proxied.js";

// src/action/proxied.ts
/** How requests go through the proxy that `HTTPS_PROXY` names, unless `NO_PROXY` names GitHub's host. */
const PROXIED = defaults.request ?? {};

export { PROXIED };