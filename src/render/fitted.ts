/** The first pieces of a list that fit into some bytes of UTF-8 with what stands between them, and how many do not. */
export function fitted(
  pieces: Iterable<string>,
  bytes: number,
  between = "\n\n",
): { readonly shown: readonly string[]; readonly left: number } {
  const shown: string[] = [];
  let used = 0;
  let left = 0;
  for (const piece of pieces) {
    used += Buffer.byteLength(piece) + between.length;
    if (left > 0 || used > bytes) left++;
    else shown.push(piece);
  }
  return { shown, left };
}
