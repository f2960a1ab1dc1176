import type { Tools, Work } from "./start.ts";

/** Opens what does the jobs. */
export function openWork({ log }: Tools): Work {
  return async (job) => {
    log.info({ kind: job.kind }, "A job.");
    return {};
  };
}
