import { i as openGithub } from "./engine.js";

export { openGithub };