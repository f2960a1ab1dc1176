import { memo } from "./memo.ts";
import type { Source } from "./source.ts";

/** The line end that a file uses: CRLF if it stands anywhere in it. */
export const lineEnd = memo((source: Source): string => (source.text().includes("\r\n") ? "\r\n" : "\n"));
