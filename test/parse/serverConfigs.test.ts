import { describe, expect, it } from "vitest";
import { readCaddyfile } from "../../src/parse/server/caddyfile.ts";
import { readKnotConf } from "../../src/parse/server/knotConf.ts";
import { readNamedConf } from "../../src/parse/server/namedConf.ts";
import { readNginxConf } from "../../src/parse/server/nginxConf.ts";
import { readNsdConf } from "../../src/parse/server/nsdConf.ts";
import { cpuTime } from "../cpuTime.ts";

describe("named.conf", () => {
  it.each([
    ["a zone", 'zone "a.de" { type master; file "db.a"; };', ["a.de. db.a"]],
    ["no quotes, a class, upper case", "zone A.DE. IN {\n type primary;\n file db.a;\n}", ["a.de. db.a"]],
    [
      "a directory, even behind",
      'zone "a.de" {file "x/db.a";}; options { directory "/etc/bind"; };',
      ["a.de. /etc/bind/x/db.a"],
    ],
    ["an absolute file", 'options { directory "/var"; }; zone "a.de" { file "/etc/db.a"; };', ["a.de. /etc/db.a"]],
    [
      "views",
      'view in { zone "a.de" { file "i"; }; }; view out { zone "a.de" { file "o"; }; };',
      ["a.de. i", "a.de. o"],
    ],
    [
      "comments",
      '// zone "b.de" { file "b"; };\n# x\n/* zone "c.de" {\n file "c"; }; */ zone "a.de" { /* } */ file "db.a"; // "\n };',
      ["a.de. db.a"],
    ],
    ["a block in it", 'zone "a.de" { also-notify { 192.0.2.1; }; file "db.a"; };', ["a.de. db.a"]],
    ["the root hints", 'zone "." { type hint; file "db.root"; };', []],
    ["no file of its own", 'zone "a.de" { file "x"; type forward; };', []],
    ["a template", 'zone "{{ name }}" { file "x"; };', []],
    ["a file outside a zone", 'logging { channel c { file "log"; }; };', []],
    ["broken", 'zone "a.de" { file "db.a"; }}}}; zone "b.de" { file "db.b', ["a.de. db.a"]],
  ])("%s", (_, text, expected) => {
    expect(readNamedConf(text).map(({ origin, file }) => `${origin} ${file}`)).toEqual(expected);
  });
});

describe("nsd.conf", () => {
  it.each([
    ["a zone", 'zone:\n  name: "a.de"\n  zonefile: "a.zone" # x\n', ["a.de. a.zone"]],
    ["on one line", "zone: name: a.de zonefile: a.zone", ["a.de. a.zone"]],
    ["a folder", 'server:\n zonesdir: "/etc/nsd"\nzone:\n name: a.de\n zonefile: z/a\n', ["a.de. /etc/nsd/z/a"]],
    [
      "a pattern",
      'pattern:\n name: "p"\n zonefile: "z/%s.zone"\nzone:\n name: a.de.\n include-pattern: "p"\n',
      ["a.de. z/a.de.zone"],
    ],
    ["a pattern that hashes", 'pattern:\n name: p\n zonefile: "%1/%s"\nzone:\n name: a.de\n include-pattern: p\n', []],
    ["a key's name", 'key:\n name: "k.de"\n algorithm: x\nzone:\n zonefile: z\n', []],
    ["addresses", "zone:\n name: a.de\n notify: 2001:db8::1 NOKEY\n zonefile: z\n", ["a.de. z"]],
  ])("%s", (_, text, expected) => {
    expect(readNsdConf(text).map(({ origin, file }) => `${origin} ${file}`)).toEqual(expected);
  });
});

