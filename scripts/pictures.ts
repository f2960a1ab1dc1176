/**
 * Draws what the comments on a pull request look like, as far as that can be seen without GitHub: `node scripts/pictures.ts DIR`
 * draws each golden at two widths in two themes, to be looked at, and `node scripts/pictures.ts docs` the pictures of the README.
 *
 * It needs `cmark-gfm` and `chromium` (apt) and takes GitHub's style sheet from npm for the moment. The frame and the suggestion
 * are drawn here, in GitHub's manner: GitHub makes them of more than Markdown.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** A text that is drawn. */
interface Subject {
  readonly name: string;
  readonly golden: string;
  /** What stands in the frame's first line. */
  readonly caption: string;
  /** The line of the file that the comment stands on, shown above it, and which a suggestion replaces. */
  readonly on?: { readonly path: string; readonly line: number; readonly text: string };
  /** The picture of the README. */
  readonly docs?: string;
}

const RECORD = { path: "zones/nordwind.de.zone", line: 10, text: '_mta-sts TXT "v=STSv1; id=1"' };

const COMMENTED = "<b>github-actions</b> bot commented";

const SUBJECTS: readonly Subject[] = [
  { name: "summary", caption: COMMENTED, golden: "test/publish/goldens/movedMx.md", docs: "summary-comment.png" },
  {
    name: "suggestion",
    caption: COMMENTED,
    golden: "test/publish/goldens/suggestion.md",
    on: RECORD,
    docs: "line-comment.png",
  },
  { name: "by-hand", caption: COMMENTED, golden: "test/publish/goldens/lineComment.md" },
  { name: "job-summary", caption: "<b>mta-sts</b> summary", golden: "test/action/golden/summary.md" },
];

interface Look {
  readonly width: number;
  readonly theme: "light" | "dark";
  /** Whether what is folded is shown. */
  readonly open: boolean;
}

const LOOKS: readonly Look[] = [360, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((theme) => ({ width, theme, open: true })),
);

