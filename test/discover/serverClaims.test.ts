import { describe, expect, it } from "vitest";
import { type Files, pairings, policy, surveyOf, zone, zones } from "./trees.ts";

const NAMED = 'zone "a.de" { type master; file "/etc/bind/zones/office"; };\n';

describe("a zone of a name server's configuration", () => {
  it.each<readonly [string, Files, readonly string[]]>([
    ["has its origin", { "named.conf": NAMED, "bind/zones/office": zone() }, ["bind/zones/office: a.de."]],
    [
      "has it before $ORIGIN",
      { "named.conf": NAMED, office: "$ORIGIN b.de.\n$TTL 1\n@ A 192.0.2.1\n" },
      ["office: a.de."],
    ],
    ["may be records alone", { "named.conf": NAMED, "zones/office": "@ 60 IN A 192.0.2.1\n" }, ["zones/office: a.de."]],
    ["holds records", { "named.conf": NAMED, "zones/office": "about the office\n" }, []],
    [
      "ends like the longest path",
      { "named.conf": NAMED, "zones/office": zone(), "old/office": zone() },
      ["old/office: office.", "zones/office: a.de."],
    ],
    [
      "is not told by two that end alike",
      { "named.conf": NAMED, "x/office": zone(), "y/office": zone() },
      ["x/office: office.", "y/office: office."],
    ],
    [
      "lies beside the configuration if the path is relative",
      { "bind/named.conf": 'zone "a.de" { file "office"; };', "bind/office": zone(), "old/office": zone() },
      ["bind/office: a.de.", "old/office: office."],
    ],
    [
      "may be several",
      { "named.conf": 'zone "a.de" { file "p"; }; zone "b.de" { file "p"; };', p: zone() },
      ["p: a.de.", "p: b.de."],
    ],
    [
      "is told by what is included",
      {
        "etc/bind/named.conf": 'include "/etc/bind/zones.conf";',
        "etc/bind/zones.conf": NAMED,
        "zones/office": zone(),
      },
      ["zones/office: a.de."],
    ],
    [
      "of NSD",
      { "nsd/nsd.conf": "zone:\n name: a.de\n zonefile: office\n", "nsd/office": zone() },
      ["nsd/office: a.de."],
    ],
    ["of Knot", { "knot.conf": "zone:\n - domain: a.de\n   file: office\n", office: zone() }, ["office: a.de."]],
    ["is not told by a template", { "templates/named.conf.j2": NAMED, office: zone() }, ["office: office."]],
    ["is not told by samples", { "test/office": zone(), "named.conf": NAMED }, []],
  ])("%s", (_, files, expected) => {
    // What is left out by its folder never comes to the survey.
    const read = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("test/")));
    expect(zones(surveyOf(read))).toEqual(expected);
  });
});

describe("a policy of a web server's site", () => {
  const site = (host: string, root: string): string => `server { server_name ${host}; root ${root}; }\n`;

  it.each<readonly [string, Files, readonly string[]]>([
    [
      "the only one",
      { "nginx.conf": site("mta-sts.a.de", "/srv/x"), "web/mta-sts.txt": policy() },
      ["web/mta-sts.txt: a.de (server)"],
    ],
    [
      "several hosts",
      { "nginx/x.conf": site("www.a.de mta-sts.a.de mta-sts.b.de", "/x"), "web/mta-sts.txt": policy() },
      ["web/mta-sts.txt: a.de, b.de (server)"],
    ],
    [
      "the folder tells which",
      {
        "sites-available/mta-sts": site("mta-sts.a.de", "/srv/x") + site("mta-sts.b.de", "/srv/y"),
        "web/x/.well-known/mta-sts.txt": policy(),
        "web/y/.well-known/mta-sts.txt": policy(),
      },
      ["web/x/.well-known/mta-sts.txt: a.de (server)", "web/y/.well-known/mta-sts.txt: b.de (server)"],
    ],
    [
      "two that end alike",
      { "nginx.conf": site("mta-sts.a.de", "/srv"), "x/mta-sts.txt": policy(), "y/mta-sts.txt": policy() },
      ["x/mta-sts.txt:  (none)", "y/mta-sts.txt:  (none)"],
    ],
    [
      "an alias of the file itself",
      {
        "nginx.conf":
          "server { server_name mta-sts.a.de; root /var/www; location = /.well-known/mta-sts.txt { alias /etc/x/mta-sts.txt; } }",
        "x/mta-sts.txt": policy(),
        "y/mta-sts.txt": policy(),
      },
      ["x/mta-sts.txt: a.de (server)", "y/mta-sts.txt:  (none)"],
    ],
    [
      "Caddy",
      { Caddyfile: "mta-sts.a.de {\n root * /srv\n}\n", "web/mta-sts.txt": policy() },
      ["web/mta-sts.txt: a.de (server)"],
    ],
    [
      "another host",
      { "nginx.conf": site("www.a.de", "/srv"), "web/mta-sts.txt": policy() },
      ["web/mta-sts.txt:  (none)"],
    ],
    [
      "the path goes before",
      { "nginx.conf": site("mta-sts.a.de", "/srv"), "b.de/mta-sts.txt": policy() },
      ["b.de/mta-sts.txt: b.de (path)"],
    ],
    [
      "a CNAME file goes behind",
      { "nginx.conf": site("mta-sts.a.de", "/srv"), "web/mta-sts.txt": policy(), CNAME: "mta-sts.b.de\n" },
      ["web/mta-sts.txt: a.de (server)"],
    ],
  ])("%s", (_, files, expected) => {
    expect(pairings(surveyOf(files))).toEqual(expected);
  });
});
