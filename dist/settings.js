import { n as readPlace, r as readSettings, t as Misconfigured } from "./settings2.js";

export { Misconfigured, readSettings };