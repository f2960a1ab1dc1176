import { type Failure, isLimit } from "../github/failure.ts";
import { waitOf } from "../github/retries.ts";
import type { App, Client } from "../serve/app.ts";
import type { World } from "./world.ts";

/** What an installation has left of its hourly requests, or of GraphQL's points, which are counted apart. */
export interface Budget {
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: Date;
}

/** Below this part of its hourly requests an installation waits, so that what has begun still finds some. */
const RESERVE = 1 / 5;

/** Stands among the resources for what GitHub refused, whatever it was that had been spent. */
const REFUSED = "refused";

function refusedUntil(reset: Date): Budget {
  return { resource: REFUSED, limit: 1, remaining: 0, reset };
}

/** The clients of an app's installations, and whether they have something left to spend. */
export function openInstallations(app: Pick<App, "client">, now: () => Date): Pick<World, "client" | "pausedUntil"> {
  const clients = new Map<number, Promise<Client>>();
  const budgets = new Map<number, Map<string, Budget>>();

  async function open(installation: number): Promise<Client> {
    const client = await app.client(installation);
    const own = new Map<string, Budget>();
    budgets.set(installation, own);
    client.hook.after("request", ({ headers }) => {
      const budget = budgetIn(headers);
      if (budget) own.set(budget.resource, budget);
    });
    client.hook.error("request", (error) => {
      const failure = error as Failure;
      if (isLimit(failure)) own.set(REFUSED, refusedUntil(new Date(now().getTime() + waitOf(failure, 0))));
      throw error;
    });
    return client;
  }

  return {
    client(installation) {
      const known = clients.get(installation) ?? open(installation);
      clients.set(installation, known);
      known.catch(() => clients.delete(installation));
      return known;
    },
    pausedUntil(installation) {
      const spent = [...(budgets.get(installation)?.values() ?? [])].filter(
        ({ limit, remaining, reset }) => reset > now() && remaining < limit * RESERVE,
      );
      return spent.length === 0 ? undefined : new Date(Math.max(...spent.map(({ reset }) => reset.getTime())));
    },
  };
}

function budgetIn(headers: Readonly<Record<string, string | number | undefined>>): Budget | undefined {
  const told = (name: string): number => Number(headers[`x-ratelimit-${name}`] ?? -1);
  const [limit, remaining, reset] = [told("limit"), told("remaining"), told("reset")];
  const resource = String(headers["x-ratelimit-resource"] ?? "core");
  return limit > 0 && remaining >= 0 && reset > 0
    ? { resource, limit, remaining, reset: new Date(reset * 1000) }
    : undefined;
}
