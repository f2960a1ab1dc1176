import { n as openGithub } from "./engine.js";

export { openGithub };