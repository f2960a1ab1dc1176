import type { Client, PullId } from "./client.ts";
import type { DiffFile } from "./placeOf.ts";
import { BadAnswer, refusalOf } from "./refusal.ts";

/** The files of a pull request, as far as GitHub tells them. */
export interface ChangedFiles {
  readonly listed: readonly DiffFile[];
  /** What is missing and what follows from it, one sentence. */
  readonly note: string | undefined;
  /** Whether GitHub told all that it ever tells. */
  readonly isRead: boolean;
}

const PAGE = 100;

/** GitHub lists no more files of a pull request, and does not say so. */
const MOST_FILES = 3000;

/** Reads the list with its patches; without it no comment finds its line. */
export async function changedFiles(client: Client, { owner, repo, number }: PullId): Promise<ChangedFiles> {
  const listed: DiffFile[] = [];
  try {
    for (let page = 1; listed.length < MOST_FILES; page++) {
      const { data } = await client.rest.pulls.listFiles({ owner, repo, pull_number: number, per_page: PAGE, page });
      if (!Array.isArray(data)) throw new BadAnswer("files");
      for (const { filename: path, previous_filename: previousPath, patch } of data)
        listed.push({ path, previousPath, patch });
      if (data.length < PAGE) return { listed, note: undefined, isRead: true };
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const note = `The list of changed files could not be read, so no new comment stands on its line: ${refusal.why}.`;
    return { listed: [], note, isRead: false };
  }
  const note = `GitHub lists the first ${MOST_FILES} files of a pull request only; what was found in the others stands in this summary, without comments on the lines.`;
  return { listed, note, isRead: true };
}
