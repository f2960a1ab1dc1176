import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const OUTPUT = fileURLToPath(new URL("../../src/serve/output.ts", import.meta.url));
const script = (body: string): readonly string[] => [
  "--input-type=module",
  "-e",
  `import { Output } from ${JSON.stringify(OUTPUT)}; const output = new Output(1); ${body}`,
];

it("writes every line, in order, before it ends", () => {
  const { stdout } = spawnSync(
    process.execPath,
    script(`for (let at = 0; at < 50_000; at++) output.write(at + "\\n"); await output.end(10_000); process.exit(0);`),
    { encoding: "utf8", maxBuffer: 2 ** 24 },
  );
  expect(stdout).toBe(Array.from({ length: 50_000 }, (_, at) => `${at}\n`).join(""));
});

it("does not wait for a reader that is slow, nor hold more than its bound for it", async () => {
  const body = `const line = "x".repeat(1023) + "\\n";
    for (let at = 0; at < 20_000; at++) output.write(line);
    process.stderr.write(String(process.memoryUsage.rss() < 2 ** 28));
    await output.end(10_000);
    process.exit(0);`;
  const child = spawn(process.execPath, script(body), { stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  // Nobody has read standard output until now.
  expect(String(await new Promise((resolve) => child.stderr.once("data", resolve)))).toBe("true");
  let read = 0;
  child.stdout.on("data", (text) => (read += text.length));
  expect(await exited).toBe(0);
  expect(read).toBeLessThan(10 * 2 ** 20);
});

it("writes at once what a process that breaks has said last", () => {
  const { stdout } = spawnSync(
    process.execPath,
    script(`output.write("a\\n"); output.write("b\\n"); output.endNow(); setTimeout(() => process.exit(1), 100);`),
    { encoding: "utf8" },
  );
  expect(stdout.split("\n").toSorted()).toEqual(["", "a", "b"]);
});

it("loses nothing where a pipe says that it is full", async () => {
  // Looking at Node's own stream has the pipe answer so, in place of waiting.
  const body = `process.stdout;
    for (let at = 0; at < 200_000; at++) output.write(at + "\\n");
    process.stderr.write("told");
    await output.end(20_000);
    process.exit(0);`;
  const child = spawn(process.execPath, script(body), { stdio: ["ignore", "pipe", "pipe"] });
  await new Promise((resolve) => child.stderr.once("data", resolve));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await text(child.stdout)).toBe(Array.from({ length: 200_000 }, (_, at) => `${at}\n`).join(""));
});
