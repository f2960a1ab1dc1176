import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { PER_INSTALLATION } from "../../src/queue/queue.ts";

/** What happened to a job, in the order in which it happened: every process appends to one file. */
export interface Entry {
  readonly what: "ready" | "add" | "begin" | "end" | "abort" | "kill";
  readonly worker: number;
  readonly key: string;
}

/** A file that several processes tell what they do. */
export class Journal {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  tell(what: Entry["what"], key = "", worker = process.pid): void {
    appendFileSync(this.path, `${JSON.stringify({ what, worker, key })}\n`);
  }

  read(): readonly Entry[] {
    const lines = (existsSync(this.path) ? readFileSync(this.path, "utf8") : "").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Entry);
  }

  of(what: Entry["what"]): readonly string[] {
    return this.read()
      .filter((entry) => entry.what === what)
      .map(({ key }) => key);
  }

  /** What went wrong: two of one key or three of an installation at once, an addition after which nothing was begun and ended. */
  faults(): readonly string[] {
    const faults: string[] = [];
    const open = new Map<string, number>();
    const owed = new Map<string, "begin" | "end">();
    for (const { what, worker, key } of this.read()) {
      if (what === "add") owed.set(key, "begin");
      if (what === "kill") for (const [key, by] of open) if (by === worker) open.delete(key);
      if (what === "abort") open.delete(key);
      if (what === "end") {
        open.delete(key);
        if (owed.get(key) === "end") owed.delete(key);
      }
      if (what !== "begin") continue;
      if (open.has(key)) faults.push(`two at once of ${key}`);
      open.set(key, worker);
      if (owed.has(key)) owed.set(key, "end");
      const installation = key.split(" ")[1];
      const busy = [...open.keys()].filter((other) => other.split(" ")[1] === installation);
      if (busy.length > PER_INSTALLATION) faults.push(`at once: ${busy.join(", ")}`);
    }
    return [...faults, ...[...owed.keys()].map((key) => `never done: ${key}`)];
  }
}
