import { r as openGithub } from "./github.js";

export { openGithub };