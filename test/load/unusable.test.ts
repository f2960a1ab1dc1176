import { expect, test } from "vitest";
import { Unusable } from "../../src/load/unusable.ts";

test("whatever rides on a message, it stays one line without terminal escapes", () => {
  const { message } = new Unusable("no\r\nsuch \u001b[31m \u2028 \u202e\u0085 revision\n");
  expect(message).toBe("no such [31m revision");
});
