import type { Edit } from "./finding.ts";
import { lineEnd } from "./lineEnd.ts";
import type { Name } from "./name.ts";
import { type Policy, matches } from "./policy.ts";
import { removeLine } from "./policyEdit.ts";
import type { Located } from "./span.ts";

/** The hosts that no other pattern of a policy allows than this one, or none at all. */
export function leftWithout(policy: Policy, { value }: Located<string>, hosts: readonly Name[]): readonly Name[] {
  const others = policy.mx.filter((other) => other.value !== value);
  return hosts.filter((host) => !others.some((other) => matches(other.value, host)));
}

/** The edits that put other patterns in the place of one, each on a line of its own; none removes every line of it. */
export function replaceMx(
  policy: Policy,
  { value, span }: Located<string>,
  patterns: readonly string[],
): readonly Edit[] {
  const lines = policy.fields.filter((field) => field.name.value === "mx" && field.value.value.toLowerCase() === value);
  const written = new Set(policy.mx.map((other) => other.value));
  const fresh = patterns.filter((pattern) => !written.has(pattern));
  if (fresh.length === 0) return lines.map((field) => removeLine(policy, field));
  return [{ at: span, newText: fresh.join(`${lineEnd(policy.source)}mx: `) }];
}
