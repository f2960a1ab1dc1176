import type { Block } from "./markdown.ts";

/** One file of an example. */
export interface ExampleFile {
  readonly verdict: "bad" | "good";
  readonly path: string;
  /** `head`, the base side (`before`), or the day of a commit on the base branch, `2026-05-20`. */
  readonly when: string;
  readonly text: string;
}

/** The files that stand together under one `Bad:` or `Good:` of a page. */
export interface ExampleSet {
  readonly verdict: "bad" | "good";
  readonly files: readonly ExampleFile[];
}

const USUAL_PATHS: Readonly<Record<string, string>> = {
  zone: "zones/example.com.zone",
  policy: "policies/example.com/mta-sts.txt",
};

/** What a fence's info string `<language> <bad|good> [<path>] [before|<date>]` says; undefined for a fence that is no example. */
export function exampleFile({ info, text }: Block & { kind: "code" }): ExampleFile | undefined {
  const [language = "", verdict, ...words] = info.trim().split(/\s+/);
  if (verdict !== "bad" && verdict !== "good") return undefined;
  const path = words.find((word) => word.includes("/") || word.startsWith("."));
  const when = words.find((word) => word !== path);
  return { verdict, path: path ?? USUAL_PATHS[language] ?? language, when: when ?? "head", text };
}

/** The example sets of a page, in its order: each paragraph that begins with `Bad:` or `Good:` opens one. */
export function exampleSets(page: readonly Block[]): readonly ExampleSet[] {
  const sets: { verdict: "bad" | "good"; files: ExampleFile[] }[] = [];
  for (const block of page) {
    const verdict = verdictOf(block);
    if (verdict) sets.push({ verdict, files: [] });
    const file = block.kind === "code" ? exampleFile(block) : undefined;
    if (file) sets.at(-1)?.files.push(file);
  }
  return sets;
}

function verdictOf(block: Block): "bad" | "good" | undefined {
  const [, word] = block.kind === "paragraph" ? (/^(Bad|Good):/.exec(block.text) ?? []) : [];
  return word?.toLowerCase() as "bad" | "good" | undefined;
}
