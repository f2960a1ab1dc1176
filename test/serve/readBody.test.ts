import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { readBody, Room } from "../../src/serve/readBody.ts";

function sending(): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers: {} }) as unknown as PassThrough & IncomingMessage;
}

const ROOM = 10_000;
const BODY = "x".repeat(6_000);

it.each([
  ["too-large", 5_000, ROOM],
  ["unavailable", ROOM, 5_000],
] as const)("what comes after %s takes no room", async (refusal, limit, bytes) => {
  const room = new Room(bytes);
  const request = sending();
  const read = readBody(request, limit, room);
  request.write(BODY);
  expect(await read).toBe(refusal);
  request.write("and more");
  await sleep(20);
  expect(room.take(bytes)).toBe(true);
});

it("room is given back, however a body ends", async () => {
  const room = new Room(ROOM);
  for (const end of [(request: PassThrough) => request.end(), (request: PassThrough) => request.destroy()]) {
    const request = sending();
    const read = readBody(request, ROOM, room);
    request.write(BODY);
    await sleep(20);
    expect(room.take(ROOM - BODY.length)).toBe(false);
    end(request);
    expect([BODY, "gone"]).toContain(String(await read));
    expect(room.take(ROOM)).toBe(true);
    room.giveBack(ROOM);
  }
});
