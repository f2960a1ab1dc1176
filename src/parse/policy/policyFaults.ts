import type { Fix } from "../../model/finding.ts";
import type { PolicyProblem } from "../../model/policy.ts";
import type { Source } from "../../model/source.ts";

/** The senders whose parsers were run over odd policies; a message names those that reject the body. */
const SENDERS = ["mox", "postfix-tlspol", "go-mtasts", "postfix-mta-sts-resolver", "mailauth", "Stalwart"] as const;
type Sender = (typeof SENDERS)[number];

const STRICT: readonly Sender[] = ["mox", "postfix-tlspol", "go-mtasts"];
const ALL_BUT_LENIENT: readonly Sender[] = [...STRICT, "postfix-mta-sts-resolver"];

const NOTHING_READ =
  "No sender can read a policy from it, so mail is delivered without its protection or by an older copy.";

interface Fault {
  /** What follows the place of one: `is a comment`. Without `many` the fault is the file's, and this a whole clause. */
  readonly one: string;
  readonly many?: string;
  readonly rejectedBy: readonly Sender[];
  readonly cure: string;
  /** The fix, in the imperative. */
  readonly title?: string;
  /** What it offends against, where that is not the grammar, and what senders then do. */
  readonly offence?: string;
  readonly verdict?: string;
}

