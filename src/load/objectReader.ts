import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";
import { end, type Git, reason } from "./git.ts";
import { Unusable } from "./unusable.ts";

/** A git object; `bytes` is absent where it is larger than was asked for. */
export interface GitObject {
  readonly id: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly bytes: Buffer | undefined;
}

interface Question {
  readonly name: string;
  readonly limit: number;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Objects by name, all through one `git cat-file --batch` that starts with the first question and ends with us. */
export class ObjectReader {
  readonly #git: Git;
  #child: ChildProcessWithoutNullStreams | undefined;
  #questions: Question[] = [];
  #asked = 0;
  #corked = false;
  #rest: Buffer = EMPTY;
  #body: Body | undefined;

  constructor(git: Git) {
    this.#git = git;
  }

  /**
   * The object that `name` (an id or a revision) means, undefined where there is none; more than `limit` bytes are
   * not kept. Throws `Unusable` where git cannot read it.
   */
  ask(name: string, limit: number): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(name)) return Promise.resolve(undefined); // no revision holds one, and the protocol is lines
    const child = (this.#child ??= this.#start());
    this.#hold(child, true);
    if (!this.#corked) {
      this.#corked = true;
      child.stdin.cork();
      process.nextTick(() => {
        this.#corked = false;
        child.stdin.uncork();
      });
    }
    child.stdin.write(`${name}\n`);
    return new Promise((resolve, reject) => this.#questions.push({ name, limit, resolve, reject }));
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = this.#git.start(["cat-file", "--batch"]);
    child.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
    end(child).then(
      ({ stderr }) => this.#end(stderr),
      (error: Error) => this.#end("", error),
    );
    return child;
  }

  /** Keeps our own process alive while an answer is awaited, and only then. */
  #hold(child: ChildProcessWithoutNullStreams, awaited: boolean): void {
    const parts = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly Socket[];
    for (const part of parts) {
      if (awaited) part.ref();
      else part.unref();
    }
  }

  #end(stderr: string, error?: Error): void {
    const unanswered = this.#questions.slice(this.#asked);
    this.#child = undefined;
    this.#questions = [];
    this.#asked = 0;
    this.#rest = EMPTY;
    this.#body = undefined;
    for (const { name, reject } of unanswered) {
      const cause = reason(stderr) || "git cat-file ended early";
      reject(error ?? new Unusable(`git cannot read ${name}: ${cause}; see "git fsck", or clone anew.`));
    }
  }

  #take(chunk: Buffer): void {
    let left = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = EMPTY;
    while (left.length > 0) {
      if (!this.#body) {
        const stop = left.indexOf(LF);
        if (stop < 0) {
          this.#rest = left;
          return;
        }
        this.#takeHeader(left.toString("utf8", 0, stop));
        left = left.subarray(stop + 1);
      } else {
        left = this.#takeBody(this.#body, left);
      }
    }
  }

  #takeHeader(line: string): void {
    const match = /^([0-9a-f]{40}(?:[0-9a-f]{24})?) ([a-z]+) ([0-9]+)$/.exec(line);
    if (!match) return this.#answer(undefined);
    const [, id, type, digits] = match as unknown as [string, string, string, string];
    const size = Number(digits);
    const limit = this.#questions[this.#asked]?.limit ?? 0;
    const bytes = size <= limit ? Buffer.allocUnsafe(size) : undefined;
    this.#body = { object: { id, type, size, bytes }, at: 0 };
  }

  #takeBody(body: Body, chunk: Buffer): Buffer {
    const { bytes, size } = body.object;
    const count = Math.min(size - body.at, chunk.length);
    if (bytes) chunk.copy(bytes, body.at, 0, count);
    body.at += count;
    if (count === chunk.length) return EMPTY;
    this.#body = undefined;
    this.#answer(body.object);
    return chunk.subarray(count + 1); // git ends every object with a line feed of its own
  }

  #answer(object: GitObject | undefined): void {
    this.#questions[this.#asked++]?.resolve(object);
    if (this.#asked < this.#questions.length) return;
    this.#questions = [];
    this.#asked = 0;
    if (this.#child) this.#hold(this.#child, false);
  }
}

interface Body {
  readonly object: GitObject;
  at: number;
}

const EMPTY: Buffer = Buffer.alloc(0);
const LF = 10;
