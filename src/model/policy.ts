import { intendedField } from "./fieldName.ts";
import type { FieldName } from "./fieldName.ts";
import type { Fix } from "./finding.ts";
import { memo } from "./memo.ts";
import { type Name, display, labels } from "./name.ts";
import type { Source } from "./source.ts";
import type { Located, Problem, Span } from "./span.ts";

/** RFC 8461 §3.2 `sts-policy-mode`. */
export type Mode = "enforce" | "testing" | "none";

/** RFC 8461 §3.2: the largest `max_age` the text allows, about one year, in seconds. */
export const MAX_AGE_LIMIT = 31_557_600;

/** One `name: value` line of a policy that fits the grammar of a field, known or not. */
export interface PolicyField {
  readonly name: Located<string>;
  /** Without the blanks around it. */
  readonly value: Located<string>;
  /** The whole line without its line end. */
  readonly span: Span;
}

/** A stretch of a policy body that is outside its grammar. */
export interface PolicyProblem extends Problem {
  /** Which fault it is, in one stable word: what tells two problems apart whatever their place. */
  readonly fault: string;
  /** Where the fault can be taken out and nothing else changes. */
  readonly fix: Fix | undefined;
}

/** A policy body (RFC 8461 §3.2), as far as it could be read. */
export interface Policy {
  readonly source: Source;
  /** All lines that have the form of a field, also those that have it only once a problem is mended, in the file's order. */
  readonly fields: readonly PolicyField[];
  /** What is outside the grammar of the body as a whole, and which senders reject it for that. */
  readonly problems: readonly PolicyProblem[];
  /** The fields that may stand where a problem hides them: nobody can say that they are absent. */
  readonly unread: readonly FieldName[];
  /** The first `version`, `mode` and `max_age` if their values are legal (the first duplicate counts, §3.2). */
  readonly version: Located<"STSv1"> | undefined;
  readonly mode: Located<Mode> | undefined;
  /** Seconds; 1 to 10 digits, so it can be over `MAX_AGE_LIMIT`. */
  readonly maxAge: Located<number> | undefined;
  /** The legal `mx` patterns, lower case, without duplicates. */
  readonly mx: readonly Located<string>[];
  /** Fields other than version, mode, max_age and mx; first of each name. */
  readonly extensions: readonly PolicyField[];
}

/**
 * Whether a pattern allows an MX host (RFC 8461 §4.1): ASCII case-insensitive; `*` stands for exactly one whole left-most
 * label, so `*.example.com` matches `mail.example.com`, neither `example.com` nor `a.b.example.com`.
 */
export function matches(pattern: string, host: Name): boolean {
  const name = display(host).toLowerCase();
  const wanted = pattern.toLowerCase().replace(/\.$/, "");
  if (!wanted.startsWith("*.")) return name === wanted;
  return labels(host).slice(1).join(".").toLowerCase() === wanted.slice(2);
}

/** Whether a pattern allows any of some MX hosts, each looked up once however many patterns are asked about. */
export function allowsAny(hosts: readonly Name[]): (pattern: string) => boolean {
  const allowing = new Set(
    hosts.flatMap((host) => [display(host).toLowerCase(), `*.${labels(host).slice(1).join(".").toLowerCase()}`]),
  );
  return (pattern) => allowing.has(pattern.toLowerCase().replace(/\.$/, ""));
}

/** The first of the policy's patterns that allows an MX host (RFC 8461 §4.1). */
export function covers(policy: Policy, host: Name): Located<string> | undefined {
  const name = display(host);
  const [exact, star] = [name, `*.${labels(host).slice(1).join(".")}`].map((pattern) => patterns(policy).get(pattern));
  return exact && star ? (exact.span.start.offset < star.span.start.offset ? exact : star) : (exact ?? star);
}

/** A policy's patterns by their text. */
export const patterns = memo(
  ({ mx }: Policy): ReadonlyMap<string, Located<string>> => new Map(mx.map((pattern) => [pattern.value, pattern])),
);

/** The fields of a name, in the order of the file; of all but `mx` the first counts (RFC 8461 §3.2). */
export function fieldsNamed(policy: Policy, name: FieldName): readonly PolicyField[] {
  return policy.fields.filter((field) => field.name.value === name);
}

/** Whether a field is absent for certain: neither there, nor misspelt, nor hidden by a problem. */
export function lacks(policy: Policy, name: FieldName): boolean {
  if (policy.unread.includes(name)) return false;
  return !policy.fields.some((field) => field.name.value === name || intendedField(field.name.value) === name);
}

/** A policy that senders can read at all: it has a version and a mode. */
export type ReadablePolicy = Policy & { version: Located<"STSv1">; mode: Located<Mode> };

export function readable(policy: Policy): policy is ReadablePolicy {
  return policy.version !== undefined && policy.mode !== undefined;
}

/**
 * What a policy means to senders, as one comparable text: mode, max_age, the set of patterns, extension fields. Line ends,
 * order of lines and blanks are no part of it.
 */
export function meaning(policy: Policy): string {
  const patterns = policy.mx.map((pattern) => pattern.value).toSorted();
  const extensions = policy.extensions.map((field) => `${field.name.value}:${field.value.value}`).toSorted();
  return JSON.stringify([policy.mode?.value, policy.maxAge?.value, patterns, extensions]);
}

/** What changes from one policy to the next, in words: `mode testing → enforce, mx added: mx2.example.com`. */
export function difference(base: Policy, head: Policy): string {
  const parts: string[] = [];
  const step = (name: FieldName, from: string | number | undefined, to: string | number | undefined): void => {
    const lost = (policy: Policy): string => (lacks(policy, name) ? "absent" : "unreadable");
    if (from !== to) parts.push(`${name} ${from ?? lost(base)} → ${to ?? lost(head)}`);
  };
  step("mode", base.mode?.value, head.mode?.value);
  step("max_age", base.maxAge?.value, head.maxAge?.value);
  const before = new Set(base.mx.map((pattern) => pattern.value));
  const after = new Set(head.mx.map((pattern) => pattern.value));
  const list = (what: string, patterns: readonly string[]): void => {
    if (patterns.length === 0) return;
    const more = patterns.length > 3 ? ` and ${patterns.length - 3} more` : "";
    parts.push(`mx ${what}: ${patterns.slice(0, 3).join(", ")}${more}`);
  };
  list(
    "added",
    [...after].filter((pattern) => !before.has(pattern)),
  );
  list(
    "removed",
    [...before].filter((pattern) => !after.has(pattern)),
  );
  if (parts.length === 0) parts.push("extension fields");
  return parts.join("; ");
}

/** Where two policies first differ: the changed line of head, or the line of base that is gone. */
export function firstDifference(base: Policy, head: Policy): Span {
  const text = (field: PolicyField): string => `${field.name.value.toLowerCase()}:${field.value.value.toLowerCase()}`;
  const before = new Set(base.fields.map(text));
  const changed = head.fields.find((field) => !before.has(text(field)));
  if (changed) return changed.span;
  const after = new Set(head.fields.map(text));
  return (base.fields.find((field) => !after.has(text(field))) ?? head.fields[0])?.span ?? head.source.span(0, 0);
}
