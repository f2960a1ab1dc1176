import { type Conclusion, bySeverity } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import { type MailDomain, mxHosts } from "../model/mailDomain.ts";
import { type Ignore, dayText } from "../model/ignore.ts";
import { display } from "../model/name.ts";
import { idOf } from "../model/policyId.ts";
import type { Review } from "../model/review.ts";
import type { DomainChange } from "../model/rule.ts";
import { skippedFiles } from "../model/survey.ts";
import type { Span } from "../model/span.ts";
import { jsonText } from "./jsonText.ts";
import { ruleUrl } from "./ruleUrl.ts";
import { zoneDifference } from "./zoneDifference.ts";

/** What was compared: commit ids, `worktree`, or null where there is no base. */
export interface Revisions {
  readonly base: string | null;
  readonly head: string;
}

/** The machine-readable form, schema 1. */
export function json(review: Review, { base, head }: Revisions, conclusion: Conclusion): string {
  const status = (wanted: Finding["status"]): number =>
    review.findings.filter((finding) => finding.status === wanted).length;
  const document = {
    schema: 1,
    base,
    head,
    conclusion,
    counts: {
      ...bySeverity(review.findings.filter((finding) => finding.status === "new")),
      existing: status("existing"),
      fixed: status("fixed"),
    },
    findings: review.findings.map(findingJson),
    ignored: review.ignored.map(({ finding, by }) => ({ ...findingJson(finding), by: ignoreJson(by) })),
    domains: review.changes.domains.map((change) => domainJson(change, base !== null)),
    // Without a base nothing is compared, so there is no difference to tell.
    records: base === null ? [] : review.changes.zones.map(zoneDifference),
    skipped: skippedFiles(review.sides.head).map(({ path, span, format, reason }) => ({
      path,
      line: span.start.line,
      format,
      reason,
    })),
  };
  return `${jsonText(document, 2)}\n`;
}

function findingJson(finding: Finding): object {
  const { rule, severity, status, domain, message, at, related, fix, reference, fingerprint } = finding;
  return {
    rule,
    severity,
    status,
    domain: domain === null ? null : display(domain),
    message,
    path: at.path,
    side: at.side,
    ...range(at),
    related: (related ?? []).map((other) => ({
      path: other.at.path,
      side: other.at.side,
      ...range(other.at),
      message: other.message,
    })),
    fix: fix
      ? {
          title: fix.title,
          edits: fix.edits.map((edit) => ({ path: edit.at.path, ...range(edit.at), newText: edit.newText })),
        }
      : null,
    reference,
    url: ruleUrl(rule),
    fingerprint,
  };
}

function ignoreJson({ at, until, reason }: Ignore): object {
  return { path: at.path, line: at.start.line, until: until ? dayText(until) : null, reason };
}

function range({ start, end }: Span): object {
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function domainJson({ base, head }: DomainChange, compared: boolean): object {
  const name = head?.name ?? base?.name;
  const known = head ?? base;
  return {
    domain: name === undefined ? null : display(name),
    zone: known?.zone?.source.path ?? null,
    policy: known?.policy?.source.path ?? null,
    pairedBy: known?.pairedBy ?? "none",
    base: compared && base ? stateJson(base) : null,
    head: head ? stateJson(head) : null,
    rollout: null,
  };
}

function stateJson(domain: MailDomain): object {
  const { policy, tlsrpt } = domain;
  return {
    mode: policy?.mode?.value ?? null,
    id: idOf(domain)?.value ?? null,
    maxAge: policy?.maxAge?.value ?? null,
    policyMx: policy?.mx.map((pattern) => pattern.value) ?? [],
    mx: mxHosts([domain]).map(display),
    tlsrpt: tlsrpt.records.flatMap((record) => record.rua.map((uri) => uri.value)),
  };
}
