import { a as judge } from "./engine.js";

export { judge };