import { parse } from "yaml";

/** `action.yml`, as far as documents speak of it. */
export interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

export function readManifest(text: string): Manifest {
  return parse(text) as Manifest;
}

/** The README's table of inputs. */
export function inputsTable({ inputs }: Manifest): string {
  const rows = Object.entries(inputs).map(
    ([name, { description, default: value }]) => `| \`${name}\` | ${cell(description)} | ${defaultOf(value)} |`,
  );
  return ["| input | means | default |", "|---|---|---|", ...rows].join("\n");
}

/** The README's table of outputs. */
export function outputsTable({ outputs }: Manifest): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`);
  return ["| output | means |", "|---|---|", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
}

function defaultOf(value: string | undefined): string {
  if (value === undefined) return "";
  return value.includes("github.token") ? "the workflow's own" : `\`${value}\``;
}
