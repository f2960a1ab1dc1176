import type { Conclusion } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import { type MailDomain, exchange } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { idOf } from "../model/policyId.ts";
import type { Review } from "../model/review.ts";
import type { DomainChange, ZoneChange } from "../model/rule.ts";
import { compareSerials, contents, isToolManaged, serialOf } from "../model/serial.ts";
import type { Span } from "../model/span.ts";
import { ruleUrl } from "./ruleUrl.ts";

/** What was compared: commit ids, `worktree`, or null where there is no base. */
export interface Revisions {
  readonly base: string | null;
  readonly head: string;
}

/** The machine-readable form, schema 1. */
export function json(review: Review, { base, head }: Revisions, conclusion: Conclusion): string {
  const fresh = (severity: Finding["severity"]): number =>
    review.findings.filter((finding) => finding.status === "new" && finding.severity === severity).length;
  const status = (wanted: Finding["status"]): number =>
    review.findings.filter((finding) => finding.status === wanted).length;
  const skipped = new Map(review.sides.head.skipped.toReversed().map((file) => [file.path, file]));
  const document = {
    schema: 1,
    base,
    head,
    conclusion,
    counts: {
      error: fresh("error"),
      warning: fresh("warning"),
      notice: fresh("notice"),
      existing: status("existing"),
      fixed: status("fixed"),
    },
    findings: review.findings.map(findingJson),
    domains: review.changes.domains.map((change) => domainJson(change, base !== null)),
    records: review.changes.zones.map(recordsJson),
    skipped: [...skipped.values()]
      .toReversed()
      .map(({ path, span, format, reason }) => ({ path, line: span.start.line, format, reason })),
  };
  // A runner takes `##[` anywhere in a line for a command; in JSON it can only stand inside a string.
  return `${JSON.stringify(document, undefined, 2).replaceAll("##[", "#\\u0023[")}\n`;
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
  const { policy, mx, tlsrpt } = domain;
  return {
    mode: policy?.mode?.value ?? null,
    id: idOf(domain)?.value ?? null,
    maxAge: policy?.maxAge?.value ?? null,
    policyMx: policy?.mx.map((pattern) => pattern.value) ?? [],
    mx: mx.map((record) => display(exchange(record))),
    tlsrpt: tlsrpt.records.flatMap((record) => record.rua.map((uri) => uri.value)),
  };
}

function recordsJson(change: ZoneChange): object {
  const { base, head } = change;
  const before = base ? contents(base) : new Map();
  const after = head ? contents(head) : new Map();
  const gone = new Set(
    [...before].filter(([text]) => !after.has(text)).map(([, record]) => `${record.owner} ${record.type}`),
  );
  const added = [...after].filter(([text]) => !before.has(text)).map(([, record]) => `${record.owner} ${record.type}`);
  const changed = added.filter((key) => gone.has(key));
  const [from, to] = [serialOf(base)?.value, serialOf(head)?.value];
  const serial =
    from !== undefined && to !== undefined && from !== to
      ? compareSerials(from, to)
      : isToolManaged(change)
        ? "managed"
        : "unchanged";
  return {
    zone: (head ?? base)?.source.path,
    added: added.length - changed.length,
    removed: [...before.keys()].filter((text) => !after.has(text)).length - changed.length,
    changed: changed.length,
    serial,
  };
}
