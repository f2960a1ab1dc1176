/** Does some work for each item, a few at a time: GitHub asks to be spared crowds. Where one fails, nothing more is begun. */
export async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  let hasFailed = false;
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (hasFailed) return;
      await work(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(MOST, items.length) }, worker));
}

const MOST = 4;

/** Asks about all of some items at once; where that is too much, in parts; answers the items that are too much in every part. */
export async function inParts<Item>(
  items: readonly Item[],
  isTooMuch: (error: unknown) => boolean,
  ask: (items: readonly Item[]) => Promise<void>,
): Promise<readonly Item[]> {
  const tried = async (some: readonly Item[]): Promise<boolean> =>
    ask(some).then(
      () => true,
      (error: unknown) => {
        if (!isTooMuch(error)) throw error;
        return false;
      },
    );
  if (items.length === 0 || (await tried(items))) return [];
  const size = Math.ceil(items.length / PARTS);
  const parts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
  const left: Item[] = [];
  await inParallel(parts, async (part) => {
    if (parts.length === 1 || !(await tried(part))) left.push(...part);
  });
  return left;
}

const PARTS = 4;
