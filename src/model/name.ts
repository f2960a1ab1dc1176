/**
 * A domain name in canonical form: absolute, lower case, with the final dot (`example.com.`), special characters escaped
 * as in a master file (RFC 1035 §5.1).
 */
export type Name = string;

/** The canonical form of a plain host name as people write it (`Example.COM` or `example.com.`). */
export function nameOf(text: string): Name {
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower.endsWith(".") ? lower : `${lower}.`;
}

/** How people read a name: without the final dot; the root stays `.`. */
export function display(name: Name): string {
  return name === "." ? name : name.slice(0, -1);
}

/** The labels of a name, left-most first, escapes kept as written. */
export function labels(name: Name): readonly string[] {
  return name === "." ? [] : (name.match(/(?:\\[\s\S]|[^.\\])+/g) ?? []);
}

/** Whether `name` is `ancestor` or stands below it. */
export function isWithin(name: Name, ancestor: Name): boolean {
  return ancestor === "." || name === ancestor || name.endsWith(`.${ancestor}`);
}

/** `name` without its left-most label; the root for a single label. */
export function parent(name: Name): Name {
  if (!name.includes("\\")) return name.slice(name.indexOf(".") + 1) || ".";
  return `${labels(name).slice(1).join(".")}.`;
}

/** `prefix` put before a name: `under("_mta-sts", "example.com.")`. */
export function under(prefix: string, name: Name): Name {
  return name === "." ? `${prefix}.` : `${prefix}.${name}`;
}

/** Whether a name is a wildcard (RFC 4592 §2.1.1), which answers for the names below its parent. */
export function isWildcard(name: Name): boolean {
  return name.startsWith("*.");
}
