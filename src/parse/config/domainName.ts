import { aLabels } from "../../model/aLabels.ts";
import { type Name, nameOf } from "../../model/name.ts";

const LABEL = "[a-z0-9_](?:[a-z0-9_/-]{0,61}[a-z0-9_])?";
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);

/** The name that people wrote for a domain - any case, U-labels, final dot or none - or undefined if it is none. */
export function domainName(text: string): Name | undefined {
  const ascii = aLabels(text.trim()).toLowerCase();
  return ascii.length <= 253 && DOMAIN.test(ascii) ? nameOf(ascii) : undefined;
}
