/** Which side of a change a text stands on; without a base everything is head. */
export type Side = "base" | "head";

/** A place in a file: `line` and `column` 1-based, `column` in UTF-16 units, `offset` in bytes from the start of the file. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of one file on one side; `end` is exclusive. */
export interface Span {
  readonly side: Side;
  readonly path: string;
  readonly start: Point;
  readonly end: Point;
}

/** A value and where it is written. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** Something a contributor wrote wrongly: data, never an exception. */
export interface Problem {
  readonly message: string;
  readonly span: Span;
}

/** Where a file begins: the place of what is said about a file that cannot be shown. */
export function startOf(side: Side, path: string): Span {
  const point = { line: 1, column: 1, offset: 0 };
  return { side, path, start: point, end: point };
}
