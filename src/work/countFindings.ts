import type { Review } from "../model/review.ts";
import type { World } from "./world.ts";

/** Counts what a judgement found anew, by rule. */
export function countFindings({ metrics }: Pick<World, "metrics">, { findings }: Review): void {
  for (const { status, rule } of findings) if (status === "new") metrics.findings.inc({ rule });
}
