import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** Where Node's `fetch`, and that of a proxy, tell of a request as they write it to its connection. */
const SENT = "undici:client:sendHeaders";

/** Resolves once a request is on its way. */
export function requestSent(): Promise<void> {
  return new Promise((resolve) => {
    const onSent = (): void => {
      unsubscribe(SENT, onSent);
      resolve();
    };
    subscribe(SENT, onSent);
  });
}