describe("knot.conf", () => {
  it.each([
    [
      "a zone",
      "zone:\n  - domain: a.de\n    file: a.zone\n  - domain: b.de # x\n    file: 'b.zone'\n",
      ["a.de. a.zone", "b.de. b.zone"],
    ],
    [
      "a template",
      'template:\n  - id: t\n    storage: "/z"\n    file: "%s.zone"\nzone:\n  - domain: a.de\n    template: t\n',
      ["a.de. /z/a.de.zone"],
    ],
    [
      "the default template",
      "template:\n  - id: default\n    storage: /z\nzone:\n  - domain: a.de\n    file: a\n",
      ["a.de. /z/a"],
    ],
    ["no file", "zone:\n  - domain: a.de\n", []],
    ["another section", "remote:\n  - id: a.de\n    domain: a.de\n    file: x\n", []],
    ["windows line ends", "zone:\r\n  - domain: a.de\r\n    file: a\r\n", ["a.de. a"]],
  ])("%s", (_, text, expected) => {
    expect(readKnotConf(text).map(({ origin, file }) => `${origin} ${file}`)).toEqual(expected);
  });
});

describe("nginx", () => {
  it.each([
    [
      "a server",
      "server { server_name mta-sts.a.de mta-sts.b.de; root /srv/x; }",
      ["mta-sts.a.de. mta-sts.b.de.: /srv/x"],
    ],
    [
      "a location",
      "http { server { server_name a.de; location /.well-known/ { alias '/srv/x/'; } } }",
      ["a.de.: /srv/x/"],
    ],
    [
      "patterns and variables",
      'server { server_name *.a.de "~^x{2}$" ${d} "mta-sts.a.de"; root $document; }',
      ["mta-sts.a.de.: $document"],
    ],
    ["comments", "# server { root /x; }\nserver { # root /y;\n root /z; }", [": /z"]],
    ["roots outside", "root /srv;", []],
    ["broken", "server { root /x; } } } server { root '/y", [": /x"]],
  ])("%s", (_, text, expected) => {
    expect(readNginxConf(text).map(({ hosts, roots }) => `${hosts.join(" ")}: ${roots.join(" ")}`)).toEqual(expected);
  });
});

describe("a Caddyfile", () => {
  it.each([
    ["a site", "mta-sts.a.de {\n\troot * /srv/x\n\tfile_server\n}\n", ["mta-sts.a.de.: /srv/x"]],
    [
      "several addresses",
      "https://mta-sts.a.de:443/x, mta-sts.b.de,\nmta-sts.c.de {\n root /srv\n}\n",
      ["mta-sts.a.de. mta-sts.b.de. mta-sts.c.de.: /srv"],
    ],
    [
      "two sites",
      '{\n email a@b\n}\na.de {\n handle /x {\n  root * "/a b"\n }\n}\nb.de {\n root /b\n}\n',
      [": ", "a.de.: /a b", "b.de.: /b"],
    ],
    ["without braces", "a.de\nroot * /a\nfile_server {\n index x\n}\nroot /b\n", ["a.de.: /a /b"]],
    ["a heredoc", "a.de {\n respond <<END\n }\n b.de {\n END\n root /a # x\n}\n", ["a.de.: /a"]],
    ["imports", "import sites/*\na.de {\n root /a\n}\n", ["a.de.: /a"]],
    ["variables", "mta-sts.{$DOMAIN} {\n root /a\n}\n", [": /a"]],
  ])("%s", (_, text, expected) => {
    expect(readCaddyfile(text).map(({ hosts, roots }) => `${hosts.join(" ")}: ${roots.join(" ")}`)).toEqual(expected);
  });
});

it.each([
  "{",
  "}",
  "${",
  '"',
  "'",
  "/*",
  "zone:",
  "- a: b\n",
  "a {\n",
  "<<A\n",
  "\\",
  "a ",
  "server{server_name a b;}",
  "server_name a;",
  "a,\n",
])("reads a long file of %j at once", (part) => {
  const text = part.repeat(300_000 / part.length);
  const readers = [readNamedConf, readNsdConf, readKnotConf, readNginxConf, readCaddyfile];
  expect(cpuTime(() => readers.forEach((read) => read(text)))).toBeLessThan(5000);
});
