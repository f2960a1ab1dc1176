import manifest from "../../package.json" with { type: "json" };

const REPOSITORY = manifest.repository.replace(/^github:/, "https://github.com/");

/** Where a rule's page can be read. */
export function ruleUrl(rule: string): string {
  return `${REPOSITORY}/blob/main/src/rules/${rule}.md`;
}
