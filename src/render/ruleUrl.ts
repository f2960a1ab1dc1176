import { repositoryUrl } from "./repositoryUrl.ts";

/** Where a rule's page can be read: in `docs/rules`, as `npm run generate` writes it. */
export function ruleUrl(rule: string): string {
  return repositoryUrl(`docs/rules/${rule}.md`);
}