function main(target: string | undefined): void {
  if (target === undefined) throw new Error("Name the folder for the pictures, or `docs`.");
  const temporary = mkdtempSync(join(tmpdir(), "pictures-"));
  try {
    const style = styleSheets(temporary);
    const isForDocs = target === "docs";
    const folder = isForDocs ? join(ROOT, "docs") : resolve(target);
    mkdirSync(folder, { recursive: true });
    for (const subject of SUBJECTS)
      if (!isForDocs)
        for (const look of LOOKS) draw(subject, look, style, join(folder, nameOf(subject, look)), temporary);
      else if (subject.docs !== undefined)
        draw(subject, { width: 760, theme: "light", open: false }, style, join(folder, subject.docs), temporary);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function nameOf({ name }: Subject, { width, theme }: Look): string {
  return `${name}-${width}-${theme}.png`;
}

/** GitHub's style sheets by theme. */
function styleSheets(folder: string): Readonly<Record<Look["theme"], string>> {
  execFileSync("npm", ["install", "--silent", "--no-save", "--prefix", folder, "github-markdown-css@5.9.0"]);
  const read = (theme: string): string =>
    readFileSync(join(folder, `node_modules/github-markdown-css/github-markdown-${theme}.css`), "utf8");
  return { light: read("light"), dark: read("dark") };
}

function draw(
  subject: Subject,
  look: Look,
  style: Readonly<Record<Look["theme"], string>>,
  to: string,
  temporary: string,
): void {
  const page = join(temporary, "page.html");
  writeFileSync(page, pageOf(subject, look, style[look.theme]));
  const [height, wide] = measured(page, look);
  chromium(look, height, `--screenshot=${to}`, `file://${page}`);
  process.stdout.write(`${to}${wide === "" ? "" : `; scrolls sideways: ${wide}`}\n`);
}

/** Chromium gives a window at least this width. */
const WINDOW = 500;

function chromium({ width }: Look, height: number, ...rest: readonly string[]): string {
  const size = `--window-size=${Math.max(width, WINDOW)},${height}`;
  return execFileSync("chromium", ["--headless", "--no-sandbox", "--hide-scrollbars", size, ...rest], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** The page's height, and which of its parts are wider than the page. */
function measured(page: string, look: Look): readonly [height: number, wide: string] {
  const [, height = "1000", wide = ""] =
    /data-height="(\d+)" data-wide="([^"]*)"/.exec(chromium(look, 1000, "--dump-dom", `file://${page}`)) ?? [];
  return [Number(height), wide];
}

const COLOURS = {
  light: {
    page: "#ffffff",
    text: "#1f2328",
    muted: "#59636e",
    line: "#d1d9e0",
    head: "#f6f8fa",
    gone: "#ffebe9",
    come: "#dafbe1",
  },
  dark: {
    page: "#0d1117",
    text: "#f0f6fc",
    muted: "#9198a1",
    line: "#3d444d",
    head: "#151b23",
    gone: "#301a1e",
    come: "#12261e",
  },
} as const;

function pageOf({ golden, caption, on }: Subject, { width, theme, open }: Look, style: string): string {
  const { page, text, muted, line, head, gone, come } = COLOURS[theme];
  const markdown = readFileSync(join(ROOT, golden), "utf8");
  let body = execFileSync(
    "cmark-gfm",
    ["--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"],
    { input: markdown, encoding: "utf8" },
  );
  body = body.replace(/<pre><code class="language-suggestion">([^]*?)<\/code><\/pre>/g, (_, after: string) =>
    suggestion(on?.text ?? "", after),
  );
  body = body.replace(
    /<pre><code class="language-diff">([^]*?)<\/code><\/pre>/g,
    (_, diff: string) =>
      `<pre><code>${diff.replace(/^([-+]).*$/gm, (row, sign: string) => `<span class="${sign === "-" ? "gone" : "come"}">${row}</span>`)}</code></pre>`,
  );
  if (open) body = body.replaceAll("<details>", "<details open>");
  const place =
    on === undefined
      ? ""
      : `<div class="file">${on.path}</div><table class="row"><tr><td class="number">${on.line}</td><td>&nbsp;${escaped(on.text)}</td></tr></table>`;
  return `<!DOCTYPE html><meta charset="utf-8"><style>${style}
html { background: ${page}; } body { margin: 0; width: ${width}px; background: ${page}; color: ${text}; font: 14px "Helvetica Neue", Arial, sans-serif; }
main { padding: ${width < 600 ? 8 : 16}px; } .comment { border: 1px solid ${line}; border-radius: 6px; overflow: hidden; }
.by { background: ${head}; border-bottom: 1px solid ${line}; padding: 8px 16px; color: ${muted}; } .by b { color: ${text}; }
.markdown-body { padding: 16px; font-size: 14px; } .markdown-body .gone { background: ${gone}; } .markdown-body .come { background: ${come}; }
.file { font: 12px monospace; background: ${head}; border: 1px solid ${line}; border-radius: 6px 6px 0 0; padding: 8px 16px; }
.row, .markdown-body .suggestion table { width: 100%; border-collapse: collapse; font: 12px monospace; margin: 0; display: table; }
.row { border: 1px solid ${line}; border-top: 0; margin-bottom: 8px; } .row td { padding: 4px 8px; white-space: pre-wrap; overflow-wrap: anywhere; } .number { color: ${muted}; width: 2em; text-align: right; }
.suggestion { border: 1px solid ${line}; border-radius: 6px; margin-bottom: 16px; overflow: hidden; } .suggestion .caption { padding: 8px 16px; border-bottom: 1px solid ${line}; font-size: 12px; color: ${muted}; }
.markdown-body .suggestion td { border: 0; padding: 2px 8px; white-space: pre-wrap; overflow-wrap: anywhere; } .markdown-body .suggestion tr.gone td { background: ${gone}; } .markdown-body .suggestion tr.come td { background: ${come}; }
.suggestion .buttons { padding: 8px 16px; border-top: 1px solid ${line}; text-align: right; } .suggestion .buttons span { border: 1px solid ${line}; border-radius: 6px; padding: 4px 12px; font-size: 12px; display: inline-block; background: ${head}; }
</style><main>${place}<div class="comment"><div class="by">${caption}</div><div class="markdown-body">${body}</div></div></main>
<script>const wide = [...document.querySelectorAll(".comment, .markdown-body *")].filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline");
document.documentElement.dataset.height = Math.ceil(document.querySelector("main").getBoundingClientRect().height);
document.documentElement.dataset.wide = [...new Set(wide.map((part) => part.tagName.toLowerCase()))].join(", ");</script>`;
}

/** A suggestion block as GitHub shows it: the lines that it replaces, those that it puts in their place, and its buttons. */
function suggestion(before: string, after: string): string {
  const rows = (text: string, mark: string, kind: string): string =>
    text
      .split("\n")
      .map((row) => `<tr class="${kind}"><td>${mark} ${row}</td></tr>`)
      .join("");
  return `<div class="suggestion"><div class="caption">Suggested change</div><table>${rows(escaped(before), "-", "gone")}${rows(after.trimEnd(), "+", "come")}</table><div class="buttons"><span>Commit suggestion</span> <span>Add suggestion to batch</span></div></div>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

main(process.argv[2]);
