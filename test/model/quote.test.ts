import { expect, it } from "vitest";
import { quote } from "../../src/model/quote.ts";

it.each([
  ["mail.example.com", "`mail.example.com`"],
  ["a`b", "`aU+0060b`"],
  ["a\nb\tc\0", "`aU+000AbU+0009cU+0000`"],
  ["\u202eevil\u2066\ufeff\u00a0", "`U+202EevilU+2066U+FEFFU+00A0`"],
  ["münchen 😀", "`münchen 😀`"],
  ["x".repeat(80), `\`${"x".repeat(80)}\``],
  ["😀".repeat(81), `\`${"😀".repeat(80)}…\``],
])("%j is shown as %s", (text, shown) => {
  expect(quote(text)).toBe(shown);
});
