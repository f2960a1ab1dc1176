import { n as unreadConfig, t as parseConfig } from "./config.js";

export { parseConfig, unreadConfig };