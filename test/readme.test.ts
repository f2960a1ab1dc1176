import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { guard } from "./guard.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

it("shows what the demo prints", () => {
  const example = /```console\n\$ [^\n]+\n([^]*?)```/.exec(README)?.[1] ?? "";
  const { stdout, status } = guard(".", "demo");
  expect(status).toBe(0);
  const lines = example.split("\n").filter((line) => line.trim() !== "…" && line !== "");
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(stdout.split("\n")).toContain(line);
});

it("names every option and command that help names, and no other", () => {
  const commands = [...guard(".", "--help").stdout.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, command]) => command ?? "");
  for (const command of commands) {
    expect(README).toContain(`| \`${command}`);
    expect(guard(".", command, "--help")).toMatchObject({ status: 0, stderr: "" });
  }
  const named = (text: string): readonly string[] => [...new Set(text.match(/--[a-z][a-z-]*/g))].toSorted();
  const table = README.slice(README.indexOf("Options of `check`"), README.indexOf("The exit status"));
  expect(named(table)).toEqual(named(guard(".", "check", "--help").stdout).filter((option) => option !== "--help"));
});
