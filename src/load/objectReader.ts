import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { Socket } from "node:net";
import { end, type Git, unreadable } from "./git.ts";

/** A git object; `bytes` is absent where it is larger than was asked for. */
export interface GitObject {
  readonly id: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly bytes: Buffer | undefined;
}

/** A name (an id or a revision), and how many bytes of its object to keep. */
export interface Question {
  readonly name: string;
  readonly limit: number;
}

interface Round {
  readonly questions: readonly Question[];
  readonly onAnswer: (object: GitObject | undefined, index: number) => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  answered: number;
}

/** Objects by name, all through one `git cat-file --batch` that starts with the first question and ends with us. */
export class ObjectReader {
  readonly #git: Git;
  readonly #rounds: Round[] = [];
  #child: ChildProcessWithoutNullStreams | undefined;
  #rest: Buffer = EMPTY;
  #body: Body | undefined;

  constructor(git: Git) {
    this.#git = git;
  }

  /** The object that `name` means, undefined where there is none; throws `Unusable` where git cannot read it. */
  async ask(name: string, limit: number): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(name)) return undefined; // no name holds one, and the protocol is lines
    let answer: GitObject | undefined;
    await this.askAll([{ name, limit }], (object) => (answer = object));
    return answer;
  }

  /** Answers each question as soon as its object is there, so that 100,000 of them need not lie in memory. */
  askAll(questions: readonly Question[], onAnswer: Round["onAnswer"]): Promise<void> {
    if (questions.length === 0) return Promise.resolve();
    const child = (this.#child ??= this.#start());
    this.#hold(child, true);
    child.stdin.write(questions.map(({ name }) => `${name}\n`).join(""));
    return new Promise((resolve, reject) => this.#rounds.push({ questions, onAnswer, resolve, reject, answered: 0 }));
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
    this.#child = undefined;
    this.#rest = EMPTY;
    this.#body = undefined;
    for (const { questions, answered, reject } of this.#rounds.splice(0)) {
      reject(error ?? unreadable(questions[answered]?.name ?? "", stderr));
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
    const [round] = this.#rounds;
    const limit = round?.questions[round.answered]?.limit ?? 0;
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
    const [round] = this.#rounds;
    if (!round) return;
    try {
      round.onAnswer(object, round.answered++);
    } catch (error) {
      round.reject(error);
    }
    if (round.answered < round.questions.length) return;
    this.#rounds.shift();
    round.resolve();
    if (this.#child && this.#rounds.length === 0) this.#hold(this.#child, false);
  }
}

interface Body {
  readonly object: GitObject;
  at: number;
}

const EMPTY: Buffer = Buffer.alloc(0);
const LF = 10;
