import { readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";

/** What a repository is called, without its owner: the end of the URL of the remote `origin`, else its folder's name. */
export function repositoryName(root: string): string {
  const url = originUrl(gitConfig(root));
  const [, name] = /([^/:\\]+?)(?:\.git)?[/\\]*$/.exec(url ?? "") ?? [];
  return name ?? basename(root);
}

/** The text of the repository's own configuration; read as a file, since a process for one word is too dear. */
function gitConfig(root: string): string {
  try {
    let folder = join(root, ".git");
    if (statSync(folder, { throwIfNoEntry: false })?.isFile()) {
      // A worktree or submodule: the file says where its data lie, and those where the repository's lie.
      const own = resolve(root, /^gitdir: (.*)$/m.exec(readFileSync(folder, "utf8"))?.[1] ?? "");
      const common = join(own, "commondir");
      folder = statSync(common, { throwIfNoEntry: false }) ? resolve(own, readFileSync(common, "utf8").trim()) : own;
    } else if (!statSync(folder, { throwIfNoEntry: false })) folder = root;
    return readFileSync(join(folder, "config"), "utf8");
  } catch {
    return ""; // no repository, or one that is laid out otherwise: its folder has a name, too
  }
}

function originUrl(config: string): string | undefined {
  let isOrigin = false;
  for (const line of config.split("\n")) {
    if (/^\s*\[/.test(line)) isOrigin = /^\s*\[remote "origin"\]/.test(line);
    const url = isOrigin ? /^\s*(?:\[.*\]\s*)?url\s*=\s*"?([^"\s]+)/.exec(line)?.[1] : undefined;
    if (url !== undefined) return url;
  }
  return undefined;
}
