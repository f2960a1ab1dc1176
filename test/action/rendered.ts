import { execFileSync, spawnSync } from "node:child_process";

/** Whether GitHub's own Markdown can be asked: Debian's package cmark-gfm, which .ci/run installs. */
export const canRender = spawnSync("cmark-gfm", ["--version"]).status === 0;
if (!canRender)
  process.stderr.write("cmark-gfm is not installed, so what GitHub makes of our Markdown is not tested.\n");

const EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist", "footnotes"];

/** The HTML that GitHub's flavour makes of a text, before GitHub takes anything out of it. */
function rendered(markdown: string): string {
  const extensions = EXTENSIONS.flatMap((name) => ["-e", name]);
  return execFileSync("cmark-gfm", ["--unsafe", ...extensions], { input: markdown, encoding: "utf8" });
}

/** What our texts are made of, each with the attributes that it may have. */
const ELEMENTS: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    "h1 h2 h3 h4 p strong em ul li sub details summary table thead tbody tr th td hr br blockquote"
      .split(" ")
      .map((name) => [name, /^$/]),
  ),
  ol: /^( start="\d+")?$/,
  pre: /^$/,
  code: /^( class="language-(diff|text|suggestion)")?$/,
  a: /^ href="https:\/\/(github\.com\/(acme\/[\w.-]+\/(blob|edit)|mta-sts-guard\/mta-sts-guard\/blob)\/[\w./%&;~#?=-]+|www\.rfc-editor\.org\/rfc\/rfc\d+\.html(#[\w.-]+)?)"$/,
};

/** A comment of ours without what says so on its first lines. */
export function withoutMarkers(markdown: string): string {
  return markdown.replace(/^<!-- mta-sts-guard [\w -]+ -->\n(?:<!-- head [\w .]+ -->\n)?/, "");
}

/** What GitHub would make of a comment of ours that is not ours: elements, links, mentions, references. */
export function foreign(markdown: string): readonly string[] {
  const found: string[] = [];
  const html = rendered(withoutMarkers(markdown));
  for (const [tag, end, name = "", attributes = ""] of html.matchAll(/<(\/?)([a-z][\w-]*)([^>]*)>|<[^>]*>?/gi)) {
    const allowed = ELEMENTS[name];
    if (!allowed || (end !== "/" && !allowed.test(attributes))) found.push(tag);
  }
  // GitHub looks for these in what is left outside of code and links.
  const text = html
    .replace(/<(pre|code|a)\b[^>]*>[^]*?<\/\1>/g, "·")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&amp;", "&");
  for (const [hit] of text.matchAll(/@[\w-]+|#\d+|\bGH-\d+|[a-z]+:\/\/\S+|\bwww\.\S+|:[a-z_]+:/gi)) found.push(hit);
  for (const [hidden] of html.matchAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu))
    if (!"\n\t\u200B".includes(hidden)) found.push(hidden);
  return found;
}
