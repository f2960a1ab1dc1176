import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyFixes, fixesTogether } from "../../src/discover/applyFixes.ts";
import { openDirectory } from "../../src/load/directory.ts";
import { loadChange, loadState } from "../../src/load/loadSnapshot.ts";
import { writeFixes } from "../../src/load/writeFixes.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { survey } from "../../src/discover/survey.ts";
import { review } from "../../src/review.ts";
import { cpuTime } from "../cpuTime.ts";
import { pairings, policy, zone, zones } from "../discover/trees.ts";
import { ScratchRepository, scratchDirectory } from "./scratchRepository.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

function link(root: string, links: Readonly<Record<string, string>>): void {
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
}

/** What is read of HEAD, of the working tree, and of the same directory without git; they must agree. */
async function states(scratch: ScratchRepository): Promise<Snapshot> {
  const repository = await scratch.open();
  const files = openDirectory(scratch.root);
  const [head, tree, plain] = [
    await loadState(repository, "HEAD", NOW, NOW, DEFAULT_CONFIG),
    await loadState(repository, "worktree", NOW, NOW, DEFAULT_CONFIG),
    await loadState(files, "worktree", NOW, NOW, DEFAULT_CONFIG),
  ];
  const told = ({ head: side }: Snapshot): unknown => [
    [...side.sources.values()]
      .map(({ path, file, bytes }) => [path, file, Buffer.from(bytes).toString()].join(" "))
      .toSorted(),
    side.unread.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  ];
  expect(told(tree)).toEqual(told(head));
  expect(told(plain)).toEqual(told(head));
  return head;
}

