import type { Name } from "./name.ts";
import type { Span } from "./span.ts";

/** How bad: `error` loses or exposes mail, `warning` will under foreseeable conditions, `notice` is worth knowing. */
export type Severity = "error" | "warning" | "notice";

const RANK = { notice: 1, warning: 2, error: 3 } as const;

/** Whether `a` is a higher severity than `b`. */
export function outranks(a: Severity, b: Severity): boolean {
  return RANK[a] > RANK[b];
}

/** Another place that belongs to a finding. */
export interface Related {
  readonly message: string;
  readonly at: Span;
}

/** One replacement in a file of head: the bytes of `at` become `newText`. */
export interface Edit {
  readonly at: Span;
  readonly newText: string;
}

/** A machine-applicable repair; all edits or none. */
export interface Fix {
  /** In the imperative: `Publish a new id`. */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What a rule says about a place. */
export interface Report {
  /** What happens to mail, the two values compared, why, and what to do now; a stranger's text only in backquotes. */
  readonly message: string;
  readonly at: Span;
  readonly related?: readonly Related[];
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly fix?: Fix | undefined;
  /** The values compared: with rule and domain they make the fingerprint. Never line numbers, severity or prose. */
  readonly values: readonly string[];
  /** The clause that this report rests on, where it is not the rule's first. */
  readonly reference?: string;
  /** When this stops being a fault although nobody changes anything. */
  readonly until?: Date;
  /** The MX hosts, record or line this report is about, for "one fault, one finding". */
  readonly about?: readonly string[];
}

/** A report with its rule, its domain and whether this change brought it. */
export interface Finding extends Report {
  readonly rule: string;
  /** Null for findings about no one domain. */
  readonly domain: Name | null;
  readonly severity: Severity;
  readonly status: "new" | "existing" | "fixed";
  readonly reference: string;
  readonly fingerprint: string;
}

/** A fingerprint without the number that tells findings apart which say the same. */
export function fault(fingerprint: string): string {
  return fingerprint.replace(/-\d+$/, "");
}

/** A finding that offers nothing to apply. */
export function withoutFix(finding: Finding): Finding {
  return { ...finding, fix: undefined };
}
