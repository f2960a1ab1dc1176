import { resolve } from "node:path";
import * as z from "zod";
import type { Threshold } from "../model/conclusion.ts";
import { quote } from "../model/quote.ts";
import { Refused } from "./refused.ts";
import { isBelow, leadsThroughLink } from "./workspaceFile.ts";

/** What the workflow asks for; absent where the default is not one value. */
export interface Inputs {
  readonly token: string;
  /** A path in the repository. */
  readonly config: string | undefined;
  readonly failOn: Threshold["failOn"] | undefined;
  readonly comment: "changes" | "always" | "never";
  readonly inlineComments: number;
  readonly dryRun: boolean;
  /** Absolute, below the workspace. */
  readonly jsonFile: string | undefined;
  readonly sarifFile: string | undefined;
}

/** How many line comments one review takes without trouble. */
const MOST_COMMENTS = 100;

/** Reads and checks the inputs; `input` gives each as text, empty where it is not set. Throws `Refused` with all mistakes. */
export function readInputs(input: (name: string) => string, workspace: string): Inputs {
  const texts = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, input(name)]));
  const read = schema(workspace).safeParse(texts);
  if (!read.success) throw new Refused(read.error.issues.map(({ message }) => message));
  const { data } = read;
  return {
    token: data.token,
    config: data.config || undefined,
    failOn: data["fail-on"] || undefined,
    comment: data.comment || "changes",
    inlineComments: data["inline-comments"],
    dryRun: data["dry-run"],
    jsonFile: data["json-file"] === "" ? undefined : resolve(workspace, data["json-file"]),
    sarifFile: data["sarif-file"] === "" ? undefined : resolve(workspace, data["sarif-file"]),
  };
}

const FAIL_ON = ["error", "warning", "notice", "never"] as const;
const COMMENT = ["changes", "always", "never"] as const;
const BOOLEAN = ["true", "false"] as const;

const FIELDS = {
  token: z.string().min(1, {
    error:
      "The input `token` is empty, so nothing can be read: leave it out, or pass a token that may read the repository's contents.",
  }),
  config: z.string().refine((path) => !/^\/|(?:^|\/)\.\.?(?:\/|$)|\0/.test(path), {
    error: ({ input }) =>
      `The input \`config\` is ${quote(String(input))}: write a path from the repository's root, such as \`.github/mta-sts-guard.yml\`.`,
  }),
  "fail-on": z.enum(["", ...FAIL_ON], wrong("fail-on", FAIL_ON)),
  comment: z.enum(["", ...COMMENT], wrong("comment", COMMENT)),
  "inline-comments": z
    .string()
    .refine((text) => /^\d{0,4}$/.test(text) && Number(text) <= MOST_COMMENTS, {
      error: ({ input }) =>
        `The input \`inline-comments\` is ${quote(String(input))}: write a whole number from 0 to ${MOST_COMMENTS}.`,
    })
    .transform((text) => (text === "" ? 25 : Number(text))),
  "dry-run": z.enum(["", ...BOOLEAN], wrong("dry-run", BOOLEAN)).transform((text) => text === "true"),
  "json-file": z.string(),
  "sarif-file": z.string(),
};

function wrong(name: string, allowed: readonly string[]) {
  return {
    error: ({ input }: { readonly input?: unknown }) =>
      `The input \`${name}\` is ${quote(String(input))}: use ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.`,
  };
}

function schema(workspace: string) {
  const file = (name: string, example: string) =>
    z.string().superRefine((path, context) => {
      const told = (message: string): void => context.addIssue({ code: "custom", message });
      if (path === "") return;
      if (!isBelow(workspace, path))
        told(`The input \`${name}\` is ${quote(path)}: name a file below the workspace, such as \`${example}\`.`);
      else if (leadsThroughLink(workspace, path))
        told(
          `The input \`${name}\` is ${quote(path)}, which leads through a symbolic link: name a file that does not.`,
        );
    });
  return z.object({
    ...FIELDS,
    "json-file": file("json-file", "findings.json"),
    "sarif-file": file("sarif-file", "findings.sarif"),
  });
}
