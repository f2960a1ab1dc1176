import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { survey } from "../../src/discover/survey.ts";
import { loadChange, loadState } from "../../src/load/loadSnapshot.ts";
import type { Blob, ChangedPath, Commit, Keep, Repository, TreeEntry } from "../../src/load/repository.ts";
import { TreeListing } from "../../src/load/treeListing.ts";
import { type Config, DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import type { Survey } from "../../src/model/survey.ts";
import { type Files, policy, zone } from "../discover/trees.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const BASE: Commit = { id: "base", date: NOW };

/** Two revisions in memory; a text that begins with `->` is a link. */
class TwoRevisions implements Repository {
  readonly root = "/";
  readonly name: string;
  readonly #sides: Readonly<Record<string, Files>>;

  constructor(base: Files, head: Files, name: string) {
    this.#sides = { base, head };
    this.name = name;
  }

  async resolve(): Promise<Commit> {
    return BASE;
  }

  async mergeBase(): Promise<Commit> {
    return BASE;
  }

  async diff(): Promise<readonly ChangedPath[]> {
    const [base, head] = [this.#sides["base"] ?? {}, this.#sides["head"] ?? {}];
    return [...new Set([...Object.keys(base), ...Object.keys(head)])]
      .filter((path) => base[path] !== head[path])
      .map((path) => ({
        path,
        ...(base[path] === undefined ? {} : { base: entry(path, base[path]) }),
        ...(head[path] === undefined ? {} : { head: entry(path, head[path]) }),
      }));
  }

  async list(at: string): Promise<readonly TreeEntry[]> {
    return Object.entries(this.#sides[at] ?? {}).map(([path, text]) => entry(path, text));
  }

  async entry(): Promise<undefined> {
    return undefined;
  }

  async tree(at: string): Promise<TreeListing> {
    const lines = Object.entries(this.#sides[at] ?? {}).map(([path, text]) => {
      const { kind, id } = entry(path, text);
      return `${kind === "link" ? "120000" : "100644"} blob ${id}\t${path}\0`;
    });
    return new TreeListing(lines.join(""));
  }

  async read(
    entries: readonly TreeEntry[],
    _limit: (path: string) => number,
    keep: Keep = () => true,
  ): Promise<ReadonlyMap<TreeEntry, Blob>> {
    const texts = Object.values(this.#sides).flatMap((side) => Object.values(side));
    const byId = new Map(texts.map((text) => [idOf(text), Buffer.from(text.replace(/^->/, ""))]));
    const blobs = entries.map((each): [TreeEntry, Blob] => [each, byId.get(each.id) ?? { unread: "missing" }]);
    return new Map(blobs.filter(([{ path }, blob]) => "unread" in blob || keep(path, blob)));
  }

  async history(): Promise<{ events: readonly []; complete: boolean }> {
    return { events: [], complete: true };
  }
}

function idOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

function entry(path: string, text: string): TreeEntry {
  return { path, kind: text.startsWith("->") ? "link" : "file", id: idOf(text) };
}

/**
 * `domain: policy (evidence)` a line for the domains that a zone or policy of some paths makes. An untouched file that holds
 * another view of a zone, and has no name that says so, is found by nobody who does not read everything.
 */
function told({ domains }: Survey, paths: ReadonlySet<string>): readonly string[] {
  const lines = domains
    .filter(({ zone: at, policy: by }) => [at, by].some((thing) => thing && paths.has(thing.source.path)))
    .map(({ name, policy: by, pairedBy }) => `${name}: ${by?.source.path} (${pairedBy})`);
  return [...new Set(lines)].toSorted();
}

const ORIGINS = ["a.de", "b.de"] as const;
const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const zoneText = fc
  .record({
    origin: some(undefined, undefined, ...ORIGINS),
    mx: some(["mx.fabrikam.net."], ["mx1.a.de."], []),
    sts: fc.boolean(),
    tail: some(
      "",
      "",
      "$INCLUDE office\n",
      "$INCLUDE zones/more\n",
      "sub NS ns.x.de.\n",
      '_mta-sts.sub TXT "v=STSv1; id=1"\n',
    ),
  })
  .map(({ origin, tail, ...rest }) => zone({ ...(origin === undefined ? {} : { origin }), ...rest }) + tail);
const fragment = some(
  "extra 60 IN A 192.0.2.1\n",
  'sub 60 IN MX 10 mx.fabrikam.net.\n_mta-sts.sub 60 IN TXT "v=STSv1; id=2;"\n',
);
const policyText = some(policy(), policy("mx1.a.de"), policy("mx.fabrikam.net", "mx1.a.de"));
const named = fc
  .array(fc.tuple(some(...ORIGINS), some("zones/a.de.zone", "office", "zones/office", "zones/more")), { maxLength: 3 })
  .map((zones) => zones.map(([origin, file]) => `zone "${origin}" { file "/etc/bind/${file}"; };\n`).join(""));
const sites = fc
  .array(fc.tuple(some(...ORIGINS), some("/srv/x", "/srv/y", "/srv")), { maxLength: 2 })
  .map((all) => all.map(([name, root]) => `server { server_name mta-sts.${name}; root ${root}; }\n`).join(""));
const cname = some("mta-sts.a.de\n", "mta-sts.b.de\n", "www.a.de\n");

/** Every path that a repository may hold, and what may stand there. */
const PLACES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "zones/a.de.zone": zoneText,
  "zones/b.de.zone": zoneText,
  "zones/office": fc.oneof(zoneText, fragment),
  "zones/more": fragment,
  office: fc.oneof(zoneText, fragment),
  "named.conf": named,
  "nginx.conf": sites,
  CNAME: cname,
  "x/CNAME": cname,
  "a.de/mta-sts.txt": policyText,
  "x/mta-sts.txt": policyText,
  "y/.well-known/mta-sts.txt": policyText,
  "zones/c.de.zone": fc.oneof(
    zoneText,
    some("->office", "->a.de.zone", "->../office", "->../x", "->/etc/x", "->c.de.zone"),
  ),
  "b.de/mta-sts.txt": fc.oneof(
    policyText,
    some("->../a.de/mta-sts.txt", "->../x/mta-sts.txt", "->../common.txt", "->../b.de/mta-sts.txt"),
  ),
  "c.de/mta-sts.txt": some("->../b.de/mta-sts.txt", "->../common.txt", "->../x/mta-sts.txt"),
  "common.txt": policyText,
  "README.md": some("v=STSv1", "x"),
};

const files = fc
  .record(
    Object.fromEntries(
      Object.entries(PLACES).map(([path, text]) => [path, fc.option(text, { freq: 2, nil: undefined })]),
    ),
  )
  .map((all) =>
    Object.fromEntries(Object.entries(all).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))),
  );

