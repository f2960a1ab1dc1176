import zonefile from "dns-zonefile";
import type { Name } from "../model/name.ts";

/** Its types leave out the template, and ask for parts of a zone that a single record has not. */
const generate = zonefile.generate as unknown as (zone: object, template: string) => string;

/** One TXT record as a line for any zone file, with an absolute owner where it is known. */
export function recordLine(owner: Name, value: string): string {
  const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
  const text = generate(
    { $origin: ".", soa: {}, txt: [{ name: owner, txt: quoted.replaceAll("$", "$$$$") }] },
    "{txt}",
  );
  return text.trim().replaceAll("\t", " ");
}
