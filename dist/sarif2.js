import { n as sarif, t as fitting } from "./sarif.js";

export { fitting, sarif };