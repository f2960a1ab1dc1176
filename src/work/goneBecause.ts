import { type Failure, failureOf, isLimit } from "../github/failure.ts";
import { Unjudgeable } from "./unjudgeable.ts";

/** Why a job cannot be done until somebody at GitHub changes something that we hear of; undefined for any other error. */
export function goneBecause(error: unknown): string | undefined {
  if (error instanceof Unjudgeable) return "it cannot be judged";
  const failure: Failure & { readonly request?: { readonly url?: string } } = failureOf(error);
  const { status, message = "", request } = failure;
  if (status === 404 && request?.url?.endsWith("/access_tokens")) return "the App is not installed there any more";
  if (status !== 403 || isLimit(failure)) return undefined;
  if (/\bsuspended\b/i.test(message)) return "the installation is suspended";
  return /\barchived\b/i.test(message) ? "the repository is archived" : undefined;
}
