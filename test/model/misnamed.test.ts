import { expect, it } from "vitest";
import { misnamedStsRecords } from "../../src/model/misnamed.ts";
import { Source } from "../../src/model/source.ts";
import { parseZone } from "../../src/parse/zone/parseZone.ts";

/** The misnamed records of a zone for example.com, each as `owner → domain`. */
function misnamed(...lines: readonly string[]): readonly string[] {
  return misnamedIn("example.com.", ...lines);
}

function misnamedIn(origin: string, ...lines: readonly string[]): readonly string[] {
  const text = ["$TTL 1h", "@ SOA ns h 1 1h 1h 1h 1h", ...lines, ""].join("\n");
  const source = new Source("head", "db.example.com", new TextEncoder().encode(text));
  const zone = parseZone(source, { origin, strict: false, include: () => "not here" });
  return misnamedStsRecords(zone).map(({ record, meantFor }) => `${record.owner} → ${meantFor}`);
}

const TXT = 'TXT "v=STSv1; id=1"';

it.each([
  ["mta-sts", "mta-sts.example.com. → example.com."],
  ["_mts-sta", "_mts-sta.example.com. → example.com."],
  ["_MTA_STS", "_mta_sts.example.com. → example.com."],
  ["_mtasts.shop", "_mtasts.shop.example.com. → shop.example.com."],
  ["_sts", "_sts.example.com. → example.com."],
  ["_mta-sts._tcp", "_mta-sts._tcp.example.com. → example.com."],
  ["@", "example.com. → example.com."],
  ["_mta-sts.example.com", "_mta-sts.example.com.example.com. → example.com."],
  ["_mta-sts.shop.example.com", "_mta-sts.shop.example.com.example.com. → shop.example.com."],
])("%s", (owner, found) => {
  expect(misnamed(`${owner} ${TXT}`)).toEqual([found]);
});

it.each([["_mta-sts"], ["_mta-sts.shop"], ["notes"], ["_mta-sts.com"]])("%s is no misspelt name", (owner) => {
  expect(misnamed(`${owner} ${TXT}`)).toEqual([]);
});

it("takes other text for no record", () => {
  expect(misnamed('mta-sts TXT "v=spf1 -all"', "_sts CNAME _mta-sts", 'mta-sts SPF "v=STSv1; id=1"')).toEqual([]);
});

it("takes a name with mail for a mail domain", () => {
  expect(misnamed(`shop ${TXT}`)).toEqual([]);
  expect(misnamed(`shop ${TXT}`, "shop MX 10 mx")).toEqual(["shop.example.com. → shop.example.com."]);
});

it("knows that every name stands below the root", () => {
  expect(misnamedIn(".", `_mta-sts.example.com ${TXT}`)).toEqual([]);
});
