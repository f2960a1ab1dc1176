import { bySeverity } from "../model/conclusion.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { plural } from "./lookedAt.ts";

/** How many findings of each severity there are, worst first, none left out but zeros: `2 errors`, `1 notice`. */
export function severityCounts(findings: readonly Finding[]): readonly string[] {
  return (Object.entries(bySeverity(findings)) as [Severity, number][]).flatMap(([severity, count]) =>
    count > 0 ? [plural(count, severity)] : [],
  );
}
