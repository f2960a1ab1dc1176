const COLORS = {
  error: "31",
  warning: "33",
  notice: "36",
  off: "2",
  dim: "2",
  bold: "1",
  fix: "32",
  code: "36",
} as const;

export type Style = keyof typeof COLORS;

/** Colours a text for a terminal. */
export type Paint = (style: Style, text: string) => string;

/** A painter with ANSI colours, or one that leaves every text as it is. */
export function painter(color: boolean): Paint {
  return (style, text) => (color ? `\u001B[${COLORS[style]}m${text}\u001B[0m` : text);
}
