import { t as mend } from "./mend2.js";

export { mend };