import { aLabels } from "../../model/aLabels.ts";
import { type Name, nameOf } from "../../model/name.ts";

/** The domain name that a server's configuration writes, undefined where it is a pattern, a variable, the root or none. */
export function serverName(text: string): Name | undefined {
  const name = nameOf(aLabels(text).toLowerCase());
  return name.length <= 255 && /^(?:[a-z0-9_/-]{1,63}\.)+$/.test(name) ? name : undefined;
}
