import { expect, onTestFinished, test } from "vitest";
import { FAULTS, FIND_PULLS, JUDGE, nullFaults, purposeOf, ReadWalk, RICH } from "./faultWalk.ts";
import { StandIn } from "./standIn.ts";

test("every read request goes wrong in every way: judged alike, or red with one line that says what to do", async () => {
  const standIn = await StandIn.start(RICH);
  onTestFinished(() => standIn.close());
  const table = new Map<string, Map<string, Set<string>>>();
  const lines = new Set<string>();
  const wrongs: string[] = [];
  const purposes = new Set<string>();
  for (const reader of [JUDGE, FIND_PULLS]) {
    const walk = new ReadWalk(standIn, reader);
    const requests = await walk.requests();
    const right = await walk.outcome("", () => undefined);
    expect(right.kind).toBe("judged");
    for (const [request, told] of requests) {
      const purpose = purposeOf(request);
      // Requests of one kind have the same fields.
      const nulls = purposes.has(purpose) ? {} : nullFaults(told);
      purposes.add(purpose);
      for (const [name, wrong] of Object.entries({ ...FAULTS, ...nulls })) {
        if (wrong(told) === undefined) continue;
        if (PASSING.has(name))
          expect([purpose, name, await walk.outcome(request, wrong, 1)]).toEqual([purpose, name, right]);
        const { kind, text } = await walk.outcome(request, wrong);
        const isRight =
          kind === "judged" ? text === right.text : /(?:run the job|grant|needs|check a|renew)/i.test(text);
        if (kind === "crash" || !isRight) wrongs.push(`${purpose}, ${name}: ${kind} ${text.slice(0, 300)}`);
        if (kind !== "judged")
          lines.add(text.replaceAll(/[0-9a-f]{12,40}/g, "…").replace(/after \d\d:\d\d/, "after 12:00"));
        const row = table.get(name) ?? new Map<string, Set<string>>();
        table.set(name, row.set(purpose, (row.get(purpose) ?? new Set()).add(kind)));
      }
    }
  }
  expect(wrongs).toEqual([]);
  const cell = (kinds: ReadonlySet<string> = new Set([""])): string => [...kinds].toSorted().join(", ");
  const rows = Array.from(table, ([name, row]) => [name, ...Array.from(purposes, (each) => cell(row.get(each)))]);
  const heads = [["fault", ...purposes], ["fault", ...purposes].map(() => "---")];
  const text = [
    "What becomes of a read request that goes wrong each time (`judged`: the same verdict, read another way; `red`: no verdict and one line; `incomplete`: red, and a finding says what is missing). Gone wrong once, what is asked again ends in the same verdict.",
    "",
    ...[...heads, ...rows].map((cells) => `| ${cells.join(" | ")} |`),
    "",
    "What is said:",
    "",
    ...[...lines].toSorted().map((line) => `- ${line}`),
  ];
  await expect(`${text.join("\n")}\n`).toMatchFileSnapshot("faultWalk.reads.md");
}, 200_000);

/** Asked again after a while. */
const PASSING = new Set([
  "429 retry-after",
  "429",
  "secondary limit",
  "502",
  "reset",
  "silence",
  "cut off",
  "GraphQL error",
  "GraphQL limit",
]);
