import type { Block } from "./markdown.ts";

/** Whether an example shows the fault or how it should be. */
export type Verdict = "bad" | "good";

/** One file of an example. */
export interface ExampleFile {
  readonly verdict: Verdict;
  readonly path: string;
  /** `head`, the base side (`before`), or the day of a commit on the base branch, `2026-05-20`. */
  readonly when: string;
  readonly block: CodeBlock;
}

/** The files that stand together under one `Bad:` or `Good:` of a page. */
export interface ExampleSet {
  readonly verdict: Verdict;
  readonly files: readonly ExampleFile[];
}

type CodeBlock = Block & { readonly kind: "code" };

const LABEL = /^(Bad|Good):/;

const USUAL_PATHS: Readonly<Record<string, string>> = {
  zone: "zones/example.com.zone",
  policy: "policies/example.com/mta-sts.txt",
};

/** What a fence's info string `<language> <bad|good> [<path>] [before|<date>]` says; undefined for a fence that is no example. */
export function exampleFile(block: CodeBlock): ExampleFile | undefined {
  const [language = "", verdict, ...words] = block.info.trim().split(/\s+/);
  if (verdict !== "bad" && verdict !== "good") return undefined;
  const path = words.find((word) => word.includes("/") || word.startsWith("."));
  const when = words.find((word) => word !== path);
  return { verdict, path: path ?? USUAL_PATHS[language] ?? language, when: when ?? "head", block };
}

/** The example sets of a page, in its order: each paragraph that begins with `Bad:` or `Good:` opens one. */
export function exampleSets(page: readonly Block[]): readonly ExampleSet[] {
  const sets: { verdict: Verdict; files: ExampleFile[] }[] = [];
  for (const block of page) {
    const verdict = verdictOf(block);
    if (verdict) sets.push({ verdict, files: [] });
    const file = block.kind === "code" ? exampleFile(block) : undefined;
    if (file) sets.at(-1)?.files.push(file);
  }
  return sets;
}

function verdictOf(block: Block): Verdict | undefined {
  const [, word] = block.kind === "paragraph" ? (LABEL.exec(block.text) ?? []) : [];
  return word?.toLowerCase() as Verdict | undefined;
}

/** A paragraph whose `Bad:` or `Good:` stands out. */
export function withLabel(paragraph: string): string {
  return paragraph.replace(LABEL, "**$&**");
}

/** What stands above a code block of a page. */
export interface Caption {
  readonly path: string;
  /** Only in a change: `before the change`, `on 2026-05-20`. */
  readonly when: string | undefined;
}

/** Which file a code block of a page shows; undefined where it goes without saying. */
export function caption(block: CodeBlock, sets: readonly ExampleSet[]): Caption | undefined {
  const set = sets.find(({ files }) => files.some((file) => file.block === block));
  const file = set?.files.find((other) => other.block === block);
  if (!set || !file) return undefined;
  if (set.files.some(({ when }) => when !== "head"))
    return { path: file.path, when: WHEN[file.when] ?? `on ${file.when}` };
  const isUsual = set.files.length === 1 && Object.values(USUAL_PATHS).includes(file.path);
  return isUsual ? undefined : { path: file.path, when: undefined };
}

const WHEN: Readonly<Record<string, string>> = { head: "after the change", before: "before the change" };
