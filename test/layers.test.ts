import { readFileSync, readdirSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** What each room may import besides itself; a file at the top of `src` is a room of its own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  write: ["model"],
  parse: ["model"],
  rules: ["model", "write"],
  discover: ["model", "parse"],
  github: [],
  load: ["model", "parse", "discover", "github"],
  render: ["model", "package.json"],
  publish: ["model", "github", "render"],
  "review.ts": ["model", "parse", "discover", "rules"],
  "mend.ts": ["model", "discover", "review.ts"],
  judge: ["model", "discover", "rules", "load", "review.ts"],
  action: ["model", "rules", "github", "load", "judge", "render", "publish"],
  "action.ts": ["action"],
  queue: ["model", "render"],
  serve: ["model", "github", "load", "queue", "package.json"],
  work: ["model", "github", "discover", "rules", "load", "judge", "render", "publish", "queue", "serve", "mend.ts"],
  workers: ["github", "judge", "queue", "serve", "work"],
  commands: [
    "model",
    "write",
    "parse",
    "discover",
    "rules",
    "load",
    "render",
    "queue",
    "serve",
    "workers",
    "review.ts",
    "mend.ts",
  ],
  "cli.ts": ["commands", "package.json"],
};

function room(path: string): string {
  return path.split("/")[0] ?? "";
}

/** Every import of a file, static, dynamic or of types, as a path below `src` (or `package.json`). */
export function importsOf(path: string, text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target]) =>
    posix.join(posix.dirname(path), target ?? "").replace(/^\.\.\//, ""),
  );
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => relative("", path).replaceAll("\\", "/"));

it.each(files)("%s imports only what lies before it", (path) => {
  const allowed = ALLOWED[room(path)];
  expect(allowed, `${room(path)} has no place in the order of rooms`).toBeDefined();
  const wrong = importsOf(path, readFileSync(join(SRC, path), "utf8")).filter(
    (target) => room(target) !== room(path) && !allowed?.includes(room(target)),
  );
  expect(wrong).toEqual([]);
});

it("sees an arrow that runs the wrong way", () => {
  expect(
    importsOf("model/zone.ts", 'import { review } from "../review.ts";\nconst x = await import("./name.ts");'),
  ).toEqual(["review.ts", "model/name.ts"]);
});
