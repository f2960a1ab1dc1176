import { type Failure, headersOf } from "../github/failure.ts";

/** An error as it goes from one process to another: what our code looks at, and nothing else of what hangs on it. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly more: Omit<Failure, "message" | "cause" | "data"> & {
    readonly code?: string;
    readonly request?: { readonly url: string };
  };
  readonly cause: Thrown | undefined;
}

/** What can be sent of whatever was thrown; `depth`: of how many causes. */
export function packThrown(thrown: unknown, depth = 4): Thrown {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, stack, cause } = error;
  const { status, errors, code, request } = error as Thrown["more"];
  const headers = headersOf(error);
  const plain = {
    ...(status === undefined ? {} : { status, response: { headers: { ...headers } } }),
    ...(errors === undefined ? {} : { errors: errors.map(({ type, message: text }) => ({ type, message: text })) }),
    ...(code === undefined ? {} : { code }),
    ...(request === undefined ? {} : { request: { url: request.url } }),
  };
  const deeper = cause === undefined || depth === 0 ? undefined : packThrown(cause, depth - 1);
  return { name, message, stack, more: plain as Thrown["more"], cause: deeper };
}

/** The error again. */
export function unpackThrown({ name, message, stack, more, cause }: Thrown): Error {
  const error = new Error(message, cause && { cause: unpackThrown(cause) });
  return Object.assign(error, { name, stack: stack ?? "" }, more);
}
