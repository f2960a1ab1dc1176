/**
 * Milliseconds of processor time that a piece of work takes: what else the machine does meanwhile does not count, and what
 * measuring coverage adds is allowed for.
 */
export function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (process.env["COVERAGE"] ? 8 : 1);
}
