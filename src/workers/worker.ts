import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Done } from "../queue/queue.ts";
import { Unjudgeable } from "../work/unjudgeable.ts";
import type { Errand, FromWorker, News, Question, ToWorker } from "./messages.ts";
import { packThrown, unpackThrown } from "./thrown.ts";

/** What one job may take. */
export interface Limits {
  /** Of memory, MiB. */
  readonly jobMemory: number;
  /** Of work at a stretch, seconds. */
  readonly jobSeconds: number;
}

/** Who answers a worker's questions, and hears its news. */
export interface Desk {
  answer(question: Question): Promise<unknown>;
  hear(news: News): void;
}

/** A worker that ended by itself, which is a fault of ours. */
export class Broken extends Error {}

/** A worker that the system ended: mostly because there is no memory left, whoever took it. */
export class Killed extends Unjudgeable {}

/** How often a job's time is looked at, ms. */
const LOOK = 500;

/** How long a new worker may take to start, ms; beside others that are at work this may be long. */
const START = 60_000;

/** How much of what a worker says when it breaks is kept, characters. */
const LAST_WORDS = 4000;

const ENTRY = new URL(`./workerProcess${extname(new URL(import.meta.url).pathname)}`, import.meta.url);

/**
 * A process that does one job at a time, and dies where that takes more than it may. A thread would not do: where its memory ends,
 * it can take the whole process with it.
 */
export class Worker {
  readonly #process: ChildProcess;
  readonly #limits: Limits;
  readonly #desk: Desk;
  #isAlive = true;
  #jobs = 0;
  #hasStarted = false;
  #lastWords = "";

  static readonly #running = new Set<Worker>();
  static {
    // One that is hard at work does not hear that the bot is gone, and would be left behind.
    process.on("exit", () => Worker.#running.forEach((worker) => worker.end()));
  }

  constructor(limits: Limits, desk: Desk) {
    this.#limits = limits;
    this.#desk = desk;
    this.#process = fork(fileURLToPath(ENTRY), {
      env: environmentOf(process.env),
      execArgv: [`--max-old-space-size=${limits.jobMemory}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    Worker.#running.add(this);
    this.#process.once("exit", () => {
      this.#isAlive = false;
      Worker.#running.delete(this);
    });
    this.#process.on("error", () => (this.#isAlive = false));
    this.#process.stderr?.setEncoding("utf8").on("data", (words) => {
      this.#lastWords = `${this.#lastWords}${String(words)}`.slice(-LAST_WORDS);
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** How many jobs it was given. */
  get jobs(): number {
    return this.#jobs;
  }

  /**
   * Does a job; throws what the job throws, `Unjudgeable` where the job took more than it may, and `Broken`. `judging` hears which
   * commit it begins to judge.
   */
  async do(errand: Errand, signal: AbortSignal, judging: (head: string) => void): Promise<Done> {
    const child = this.#process;
    this.#jobs++;
    let forget = (): void => {};
    try {
      return await new Promise<Done>((resolve, reject) => {
        // For how long a look was not answered, ms; a new worker has first to start.
        let silent = this.#hasStarted ? 0 : -START;
        let hasBegun = false;
        const listeners = {
          message: (message: FromWorker): void => {
            silent = 0;
            hasBegun = this.#hasStarted = true;
            if (message.kind === "done") resolve(message.done);
            else if (message.kind === "failed") reject(unpackThrown(message.thrown));
            else if (message.kind === "news") this.#desk.hear(message.news);
            else if (message.kind === "judging") judging(message.head);
            else if (message.kind === "question") void this.#answer(message.id, message.question, signal);
          },
          error: reject,
          close: (_: number | null, by: NodeJS.Signals | null): void => reject(this.#reasonOf(by)),
        };
        for (const [name, listener] of Object.entries(listeners)) child.on(name, listener);
        const look = setInterval(() => {
          // One that is hard at work answers nothing.
          if (silent > this.#limits.jobSeconds * 1000) reject(hasBegun ? this.#endOver() : this.#endSilent());
          else this.#send({ kind: "look" });
          silent += LOOK;
        }, LOOK);
        const stop = (): void => this.#send({ kind: "abort" });
        signal.addEventListener("abort", stop);
        forget = () => {
          for (const [name, listener] of Object.entries(listeners)) child.off(name, listener);
          clearInterval(look);
          signal.removeEventListener("abort", stop);
        };
        this.#send({ kind: "job", errand });
      });
    } finally {
      forget();
    }
  }

  /** Ends the worker, whatever it does. */
  end(): void {
    this.#isAlive = false;
    this.#process.kill("SIGKILL");
  }

  /** Whoever was told to stop gets no token any more, and so asks nothing of GitHub. */
  async #answer(id: number, question: Question, signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      const answer = await this.#desk.answer(question);
      signal.throwIfAborted();
      this.#send({ kind: "answer", id, answer, thrown: undefined });
    } catch (error) {
      this.#send({ kind: "answer", id, answer: undefined, thrown: packThrown(error) });
    }
  }

  /** What cannot be sent any more is told by the end of the process. */
  #send(message: ToWorker): void {
    this.#process.send(message, () => {});
  }

  #endOver(): Unjudgeable {
    this.end();
    return new Unjudgeable(
      `To judge this takes longer than the ${this.#limits.jobSeconds} s at a stretch that the bot gives a job: split the change, or ask whoever runs the bot for a higher \`JOB_SECONDS\`.`,
    );
  }

  /** What never took the job up says nothing of the job. */
  #endSilent(): Broken {
    this.end();
    return new Broken("A worker of the bot did not begin with a job that it was given.");
  }

  #reasonOf(signal: NodeJS.Signals | null): Error {
    const isKilled = signal === "SIGKILL";
    if (/heap out of memory/i.test(this.#lastWords) || isKilled)
      return new (isKilled ? Killed : Unjudgeable)(
        `To judge this takes more than the ${this.#limits.jobMemory} MiB of memory that the bot gives a job: split the change, or ask whoever runs the bot for a higher \`JOB_MEMORY\`.`,
      );
    return new Broken(`A worker of the bot ended in the midst of a job: ${this.#lastWords || String(signal)}`);
  }
}

/** What a worker needs of the environment to speak to GitHub; our secrets stay outside. */
export function environmentOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
}

const PASSED = /^(?:node_(?:use_env_proxy|extra_ca_certs|use_system_ca)|ssl_cert_(?:file|dir)|https?_proxy|no_proxy)$/i;