/** Everything that makes a body fail the grammar of RFC 8461 §3.2 other than the values of its four fields. */
const FAULTS = {
  comment: {
    one: "is a comment",
    many: "are comments",
    rejectedBy: STRICT,
    cure: "Remove it; a commit message or a README can say the same.",
    title: "Remove the comments",
  },
  "byte-order-mark": {
    one: "The file begins with a byte order mark (U+FEFF)",
    rejectedBy: ALL_BUT_LENIENT,
    cure: "Save the file as UTF-8 without a byte order mark.",
    title: "Remove the byte order mark",
  },
  "blank-line": {
    one: "is blank",
    many: "are blank",
    rejectedBy: STRICT,
    cure: "Remove the blank line.",
    title: "Remove the blank lines",
  },
  "final-line-ends": {
    one: "The file ends in more than one line end",
    rejectedBy: STRICT,
    cure: "End the file after its last field, with one line end or none.",
    title: "Remove what follows the last line",
  },
  "leading-blank": {
    one: "begins with a blank",
    many: "begin with a blank",
    rejectedBy: ALL_BUT_LENIENT,
    cure: "Let every line begin with the name of its field.",
    title: "Remove the leading blanks",
  },
  "blank-before-colon": {
    one: "has a blank before its colon",
    many: "have a blank before their colon",
    rejectedBy: ALL_BUT_LENIENT,
    cure: "Write the colon right after the field's name.",
    title: "Remove the blanks before the colon",
  },
  "bare-cr": {
    one: "holds a carriage return without a line feed",
    many: "hold a carriage return without a line feed",
    rejectedBy: [...STRICT, "mailauth", "Stalwart"],
    cure: "Save the file with LF or CRLF line ends.",
    title: "Write line feeds",
  },
  "unicode-line-end": {
    one: "holds a Unicode line separator where a line end was meant",
    many: "hold a Unicode line separator where a line end was meant",
    rejectedBy: STRICT,
    cure: "Save the file with LF or CRLF line ends.",
    title: "Write line feeds",
  },
  "literal-line-end": {
    one: "holds the characters `\\n` where a line end was meant",
    many: "hold the characters `\\n` where a line end was meant",
    rejectedBy: SENDERS,
    cure: "Write each field on a line of its own.",
    title: "Write line feeds",
  },
  "no-colon": {
    one: "is not a field, that is a name, a colon and a value",
    many: "are not fields, that is a name, a colon and a value",
    rejectedBy: STRICT,
    cure: "Write it as a field or remove it.",
    title: "Write the colon",
  },
  "field-name": {
    one: "begins with something that is no name of a field",
    many: "begin with something that is no name of a field",
    rejectedBy: ["mox"],
    cure: "Names hold letters, digits, `_`, `-` and `.`, begin with a letter or digit, and have at most 32 characters.",
  },
  "empty-value": {
    one: "is a field without a value",
    many: "are fields without a value",
    rejectedBy: ["mox"],
    cure: "Give the field a value or remove the line.",
  },
  "control-character": {
    one: "holds a control character",
    many: "hold a control character",
    rejectedBy: ["mox"],
    cure: "Remove the control character; some editors show it as a box or as `^@`.",
    title: "Remove the control characters",
  },
  encoding: {
    one: "holds bytes that are not UTF-8",
    many: "hold bytes that are not UTF-8",
    rejectedBy: ["mox"],
    cure: "Save the file as UTF-8.",
  },
  "utf-16": {
    one: "The file is encoded in UTF-16",
    verdict: NOTHING_READ,
    rejectedBy: [],
    cure: "Save it as UTF-8 without a byte order mark.",
  },
  html: {
    one: "The file is an HTML or XML document and not a policy",
    verdict: NOTHING_READ,
    rejectedBy: [],
    cure: "Write the policy as plain text: one field a line, beginning with `version: STSv1`.",
  },
  json: {
    one: "The file is JSON and not a policy",
    verdict: NOTHING_READ,
    rejectedBy: [],
    cure: "Write the policy as plain text: one field a line, beginning with `version: STSv1`.",
  },
  "too-large": {
    one: "The file is larger than 64 KiB",
    offence: "more than RFC 8461 §3.3 suggests that senders read",
    verdict: "A sender that stops there has no valid policy, and delivers without its protection or by an older copy.",
    rejectedBy: [],
    cure: "A policy of one `mx` line a host stays far below that: remove what is no policy.",
  },
  empty: {
    one: "The file is empty",
    verdict: NOTHING_READ,
    rejectedBy: [],
    cure: "Write the policy, beginning with `version: STSv1`.",
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** A stretch of the file, in bytes. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A replacement that takes a fault out. */
interface Mended extends Place {
  readonly newText: string;
}

interface Seen {
  readonly first: Place;
  readonly lines: Set<number>;
  readonly mended: Mended[];
  mendable: boolean;
}

/** More places than anyone mends by a click; a bound on the work that one hostile line makes. */
const MOST_EDITS = 1000;

/** Collects the faults of one body: one problem for each kind, however many lines have it. */
export class PolicyFaults {
  readonly #source: Source;
  readonly #seen = new Map<FaultName, Seen>();
  #line = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Says where the line starts that the next faults are in. */
  enterLine(start: number): void {
    this.#line = start;
  }

  add(name: FaultName, at: Place, mended?: Mended): void {
    const seen = this.#seen.get(name) ?? { first: at, lines: new Set(), mended: [], mendable: true };
    this.#seen.set(name, seen);
    seen.lines.add(this.#line);
    if (mended && seen.mended.length < MOST_EDITS) seen.mended.push(mended);
    else seen.mendable = false;
  }

  problems(): readonly PolicyProblem[] {
    const inOrder = [...this.#seen].toSorted(([, a], [, b]) => a.first.start - b.first.start);
    return inOrder.map(([name, seen]) => this.#problem(name, seen));
  }

  #problem(name: FaultName, seen: Seen): PolicyProblem {
    const fault: Fault = FAULTS[name];
    const span = this.#source.span(seen.first.start, seen.first.end);
    const subject =
      fault.many === undefined ? fault.one : inLines(fault.one, fault.many, seen.lines.size, span.start.line);
    return {
      fault: name,
      message: `${subject}, ${fault.offence ?? GRAMMAR}. ${fault.verdict ?? verdict(fault)} ${fault.cure}`,
      span,
      fix: fault.title !== undefined && seen.mendable ? this.#fix(fault.title, seen.mended) : undefined,
    };
  }

  #fix(title: string, mended: readonly Mended[]): Fix {
    return { title, edits: mended.map(({ start, end, newText }) => ({ at: this.#source.span(start, end), newText })) };
  }
}

const GRAMMAR = "which is outside the grammar of RFC 8461 §3.2";

function inLines(one: string, many: string, count: number, first: number): string {
  return count === 1 ? `Line ${first} ${one}` : `${count} lines ${many}, the first of them line ${first}`;
}

/** What a rejected body means to mail: a sender that cannot read it has no policy to hold the connection against. */
function verdict({ rejectedBy }: Fault): string {
  const consequence = "so mail is delivered without its protection or by an older copy";
  if (rejectedBy.length === SENDERS.length)
    return `Senders reject it (the parsers of ${list(rejectedBy)} all do), ${consequence}.`;
  if (rejectedBy.length === 1)
    return `Strict senders' parsers such as ${list(rejectedBy)}'s reject the whole policy for it, ${consequence}.`;
  return `Of six senders' parsers ${list(rejectedBy)} reject the whole policy for it, ${consequence}.`;
}

function list(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
