import fc from "fast-check";
import { expect, it } from "vitest";
import { Source } from "../../src/model/source.ts";
import { parseZone } from "../../src/parse/zone/parseZone.ts";
import { recordLine } from "../../src/write/recordLine.ts";

function readBack(line: string): readonly { owner: string; type: string; value: string | undefined }[] {
  const source = new Source("head", "x", Buffer.from(`$TTL 60\n${line}\n`));
  const { records, problems } = parseZone(source, { origin: ".", strict: true, include: () => "no" });
  expect(problems).toEqual([]);
  return records.map(({ owner, type, txt }) => ({ owner, type, value: txt?.value }));
}

it("writes what the zone parser reads back, whatever the value holds", () => {
  const printable = fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 200,
  });
  fc.assert(
    fc.property(printable, (value) => {
      expect(readBack(recordLine("_mta-sts.example.com.", value))).toEqual([
        { owner: "_mta-sts.example.com.", type: "TXT", value },
      ]);
    }),
  );
});

it.each(["$&", "$$", "a;b", 'a"b', "a\\b", "{txt}"])("keeps %j, which the writing library would expand", (value) => {
  expect(readBack(recordLine("_mta-sts.example.com.", value))[0]?.value).toBe(value);
});
