import { i as readSettings, n as Misconfigured, r as readPlace, t as GITHUB_COM } from "./settings2.js";

export { Misconfigured, readSettings };