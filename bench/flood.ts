import { parseArgs } from "node:util";
import { flood } from "../test/serve/flood.ts";

/**
 * Ten thousand signed deliveries to replicas on one Redis that are killed at random: at the end every head must be judged, and
 * nothing may stand twice in checks and comments. GitHub is the tests' stand-in, which answers some ten requests a second; so it
 * takes minutes. Needs redis-server.
 */
const { values } = parseArgs({
  options: {
    deliveries: { type: "string", default: "10000" },
    pulls: { type: "string", default: "20" },
    pushes: { type: "string", default: "5" },
    kills: { type: "string", default: "30" },
    replicas: { type: "string", default: "3" },
  },
});
const [deliveries, pulls, pushes, kills, replicas] = [
  values.deliveries,
  values.pulls,
  values.pushes,
  values.kills,
  values.replicas,
].map(Number) as [number, number, number, number, number];
const size = { deliveries, pulls, pushes, kills, replicas };
const { faults, ...told } = await flood(size, (line) => console.error(line));
console.log({ ...size, ...told, seconds: Math.round(told.seconds) });
for (const fault of faults) console.log(fault);
console.log(faults.length === 0 ? "Every head was judged, and nothing stands twice." : "That is not as it should be.");
process.exit(faults.length === 0 ? 0 : 1);
