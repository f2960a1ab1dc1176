import type { DomainChange } from "../model/rule.ts";
import { pairingSentence } from "./diary.ts";
import { type Room, folded } from "./listed.ts";
import { codeSpan } from "./markdownSafe.ts";

/** Which policy belongs to which domain and what says so, behind a line that opens it; empty without a policy. */
export function pairings(domains: readonly DomainChange[], room: Room): string {
  const lines = domains.flatMap(({ base, head }) => {
    const domain = head?.policy ? head : base;
    return domain?.policy ? [`- ${pairingSentence(domain, codeSpan)}`] : [];
  });
  return folded("What belongs together, and what says so", lines, room);
}
