import { matches } from "./policy.ts";
import { type Name, isWithin, labels, nameOf } from "./name.ts";

/** Names that stand for others in documentation and never exist (RFC 2606 §2, §3; RFC 6761 §6). */
const RESERVED: readonly Name[] = [
  "example.com.",
  "example.net.",
  "example.org.",
  "example.",
  "test.",
  "invalid.",
  "localhost.",
];

/** An expression that a template engine was to replace: `{{ x }}`, `${x}`, `%{x}`, `<%= x %>`. */
const EXPRESSION = /\{\{|\$\{|%\{|<%/;

/** A word that somebody or some script was to replace: `PRIMARY_HOSTNAME`, `MODE`, `[mx]`, and `.` for no host yet. */
const WORD = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|MODE|\[[A-Za-z][A-Za-z _-]*\]|\.)$/;

/**
 * Whether a value of a policy stands in for one that was never filled in. A name for documentation is none in the policy of a
 * domain that has such a name itself, of an unknown domain, or where it is the name of one of `hosts`, the domains' MX hosts.
 */
export function isPlaceholder(value: string, domains: readonly Name[], hosts: readonly Name[]): boolean {
  if (EXPRESSION.test(value) || WORD.test(value)) return true;
  const known = domains.length > 0 && !domains.some(isReserved);
  const isYours = domains.some(saysYourDomain);
  return value.split(/[\s,;]+/).some((word) => {
    const name = nameOf(word.replace(/^\*\./, ""));
    if (!((known && isReserved(name)) || (!isYours && saysYourDomain(name)))) return false;
    return !hosts.some((host) => matches(word, host));
  });
}

/** A word alone is no name of a host: `mode: test` is wrong for another reason. */
function isReserved(name: Name): boolean {
  return labels(name).length > 1 && RESERVED.some((reserved) => isWithin(name, reserved));
}

function saysYourDomain(name: Name): boolean {
  return labels(name).some((label) => /^your[-_]?domain$/.test(label));
}
