import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, readlinkSync, realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { encodePath } from "./pathName.ts";
import type { Blob, TreeEntry } from "./repository.ts";

/**
 * Reads files under one directory, never through a link, never outside, never waiting for a pipe or device.
 *
 * Synchronous: a file costs a few microseconds so, and ten times that through the thread pool.
 */
export class DiskFiles {
  readonly root: string;
  readonly #realRoot: string;
  readonly #insides = new Map<string, boolean>();

  constructor(root: string) {
    this.root = root;
    this.#realRoot = realpathSync.native(root);
  }

  /** What lies at `path`; undefined for nothing, a directory, a pipe, a device. */
  kind(path: string): "file" | "link" | undefined {
    const stat = lstatSync(this.locate(path), { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return "link";
    return stat?.isFile() ? "file" : undefined;
  }

  /** What lies at `path`, as an entry of the working tree. */
  entry(path: string): TreeEntry | undefined {
    const kind = this.kind(path);
    return kind && { path, kind, id: "" };
  }

  /** The bytes of a file, at most `limit`. */
  read(path: string, limit: number): Blob {
    try {
      // Opening a device can act on it, so it is looked at first.
      const regular = this.#isInside(path) && lstatSync(this.locate(path)).isFile();
      return regular ? readRegular(this.locate(path), limit) : { unread: "not-a-file" };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { unread: code === "ELOOP" || code === "ENXIO" ? "not-a-file" : "missing" };
    }
  }

  /** Where the link at `path` leads, as it is written there. */
  readLink(path: string): Blob {
    try {
      const isLink = this.#isInside(path) && lstatSync(this.locate(path)).isSymbolicLink();
      return isLink ? readlinkSync(this.locate(path), { encoding: "buffer" }) : { unread: "not-a-file" };
    } catch {
      return { unread: "missing" };
    }
  }

  /** Where `path` lies on disk, in the bytes of its name. */
  locate(path: string): Buffer {
    return Buffer.concat([Buffer.from(this.root + sep), encodePath(path)]);
  }

  /** Whether the folder of `path`, with every link in it resolved, still lies in the tree and not in git's own data. */
  #isInside(path: string): boolean {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    let inside = this.#insides.get(folder);
    if (inside === undefined) {
      const way = relative(this.#realRoot, realpathSync.native(this.locate(folder)));
      const steps = way.split(sep);
      inside = !isAbsolute(way) && !steps.some((step) => step === ".." || step.toLowerCase() === ".git");
      this.#insides.set(folder, inside);
    }
    return inside;
  }
}

function readRegular(file: Buffer, limit: number): Blob {
  // Since `lstat` it may have become a pipe, which must not block, or a link, which must not be followed.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) return { unread: "not-a-file" };
    if (stat.size > limit) return { unread: "too-large", size: stat.size };
    const bytes = Buffer.allocUnsafe(stat.size);
    let at = 0;
    while (at < bytes.length) {
      const count = readSync(handle, bytes, at, bytes.length - at, at);
      if (count === 0) break; // cut short while we read
      at += count;
    }
    return bytes.subarray(0, at);
  } finally {
    closeSync(handle);
  }
}
