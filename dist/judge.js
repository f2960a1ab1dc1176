import { E as judge } from "./engine.js";

export { judge };