describe("a symbolic link", () => {
  it("is read as the file that it leads to, under its own name", async () => {
    const scratch = new ScratchRepository().write({
      "zones/parking.zone": zone(),
      "policies/a.de/mta-sts.txt": policy(),
      "vendor/shared.zone": zone({ sts: false }),
    });
    link(scratch.root, {
      "zones/a.de.zone": "parking.zone",
      "zones/b.de.zone": "./a.de.zone",
      "live/c.de.zone": "../zones/b.de.zone",
      "live/parking.zone": "../zones/parking.zone",
      "zones/d.de.zone": "../vendor/shared.zone",
      "policies/b.de/mta-sts.txt": "../a.de/mta-sts.txt",
    });
    scratch.commit("2026-01-01");
    const { head } = await states(scratch);
    const side = survey(head, DEFAULT_CONFIG);
    expect(zones(side)).toEqual([
      "live/c.de.zone: c.de.",
      "zones/a.de.zone: a.de.",
      "zones/b.de.zone: b.de.",
      "zones/d.de.zone: d.de.",
      "zones/parking.zone: parking.",
    ]);
    expect(side.zones[0]?.records[0]?.span.path).toBe("zones/parking.zone");
    expect(pairings(side)).toEqual(["policies/a.de/mta-sts.txt: a.de, b.de (path)"]);
  });

  it.each([
    ["../../outside.zone", "symbolic link that leaves the repository, not followed"],
    ["/etc/passwd", "symbolic link to an absolute path, not followed"],
    ["b.de.zone", "symbolic link that leads in a circle"],
    ["a.de.zone", "symbolic link that leads in a circle"],
    ["nothing", "symbolic link that leads to no file here, not followed"],
    ["../folder", "symbolic link that leads to no file here, not followed"],
    ["../current/x.zone", "symbolic link that leads to no file here, not followed"],
    ["../current/../x.zone", "symbolic link through a folder and back, not followed"],
  ])("to %s is told and not followed", async (target, reason) => {
    const scratch = new ScratchRepository().write({ "folder/sub/x.zone": zone(), "x.zone": zone() });
    link(scratch.root, { "zones/a.de.zone": target, "zones/b.de.zone": "a.de.zone", current: "folder/sub" });
    scratch.commit("2026-01-01");
    const { head } = await states(scratch);
    expect(head.sources.has("zones/a.de.zone")).toBe(false);
    expect(head.unread).toContainEqual({ path: "zones/a.de.zone", reason });
  });

  it("belongs to a change of the file that it leads to", async () => {
    const scratch = new ScratchRepository().write({
      "common.txt": policy(),
      "zones/office": zone(),
      "zones/c.de": zone(),
    });
    link(scratch.root, {
      "a.de/mta-sts.txt": "../common.txt",
      "b.de/mta-sts.txt": "../common.txt",
      "zones/a.de.zone": "office",
    });
    const base = scratch.commit("2026-01-01");
    scratch.commit("2026-01-02", { "common.txt": policy("mx1.fabrikam.net") });
    const repository = await scratch.open();
    const change = await loadChange(repository, await repository.resolve(base), "HEAD", NOW, NOW, DEFAULT_CONFIG);
    expect([...change.changed].toSorted()).toEqual(["a.de/mta-sts.txt", "b.de/mta-sts.txt", "common.txt"]);
    const { findings, changes } = review(change, DEFAULT_CONFIG);
    expect(changes.domains.map(({ head }) => head?.name)).toEqual(["a.de.", "b.de."]);
    const found = findings.find(({ rule }) => rule === "id-not-bumped");
    expect(found).toMatchObject({ domain: "a.de.", at: { path: "zones/office" } });
  });

  it("that a change turns elsewhere is read on both sides", async () => {
    const scratch = new ScratchRepository().write({ "x.txt": policy(), "y.txt": policy("mx2.fabrikam.net") });
    link(scratch.root, { "a.de/mta-sts.txt": "../x.txt" });
    const base = scratch.commit("2026-01-01");
    unlinkSync(join(scratch.root, "a.de/mta-sts.txt"));
    link(scratch.root, { "a.de/mta-sts.txt": "../y.txt" });
    const repository = await scratch.open();
    const change = await loadChange(repository, await repository.resolve(base), "worktree", NOW, NOW, DEFAULT_CONFIG);
    const mx = [change.base, change.head].map(
      (tree) => tree && survey(tree, DEFAULT_CONFIG).policies.map((each) => each.mx.map((host) => host.value)),
    );
    expect(mx).toEqual([[["mx.fabrikam.net"]], [["mx2.fabrikam.net"]]]);
  });

  it.each([
    ["policies/a.de/mta-sts.txt", "/srv/mta-sts.txt"],
    ["policies/a.de/mta-sts.txt", "nothing"],
    ["zones/a.de.zone", "/srv/a.de.zone"],
    ["zones", "/srv/zones"],
  ])("that cannot be followed in place of %s (%s) leaves the change unjudged", async (path, target) => {
    const scratch = new ScratchRepository().write({
      "policies/a.de/mta-sts.txt": policy(),
      "zones/a.de.zone": zone(),
      "parked/b.de.zone": zone({ sts: false }),
    });
    const base = scratch.commit("2026-01-01");
    for (const gone of [path, "parked/b.de.zone"]) rmSync(join(scratch.root, gone), { recursive: true });
    link(scratch.root, { [path]: target, "parked/b.de.zone": "/srv/b.de.zone" });
    scratch.commit("2026-01-02");
    const repository = await scratch.open();
    const change = await loadChange(repository, await repository.resolve(base), "HEAD", NOW, NOW, DEFAULT_CONFIG);
    expect(change.gaps.map(({ at }) => at.path)).toEqual([path]);
    const told = review(change, DEFAULT_CONFIG).findings.filter(({ rule }) => rule === "incomplete");
    expect(told).toMatchObject([{ status: "new", severity: "error" }]);
  });

  it("stays when the file that it leads to is repaired", async () => {
    const scratch = new ScratchRepository().write({
      "zones/office": zone().replace('"v=STSv1; id=1;"', "v=STSv1; id=1;"),
    });
    link(scratch.root, { "zones/a.de.zone": "office" });
    const repository = await scratch.open();
    const snapshot = await loadState(repository, "worktree", NOW, NOW, DEFAULT_CONFIG);
    const { findings } = review(snapshot, DEFAULT_CONFIG);
    expect(findings.map(({ rule, domain, at }) => `${rule} ${domain} ${at.path}`)).toContain(
      "record-unquoted a.de. zones/office",
    );
    const fixed = applyFixes(snapshot, fixesTogether(findings));
    expect(fixed && writeFixes(scratch.root, snapshot, fixed)).toEqual(["zones/office"]);
    expect(readFileSync(join(scratch.root, "zones/office"), "utf8")).toContain('"v=STSv1; id=1;"');
    expect(readlinkSync(join(scratch.root, "zones/a.de.zone"))).toBe("office");
  });

  it("costs nothing where there are hundreds without MTA-STS", async () => {
    const scratch = new ScratchRepository(scratchDirectory()).write({ "zones/parking": zone({ sts: false, mx: [] }) });
    const names = Array.from({ length: 742 }, (_, index) => `zones/domain${index}.de`);
    link(scratch.root, Object.fromEntries(names.map((name) => [name, "parking"])));
    scratch.commit("2026-01-01");
    const repository = await scratch.open();
    const snapshot = await loadState(repository, "HEAD", NOW, NOW, DEFAULT_CONFIG);
    const took = cpuTime(() => review(snapshot, DEFAULT_CONFIG));
    const { findings, sides } = review(snapshot, DEFAULT_CONFIG);
    expect(took).toBeLessThan(2000);
    expect(sides.head.zones.length).toBe(743);
    expect([findings, snapshot.head.unread]).toEqual([[], []]);
  });
});
