import { GaveUp, type GithubApi } from "./githubApi.ts";
import { inParallel, inParts } from "./inParallel.ts";
import { objectId } from "./objectId.ts";
import type { Blob, Keep, TreeEntry } from "./repository.ts";

/** A file as GraphQL tells it. */
export interface BlobNode {
  readonly byteSize?: number;
  readonly text?: string | null;
}

interface Wanted {
  readonly id: string;
  /** In bytes; what is larger is not read. */
  readonly limit: number;
}

/** Blobs by id: in batches by GraphQL, one by one where that cannot tell the bytes. */
export class GithubBlobs {
  readonly #api: GithubApi;
  /** In bytes, as trees told them. */
  readonly #sizes = new Map<string, number>();
  /** What was read, for the next who asks; no more than `KEPT` bytes. */
  readonly #read = new Map<string, Uint8Array>();
  #kept = 0;

  constructor(api: GithubApi) {
    this.#api = api;
  }

  /** Notes what a tree tells of a blob, so that it need not be asked. */
  note(id: string, size: number | undefined): void {
    if (size !== undefined) this.#sizes.set(id, size);
  }

  /** Keeps a text that came with something else, if it is whole. */
  offer(id: string, node: BlobNode): void {
    const bytes = exactText(id, node);
    if (bytes) this.#keep(id, bytes);
  }

  /** The bytes of entries, as `Files.read` promises them. */
  async read(
    entries: readonly TreeEntry[],
    limit: (path: string) => number,
    keep: Keep = () => true,
  ): Promise<ReadonlyMap<TreeEntry, Blob>> {
    const blobs = new Map<TreeEntry, Blob>();
    const settle = (entry: TreeEntry, blob: Blob): void => {
      const isLarge = blob instanceof Uint8Array && blob.length > limit(entry.path);
      const told: Blob = isLarge ? { unread: "too-large", size: blob.length } : blob;
      if ("unread" in told || keep(entry.path, told)) blobs.set(entry, told);
    };
    const byId = new Map<string, TreeEntry[]>();
    for (const entry of entries) {
      const same = byId.get(entry.id);
      if (entry.kind === "submodule") settle(entry, { unread: "not-a-file" });
      else if (same) same.push(entry);
      else byId.set(entry.id, [entry]);
    }
    const wanted = Array.from(byId, ([id, same]) => ({ id, limit: Math.max(...same.map(({ path }) => limit(path))) }));
    await this.#readAll(wanted, (id, blob) => {
      for (const entry of byId.get(id) ?? []) settle(entry, blob);
    });
    return blobs;
  }

  async #readAll(wanted: readonly Wanted[], onBlob: (id: string, blob: Blob) => void): Promise<void> {
    const unread = wanted.filter(({ id }) => {
      const bytes = this.#read.get(id);
      if (bytes) onBlob(id, bytes);
      return bytes === undefined;
    });
    await inParallel(
      batches(
        unread.filter(({ id }) => !this.#sizes.has(id)),
        () => 0,
      ),
      (batch) => this.#measure(batch),
    );
    const small: Wanted[] = [];
    const single: Wanted[] = [];
    for (const each of unread) {
      const size = this.#sizes.get(each.id);
      if (size === undefined) single.push(each);
      else if (size > each.limit) onBlob(each.id, { unread: "too-large", size });
      else if (size > MOST_TEXT) single.push(each);
      else small.push(each);
    }
    await inParallel(
      batches(small, ({ id }) => this.#sizes.get(id) ?? 0),
      async (batch) => {
        const left = await inParts(batch, isTooMuch, async (part) => {
          const nodes = await this.#ask(part, "text");
          for (const [index, each] of part.entries()) {
            const bytes = exactText(each.id, nodes[index]);
            if (bytes) onBlob(each.id, this.#keep(each.id, bytes));
            else single.push(each);
          }
        });
        single.push(...left);
      },
    );
    await inParallel(single, async ({ id }) => {
      const answer = await this.#api.get<{ readonly content: string }>("git/blobs/{file_sha}", ["content"], {
        file_sha: id,
      });
      const bytes = answer && exact(id, Buffer.from(answer.content, "base64"));
      onBlob(id, bytes ? this.#keep(id, bytes) : { unread: "missing" });
    });
  }

  async #measure(batch: readonly Wanted[]): Promise<void> {
    await inParts(batch, isTooMuch, async (part) => {
      const nodes = await this.#ask(part, "byteSize");
      for (const [index, { id }] of part.entries()) this.note(id, nodes[index]?.byteSize ?? undefined);
    });
  }

  async #ask(batch: readonly Wanted[], fields: string): Promise<readonly (BlobNode | null | undefined)[]> {
    const answer = await this.#api.query<Readonly<Record<string, BlobNode | null>>>(
      batch.map((_, index) => `$o${index}: GitObjectID!`),
      batch.map((_, index) => `b${index}: object(oid: $o${index}) { ... on Blob { ${fields} } }`).join(" "),
      Object.fromEntries(batch.map(({ id }, index) => [`o${index}`, id])),
    );
    return batch.map((_, index) => answer[`b${index}`]);
  }

  #keep(id: string, bytes: Uint8Array): Uint8Array {
    if (this.#kept + bytes.length > KEPT) return bytes;
    this.#kept += bytes.length;
    this.#read.set(id, bytes);
    return bytes;
  }
}

function isTooMuch(error: unknown): boolean {
  return error instanceof GaveUp;
}

/** The bytes of a text, if they are the blob's: what is cut off or no UTF-8 comes as another text. */
function exactText(id: string, node: BlobNode | null | undefined): Uint8Array | undefined {
  return exact(id, Buffer.from(node?.text ?? ""));
}

/** Bytes, if they are the object's that has this id. */
function exact(id: string, bytes: Uint8Array): Uint8Array | undefined {
  return objectId("blob", bytes, id.length) === id ? bytes : undefined;
}

function batches(wanted: readonly Wanted[], sizeOf: (each: Wanted) => number): readonly (readonly Wanted[])[] {
  const all: Wanted[][] = [];
  let room = 0;
  for (const each of wanted) {
    const batch = all.at(-1);
    const size = sizeOf(each);
    if (batch && batch.length < MOST_BLOBS && size <= room) batch.push(each);
    else {
      all.push([each]);
      room = MOST_BYTES;
    }
    room -= size;
  }
  return all;
}

/** In one request. */
const MOST_BLOBS = 50;
const MOST_BYTES = 4_000_000;
/** GraphQL cuts longer texts. */
const MOST_TEXT = 500_000;
const KEPT = 32 * 2 ** 20;
