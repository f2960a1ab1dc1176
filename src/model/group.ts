/** What rules are about, in the order of every list of them, with a title each. */
export const GROUPS = {
  record: "The `_mta-sts` record",
  policy: "The policy file",
  mx: "The policy against the MX records",
  rollout: "What a change does to senders",
  "tls-rpt": "The TLSRPT record",
  host: "The host that serves the policy",
  zone: "The zone file",
  run: "The run itself",
} as const;

/** What a rule is about. */
export type Group = keyof typeof GROUPS;

/** Rules group by group, each group's in the order they came; groups without any are left out. */
export function byGroup<T extends { readonly group: Group }>(
  rules: Iterable<readonly [string, T]>,
): readonly (readonly [Group, readonly (readonly [string, T])[]])[] {
  const all = [...rules];
  return (Object.keys(GROUPS) as Group[])
    .map((group) => [group, all.filter(([, rule]) => rule.group === group)] as const)
    .filter(([, members]) => members.length > 0);
}
