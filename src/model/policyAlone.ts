import type { Policy } from "./policy.ts";
import type { PolicyChange } from "./rule.ts";

/** A policy with nothing known around it: no domain, no zone, no history, no clock. */
export function policyAlone(policy: Policy): PolicyChange {
  const moment = { now: new Date(0), head: new Date(0) };
  return {
    base: policy,
    head: policy,
    domains: [],
    sharing: { base: [], head: [] },
    mayBeElsewhere: false,
    isConfigured: false,
    rivals: [],
    neighbours: [],
    moment,
  };
}
