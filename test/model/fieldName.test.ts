import { expect, it } from "vitest";
import { intendedField } from "../../src/model/fieldName.ts";

it.each([
  ["Version", "version"],
  ["verison", "version"],
  ["vers", undefined],
  ["MODE", "mode"],
  ["mdoe", "mode"],
  ["mod", "mode"],
  ["max-age", "max_age"],
  ["maxAge", "max_age"],
  ["max_aeg", "max_age"],
  ["age", undefined],
  ["MX", "mx"],
  ["mx1", "mx"],
  ["m", "mx"],
  ["mx12", undefined],
  ["a", undefined],
  ["id", undefined],
  ["TTL", undefined],
  ["note", undefined],
  ["rua", undefined],
  ["mode", undefined],
  ["contact", undefined],
])("%s was meant to be %s", (name, meant) => {
  expect(intendedField(name)).toBe(meant);
});
