import { posix } from "node:path";
import { decodePath } from "./pathName.ts";
import type { Files, TreeEntry } from "./repository.ts";

/** The file that a link leads to, and the links on the way, the first one itself; a string says why there is none. */
export type Followed = { readonly entry: TreeEntry; readonly through: readonly string[] } | string;

/** As many as Linux follows. */
const MAX_HOPS = 40;

/** In bytes; longer than any path. */
const LIMIT = 16_384;

/**
 * Where symbolic links lead, by path, told from the entries of the same side alone, so that git's objects and the working tree
 * agree: only to a regular file inside the tree, never through a folder that is a link itself. All links are read at once.
 */
export async function followLinks(
  files: Files,
  links: readonly TreeEntry[],
  find: (path: string) => TreeEntry | undefined,
): Promise<ReadonlyMap<string, Followed>> {
  const texts = new Map<string, string | undefined>();
  const followed = new Map<string, Followed>();
  let waiting = links;
  for (let wanted = links; wanted.length > 0;) {
    const blobs = await files.read(wanted, () => LIMIT);
    for (const entry of wanted) {
      const blob = blobs.get(entry);
      texts.set(entry.path, blob instanceof Uint8Array ? decodePath(Buffer.from(blob)) : undefined);
    }
    const further = new Map<string, TreeEntry>();
    waiting = waiting.filter(({ path }) => {
      const found = follow(path, texts, find);
      if (typeof found === "string" || "through" in found) return (followed.set(path, found), false);
      further.set(found.path, found);
      return true;
    });
    wanted = [...further.values()];
  }
  return followed;
}

/** Goes on from a link; a link on the way whose text is not known yet is the answer itself. */
function follow(
  link: string,
  texts: ReadonlyMap<string, string | undefined>,
  find: (path: string) => TreeEntry | undefined,
): Followed | TreeEntry {
  const through: string[] = [];
  for (let at = link; through.length < MAX_HOPS;) {
    through.push(at);
    const text = texts.get(at);
    if (text === undefined || text === "") return "symbolic link that cannot be read";
    if (text.startsWith("/")) return "symbolic link to an absolute path, not followed";
    // What `..` means behind a name hangs on whether that name is a link to a folder.
    if (/[^/.][^/]*\/+\.\.(?:\/|$)|\0/.test(text)) return "symbolic link through a folder and back, not followed";
    const target = posix.join(posix.dirname(at), text);
    if (target === ".." || target.startsWith("../")) return "symbolic link that leaves the repository, not followed";
    const entry = find(target);
    if (entry?.kind === "file") return { entry, through };
    if (entry?.kind !== "link") return "symbolic link that leads to no file here, not followed";
    if (!texts.has(target)) return entry;
    at = target;
  }
  return "symbolic link that leads in a circle";
}
