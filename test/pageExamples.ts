import type { Snapshot } from "../src/model/snapshot.ts";
import type { ExampleFile, ExampleSet } from "../src/render/examples.ts";
import { type Files, snapshotOf } from "./snapshotOf.ts";

/**
 * An example of a rule's page as a snapshot: what stands `before` is the base side, what has a date is the base branch's
 * history (the last day is the base side where nothing stands `before`); with neither, the state is judged.
 */
export function exampleSnapshot({ files }: ExampleSet): Snapshot {
  const at = (when: string): Files =>
    Object.fromEntries(files.filter((file) => file.when === when).map((file) => [file.path, contents(file)]));
  const days = [...new Set(files.map((file) => file.when))].filter((when) => when !== "head" && when !== "before");
  return snapshotOf({
    base: files.some((file) => file.when === "before") ? at("before") : undefined,
    head: at("head"),
    history: Object.fromEntries(days.map((day) => [day, at(day)])),
  });
}

/** A zone's excerpt gets the records that every zone has. */
function contents({ path, block: { text } }: ExampleFile): string {
  const [, origin] = /([^/]+)\.zone$/.exec(path) ?? [];
  if (origin === undefined || /\sSOA\s/.test(text)) return text;
  return `$ORIGIN ${origin}.\n$TTL 3600\n@ IN SOA ns1 hostmaster 1 14400 3600 604800 300\n@ IN NS ns1\n${text}`;
}
