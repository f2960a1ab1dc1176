import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { median } from "./measure.ts";

/** In ms, over what Node itself takes. */
const GOAL = 150;

/** How long the Action takes from its start to its first request, against a whole `node -e 0`; answers whether the goal is met. */
export async function benchAction(entry: string, data: string, rounds: number): Promise<boolean> {
  mkdirSync(data, { recursive: true });
  const event = join(data, "event.json");
  const [base, head] = ["1", "2"].map((digit) => digit.repeat(40));
  writeFileSync(
    event,
    JSON.stringify({
      pull_request: {
        number: 1,
        state: "open",
        base: { sha: base, ref: "main" },
        head: { sha: head, ref: "topic", repo: { full_name: "acme/dns" } },
      },
    }),
  );
  let asked: number | undefined;
  const server = createServer((_, response) => {
    asked ??= performance.now();
    response.writeHead(401, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    GITHUB_API_URL: url,
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: event,
    GITHUB_GRAPHQL_URL: `${url}/graphql`,
    GITHUB_REPOSITORY: "acme/dns",
    INPUT_TOKEN: "token",
  };
  const [ours, nodes]: [number[], number[]] = [[], []];
  // In turn, so that what else the machine does falls on both.
  for (let round = 0; round < rounds; round++) {
    asked = undefined;
    const began = performance.now();
    await run([entry], environment);
    ours.push((asked ?? Number.NaN) - began);
    const empty = performance.now();
    await run(["-e", "0"], {});
    nodes.push(performance.now() - empty);
  }
  server.close();
  const [first, node] = [median(ours), median(nodes)];
  const over = first - node;
  console.log(`  ${"node -e 0".padEnd(24)} ${node.toFixed(0).padStart(6)} ms`);
  console.log(
    `  ${"to the first request".padEnd(24)} ${first.toFixed(0).padStart(6)} ms, ${over.toFixed(0)} ms more (goal: ${GOAL})`,
  );
  return over <= GOAL;
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { env, stdio: "ignore" });
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
