/**
 * A client that asks nothing more once a signal says that somebody else does the job; what it throws then looks like no answer.
 * Whoever was stopped for a while, such as a machine that slept, would else write beside the one who took the job over.
 */
export function whileOurs<T extends object>(client: T, signal: Pick<AbortSignal, "throwIfAborted">): T {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === "function")
        return async (...args: readonly unknown[]): Promise<unknown> => {
          signal.throwIfAborted();
          return Reflect.apply(value, target, args);
        };
      return typeof value === "object" && value !== null ? whileOurs(value, signal) : value;
    },
  });
}
