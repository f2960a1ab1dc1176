/** From the quietest to the loudest. */
export const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace"] as const;
export type Level = (typeof LEVELS)[number];

/** What happened, for whoever runs the bot. */
export type Log = Readonly<Record<Level, (...said: readonly unknown[]) => void>> & {
  /** The same log, each line with these fields, too. */
  child(fields: Readonly<Record<string, unknown>>): Log;
};

/** Fields that may hold a payload, headers or options of a request: a stranger's text, or a token. */
const UNTOLD: ReadonlySet<string> = new Set(["event", "request", "response", "headers", "payload", "options"]);
const TOKEN = /\b(?:gh[a-z]_\w+|github_pat_\w+|eyJ[\w-]+\.[\w-]+\.[\w-]*)|\b(bearer|token) +\S+/gi;
const PEM = /-----BEGIN [^-]*PRIVATE KEY-----[^]*?(?:-----END [^-]*PRIVATE KEY-----|$)/g;
const HIDDEN = "[hidden]";

/**
 * A log of JSON lines, shaped like Pino's, which Probot and Octokit write to: `(text)`, `(error)`, `(fields, text)`.
 * Whatever is said, the secrets, anything that looks like a token, and payloads are left out.
 */
export function openLog(level: Level, secrets: readonly string[], write: (line: string) => void): Log {
  const hidden = secrets.filter((secret) => secret !== "");
  const loudest = LEVELS.indexOf(level);
  const withFields = (always: Readonly<Record<string, unknown>>): Log => {
    const teller = (at: Level) =>
      LEVELS.indexOf(at) > loudest
        ? () => {}
        : (...said: readonly unknown[]) => {
            const fields = Object.assign({ time: new Date().toISOString(), level: at }, always, ...said.map(fieldsOf));
            const safe = (_: string, value: unknown) => (typeof value === "string" ? hide(value, hidden) : value);
            write(`${JSON.stringify(fields, safe)}\n`);
          };
    const tellers = Object.fromEntries(LEVELS.map((at) => [at, teller(at)])) as Record<Level, () => void>;
    return { ...tellers, child: (more) => withFields({ ...always, ...told(more) }) };
  };
  return withFields({});
}

function fieldsOf(said: unknown): Readonly<Record<string, unknown>> {
  if (said instanceof Error) return { error: faultOf(said) };
  if (typeof said === "object" && said !== null) return told(said);
  return typeof said === "string" ? { msg: said } : {};
}

/** An object's fields as far as they may be told: plain values, and errors by their message. */
function told(fields: object): Readonly<Record<string, unknown>> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Error) plain[name === "err" ? "error" : name] = faultOf(value);
    else if (!UNTOLD.has(name) && (value === null || /^(?:string|number|boolean)$/.test(typeof value)))
      plain[name] = value;
  }
  return plain;
}

/** An error in a line; of several in one, each. */
function faultOf(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors.map((one) => faultOf(one as Error)) : [];
  return inner.length > 0 ? [...new Set(inner)].join("; ") : `${error.name}: ${error.message}`;
}

function hide(text: string, hidden: readonly string[]): string {
  let safe = text.replace(PEM, HIDDEN).replace(TOKEN, HIDDEN);
  for (const secret of hidden) safe = safe.replaceAll(secret, HIDDEN);
  return safe;
}
