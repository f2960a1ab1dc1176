import examples from "@octokit/webhooks-examples" with { type: "json" };
import type { Json } from "../github/emulated.ts";

const EXAMPLES = examples as unknown as readonly { readonly name: string; readonly examples: readonly Json[] }[];

/** The installation of payloads that were recorded without one. */
export const INSTALLATION = 7;

/** GitHub's own examples of an event and action, as an App gets them: with its installation. */
export function examplesOf(event: string, action: string): readonly Json[] {
  const { examples = [] } = EXAMPLES.find(({ name }) => name === event) ?? {};
  return examples
    .filter((example) => example.action === action)
    .map((example) => ({ ...structuredClone(example), installation: example.installation ?? { id: INSTALLATION } }));
}

/** The first of them. */
export function exampleOf(event: string, action: string): Json {
  const [example] = examplesOf(event, action);
  if (!example) throw new Error(`There is no example of ${event}.${action}.`);
  return example;
}

/** Every event and action that has an example, of whatever App. */
export function allExamples(): readonly (readonly [event: string, payload: Json])[] {
  return EXAMPLES.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const));
}
