/** Does some work for each item, a few at a time: GitHub asks to be spared crowds. */
export async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(MOST, items.length) }, worker));
}

const MOST = 4;
