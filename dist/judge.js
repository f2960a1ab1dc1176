import { r as judge } from "./engine.js";

export { judge };