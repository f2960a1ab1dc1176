import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Snapshot } from "../src/model/snapshot.ts";
import { type Files, snapshotOf } from "./snapshotOf.ts";

/**
 * A case folder as a snapshot: `base/` and `head/` are the two sides (without base the state of head is judged), each
 * `history/<date>/` is the tree that a commit of that day left on the base branch, the last of them being base itself. A file `shallow` says that the clone's history begins there.
 */
export function caseSnapshot(folder: string): Snapshot {
  const commits = existsSync(join(folder, "history")) ? readdirSync(join(folder, "history")) : [];
  return snapshotOf({
    base: existsSync(join(folder, "base")) ? filesIn(join(folder, "base")) : undefined,
    head: filesIn(join(folder, "head")),
    history: Object.fromEntries(commits.map((date) => [date, filesIn(join(folder, "history", date))])),
    shallow: existsSync(join(folder, "shallow")),
  });
}

function filesIn(folder: string): Files {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(folder, file).split(sep).join("/"), readFileSync(file)];
    }),
  );
}
