import { git } from "./git.ts";

export interface GitObject {
  readonly type: string;
  readonly oid: string;
  readonly bytes: Buffer;
}

/** Reads objects of a repository; what is asked for in the same turn is read by one process. */
export class Objects {
  readonly #directory: string;
  #waiting: { readonly name: string; readonly settle: (object: GitObject | undefined) => void }[] = [];

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The object that an id or `commit:path` names, undefined for nothing. */
  read(name: string): Promise<GitObject | undefined> {
    if (this.#waiting.length === 0) setImmediate(() => void this.#flush());
    return new Promise((settle) => this.#waiting.push({ name, settle }));
  }

  async #flush(): Promise<void> {
    const asked = this.#waiting;
    this.#waiting = [];
    const names = asked.map(({ name }) => (/[\n\0]/.test(name) ? "" : name));
    const output = await git(this.#directory, ["cat-file", "--batch"], `${names.join("\n")}\n`);
    let at = 0;
    for (const { settle } of asked) {
      const end = output.indexOf("\n", at);
      const [oid = "", type = "", size] = output.toString("utf8", at, end).split(" ");
      const isThere = /^(?:blob|tree|commit|tag)$/.test(type) && size !== undefined;
      const start = end + 1;
      at = isThere ? start + Number(size) + 1 : start;
      settle(isThere ? { type, oid, bytes: output.subarray(start, at - 1) } : undefined);
    }
  }
}
