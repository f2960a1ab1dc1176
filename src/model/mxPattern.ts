import { distance } from "./fieldName.ts";
import { type Name, display } from "./name.ts";

/** RFC 5321 §4.1.2 `sub-domain = Let-dig [Ldh-str]`, of at most 63 octets (RFC 1035 §2.3.4). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether a text is `["*."] Domain` (RFC 8461 §3.2), and a name rather than an address. */
export function isMxPattern(text: string): boolean {
  const domain = text.startsWith("*.") ? text.slice(2) : text;
  if (domain.length > 253) return false;
  const parts = domain.split(".");
  return parts.every((label) => LABEL.test(label)) && !/^\d+$/.test(parts.at(-1) ?? "");
}

/**
 * Whether a pattern that does not match a host was plainly meant to: `*` for no label or for several, a name without its end,
 * a slip of one letter or two.
 */
export function isMeantFor(pattern: string, host: Name): boolean {
  const name = display(host);
  const bare = pattern.replace(/^\*\./, "");
  if (name === bare || name.endsWith(`.${bare}`) || name.startsWith(`${bare}.`)) return true;
  return Math.abs(name.length - bare.length) <= 2 && distance(bare, name) <= 2;
}

/** What is wrong with the value of an `mx` field, in words that follow "it"; the first reason that applies. */
export function mxFault(value: string): string {
  if (value === "") return "is empty";
  if (value.includes(",")) return "is a list, and every host needs an `mx` line of its own";
  if (/^\d+\s+\S+$/.test(value)) return "holds the preference number of an MX record";
  if (/\s#/.test(value)) return "has a remark behind it, and a policy has no comments";
  if (/\s/.test(value)) return "holds a blank";
  if (/^["']/.test(value)) return "stands in quotes";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return "is a URL, where the name of a mail host belongs";
  if (/^[[(<]|:.*:/.test(value) || /^\d+(?:\.\d+){3}$/.test(value))
    return "is an address or stands in brackets; only names match";
  if (/:\d*$/.test(value)) return "holds a port";
  if (value.includes("@")) return "is a mail address, where the name of a mail host belongs";
  if (/^\.+$/.test(value)) return "is no host name";
  if (value.startsWith(".")) return "begins with a dot; the pattern for all hosts of a domain begins with `*.`";
  if (value.endsWith(".")) return "ends with a dot, as names do in zone files only";
  if (/^\*+$/.test(value)) return "is a bare `*`, which is no pattern";
  if (value.lastIndexOf("*") > 0 || /^\*[^.]/.test(value))
    return "has a `*` that does not stand alone as the left-most label";
  if (value.includes("_")) return "holds an underscore, which no host name has";
  if (/[^\0-\x7f]/.test(value)) return "is not in ASCII; an international name must be written as its `xn--` form";
  return "is no host name";
}

/** Longer than any list of hosts that people write into one line. */
const LONGEST_MENDED = 2000;

/** The patterns that a malformed value plainly means, one for each line to write; undefined where that takes a guess. */
export function mendedMx(value: string): readonly string[] | undefined {
  if (value.length > LONGEST_MENDED) return undefined;
  const bare = value.replace(/\s+#.*$/, "").replace(/[,;\s]+$/, "");
  const words = bare.split(/[\s,;]+/).filter((word) => word !== "");
  const hosts = words.length > 1 && /^\d+$/.test(words[0] ?? "") ? words.slice(1) : words;
  const mended = [...new Set(hosts.map(mendedHost))];
  return mended.length > 0 && mended.every((host) => isMxPattern(host) && host.includes(".")) ? mended : undefined;
}

function mendedHost(word: string): string {
  const unwrapped = word.replace(/^["'<]+|["'>]+$/g, "").replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
  const name = unwrapped.replace(/\/.*$/, "").replace(/:\d*$/, "").replace(/\.$/, "");
  return name.split(".").map(aLabel).join(".");
}

/** The A-label of a U-label (RFC 5890 §2.3.2.1); anything else as it is. */
function aLabel(label: string): string {
  if (!/[^\0-\x7f]/.test(label)) return label;
  const url = `http://${label}`;
  return URL.canParse(url) ? new URL(url).hostname : label;
}
