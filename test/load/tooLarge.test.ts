import { expect, it } from "vitest";
import { loadChange } from "../../src/load/loadSnapshot.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import { review } from "../../src/review.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { ScratchRepository } from "./scratchRepository.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

it("a policy that grows too large to be read is not judged, and not missed", async () => {
  const scratch = new ScratchRepository();
  const before = scratch.commit("2026-01-01", { [ZONE]: zone(), [POLICY]: policy() });
  scratch.commit("2026-01-02", { [POLICY]: policy() + "mx: mail.nordwind.de\n".repeat(60_000) });
  const repository = await scratch.open();
  const from = await repository.resolve(before);
  const { findings } = review(await loadChange(repository, from, "HEAD", NOW, NOW, DEFAULT_CONFIG), DEFAULT_CONFIG);
  expect(findings.map(({ rule }) => rule)).toEqual(["incomplete"]);
});
