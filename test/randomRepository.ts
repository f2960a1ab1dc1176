import fc from "fast-check";
import type { Files, Story } from "./snapshotOf.ts";

/** One record of a zone, its owner relative to the origin, and how it is written. */
interface Line {
  readonly owner: string;
  readonly type: string;
  readonly rdata: string;
  readonly style: Style;
}

interface Style {
  readonly owner: "relative" | "absolute" | "inherited" | "upper";
  readonly gap: " " | "\t" | "\t\t  ";
  readonly meta: "" | "IN" | "300" | "300 IN" | "IN 1h";
  readonly layout: "plain" | "parentheses" | "comment" | "split" | "blank";
}

const style = fc.record<Style>({
  owner: fc.constantFrom("relative", "absolute", "inherited", "upper"),
  gap: fc.constantFrom(" ", "\t", "\t\t  "),
  meta: fc.constantFrom("", "IN", "300", "300 IN", "IN 1h"),
  layout: fc.constantFrom("plain", "parentheses", "comment", "split", "blank"),
});

/** Records, sound and not; TXT values are written by the style, so that they are given bare. */
const RECORDS: readonly (readonly [owner: string, type: string, rdata: string])[] = [
  ["@", "MX", "10 mx1"],
  ["@", "MX", "20 mx2.nordwind.de."],
  ["@", "MX", "30 mail.fabrikam.net."],
  ["@", "MX", "30 mail.fabrikam.net"],
  ["@", "MX", "40 mx1.nordwind.de"],
  ["@", "MX", "0 ."],
  ["@", "MX", "0 nordwind-de.mail.protection.outlook.com."],
  ["@", "MX", "50 192.0.2.1"],
  ["sub", "MX", "10 mx1.nordwind.de."],
  ["mx1", "A", "203.0.113.25"],
  ["mx1", "CNAME", "mail.fabrikam.net."],
  ["mx2", "AAAA", "2001:db8::25"],
  ["@", "A", "203.0.113.26"],
  ["*", "CNAME", "park.fabrikam.net."],
  ["_mta-sts", "TXT", "v=STSv1; id=1"],
  ["_mta-sts", "TXT", "v=STSv1; id=20260101T000000Z;"],
  ["_mta-sts", "TXT", "v=STSv1 id=1"],
  ["_mta-sts", "TXT", "v=stsv1; id = 1;;"],
  ["_mta-sts", "TXT", "id=1; v=STSv1"],
  ["_mta-sts", "TXT", "v=STSv1; id=2026-01-01"],
  ["_mta-sts", "TXT", "v=STSv1; id=1; owner=us"],
  ["_mta-sts", "CNAME", "_mta-sts.fabrikam.net."],
  ["_mta-sts", "CNAME", "gone"],
  ["_mta-sts.sub", "TXT", "v=STSv1; id=1"],
  ["_mta-sts.nordwind.de", "TXT", "v=STSv1; id=1"],
  ["_mts-sta", "TXT", "v=STSv1; id=1"],
  ["mta-sts", "TXT", "v=STSv1; id=1"],
  ["_smtp._tls", "TXT", "v=TLSRPTv1; rua=mailto:tls@nordwind.de"],
  ["_smtp._tls", "TXT", "v=TLSRPTv1; rua=tls@nordwind.de"],
  ["_smtp._tls", "TXT", "v=TLSRPTv1; rua=mailto:a@nordwind.de mailto:b@nordwind.de!10m"],
  ["_smtp._tls", "TXT", "TSLRPTv1; rua=mailto:tls@nordwind.de"],
  ["_smtp._tls", "TXT", "v=TLSRPTv1 rua=mailto:tls@nordwind.de; ruf=mailto:a@b.de"],
  ["_smtp._tls", "CNAME", "tls.fabrikam.net."],
  ["smtp._tls", "TXT", "v=TLSRPTv1; rua=mailto:tls@nordwind.de"],
  ["_smtp._tls.nordwind.de", "TXT", "v=TLSRPTv1; rua=mailto:tls@nordwind.de"],
  ["mta-sts", "A", "10.1.2.3"],
  ["mta-sts", "A", "93.184.215.14"],
  ["mta-sts", "CNAME", "web.fabrikam.net."],
  ["@", "CAA", '0 issue ";"'],
  ["www", "A", "203.0.113.300"],
  ["www", "A", "203.0.113.7"],
  ["www", "ALIAS", "web.fabrikam.net."],
];

const line = fc
  .tuple(fc.constantFrom(...RECORDS), style)
  .map(([[owner, type, rdata], how]): Line => ({ owner, type, rdata, style: how }));

/** Whole lines that no record's style applies to. */
const rawLine = fc.constantFrom(
  "$GENERATE 1-3 mx$ A 203.0.113.$",
  '$GENERATE 1-1 _mta-sts TXT "v=STSv1; id=$"',
  "$GENERATE 1-2 @ MX $0 mx$",
  "$TTL 600",
  "$ORIGIN nordwind.de.",
  "$ORIGIN de.",
  "$INCLUDE more.inc",
  "; a remark",
  "",
  "_mta-sts TXT v=STSv1; id=1",
  "_smtp._tls IN TXT v=TLSRPTv1; rua=mailto:tls@nordwind.de",
  "_mta-sts TXT “v=STSv1; id=1”",
  '_mta-sts TXT "\\"v=STSv1; id=1\\""',
);

