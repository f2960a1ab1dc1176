import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../serve/app.ts";
import { Latest } from "../serve/latest.ts";
import type { Metrics } from "../serve/metrics.ts";
import type { Access, Heard } from "./access.ts";

/** What an installation has left of its hourly requests, or of GraphQL's points, which are counted apart. */
interface Budget {
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: Date;
}

/** Below this part of its hourly requests an installation waits, so that what has begun still finds some. */
const RESERVE = 1 / 5;

/** GitHub asks for it between two writes, ms. */
const PACE = 1000;

/** Of how many installations it is known what they have left: whoever is forgotten is told again at the next request. */
const MOST = 10_000;

/** Stands among the resources for what GitHub refused, whatever it was that had been spent. */
const REFUSED = "refused";

/** The installations of an app. */
export interface Installations {
  access(installation: number): Access;
  /** Until when an installation's jobs wait because it has spent most of its hourly requests; undefined: they need not. */
  readonly pausedUntil: (installation: number) => Date | undefined;
  /** Whether one that waits may say so at GitHub: it was not refused, and at least half of what is kept back is there. */
  readonly mayTell: (installation: number) => boolean;
}

/** Opens what the clients of each installation share; `pace`: ms from one write to the next. */
export function openInstallations(
  app: Pick<App, "token">,
  metrics: Pick<Metrics, "apiCalls" | "apiRemaining">,
  now: () => Date,
  pace = PACE,
): Installations {
  const budgets = new Latest<number, Map<string, Budget>>(MOST);
  /** When the next write of an installation may go out, ms. */
  const turns = new Latest<number, number>(MOST);

  function note(installation: number, budget: Budget): void {
    const own = budgets.get(installation) ?? new Map<string, Budget>();
    budgets.set(installation, own.set(budget.resource, budget));
  }

  /** Until when an installation has less than a part of what it is given. */
  function lessThan(installation: number, part: number): Date | undefined {
    const spent = [...(budgets.get(installation)?.values() ?? [])].filter(
      ({ limit, remaining, reset }) => reset > now() && remaining < limit * part,
    );
    return spent.length === 0 ? undefined : new Date(Math.max(...spent.map(({ reset }) => reset.getTime())));
  }

  return {
    access: (installation) => ({
      token: (anew) => app.token(installation, anew),
      async turn() {
        const mine = Math.max(turns.get(installation) ?? 0, performance.now());
        turns.set(installation, mine + pace);
        await sleep(Math.max(0, mine - performance.now()));
      },
      heard({ status, headers }) {
        metrics.apiCalls.inc({ status });
        const budget = budgetIn(headers);
        if (!budget) return;
        const { resource, remaining } = budget;
        metrics.apiRemaining.set({ installation, resource }, remaining);
        note(installation, budget);
      },
      refused(wait) {
        note(installation, {
          resource: REFUSED,
          limit: 1,
          remaining: 0,
          reset: new Date(now().getTime() + wait),
        });
      },
    }),
    pausedUntil: (installation) => lessThan(installation, RESERVE),
    mayTell: (installation) => lessThan(installation, RESERVE / 2) === undefined,
  };
}

function budgetIn(headers: Heard["headers"]): Budget | undefined {
  const told = (name: string): number => Number(headers[`x-ratelimit-${name}`] ?? -1);
  const [limit, remaining, reset] = [told("limit"), told("remaining"), told("reset")];
  const resource = String(headers["x-ratelimit-resource"] ?? "core");
  return limit > 0 && remaining >= 0 && reset > 0
    ? { resource, limit, remaining, reset: new Date(reset * 1000) }
    : undefined;
}
