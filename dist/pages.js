import { t as PAGES } from "./pages2.js";

export { PAGES };