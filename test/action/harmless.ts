import { expect } from "vitest";
import { commandsIn } from "./commandsIn.ts";
import { canRender, foreign, withoutMarkers } from "./rendered.ts";

/** Nothing that a stranger wrote means anything to the runner that reads this log. */
export function expectHarmlessLog(log: string): void {
  for (const { name, properties } of commandsIn(log)) {
    expect(name).toMatch(/^(?:error|warning|notice)$/);
    expect(properties["title"]).toMatch(/^(?:[a-z-]+ \((?:RFC \d+|docs\/)[^)]*\)|mta-sts-guard)$/);
    expect(properties["file"] ?? "").not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|::|##\[/u);
  }
  expect(log).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
}

/** Nothing that a stranger wrote means anything on GitHub's page, where this is a comment or a job summary. */
export function expectHarmlessPage(markdown: string): void {
  expect(withoutMarkers(markdown)).not.toContain("<!--");
  if (canRender) expect(foreign(markdown)).toEqual([]);
}
