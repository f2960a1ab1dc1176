import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { openDirectory } from "../load/directory.ts";
import { openRepository } from "../load/gitRepository.ts";
import { loadChange, loadState } from "../load/loadSnapshot.ts";
import { type LoadedConfig, loadConfig, loadConfigFile, withConfig } from "../load/loadConfig.ts";
import type { Commit, Files, Repository } from "../load/repository.ts";
import { Unusable } from "../load/unusable.ts";
import { CONFIG_PATH, type Config } from "../model/config.ts";
import { type Threshold, conclude, counts, thresholdOf } from "../model/conclusion.ts";
import type { Review } from "../model/review.ts";
import { type Snapshot, sourceAt } from "../model/snapshot.ts";
import { annotations } from "../render/annotations.ts";
import { type Run, type Timings, diary } from "../render/diary.ts";
import { json } from "../render/json.ts";
import { logSafe } from "../render/logSafe.ts";
import { plural } from "../render/lookedAt.ts";
import { offerByHand } from "../render/offer.ts";
import { reviewMarkdown } from "../render/reviewMarkdown.ts";
import { terminal } from "../render/terminal.ts";
import { closing, text } from "../render/text.ts";
import { review } from "../review.ts";
import { RULES } from "../rules/index.ts";
import { readArguments } from "./readArguments.ts";

export const help = `Judges what a change to DNS zones and MTA-STS policies will do to mail.

usage: mta-sts-guard check [options]

  --repo DIR       the repository, or a plain directory (default: the current directory's)
  --base REV       compare with the merge base of REV and head, as a pull request does;
                   without it the state of head is judged
  --head REV       the revision to judge (default: the working tree)
  --config FILE    a configuration to judge by instead of the repository's own
                   (.github/mta-sts-guard.yml of the base, without --base of head)
  --format FORMAT  text, json, sarif (2.1.0), markdown (what a pull request's job summary says)
                   or github (workflow commands, which the runner shows on the lines)
                   (default: text)
  --output FILE    write there instead of to standard output
  --fail-on LEVEL  error, warning, notice or never (default: the configuration's, or error)
  --now ISO8601    the time to judge by (default: the clock)
  --all            also show and count what was there before the change
  --verbose        also tell on standard error what was read, what belongs together and why
  --fix            apply the fixes to the working tree, then judge again
  --help           this text

Exit status: 0 nothing at or above --fail-on; 1 something; 2 it could not be judged.
`;

const FAIL_ON = ["error", "warning", "notice", "never"] as const;
const FORMATS = ["text", "json", "sarif", "markdown", "github"] as const;

interface Settings {
  readonly repo: string;
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly format: (typeof FORMATS)[number];
  readonly output: string | undefined;
  readonly config: string | undefined;
  /** Absent where the configuration may say it. */
  readonly failOn: (typeof FAIL_ON)[number] | undefined;
  readonly now: Date;
  readonly all: boolean;
  readonly verbose: boolean;
  readonly fix: boolean;
}

/** Runs `check`; resolves to the exit status, throws `Unusable` for what cannot be judged at all. `forEyes`: lines are quoted and underlined. */
export async function runCheck(argv: readonly string[], forEyes = process.stdout.isTTY): Promise<number> {
  const settings = readSettings(argv);
  if (settings === undefined) return (process.stdout.write(help), 0);
  let [loaded, result, timings] = await judge(settings);
  if (settings.fix) {
    const began = performance.now();
    if (await fix(loaded, result, settings)) [loaded, result, timings] = await judge(settings);
    timings = { ...timings, fix: performance.now() - began };
  }
  const threshold = thresholdOf(settings.failOn, loaded.config, settings.all);
  if (loaded.snapshot.configs?.base?.problems.length)
    process.stderr.write(`mta-sts-guard: ${CONFIG_PATH} of the base does not validate, so the defaults apply.\n`);
  if (settings.verbose)
    process.stderr.write(diary({ ...loaded, config: configNamed(loaded, settings), review: result, timings }));
  await print(result, loaded, settings, threshold, forEyes);
  return exitStatus(result, threshold);
}

async function judge(settings: Settings): Promise<readonly [Loaded, Review, Timings]> {
  const began = performance.now();
  const loaded = await load(settings);
  const read = performance.now();
  const result = review(loaded.snapshot, loaded.config);
  return [loaded, result, { load: read - began, judge: performance.now() - read }];
}

/** Which configuration applies. */
function configNamed({ snapshot: { configs }, base }: Loaded, { config }: Settings): Run["config"] {
  if (config !== undefined) return { name: config, isValid: true };
  const side = base === null ? "head" : "base";
  return configs?.[side] && { name: `${CONFIG_PATH} of ${side}`, isValid: configs[side].problems.length === 0 };
}

function readSettings(argv: readonly string[]): Settings | undefined {
  const values = parsed(argv);
  if (values.help) return undefined;
  const now =
    values.now === undefined ? new Date() : new Date(/^\d{4}-\d\d-\d\d/.test(values.now) ? values.now : Number.NaN);
  if (Number.isNaN(now.getTime()))
    throw new Unusable(`--now ${values.now} is no time: write it like 2026-06-01T12:00:00Z.`);
  if (values.fix && values.head !== undefined)
    throw new Unusable("--fix changes the working tree, so it does not go with --head: leave --head out.");
  return {
    repo: values.repo ?? ".",
    base: values.base,
    head: values.head,
    format: oneOf("--format", values.format, FORMATS, "text"),
    output: values.output,
    config: values.config,
    failOn: values["fail-on"] === undefined ? undefined : oneOf("--fail-on", values["fail-on"], FAIL_ON, "error"),
    now,
    all: values.all ?? false,
    verbose: values.verbose ?? false,
    fix: values.fix ?? false,
  };
}

