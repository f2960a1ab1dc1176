import type { Files } from "./repository.ts";

/** That an object cannot be had, and what to do about it. */
export function missingObject({ host }: Files, what: string): { readonly what: string; readonly cure: string } {
  return host
    ? {
        what: `${what} could not be had from ${host}.`,
        cure: "Run the job again; if that does not help, check a clone with the command line.",
      }
    : {
        what: `${what} is not in the object store, or damaged.`,
        cure: "Check the clone with `git fsck`, or fetch it again.",
      };
}
