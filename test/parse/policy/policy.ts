import type { Policy } from "../../../src/model/policy.ts";
import { Source } from "../../../src/model/source.ts";
import { parsePolicy } from "../../../src/parse/policy/parsePolicy.ts";

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function policy(text: string | Uint8Array): Policy {
  return parsePolicy(new Source("head", "mta-sts.txt", typeof text === "string" ? bytes(text) : text));
}
