import type { MailDomain } from "./mailDomain.ts";
import { readable } from "./policy.ts";
import { filesOf } from "./zone.ts";

/** The files of a domain where a fault in one of them makes rules silent about it; empty where all is clear. */
export function murkyFiles({ policy, zone }: MailDomain): readonly string[] {
  const isMurky = (policy && !readable(policy)) || (zone && zone.problems.length + zone.unknown.length > 0);
  return isMurky ? [...(policy ? [policy.source.path] : []), ...(zone ? filesOf(zone) : [])] : [];
}

/** Whether a rule sees a file that the others cannot read. */
export function seesFaults(rule: string): boolean {
  return /^(?:policy-|zone-syntax$)/.test(rule);
}
