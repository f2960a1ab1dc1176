import { createHash } from "node:crypto";

/** The id that git gives an object; `length` is 40 for SHA-1, 64 for SHA-256. */
export function objectId(type: "blob" | "tree", bytes: Uint8Array, length: number): string {
  return createHash(length === 64 ? "sha256" : "sha1")
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}
