import { type ConfigFile, DEFAULT_CONFIG, type KnownRules } from "./config.ts";
import type { Severity } from "./finding.ts";
import { type Name, display } from "./name.ts";
import { quote } from "./quote.ts";
import type { Span } from "./span.ts";

/** A place at which a configuration judges less strictly than the one before. */
export interface Loosening {
  /** What is different once it counts: one sentence. */
  readonly effect: string;
  /** At head, or at base where the key is gone. */
  readonly at: Span;
  readonly values: readonly string[];
}

const RANK = { off: 0, notice: 1, warning: 2, error: 3 } as const;

/** From the strictest on. */
const FAIL_ON = ["notice", "warning", "error", "never"] as const;

/** Likewise: who may accept a risk. */
const ACCEPT_RISK = ["never", "admin", "maintain", "write"] as const;

type Key = readonly (string | number)[];

/** Where `head` judges less strictly than `base`; an absent file stands for the defaults, and ignores are not looked at. */
export function* loosenings(
  base: ConfigFile | undefined,
  head: ConfigFile | undefined,
  rules: KnownRules,
): Iterable<Loosening> {
  const [before, after] = [base?.config ?? DEFAULT_CONFIG, head?.config ?? DEFAULT_CONFIG];
  const told = (effect: string, key: Key, ...values: readonly string[]): readonly Loosening[] => {
    const at = head?.place(key) ?? base?.place(key);
    return at ? [{ effect, at, values: [key.filter((step) => typeof step === "string").join("."), ...values] }] : [];
  };
  for (const [id, { severity: usual }] of Object.entries(rules)) {
    const [old, now] = [before.severities.get(id) ?? usual, after.severities.get(id) ?? usual];
    if (RANK[now] < RANK[old])
      yield* told(
        `findings of \`${id}\` are ${severityText(now)}; now they are ${severityText(old)}.`,
        ["rules", id],
        old,
        now,
      );
  }
  const [failed, fails] = [before.failOn ?? "error", after.failOn ?? "error"];
  if (FAIL_ON.indexOf(fails) > FAIL_ON.indexOf(failed))
    yield* told(`the check ${failText(fails)}; now it ${failText(failed)}.`, ["fail-on"], failed, fails);
  const [needed, needs] = [before.bot.acceptRisk, after.bot.acceptRisk];
  if (ACCEPT_RISK.indexOf(needs) > ACCEPT_RISK.indexOf(needed))
    yield* told(
      `everybody with the role \`${needs}\` may accept a risk; now ${needed === "never" ? "nobody may" : `it takes \`${needed}\``}.`,
      ["bot", "accept-risk"],
      needed,
      needs,
    );
  const [long, short] = [before.rollout.minTestingDays, after.rollout.minTestingDays];
  if (short < long)
    yield* told(
      `a domain may enforce its policy after ${short === 1 ? "1 day" : `${short} days`} of testing; now it takes ${long}.`,
      ["rollout", "min-testing-days"],
      String(long),
      String(short),
    );
  for (const [index, name] of after.rollout.enforcedElsewhere.entries())
    if (!before.rollout.enforcedElsewhere.includes(name))
      yield* told(
        `${display(name)} may enforce its policy without a testing phase in this repository.`,
        ["rollout", "enforced-elsewhere", index],
        name,
      );
  for (const key of ["zones", "policies"] as const) {
    const kept = new Set(after[key].map((entry) => JSON.stringify(entry)));
    for (const [index, entry] of before[key].entries()) {
      const at = base?.place([key, index]);
      if (!at || kept.has(JSON.stringify(entry))) continue;
      const effect = `nothing says any more that ${quote(entry.path)} names ${key}${namesText(entry)}, so they may go unread.`;
      yield { effect, at, values: [key, JSON.stringify(entry)] };
    }
  }
}

function severityText(severity: Severity | "off"): string {
  return severity === "off" ? "not shown" : `${severity}s`;
}

function failText(level: (typeof FAIL_ON)[number]): string {
  return level === "never" ? "never fails" : `fails from \`${level}\` on`;
}

function namesText({ origin, domains = [] }: { origin?: Name; domains?: readonly Name[] }): string {
  const names = origin === undefined ? domains : [origin];
  return names.length === 0 ? "" : ` of ${names.map(display).join(", ")}`;
}
