/** What a token holds, so that whoever reads it need not look at every byte again. */
export const QUOTED = 1;
export const ESCAPED = 2;
/** `@` or `$`, which a canonical name escapes. */
const SPECIAL = 4;
const UPPER = 8;
/** An empty label or one of more than 63 octets, if the token is a name. */
export const MISLABELLED = 16;
/** Control characters or octets above ASCII. */
export const ODD = 32;

/** Kinds of bytes: below DOT the flag that the byte gives its token, up to ESCAPE parts of a token. */
export const DOT = 64;
export const ESCAPE = 65;
export const BLANK = 66;
export const LF = 67;
export const CR = 68;
export const COMMENT = 69;
export const OPEN = 70;
export const CLOSE = 71;
export const QUOTE = 72;
const NUL = 73;

/** What each byte means outside quotes. */
export const kinds = new Uint8Array(256).fill(ODD, 0x00, 0x21).fill(ODD, 0x7f).fill(UPPER, 0x41, 0x5b);
kinds[0x40] = kinds[0x24] = SPECIAL;
kinds[0x2e] = DOT;
kinds[0x5c] = ESCAPE;
kinds[0x20] = kinds[0x09] = BLANK;
kinds[0x0a] = LF;
kinds[0x0d] = CR;
kinds[0x3b] = COMMENT;
kinds[0x28] = OPEN;
kinds[0x29] = CLOSE;
kinds[0x22] = QUOTE;
kinds[0x00] = NUL;

/** The same inside quotes, where only the quote, the backslash and the line's end mean anything. */
export const quotedKinds = new Uint8Array(256).fill(ODD, 0x00, 0x20).fill(ODD, 0x7f);
quotedKinds[0x5c] = ESCAPE;
quotedKinds[0x0a] = LF;
quotedKinds[0x22] = QUOTE;
