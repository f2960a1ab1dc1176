import { setTimeout as pause } from "node:timers/promises";

/** How long a server may take, in milliseconds. */
export interface Patience {
  readonly tries: number;
  /** For one try. */
  readonly answer: number;
  /** Before the second try; longer before the next. */
  readonly pause: number;
  /** The longest wait that a server may ask for. */
  readonly asked: number;
}

const PATIENCE: Patience = { tries: 3, answer: 5500, pause: 800, asked: 5000 };

/** A fetch that asks again what may be asked twice, where the server does not answer or says that it is busy. */
export function patientFetch(
  fetch: typeof globalThis.fetch,
  { tries, answer, pause: first, asked }: Patience = PATIENCE,
): typeof globalThis.fetch {
  return async (url, init) => {
    const most = isRead(init) ? tries : 1;
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === most;
      const signal = most > 1 ? AbortSignal.timeout(answer) : (init?.signal ?? null);
      let wait = first * attempt;
      try {
        const response = await fetch(url, { ...init, signal });
        const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN) * 1000;
        const isBusy = response.status >= 502 && response.status <= 504;
        const isAsked = (response.status === 429 || response.status === 403) && retryAfter <= asked;
        if (isLast || (!isBusy && !isAsked)) return response;
        if (retryAfter <= asked) wait = Math.max(wait, retryAfter);
      } catch (error) {
        if (isLast) throw error;
      }
      await pause(wait);
    }
  };
}

/** Whether a request only asks: GraphQL posts its queries, too. */
function isRead(init: RequestInit | undefined): boolean {
  const method = init?.method ?? "GET";
  if (method === "GET" || method === "HEAD") return true;
  return (
    method === "POST" && typeof init?.body === "string" && /^\{"query":"\s*(?:\\n)*\s*(?:query\b|\{)/.test(init.body)
  );
}
