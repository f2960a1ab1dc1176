import manifest from "../../package.json" with { type: "json" };

const REPOSITORY = manifest.repository.replace(/^github:/, "https://github.com/");

/** Where a rule's page can be read: in `docs/rules`, as `npm run generate` writes it. */
export function ruleUrl(rule: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${rule}.md`;
}
