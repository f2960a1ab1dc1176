import type { IncomingMessage } from "node:http";

/** How many bytes of bodies are held at once, whoever sends them: none of them is known to be GitHub's before its end. */
export class Room {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}

/** What a piece of a body costs beside its bytes, which a sender can make as few as one; measured: 230 bytes. */
const PIECE = 512;

/** Why a body was not read: over the limit, no room for it now, or its sender went away. */
export type Unread = "too-large" | "unavailable" | "gone";

/** Reads a request's body of `limit` bytes at most; what comes after a refusal is thrown away unread. */
export async function readBody(request: IncomingMessage, limit: number, room: Room): Promise<Buffer | Unread> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return "too-large";
  const chunks: Buffer[] = [];
  let length = 0;
  const read = await new Promise<Buffer | Unread>((resolve) => {
    const take = (chunk: Buffer): void => {
      const refusal =
        length + chunk.length > limit ? "too-large" : room.take(chunk.length + PIECE) ? undefined : "unavailable";
      if (refusal) return void (request.off("data", take), resolve(refusal));
      length += chunk.length;
      chunks.push(chunk);
    };
    request.on("data", take).on("end", () => resolve(Buffer.concat(chunks)));
    for (const event of ["close", "error"]) request.on(event, () => resolve("gone"));
  });
  room.giveBack(length + chunks.length * PIECE);
  return read;
}
