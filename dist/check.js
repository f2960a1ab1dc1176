import { n as runCheck, t as help } from "./check2.js";

export { runCheck };