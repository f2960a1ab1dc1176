import { r as writeFixes } from "./engine.js";

export { writeFixes };