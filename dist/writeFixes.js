import { t as writeFixes } from "./engine.js";

export { writeFixes };