import { expect, it } from "vitest";
import { isSignature, isSigned } from "../../src/serve/signature.ts";
import { SECRET, sign } from "./sender.ts";

const BODY = Buffer.from("{}");

it.each(["", "sha256=", "sha256=00", `sha1=${"0".repeat(64)}`, `${sign(BODY)}0`, sign(BODY).toUpperCase()])(
  "%j is no signature, and signs nothing",
  (header) => {
    expect(isSignature(header)).toBe(false);
    expect(isSigned(BODY, header, [SECRET])).toBe(false);
  },
);

it("knows the signature of each of the secrets, and of no other", () => {
  expect(isSigned(BODY, sign(BODY, "a"), ["a", "b"])).toBe(true);
  expect(isSigned(BODY, sign(BODY, "b"), ["a", "b"])).toBe(true);
  expect(isSigned(BODY, sign(BODY, "c"), ["a", "b"])).toBe(false);
  expect(isSigned(BODY, sign(BODY, ""), [])).toBe(false);
});
