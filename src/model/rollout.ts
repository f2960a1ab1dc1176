import type { MailDomain } from "./mailDomain.ts";
import type { History, Past } from "./past.ts";
import { type Mode, type Policy, readable } from "./policy.ts";

/** The policy that senders act on: readable, in mode testing or enforce, and not one of a view that they never see. */
export function activePolicy(
  domain: MailDomain | undefined,
): (Policy & { mode: { value: "testing" | "enforce" } }) | undefined {
  const policy = domain?.policy;
  if (!policy || domain.unseen || !readable(policy) || policy.mode.value === "none") return undefined;
  return policy as Policy & { mode: { value: "testing" | "enforce" } };
}

/** The mode of a side; where its policy cannot be read, the last readable one of history (an unreadable mode is no change). */
export function modeOf(domain: MailDomain | undefined, history: History): Mode | undefined {
  const policy = domain?.policy;
  if (!policy) return undefined;
  if (readable(policy)) return policy.mode.value;
  return readablePasts(history).at(-1)?.mode;
}

interface ReadablePast {
  readonly past: Past;
  /** Undefined: there was no policy. */
  readonly mode: Mode | undefined;
}

/** The entries of a history whose policy is absent or can be read. */
function readablePasts(history: History): readonly ReadablePast[] {
  return history.pasts.flatMap((past): readonly ReadablePast[] => {
    if (!past.policy) return [{ past, mode: undefined }];
    return readable(past.policy) ? [{ past, mode: past.policy.mode.value }] : [];
  });
}

/** The present run of one mode at the end of a history. */
export interface Run {
  /** When the run reached the base branch; undefined if the known history begins inside it. */
  readonly since: Date | undefined;
  /** What stood before the run. */
  readonly before: ReadablePast | undefined;
  /** The states of the run, as far as they are known. */
  readonly pasts: readonly Past[];
}

/** The unbroken run of testing with which a history ends, or undefined if it ends in another mode. */
export function testingRun(history: History): Run | undefined {
  const pasts = readablePasts(history);
  let at = pasts.length;
  while (at > 0 && pasts[at - 1]?.mode === "testing") at--;
  if (at === pasts.length) return undefined;
  const begins = at > 0 || history.complete;
  const first = pasts[at]?.past;
  return {
    since: begins ? first?.moment : undefined,
    before: pasts[at - 1],
    pasts: history.pasts.slice(first && history.pasts.indexOf(first)),
  };
}

/** Whether a domain was in testing since its policy last was absent or none; undefined if the history does not reach back. */
export function hasTested(history: History): boolean | undefined {
  const pasts = readablePasts(history);
  for (let at = pasts.length - 1; at >= 0; at--) {
    const mode = pasts[at]?.mode;
    if (mode === "testing") return true;
    if (mode === undefined || mode === "none") return false;
  }
  return history.complete ? false : undefined;
}