function parsed(argv: readonly string[]) {
  const string = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    repo: string,
    base: string,
    head: string,
    config: string,
    format: string,
    output: string,
    "fail-on": string,
    now: string,
    all: flag,
    verbose: flag,
    fix: flag,
    help: flag,
  };
  return readArguments("check", { args: [...argv], options, strict: true }).values;
}

function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[], usual: T): T {
  const found = allowed.find((candidate) => candidate === (value ?? usual));
  if (found === undefined)
    throw new Unusable(`${option} ${value} is not known: use ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.`);
  return found;
}

interface Loaded {
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly root: string;
  readonly base: string | null;
  readonly head: string;
}

async function load({ repo, base, head, now, config }: Settings): Promise<Loaded> {
  const repository = await openRepository(resolve(repo));
  if (!repository) {
    if (base !== undefined || head !== undefined)
      throw new Unusable(
        `${repo} is not inside a git repository, so there is nothing to compare: run it in a clone, or leave out --base and --head.`,
      );
    const files: Files = openDirectory(resolve(repo));
    const found = await configFor(files, { base: undefined, head: "worktree" }, config);
    const snapshot = withConfig(await loadState(files, "worktree", now, now, found.config), found);
    return { snapshot, config: found.config, root: files.root, base: null, head: "worktree" };
  }
  const { root } = repository;
  const tip = head === undefined ? undefined : await repository.resolve(head);
  const at = tip?.id ?? "worktree";
  const date = tip?.date ?? now;
  const fork = base === undefined ? undefined : await forkPoint(repository, base, tip);
  const found = await configFor(repository, { base: fork?.id, head: at }, config);
  const snapshot = fork
    ? await loadChange(repository, fork, at, now, date, found.config)
    : await loadState(repository, at, now, date, found.config);
  return { snapshot: withConfig(snapshot, found), config: found.config, root, base: fork?.id ?? null, head: at };
}

/** The repository's configuration, or the file that was named in its place. */
async function configFor(
  files: Files,
  revisions: { readonly base: string | undefined; readonly head: string },
  named: string | undefined,
): Promise<LoadedConfig> {
  if (named === undefined) return loadConfig(files, revisions, RULES);
  const config = await loadConfigFile(named, RULES);
  return { config, files: { base: undefined, head: undefined }, mistaken: [] };
}

/** The merge base; a working tree stands on HEAD. */
async function forkPoint(repository: Repository, base: string, tip: Commit | undefined): Promise<Commit> {
  return repository.mergeBase(base, tip?.id ?? "HEAD");
}

async function fix({ snapshot, config, root }: Loaded, judged: Review, { all }: Settings): Promise<boolean> {
  const [{ mend }, { writeFixes }] = await Promise.all([import("../mend.ts"), import("../load/writeFixes.ts")]);
  const mended = mend(snapshot, judged, config, (finding) => counts(finding, all));
  if (mended.fixes === 0) return false;
  const paths = writeFixes(root, snapshot, mended.snapshot);
  process.stderr.write(`${plural(mended.fixes, "fix")} applied to ${paths.map(logSafe).join(", ")}\n`);
  return true;
}

async function print(
  result: Review,
  loaded: Loaded,
  { format, output }: Settings,
  threshold: Threshold,
  forEyes: boolean,
): Promise<void> {
  const { all } = threshold;
  const rendered =
    format === "text"
      ? forEyes && output === undefined
        ? terminal(result, {
            all,
            color: process.stdout.isTTY && !process.env["NO_COLOR"],
            width: process.stdout.columns || 80,
            source: (span) => sourceAt(loaded.snapshot, span),
          })
        : text(result, { all })
      : await rendering(format, result, loaded, threshold);
  if (output === undefined) process.stdout.write(rendered);
  else writeOutput(output, rendered);
}

/** The formats for machines and pages. */
async function rendering(
  format: Exclude<Settings["format"], "text">,
  result: Review,
  { snapshot, base, head }: Loaded,
  threshold: Threshold,
): Promise<string> {
  const conclusion = conclude(result.findings, threshold);
  if (format === "json") return json(result, { base, head }, conclusion);
  if (format === "sarif") {
    const [{ sarif }, { PAGES }] = await Promise.all([import("../render/sarif.ts"), import("../rules/pages.ts")]);
    return sarif(result, {
      rules: RULES,
      pages: PAGES,
      conclusion,
      isChange: base !== null,
      onlyOpen: false,
      source: (place) => sourceAt(snapshot, place),
    });
  }
  if (format === "github")
    return `${annotations(result.findings, { all: threshold.all, rest: "the other formats" })}${closing(result).join("\n")}\n`;
  return reviewMarkdown(result, {
    conclusion,
    all: threshold.all,
    isChange: base !== null,
    notes: [],
    unwritten: [],
    bytes: MARKDOWN_BYTES,
    rest: undefined,
    isFull: () => true,
    offer: ({ fix }) => fix && offerByHand(fix, (path) => sourceAt(snapshot, { side: "head", path })),
    link: () => undefined,
  });
}

/** What fits into a comment on GitHub is not asked here; a page of megabytes is read by nobody. */
const MARKDOWN_BYTES = 900_000;

function writeOutput(output: string, rendered: string): void {
  try {
    writeFileSync(output, rendered);
  } catch (error) {
    throw new Unusable(`--output ${output} cannot be written: ${(error as Error).message}`);
  }
}

function exitStatus({ findings }: Review, threshold: Threshold): number {
  const conclusion = conclude(findings, threshold);
  if (conclusion === "incomplete")
    throw new Unusable(findings.find((finding) => finding.rule === "incomplete")?.message ?? "");
  return conclusion === "failure" ? 1 : 0;
}