function txt(value: string, { layout }: Style): string {
  if (layout === "split") return `"${value.slice(0, 9)}" "${value.slice(9)}"`;
  if (layout === "parentheses") return `( "${value.slice(0, 5)}" ; part\n\t"${value.slice(5)}" )`;
  if (layout === "blank") return value.replaceAll(/[;\s]/g, (one) => `\\${one === ";" ? ";" : "032"}`);
  return `"${value}"`;
}

function written({ owner, type, rdata, style: how }: Line, before: string | undefined): string {
  const absolute = owner === "@" ? "nordwind.de." : `${owner}.nordwind.de.`;
  const names = {
    relative: owner,
    absolute,
    inherited: owner === before ? "" : owner,
    upper: absolute.toUpperCase(),
  };
  const value =
    type === "TXT"
      ? txt(rdata, how)
      : how.layout === "parentheses"
        ? `(${how.gap}${rdata.replace(" ", "\n  ")})`
        : rdata;
  const fields = [names[how.owner], ...how.meta.split(" "), type, value];
  const text = [fields[0], ...fields.slice(1).filter((field) => field !== "")].join(how.gap);
  return how.layout === "comment" ? `${text} ; ours; "quoted" (` : text;
}

function zoneText(lines: readonly (Line | string)[]): string {
  let before: string | undefined;
  return lines
    .map((one) => {
      const text = typeof one === "string" ? one : written(one, before);
      before = typeof one === "string" ? undefined : one.owner;
      return `${text}\n`;
    })
    .join("");
}

const TOPS = [
  (serial: number) => `$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns1 h ${serial} 4h 1h 1w 300\n@ NS ns1\n`,
  (serial: number) =>
    `; ours\n$TTL 3600\nnordwind.de.\tIN\tSOA\tns1.nordwind.de. h.nordwind.de. (\n\t\t${serial} ; serial\n\t\t14400 3600 604800 300 )\n\tNS\tns1\n`,
  (serial: number) => `@ 3600 IN SOA ns1 h ( ${serial}\n 4h 1h 1w 300 )\n`,
];

const zoneFile = fc
  .tuple(
    fc.constantFrom(...TOPS),
    fc.constantFrom(1, 7, 2026010101, 2026010102, 1767225600),
    fc.array(fc.oneof({ weight: 5, arbitrary: line }, rawLine), { maxLength: 9 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([top, serial, lines, isCrlf, isEnded]) => {
    const text = `${top(serial)}${zoneText(lines)}`;
    const ended = isEnded ? text : text.replace(/\n$/, "");
    return isCrlf ? ended.replaceAll("\n", "\r\n") : ended;
  });

const fragment = fc.array(line, { maxLength: 3 }).map(zoneText);

const policyLine = fc.constantFrom(
  "version: STSv1",
  "mode: testing",
  "mode: enforce",
  "mode: none",
  "Mode: enforce",
  "mode: Enforce",
  "mode = testing",
  "mx: mx1.nordwind.de",
  "mx: mx2.nordwind.de",
  "mx: *.nordwind.de",
  "mx: *.fabrikam.net",
  "mx: mx1.nordwind.de.",
  "mx: mx1.nordwind.de, mail.fabrikam.net",
  "mx: MÜX.nordwind.de",
  "mx: mail.protection.outlook.com",
  "mx: *.mail.protection.outlook.com",
  "mx: *.co.uk",
  "MX: mail.fabrikam.net",
  "mx : mx2.nordwind.de",
  "max_age: 604800",
  "max_age: 3600",
  "max_age: 31557601",
  "max_age: 7d",
  "maxage: 86400",
  "# remark",
  "rua: mailto:tls@nordwind.de",
  "note: ours",
  " mx: mx1.nordwind.de",
  "",
);

const SOUND = ["version: STSv1", "mode: testing", "mx: mx1.nordwind.de", "max_age: 604800"];

/** A sound policy with some lines taken out, put in and put elsewhere. */
const policyFile = fc
  .tuple(
    fc.subarray(SOUND, { minLength: 2 }),
    fc.array(fc.tuple(policyLine, fc.nat(5)), { maxLength: 3 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([sound, more, lineEnd, isEnded]) => {
    const lines = [...sound];
    for (const [text, at] of more) lines.splice(at, 0, text);
    return lines.join(lineEnd) + (isEnded ? lineEnd : "");
  });

const files: fc.Arbitrary<Files> = fc.record(
  {
    "zones/nordwind.de.zone": zoneFile,
    "zones/more.inc": fragment,
    "policies/nordwind.de/mta-sts.txt": policyFile,
    "policies/sub.nordwind.de/mta-sts.txt": policyFile,
    "zones/internal/nordwind.de.zone": zoneFile,
  },
  { requiredKeys: ["zones/nordwind.de.zone", "policies/nordwind.de/mta-sts.txt"] },
);

/** A repository with zones in all styles, policies, and random faults in both; with or without a base that differs in some files. */
export const randomRepository: fc.Arbitrary<Story> = fc
  .tuple(
    files,
    fc.option(files, { nil: undefined }),
    fc.subarray(["zones/nordwind.de.zone", "policies/nordwind.de/mta-sts.txt"]),
  )
  .map(([head, base, kept]) => {
    if (!base) return { head };
    const same = Object.fromEntries(kept.map((path) => [path, head[path] ?? ""]));
    return { history: { "2026-05-25": { ...base, ...same } }, head };
  });
