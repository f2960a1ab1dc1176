import type { App } from "./app.ts";
import type { Log } from "./log.ts";
import type { Queue } from "../queue/queue.ts";

const HOUR = 3_600_000;
/** When what could not be asked is asked again. */
const SOON = 60_000;

/**
 * Asks now, and then every hour or so, for a sweep of every installation that is not suspended. Replicas may all do it: the
 * queue keeps one sweep an installation. Returns what ends it.
 */
export function scheduleSweeps(app: App, queue: Queue, log: Log, every = HOUR, soon = SOON): () => void {
  let timer: NodeJS.Timeout;
  let isEnded = false;
  const sweep = async (): Promise<void> => {
    const next = await askForSweeps(app, queue).then(
      () => every,
      (error: unknown) => {
        if (!isEnded) log.warn({ err: error }, `${whyNot(error)}; it is tried again in a minute.`);
        return soon;
      },
    );
    if (isEnded) return;
    // Not all replicas at the same minute.
    timer = setTimeout(() => void sweep(), next * (0.9 + Math.random() / 5));
  };
  timer = setTimeout(() => void sweep(), 0);
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}

/** A key that is not the App's is refused, and an App that is not there is not found. */
function whyNot(error: unknown): string {
  const { status } = error as { readonly status?: unknown };
  return status === 401 || status === 404
    ? "GitHub knows no App by this APP_ID and private key: check both, and GITHUB_API_URL"
    : "No sweep could be asked for";
}

async function askForSweeps(app: App, queue: Queue): Promise<void> {
  const client = await app.client();
  for await (const { data } of client.paginate.iterator(client.rest.apps.listInstallations, { per_page: 100 })) {
    for (const { id, suspended_at: suspended } of data) {
      if (!suspended) await queue.add({ kind: "sweep", installation: id });
    }
  }
}
