import { isLimit } from "../github/failure.ts";

/** Why a job cannot be done until somebody at GitHub changes something that we hear of; undefined for any other error. */
export function goneBecause(error: unknown): string | undefined {
  const failure = ((error as { readonly cause?: unknown }).cause ?? error) as {
    readonly status?: number;
    readonly message?: string;
    readonly request?: { readonly url?: string };
  };
  const { status, message = "", request } = failure;
  if (status === 404 && request?.url?.endsWith("/access_tokens")) return "the App is not installed there any more";
  if (status !== 403 || isLimit(failure)) return undefined;
  if (/\bsuspended\b/i.test(message)) return "the installation is suspended";
  return /\barchived\b/i.test(message) ? "the repository is archived" : undefined;
}
