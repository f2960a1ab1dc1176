import { caption, exampleSets, withLabel } from "./examples.ts";
import { blocks } from "./markdown.ts";

/** What GitHub colours, by the words of our fences. */
const LANGUAGES: Readonly<Record<string, string>> = { zone: "dns-zone", policy: "text" };

/** A rule's page for readers: the info strings of its examples are for the tests, so a language stands there, and above which file it is and when. */
export function pageMarkdown(text: string): string {
  const page = blocks(text);
  const sets = exampleSets(page);
  const code = page.filter((block) => block.kind === "code" && block.info !== "").values();
  return text.replace(/^(?:```(.+)|(?:Bad|Good):.*)$/gm, (line, info: string | undefined) => {
    if (info === undefined) return withLabel(line);
    const { value: block } = code.next();
    const { path, when } = (block?.kind === "code" ? caption(block, sets) : undefined) ?? {};
    const title = path === undefined ? "" : `\`${path}\`${when === undefined ? "" : `, ${when}`}:\n\n`;
    const [language = ""] = info.split(" ");
    return `${title}\`\`\`${LANGUAGES[language] ?? language}`;
  });
}
