import { expect, it } from "vitest";
import { loadChange } from "../../src/load/loadSnapshot.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Review } from "../../src/model/review.ts";
import { review } from "../../src/review.ts";
import { policy, zone } from "../discover/trees.ts";
import { ScratchRepository } from "./scratchRepository.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

async function reviewOf(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): Promise<Review> {
  const scratch = new ScratchRepository();
  const before = scratch.commit("2026-01-01", base);
  scratch.commit("2026-01-02", head);
  const repository = await scratch.open();
  const from = await repository.resolve(before);
  return review(await loadChange(repository, from, "HEAD", NOW, NOW, DEFAULT_CONFIG), DEFAULT_CONFIG);
}

const FRAGMENT = '_mta-sts 3600 TXT "v=STSv1; id=1;"\n';
const FILES = {
  "zones/a.de.zone": `${zone({ sts: false })}$INCLUDE common/mail\n`,
  "zones/b.de.zone": `${zone({ sts: false })}$INCLUDE ../common/mail\n`,
  "zones/c.de.zone": zone({ sts: false }),
  "common/mail": FRAGMENT,
  "a.de/mta-sts.txt": policy(),
  "b.de/mta-sts.txt": policy(),
};

it.each([
  ["records", FRAGMENT],
  ["records under `$TTL`", `$TTL 3600\n${FRAGMENT}`],
  ["records, one of them broken", `${FRAGMENT}x 60 IN A 1.2.3\n`],
])("a changed fragment of %s leads to all the zones that include it, under their own names", async (_, text) => {
  const { changes, sides } = await reviewOf(
    { ...FILES, "common/mail": text },
    { "common/mail": text.replace("id=1", "id=2") },
  );
  expect(sides.head.zones.map((each) => each.origin)).toEqual(["a.de.", "b.de.", "c.de."]);
  expect(changes.zones.map(({ head }) => head?.origin)).toEqual(["a.de.", "b.de."]);
  expect(changes.domains.map(({ head }) => [head?.name, head?.sts.records.length])).toEqual([
    ["a.de.", 1],
    ["b.de.", 1],
  ]);
});

it("what is wrong in a fragment is said once, whatever zones include it", async () => {
  const { findings } = await reviewOf(FILES, { "common/mail": `${FRAGMENT}x 60 IN A 1.2.3\n` });
  const found = findings.filter(({ rule }) => rule === "zone-syntax");
  expect(found.map(({ at, status }) => [at.path, at.start.line, status])).toEqual([["common/mail", 2, "new"]]);
});

it("a fragment that a change takes out of one zone stays in the other", async () => {
  const { changes } = await reviewOf(FILES, { "zones/a.de.zone": zone({ sts: false }) });
  expect(changes.domains.map(({ base, head }) => [base?.sts.records.length, head?.sts.records.length])).toEqual([
    [1, 0],
  ]);
});
