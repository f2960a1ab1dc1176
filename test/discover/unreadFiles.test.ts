import { describe, expect, it } from "vitest";
import { treeOf, policy, surveyOf, zone } from "./trees.ts";
import { worthReading } from "../../src/discover/worthReading.ts";
import { survey } from "../../src/discover/survey.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import { Source } from "../../src/model/source.ts";

describe("a file that holds MTA-STS text and is not read", () => {
  it.each([
    ["dns.tf", '\nrecords = ["v=STSv1; id=1"]', "terraform", "record"],
    ["dns.tf.json", '\n{"records": "v=STSv1; id=1"}', "terraform", "record"],
    ["dnsconfig.js", '\nTXT("_mta-sts", "v=STSv1; id=1")', "dnscontrol", "record"],
    ["a.de.js", 'D("a.de", REG, TXT("_mta-sts",\n "v=STSv1; id=1"))', "dnscontrol", "record"],
    ["page.js", '\nconst policy = "version: STSv1";', "javascript", "policy"],
    ["octodns/a.de.yaml", "_mta-sts: {\n value: 'v=STSv1\\; id=1', type: TXT }", "yaml", "record"],
    ["octodns/a.de.yaml", "_mta-sts:\n  type: TXT\n  value: v=STSv1\\; id=1\n", "octodns", "record", 3],
    ["octodns/a.de.yaml", "_mta-sts:\n  - type: TXT\n    values:\n    - v=STSv1\\; id=1\n", "octodns", "record", 4],
    ["values.yaml", "\npolicy: 'version: STSv1'\n", "yaml", "policy"],
    ["mail.nix", '\n"_mta-sts" = "v=STSv1; id=1";', "nix", "record"],
    ["Caddyfile", '\nrespond "version: STSv1"', "caddy", "policy"],
    ["sites-enabled/mta-sts", '\nreturn 200 "version: STSv1";', "nginx", "policy"],
    ["etc/nginx/mta-sts.conf", '\nreturn 200 "version: STSv1";', "nginx", "policy"],
    ["templates/mta-sts.txt", "\nversion: STSv1", "template", "policy"],
    ["mta-sts.txt.j2", "\nversion: STSv1", "template", "policy"],
    ["README.md", "\nversion: STSv1", "documentation", "policy"],
    ["server.py", '\nPOLICY = "version: STSv1"', null, "policy"],
  ])("%s: %s %s", (path, text, format, holds, line = 2) => {
    expect(surveyOf({ [path]: text }).skipped).toMatchObject([{ path, format, holds, span: { start: { line } } }]);
  });

  it("is none where it is a report of this tool, which quotes rules and records", () => {
    expect(worthReading("findings.sarif", DEFAULT_CONFIG)).toBe(false);
  });

  it("is told once for a file and the symbolic links to it, and not where it is a policy's", () => {
    const { sources } = treeOf({ "notes.txt": "version: STSv1\n", "common.txt": policy() });
    const linked = new Map(sources);
    const add = (path: string, file: string): void => {
      linked.set(path, new Source("head", path, sources.get(file)?.bytes ?? new Uint8Array(), { file }));
    };
    add("more.txt", "notes.txt");
    add("a.de/mta-sts.txt", "common.txt");
    const { skipped } = survey({ sources: linked, unread: [] }, DEFAULT_CONFIG);
    expect(skipped.map(({ path }) => path)).toEqual(["notes.txt"]);
  });

  it("is none of zones and policies, however they are named", () => {
    const files = { "zones/office": zone({ origin: "a.de" }), "a.de/mta-sts.txt": policy(), "p.txt": policy() };
    expect(surveyOf(files, { policies: [{ path: "p.txt", domains: ["b.de."] }] }).skipped).toEqual([]);
  });
});