/** A repository and the same with a few places changed. */
const change = fc
  .tuple(files, files, fc.uniqueArray(some(...Object.keys(PLACES)), { minLength: 1, maxLength: 3 }))
  .map(([base, other, paths]) => {
    const head: Record<string, string> = { ...base };
    for (const path of paths) {
      const text = other[path];
      if (text === undefined) delete head[path];
      else head[path] = text;
    }
    return { base, head };
  });

const config = some<Partial<Config>>(
  {},
  {},
  { zones: [{ path: "zones/{origin}.zone" }] },
  { zones: [{ path: "office", origin: "b.de." }] },
  { policies: [{ path: "x/*.txt", domains: ["a.de.", "b.de."] }] },
);

it("pairs what a change touches as the whole state does", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(change, config, some("repository", "mta-sts.b.de"), async ({ base, head }, settings, name) => {
      const repository = new TwoRevisions(base, head, name);
      const wanted: Config = { ...DEFAULT_CONFIG, ...settings };
      const seen: Snapshot = await loadChange(repository, BASE, "head", NOW, NOW, wanted);
      for (const side of ["base", "head"] as const) {
        const state = await loadState(repository, side, NOW, NOW, wanted);
        const whole = told(survey(state.head, wanted), seen.changed);
        expect(told(survey(seen[side] ?? seen.head, wanted), seen.changed)).toEqual(whole);
      }
    }),
    { numRuns: 300 },
  );
});
