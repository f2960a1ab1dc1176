import { n as parseConfig, r as unreadConfig, t as CONFIG_LIMIT } from "./config.js";

export { parseConfig, unreadConfig };