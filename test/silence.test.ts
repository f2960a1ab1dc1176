import { describe, expect, it } from "vitest";
import { type Config, DEFAULT_CONFIG } from "../src/model/config.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { POLICY, ZONE, nordwind, policy, zone } from "./nordwind.ts";
import { type Files, type Story, snapshotOf } from "./snapshotOf.ts";

/** What must stay silent, and beside it the smallest variation that must not. */
interface Pair {
  readonly silent: Story;
  /** The rules that are documented to say a notice of exactly that. */
  readonly notices?: readonly string[];
  /** The rule that speaks, and about what. */
  readonly but: readonly [rule: string, story: Story];
  readonly config?: Partial<Config>;
}

type Texts = NonNullable<Parameters<typeof nordwind>[0]>;

const state = (texts: Texts): Story => ({ head: nordwind(texts) });
const change = (base: Texts, head: Texts): Story => ({ base: nordwind(base), head: nordwind(head) });
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

/** A zone's change with the serial it needs. */
const raised = 2026060101;

const OUTLOOK = "nordwind-de.mail.protection.outlook.com";

const enforced = (more: Parameters<typeof policy>[0] = {}): string => policy({ mode: "enforce", ...more });

/** What `zone()` says, in other words. */
const REFORMATTED = `; ours
@ 3600 IN SOA ns1.nordwind.de. h (
    2026010101 ; serial
    14400 3600 604800 5m )
  IN NS ns1
$TTL 60m
_smtp._tls IN 3600 TXT ( "v=TLSRPTv1; rua=mailto:tls@nordwind.de"
)
$ORIGIN de.
_mta-sts.nordwind TXT v=STSv1\\;\\032id=1
MTA-STS.nordwind CNAME mta-sts.fabrikam.net.
nordwind.de. MX 010 MX1.nordwind.de.
ns1.nordwind A 203.0.113.1
mx1.nordwind A 203.0.113.25
`;

/** A site of GitHub Pages. */
const SITE: Files = { CNAME: "mta-sts.nordwind.de\n", ".well-known/mta-sts.txt": policy() };

const NETLIFY: Files = { ".well-known/mta-sts.txt": policy(), "netlify.toml": '[build]\npublish = "."\n' };

/** The view that the world sees, an internal one without the record, and the policy's patterns. */
const views = (external: Parameters<typeof zone>[0], internal: readonly string[], mx: string[]): Story => ({
  head: {
    "external/nordwind.de.zone": zone(external),
    "internal/nordwind.de.zone": zone({ mx: [...internal], sts: "", more: "exchange A 203.0.113.9\n" }),
    [POLICY]: policy({ mx }),
  },
});

/** A domain that has been in testing for long. */
const tested = (head: Files, since = "2026-03-15"): Story => ({ history: { [since]: nordwind() }, head });

const PAIRS: Readonly<Record<string, Readonly<Record<string, Pair>>>> = {
  "what RFC 8461 and RFC 8460 allow": {
    "CRLF in a policy": {
      silent: state({ policy: crlf(policy()) }),
      but: ["policy-syntax", state({ policy: policy().replaceAll("\n", "\r") })],
    },
    "CRLF in a zone": {
      silent: state({ zone: crlf(zone()) }),
      but: ["record-syntax", state({ zone: crlf(zone({ sts: '_mta-sts TXT "v=STSv1; id="' })) })],
    },
    "LF here and CRLF there": {
      silent: state({ policy: policy().replace("\n", "\r\n") }),
      but: ["policy-syntax", state({ policy: policy().replace("\n", "\r\r\n") })],
    },
    "no final newline": {
      silent: state({ zone: zone().trimEnd(), policy: policy().trimEnd() }),
      but: ["policy-syntax", state({ policy: `${policy()}\n` })],
    },
    "trailing blanks": {
      silent: state({ zone: zone().replaceAll("\n", " \t\n"), policy: policy().replaceAll("\n", " \t\n") }),
      but: ["policy-syntax", state({ policy: policy().replaceAll("\n", "\n ").trimEnd() })],
    },
    "blanks and tabs after the colon, or none": {
      silent: state({ policy: policy().replace("mode: ", "mode:\t  ").replace("mx: ", "mx:") }),
      but: ["policy-syntax", state({ policy: policy().replace("mode: ", "mode : ") })],
    },
    "no final semicolon": {
      silent: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1; id=1"' }) }),
      but: ["record-syntax", state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1 id=1"' }) })],
    },
    "one final semicolon": {
      silent: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1; id=1;"' }) }),
      but: ["record-syntax", state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1; id=1;;"' }) })],
    },
    "no blank after the semicolon": {
      silent: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1;id=x"' }) }),
      but: ["record-syntax", state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1;id =x"' }) })],
    },
    "blanks around the second semicolon": {
      silent: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1;   id=x  ; "' }) }),
      but: ["record-syntax", state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1;   id=x y ; "' }) })],
    },
    "an id of one character, and one of 32": {
      silent: change(
        {},
        {
          zone: zone({
            id: "a".repeat(32),
            serial: raised,
            more: '_mta-sts.sub TXT "v=STSv1; id=Z"\nmta-sts.sub CNAME mta-sts\n',
          }),
        },
      ),
      but: ["record-syntax", change({}, { zone: zone({ id: "a".repeat(33), serial: raised }) })],
    },
    "an extension field in the record": {
      silent: state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1; id=1; ext_1.a-b=!:~"' }) }),
      notices: ["record-unknown-field"],
      but: ["record-syntax", state({ zone: zone({ sts: '_mta-sts TXT "v=STSv1; id=1; ext_1.a-b="' }) })],
    },
    "an extension field in the policy": {
      silent: state({ policy: `${policy()}ext_1.a-b: Grüße: a b\n` }),
      notices: ["policy-field"],
      but: ["policy-syntax", state({ policy: `${policy()}ext 1: a\n` })],
    },
    "fields called `id` and `ttl` in the policy": {
      silent: state({ policy: `${policy()}id: 1\nttl: 300\n` }),
      notices: ["policy-field", "policy-field"],
      but: ["policy-field", state({ policy: `${policy()}my: mx1.nordwind.de\n` })],
    },
    "an extension field in the TLSRPT record": {
      silent: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de; ext=1;"' }) }),
      but: [
        "tlsrpt-syntax",
        state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de; ext="' }) }),
      ],
    },
    "a TLSRPT record without blanks": {
      silent: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1;rua=mailto:tls@nordwind.de"' }) }),
      but: ["tlsrpt-syntax", state({ zone: zone({ tls: '_smtp._tls TXT "TSLRPTv1;rua=mailto:tls@nordwind.de"' }) })],
    },
    "several strings in one TXT": {
      silent: state({
        zone: zone({
          sts: '_mta-sts TXT ( "v=STSv1" ; split\n  "; id=" "1;" )',
          tls: '_smtp._tls TXT "v=TLSRPTv1; " "rua=mailto:tls@" "nordwind.de"',
        }),
      }),
      but: ["record-multiple", state({ zone: zone({ more: '_mta-sts TXT "v=STSv1; id=2"\n' }) })],
    },
    "unrelated TXT beside the record": {
      silent: state({ zone: zone({ more: '_mta-sts TXT "verify=1; id=2"\n_smtp._tls TXT "verify=1"\n' }) }),
      but: ["tlsrpt-multiple", state({ zone: zone({ more: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@b.de"\n' }) })],
    },
    "upper case in host names": {
      silent: state({
        zone: zone({ mx: ["10 MX1.Nordwind.DE."] }).replace("_mta-sts", "_MTA-STS"),
        policy: policy({ mx: ["mX1.nordwind.de"] }),
      }),
      but: ["policy-field", state({ policy: policy().replace("mx:", "MX:") })],
    },
    "any order of a policy's lines": {
      silent: change({}, { policy: `${policy().trimEnd().split("\n").toReversed().join("\n")}\n` }),
      but: [
        "policy-syntax",
        change(
          {},
          { policy: `${policy().trimEnd().split("\n").toReversed().join("\n")}version: STSv1\n`.slice(0, -1) + "\n\n" },
        ),
      ],
    },
    "mode none without mx": {
      silent: state({ policy: policy({ mode: "none", mx: [] }) }),
      but: ["policy-mx-missing", state({ policy: policy({ mx: [] }) })],
    },
    "mode none without a TLSRPT record or MX in the policy": {
      silent: state({ zone: zone({ tls: "" }), policy: policy({ mode: "none", mx: ["mx9.nordwind.de"] }) }),
      but: ["tlsrpt-missing", state({ zone: zone({ tls: "" }) })],
    },
    "max_age of a day and of a year, exactly": {
      silent: tested(nordwind({ policy: enforced({ maxAge: 86400 }), zone: zone({ id: "2", serial: raised }) })),
      but: [
        "policy-max-age-short",
        tested(nordwind({ policy: enforced({ maxAge: 86399 }), zone: zone({ id: "2", serial: raised }) })),
      ],
    },
    "the longest max_age that the text allows, in a policy that has long enforced": {
      silent: change({ policy: enforced({ maxAge: 31557600 }) }, { policy: enforced({ maxAge: 31557600 }) }),
      but: ["policy-max-age", state({ policy: policy({ maxAge: 31557601 }) })],
    },
    "a max_age of thirty days in testing": {
      silent: state({ policy: policy({ maxAge: 2592000 }) }),
      but: ["policy-max-age-long", state({ policy: policy({ maxAge: 2592001 }) })],
    },
    "a short max_age in testing": {
      silent: state({ policy: policy({ maxAge: 300 }) }),
      but: ["policy-max-age-short", state({ policy: policy({ maxAge: 0 }) })],
    },
    "max_age 0 in mode none": {
      silent: state({ policy: policy({ mode: "none", maxAge: 0 }) }),
      but: ["policy-max-age-short", state({ policy: policy({ mode: "testing", maxAge: 0 }) })],
    },
    "A-labels": {
      silent: state({
        zone: zone({ mx: ["10 mx.xn--mnchen-3ya.de."] }),
        policy: policy({ mx: ["mx.xn--mnchen-3ya.de"] }),
      }),
      but: [
        "policy-mx-syntax",
        state({ zone: zone({ mx: ["10 mx.xn--mnchen-3ya.de."] }), policy: policy({ mx: ["mx.münchen.de"] }) }),
      ],
    },
  },

  ids: {
    "an id that is no date": {
      silent: change(
        { zone: zone({ id: "20260101T000000Z" }) },
        { zone: zone({ id: "Bär".replace("ä", "ae"), serial: raised }), policy: policy({ maxAge: 86400 }) },
      ),
      but: [
        "id-not-bumped",
        change(
          { zone: zone({ id: "x" }) },
          { zone: zone({ id: "x", serial: raised }), policy: policy({ maxAge: 86400 }) },
        ),
      ],
    },
    "an id that goes backwards, and gets shorter": {
      silent: change(
        { zone: zone({ id: "20260101" }) },
        { zone: zone({ id: "7", serial: raised }), policy: policy({ maxAge: 86400 }) },
      ),
      but: [
        "id-not-bumped",
        change(
          { zone: zone({ id: "20260101" }) },
          { zone: zone({ id: "20260101", serial: raised }), policy: policy({ maxAge: 86400 }) },
        ),
      ],
    },
    "a computed id": {
      silent: change(
        { zone: zone({ id: "{{ hash }}" }) },
        { zone: zone({ id: "{{ hash }}" }), policy: policy({ maxAge: 86400 }) },
      ),
      but: [
        "id-not-bumped",
        change({ zone: zone({ id: "hash" }) }, { zone: zone({ id: "hash" }), policy: policy({ maxAge: 86400 }) }),
      ],
    },
    "an id that is a hash": {
      silent: change(
        { zone: zone({ id: "0cc175b9c0f1b6a831c399e269772661" }) },
        { zone: zone({ id: "92eb5ffee6ae2fec3ad71c777531578f", serial: raised }), policy: policy({ maxAge: 86400 }) },
      ),
      but: ["record-syntax", state({ zone: zone({ id: "sha256-92eb5ffee6ae2fec3ad7" }) })],
    },
    "an id bump without a policy edit": {
      silent: change({}, { zone: zone({ id: "2", serial: raised }) }),
      but: ["zone-serial", change({}, { zone: zone({ id: "2" }) })],
    },
    "policy and id reverted together": {
      silent: {
        history: {
          "2026-05-01": nordwind(),
          "2026-05-10": nordwind({ zone: zone({ id: "2", serial: 2026051001 }), policy: policy({ maxAge: 86400 }) }),
        },
        head: nordwind({ zone: zone({ serial: raised }) }),
      },
      but: [
        "id-reused",
        {
          history: {
            "2026-05-01": nordwind(),
            "2026-05-10": nordwind({ zone: zone({ id: "2", serial: 2026051001 }), policy: policy({ maxAge: 86400 }) }),
          },
          head: nordwind({ zone: zone({ serial: raised }), policy: policy({ maxAge: 1209600 }) }),
        },
      ],
    },
    "another order, line ends and blanks are no change of a policy": {
      silent: change(
        {
          policy: policy({ mx: ["mx1.nordwind.de", "*.b.nordwind.de"] }),
          zone: zone({ mx: ["10 mx1", "20 a.b"], more: "a.b A 203.0.113.9\n" }),
        },
        {
          policy: crlf(policy({ mx: ["*.B.nordwind.de", "mx1.nordwind.de"] }).replace("testing", "testing ")),
          zone: zone({ mx: ["10 mx1", "20 a.b"], more: "a.b A 203.0.113.9\n" }),
        },
      ),
      but: ["id-not-bumped", change({}, { policy: crlf(policy({ mx: ["mx1.nordwind.de", "*.b.nordwind.de"] })) })],
    },
    "a policy moved to another folder": {
      silent: {
        base: nordwind(),
        head: { [ZONE]: zone(), "web/mta-sts.nordwind.de/.well-known/mta-sts.txt": policy() },
      },
      but: [
        "id-not-bumped",
        {
          base: nordwind(),
          head: { [ZONE]: zone(), "web/mta-sts.nordwind.de/.well-known/mta-sts.txt": policy({ maxAge: 86400 }) },
        },
      ],
    },
  },
  "who holds what": {
    "a domain without MTA-STS, however broken": {
      silent: {
        head: {
          [ZONE]: zone({
            sts: "",
            tls: "",
            host: "mta-sts A 127.0.0.1",
            mx: ["0 .", "10 192.0.2.1", "20 www", "30 mail.nordwind.de", "40 gone"],
            more: "www CNAME www.fabrikam.net.\nwww A 203.0.113.2\n_smtp._tls CNAME a\n_smtp._tls A 203.0.113.4\n@ 5 MX 50 mx1\nfoo A 203.0.113.300\n",
          }),
        },
      },
      but: ["zone-syntax", state({ zone: zone({ more: "foo A 203.0.113.300\n" }) })],
    },
    "records that change in a zone without MTA-STS": {
      silent: { base: { [ZONE]: zone({ sts: "" }) }, head: { [ZONE]: zone({ sts: "", mx: ["10 mx9"] }) } },
      but: ["zone-serial", { base: { [ZONE]: zone() }, head: { [ZONE]: zone({ mx: ["10 mx9"] }) } }],
    },
    "a policy without a zone": {
      silent: { head: { [POLICY]: policy() } },
      but: ["mx-not-covered", state({ zone: zone({ mx: ["10 mx2"], more: "mx2 A 203.0.113.26\n" }) })],
    },
    "a zone without a policy": {
      silent: { head: { [ZONE]: zone() } },
      but: ["policy-missing", { base: nordwind(), head: { [ZONE]: zone() } }],
    },
    "`_mta-sts` as CNAME to elsewhere, and no policy": {
      silent: { head: { [ZONE]: zone({ sts: "_mta-sts CNAME _mta-sts.fabrikam.net." }) } },
      but: ["record-cname", { head: { [ZONE]: zone({ sts: "_mta-sts CNAME _mta-sts2" }) } }],
    },
    "`_mta-sts` as CNAME to a record in the repository": {
      silent: state({ zone: zone({ sts: '_mta-sts CNAME sts.shared\nsts.shared TXT "v=STSv1; id=1"' }) }),
      but: [
        "record-syntax",
        state({ zone: zone({ sts: '_mta-sts CNAME sts.shared\nsts.shared TXT "v=STSv1; id="' }) }),
      ],
    },
    "`_mta-sts` as CNAME to elsewhere, and a policy": {
      silent: state({ zone: zone({ sts: "_mta-sts CNAME _mta-sts.fabrikam.net." }) }),
      but: ["record-missing", state({ zone: zone({ sts: "" }) })],
    },
    "`_mta-sts` in a delegated zone": {
      silent: state({ zone: zone({ sts: "_mta-sts NS ns.fabrikam.net." }) }),
      but: ["record-missing", state({ zone: zone({ sts: "" }) })],
    },
    "mode none without a record": {
      silent: state({ zone: zone({ sts: "" }), policy: policy({ mode: "none", mx: [] }) }),
      but: ["record-missing", state({ zone: zone({ sts: "" }) })],
    },
    "the policy published before the record": {
      silent: { base: { [ZONE]: zone({ sts: "" }) }, head: nordwind({ zone: zone({ sts: "" }) }) },
      notices: ["record-missing"],
      but: ["record-missing", state({ zone: zone({ sts: "" }), policy: policy({ maxAge: 86400 }) })],
    },
    "domains that share MX hosts and policy": {
      silent: {
        head: {
          [ZONE]: zone(),
          "zones/nordwind.at.zone": zone({ mx: ["10 mx1.nordwind.de."] }).replace("nordwind.de", "nordwind.at"),
          "web/.well-known/mta-sts.txt": policy(),
        },
      },
      but: [
        "mx-not-covered",
        {
          head: {
            [ZONE]: zone(),
            "zones/nordwind.at.zone": zone().replace("nordwind.de", "nordwind.at"),
            "web/.well-known/mta-sts.txt": policy(),
          },
        },
      ],
    },
    "a pattern that only another domain with the same policy needs": {
      silent: {
        head: {
          [ZONE]: zone(),
          "zones/nordwind.at.zone": zone().replace("nordwind.de", "nordwind.at"),
          "web/.well-known/mta-sts.txt": policy({
            mx: ["*.nordwind.net", "mx1.nordwind.de", "mx1.nordwind.at"],
          }).replace("mx: *.nordwind.net\n", ""),
        },
      },
      but: [
        "mx-not-covered",
        {
          head: {
            [ZONE]: zone(),
            "zones/nordwind.at.zone": zone().replace("nordwind.de", "nordwind.at"),
            "web/.well-known/mta-sts.txt": policy(),
          },
        },
      ],
    },
    "two views of one zone that hold the same": {
      silent: {
        head: { "internal/nordwind.de.zone": zone(), "external/nordwind.de.zone": zone(), [POLICY]: policy() },
      },
      but: [
        "mx-not-covered",
        {
          head: {
            "internal/nordwind.de.zone": zone(),
            "external/nordwind.de.zone": zone({ mx: ["10 mx2"], more: "mx2 A 203.0.113.9\n" }),
            [POLICY]: policy(),
          },
        },
      ],
    },
    "an internal view without the record": {
      silent: {
        head: {
          "internal/nordwind.de.zone":
            "$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns1 h 1 4h 1h 1w 300\n@ NS ns1\n@ MX 10 exchange\nns1 A 10.0.0.1\nexchange A 10.0.0.2\n",
          "external/nordwind.de.zone": zone(),
          [POLICY]: policy(),
        },
      },
      but: [
        "mx-not-covered",
        {
          head: {
            "external/nordwind.de.zone": zone({ mx: ["10 exchange"], more: "exchange A 203.0.113.9\n" }),
            [POLICY]: policy(),
          },
        },
      ],
    },
    "a subdomain with mail and without MTA-STS": {
      silent: state({ zone: zone({ more: "sub MX 10 mail.fabrikam.net.\n" }) }),
      but: [
        "mx-not-covered",
        state({
          zone: zone({ more: 'sub MX 10 mail.fabrikam.net.\n_mta-sts.sub TXT "v=STSv1; id=1"\n' }),
          more: { "policies/sub.nordwind.de/mta-sts.txt": policy() },
        }),
      ],
    },
    "two copies of a policy that say the same": {
      silent: state({ more: { "web/mta-sts.nordwind.de/.well-known/mta-sts.txt": crlf(policy()) } }),
      but: [
        "policy-wrong-domain",
        state({ more: { "web/mta-sts.nordwind.de/.well-known/mta-sts.txt": policy({ maxAge: 86400 }) } }),
      ],
    },
  },

  "the policy file": {
    "Jekyll front matter that the site strips": {
      silent: {
        head: {
          "_config.yml": "include: [.well-known]\n",
          CNAME: "mta-sts.nordwind.de\n",
          "mta-sts.txt": `---\nlayout: null\npermalink: /.well-known/mta-sts.txt\n---\n\n${policy()}`,
        },
      },
      but: [
        "policy-syntax",
        {
          head: {
            "_config.yml": "include: [.well-known]\n",
            CNAME: "mta-sts.nordwind.de\n",
            "mta-sts.txt": `---\nlayout: null\n${policy()}`,
          },
        },
      ],
    },
    "a template in a folder that says so": {
      silent: {
        head: {
          "templates/mta-sts.txt": policy({ mode: "{{ mode }}" }),
          "web/mta-sts.txt.j2": policy({ mode: "{{ mode }}" }),
        },
      },
      but: ["policy-placeholder", { head: { [POLICY]: policy({ mode: "{{ mode }}" }) } }],
    },
    "names of example domains where the domain itself is one": {
      silent: {
        head: { "policies/example.com/mta-sts.txt": policy({ mx: ["mail.example.com", "mail.example.net"] }) },
      },
      but: ["policy-placeholder", { head: { [POLICY]: policy({ mx: ["mail.example.com"] }) } }],
    },
    "names that merely hold a word of placeholders": {
      silent: {
        head: { [POLICY]: policy({ mx: ["mode.nordwind.de", "mx.nordwind.de", "myexample.de", "example.company"] }) },
      },
      but: ["policy-placeholder", { head: { [POLICY]: policy({ mx: ["mx.yourdomain.com"] }) } }],
    },
    "the right path": {
      silent: { head: { ".well-known/mta-sts.txt": policy() } },
      but: ["policy-path", { head: { ".well_known/mta-sts.txt": policy() } }],
    },
    "a name of the policy in lower case": {
      silent: { head: { "web/.well-known/mta-sts.txt": policy() } },
      but: ["policy-path", { head: { "web/.well-known/mta-sts.TXT": policy() } }],
    },
    "a policy that was never here, beside its record": {
      silent: { base: { [ZONE]: zone() }, head: { [ZONE]: zone({ id: "2", serial: raised }) } },
      but: ["policy-missing", { base: nordwind(), head: { [ZONE]: zone({ id: "2", serial: raised }) } }],
    },
    "a policy removed where the record is a CNAME to elsewhere at mode none": {
      silent: {
        base: nordwind({
          zone: zone({ sts: "_mta-sts CNAME _mta-sts.fabrikam.net." }),
          policy: policy({ mode: "none", mx: [] }),
        }),
        head: { [ZONE]: zone({ sts: "_mta-sts CNAME _mta-sts.fabrikam.net." }) },
      },
      but: ["policy-missing", { base: nordwind(), head: { [ZONE]: zone() } }],
    },
  },

  "MX hosts and patterns": {
    "`*.mail.protection.outlook.com`": {
      silent: state({
        zone: zone({ mx: [`0 ${OUTLOOK}.`] }),
        policy: policy({ mx: ["*.mail.protection.outlook.com"] }),
      }),
      but: [
        "mx-provider-trap",
        state({ zone: zone({ mx: [`0 ${OUTLOOK}.`] }), policy: policy({ mx: ["mail.protection.outlook.com"] }) }),
      ],
    },
    "`*.mx.cloudflare.net`": {
      silent: state({
        zone: zone({ mx: ["10 route1.mx.cloudflare.net.", "20 linda.mx.cloudflare.net."] }),
        policy: policy({ mx: ["*.mx.cloudflare.net"] }),
      }),
      but: [
        "mx-provider-trap",
        state({ zone: zone({ mx: ["10 route1.mx.cloudflare.net."] }), policy: policy({ mx: ["mx.cloudflare.net"] }) }),
      ],
    },
    "a provider's patterns without a zone": {
      silent: {
        head: {
          [POLICY]: policy({
            mx: ["*.mail.protection.outlook.com", "*.mx.cloudflare.net", "*.aspmx.l.google.com", "aspmx.l.google.com"],
          }),
        },
      },
      but: ["mx-provider-trap", { head: { [POLICY]: policy({ mx: ["*.google.com"] }) } }],
    },
    "a trap beside the right pattern, without a zone": {
      silent: { head: { [POLICY]: policy({ mx: ["mail.protection.outlook.com", "*.mail.protection.outlook.com"] }) } },
      but: ["mx-provider-trap", { head: { [POLICY]: policy({ mx: ["mail.protection.outlook.com"] }) } }],
    },
    "`*` for one whole label": {
      silent: { head: { [POLICY]: policy({ mx: ["*.nordwind.de"] }) } },
      but: [
        "mx-not-covered",
        state({
          zone: zone({ mx: ["10 a.b"], more: "a.b A 203.0.113.9\n" }),
          policy: policy({ mx: ["*.nordwind.de"] }),
        }),
      ],
    },
    "`*` below a registered domain": {
      silent: { head: { [POLICY]: policy({ mx: ["*.nordwind.co.uk"] }) } },
      but: ["mx-pattern-broad", { head: { [POLICY]: policy({ mx: ["*.co.uk"] }) } }],
    },
    "a null MX at a domain without MTA-STS": {
      silent: { head: { [ZONE]: zone({ sts: "", mx: ["0 ."] }) } },
      but: ["mx-null", state({ zone: zone({ mx: ["0 ."] }) })],
    },
    "a null MX in a view that senders do not see": {
      silent: views({ mx: ["10 mx1"] }, ["0 .", "10 mx1"], ["mx1.nordwind.de"]),
      but: ["mx-null", views({ mx: ["0 ."] }, ["0 ."], ["mx1.nordwind.de"])],
    },
    "a pattern that senders need": {
      silent: views(
        { mx: ["10 mx1", "20 exchange"], more: "exchange A 203.0.113.9\n" },
        ["10 exchange"],
        ["mx1.nordwind.de", "exchange.nordwind.de"],
      ),
      but: [
        "mx-pattern-unused",
        views({ mx: ["10 mx1"] }, ["10 exchange"], ["mx1.nordwind.de", "exchange.nordwind.de"]),
      ],
    },
    "a wide pattern for hosts that senders do not see": {
      silent: views({ mx: ["10 mail.fabrikam.net."] }, ["10 exchange"], ["mail.fabrikam.net", "*.nordwind.de"]),
      notices: ["mx-pattern-unused"],
      but: ["mx-pattern-broad", views({ mx: ["10 mx1"] }, ["10 exchange"], ["*.nordwind.de"])],
    },
    "a trap for hosts that senders do not see": {
      silent: views({ mx: ["10 mx1"] }, [`10 ${OUTLOOK}.`], ["mx1.nordwind.de", "mail.protection.outlook.com"]),
      notices: ["mx-provider-trap"],
      but: ["mx-not-covered", views({ mx: [`10 ${OUTLOOK}.`] }, ["10 mx1"], ["mx1.nordwind.de"])],
    },
    "a null MX and mode none": {
      silent: state({ zone: zone({ mx: ["0 ."] }), policy: policy({ mode: "none", mx: [] }) }),
      but: ["mx-null", state({ zone: zone({ mx: ["0 .", "10 mx1"] }), policy: policy({ mode: "none", mx: [] }) })],
    },
    "MX hosts of mode none that no pattern matches": {
      silent: state({ policy: policy({ mode: "none", mx: ["mx9.nordwind.de"] }) }),
      but: ["mx-not-covered", state({ policy: policy({ mx: ["mx9.nordwind.de"] }) })],
    },
    "an MX host in another zone": {
      silent: state({ zone: zone({ mx: ["10 mail.fabrikam.net."] }), policy: policy({ mx: ["mail.fabrikam.net"] }) }),
      but: ["mx-target", state({ zone: zone({ mx: ["10 mx9"] }), policy: policy({ mx: ["mx9.nordwind.de"] }) })],
    },
    "an MX host of another zone, whatever this file says of it": {
      silent: state({
        zone: zone({
          mx: ["10 mail.fabrikam.net."],
          more: "mail.fabrikam.net. CNAME a.fabrikam.net.\nmail.fabrikam.net. A 203.0.113.7\n",
        }),
        policy: policy({ mx: ["mail.fabrikam.net"] }),
      }),
      but: ["mx-target", state({ zone: zone({ mx1: "mx1 CNAME a.fabrikam.net." }) })],
    },
    "a new MX host and its line together": {
      silent: change(
        {},
        {
          zone: zone({ mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.9\n", serial: raised, id: "2" }),
          policy: policy({ mx: ["mx1.nordwind.de", "mx2.nordwind.de"] }),
        },
      ),
      but: [
        "mx-not-covered",
        change({}, { zone: zone({ mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.9\n", serial: raised }) }),
      ],
    },
    "an MX host below a wildcard": {
      silent: state({
        zone: zone({ mx: ["10 a.mail"], more: "*.mail AAAA 2001:db8::1\n" }),
        policy: policy({ mx: ["a.mail.nordwind.de"] }),
      }),
      but: [
        "mx-target",
        state({
          zone: zone({ mx: ["10 a.mail"], more: "*.web AAAA 2001:db8::1\n" }),
          policy: policy({ mx: ["a.mail.nordwind.de"] }),
        }),
      ],
    },
    "an MX host below a zone cut": {
      silent: state({
        zone: zone({ mx: ["10 a.mail"], more: "mail NS ns.fabrikam.net.\n" }),
        policy: policy({ mx: ["a.mail.nordwind.de"] }),
      }),
      but: [
        "mx-target",
        state({
          zone: zone({ mx: ["10 a.mail"], more: "mail TXT x\n" }),
          policy: policy({ mx: ["a.mail.nordwind.de"] }),
        }),
      ],
    },
    "an MX host with an IPv6 address alone": {
      silent: state({ zone: zone({ mx1: "mx1 AAAA 2001:db8::25" }) }),
      but: ["mx-target", state({ zone: zone({ mx1: "mx1 TXT x" }) })],
    },
    "an MX host whose records are lost with a broken line": {
      silent: state({ zone: zone({ mx1: "mx1 ALIAS mail.fabrikam.net." }) }),
      but: ["mx-target", state({ zone: zone({ mx1: "" }) })],
    },
    "a relative MX host of two labels that stands in the zone": {
      silent: state({
        zone: zone({ mx: ["10 mail.de"], more: "mail.de A 203.0.113.9\n" }),
        policy: policy({ mx: ["mail.de.nordwind.de"] }),
      }),
      but: [
        "mx-target",
        state({ zone: zone({ mx: ["10 mail.de"] }), policy: policy({ mx: ["mail.de.nordwind.de"] }) }),
      ],
    },
    "addresses at the domain in another file than its SOA": {
      silent: {
        head: {
          [ZONE]: zone({ mx: [], more: "$INCLUDE web.inc\n" }),
          "zones/web.inc": "@ A 203.0.113.80\n",
          [POLICY]: policy(),
        },
      },

      but: ["mx-not-covered", state({ zone: zone({ mx: [], more: "@ A 203.0.113.80\n" }) })],
    },
  },

  rollout: {
    "two weeks of testing, then enforce": {
      silent: tested(nordwind({ policy: enforced(), zone: zone({ id: "2", serial: raised }) }), "2026-05-18"),
      but: [
        "testing-too-short",
        tested(nordwind({ policy: enforced(), zone: zone({ id: "2", serial: raised }) }), "2026-05-19"),
      ],
    },
    "enforced elsewhere": {
      silent: { base: { [ZONE]: zone() }, head: nordwind({ policy: enforced() }) },
      notices: ["enforce-without-testing"],
      config: { rollout: { minTestingDays: 14, enforcedElsewhere: ["nordwind.de."] } },
      but: [
        "enforce-without-testing",
        {
          base: { "zones/nordwind.at.zone": zone().replace("nordwind.de", "nordwind.at") },
          head: {
            "zones/nordwind.at.zone": zone().replace("nordwind.de", "nordwind.at"),
            "policies/nordwind.at/mta-sts.txt": enforced({ mx: ["mx1.nordwind.at"] }),
          },
        },
      ],
    },
    "zone and policy imported together": {
      silent: { base: { README: "" }, head: nordwind({ policy: enforced() }) },
      notices: ["enforce-without-testing"],
      but: [
        "enforce-without-testing",
        { base: { [ZONE]: zone({ sts: "" }) }, head: nordwind({ policy: enforced(), zone: zone({ serial: raised }) }) },
      ],
    },
    "back to testing and to enforce again, with patterns that enforced before": {
      silent: {
        history: {
          "2026-01-01": nordwind(),
          "2026-03-01": nordwind({ policy: enforced(), zone: zone({ id: "2", serial: 2026030101 }) }),
          "2026-05-28": nordwind({ zone: zone({ id: "3", serial: 2026052801 }) }),
        },
        head: nordwind({ policy: enforced(), zone: zone({ id: "4", serial: raised }) }),
      },
      notices: ["testing-too-short"],
      but: [
        "testing-too-short",
        {
          history: {
            "2026-01-01": nordwind({ policy: policy({ mode: "none" }) }),
            "2026-05-28": nordwind({ zone: zone({ id: "3", serial: 2026052801 }) }),
          },
          head: nordwind({ policy: enforced(), zone: zone({ id: "4", serial: raised }) }),
        },
      ],
    },
    "a TLSRPT record during testing that is a CNAME to elsewhere": {
      silent: {
        history: { "2026-03-15": nordwind({ zone: zone({ tls: "_smtp._tls CNAME tls.fabrikam.net." }) }) },
        head: nordwind({
          policy: enforced(),
          zone: zone({ id: "2", serial: raised, tls: "_smtp._tls CNAME tls.fabrikam.net." }),
        }),
      },
      but: [
        "testing-blind",
        {
          history: { "2026-03-15": nordwind({ zone: zone({ tls: "" }) }) },
          head: nordwind({ policy: enforced(), zone: zone({ id: "2", serial: raised }) }),
        },
      ],
    },
    "ninety days of testing": {
      silent: { history: { "2026-03-04": nordwind() }, head: nordwind({ more: { README: "" } }) },
      but: [
        "testing-forgotten",
        { history: { "2026-03-02": nordwind() }, head: nordwind({ zone: zone({ mx: ["20 mx1"], serial: raised }) }) },
      ],
    },
    "a mode that cannot be read and is mended": {
      silent: {
        history: {
          "2026-01-01": nordwind({ policy: enforced() }),
          "2026-05-28": nordwind({ policy: enforced().replace("enforce", "enforced") }),
        },
        head: nordwind({ policy: enforced() }),
      },
      but: [
        "enforce-without-testing",
        { history: { "2026-05-28": { [ZONE]: zone({ sts: "" }) } }, head: nordwind({ policy: enforced() }) },
      ],
    },
  },

  "TLS reports": {
    "reports to an address elsewhere": {
      silent: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@fabrikam.net"' }) }),
      but: ["tlsrpt-rua", state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=tls@fabrikam.net"' }) })],
    },
    "reports to the protected domain": {
      silent: state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de"' }) }),
      but: [
        "tlsrpt-rua",
        state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de!10m"' }) }),
      ],
    },
    "two addresses, one of them https": {
      silent: state({
        zone: zone({
          tls: '_smtp._tls TXT "v=TLSRPTv1; rua=https://a.fabrikam.net/tls?d=1 , mailto:tls%2Ca@nordwind.de"',
        }),
      }),
      but: ["tlsrpt-rua", state({ zone: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=http://a.fabrikam.net/tls"' }) })],
    },
    "`_smtp._tls` as CNAME": {
      silent: state({ zone: zone({ tls: "_smtp._tls CNAME nordwind.tls.fabrikam.net." }) }),
      but: ["tlsrpt-missing", state({ zone: zone({ tls: "_smtp._tls CNAME gone" }) })],
    },
    "`_tls` in a delegated zone": {
      silent: state({ zone: zone({ tls: "_tls NS ns.fabrikam.net." }) }),
      but: ["tlsrpt-missing", state({ zone: zone({ tls: "_tls TXT x" }) })],
    },
    "no TLSRPT record where the zone is elsewhere": {
      silent: { head: { [POLICY]: policy() } },
      but: ["tlsrpt-missing", state({ zone: zone({ tls: "" }) })],
    },
    "a TLSRPT record alone": {
      silent: { head: { [ZONE]: zone({ sts: "", host: "" }) } },
      but: [
        "tlsrpt-syntax",
        { head: { [ZONE]: zone({ sts: "", host: "", tls: '_smtp._tls TXT "TSLRPTv1; rua=mailto:tls@nordwind.de"' }) } },
      ],
    },
    "names that hold other text": {
      silent: state({ zone: zone({ more: '_smtp TXT "v=spf1 -all"\n_tls TXT "x"\nsmtp._tls TXT "y"\n' }) }),
      but: [
        "tlsrpt-misnamed",
        state({ zone: zone({ tls: 'smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de"' }) }),
      ],
    },
  },

  "the policy's host": {
    "an address": {
      silent: state({ zone: zone({ host: "mta-sts A 93.184.215.14" }) }),
      but: ["host-missing", state({ zone: zone({ host: "" }) })],
    },
    "an IPv6 address": {
      silent: state({ zone: zone({ host: "mta-sts AAAA 2606:2800:21f::1" }) }),
      but: ["host-missing", state({ zone: zone({ host: "mta-sts TXT x" }) })],
    },
    "a wildcard": {
      silent: state({ zone: zone({ host: "* CNAME web.fabrikam.net." }) }),
      but: ["host-missing", state({ zone: zone({ host: "*.web CNAME web.fabrikam.net." }) })],
    },
    "a delegated zone": {
      silent: state({ zone: zone({ host: "mta-sts NS ns.fabrikam.net." }) }),
      but: ["host-missing", state({ zone: zone({ host: "" }) })],
    },
    "a line of another server's type": {
      silent: state({ zone: zone({ host: "mta-sts ALIAS web.fabrikam.net." }) }),
      but: ["host-missing", state({ zone: zone({ host: "web ALIAS web.fabrikam.net." }) })],
    },
    "none where no record announces a policy": {
      silent: { head: { [ZONE]: zone({ sts: "", host: "" }) } },
      but: ["host-missing", { head: { [ZONE]: zone({ host: "" }) } }],
    },
    "a documentation address": {
      silent: state({ zone: zone({ host: "mta-sts A 203.0.113.80" }) }),
      notices: ["host-address"],
      but: ["host-address", state({ zone: zone({ host: "mta-sts A 10.1.2.3" }) })],
    },
    "private addresses in a view that holds nothing else": {
      silent: state({
        zone: zone({ host: "mta-sts A 10.1.2.3", mx1: "mx1 AAAA fd00::25" }).replace("203.0.113.1", "192.168.0.1"),
      }),
      but: ["host-address", state({ zone: zone({ host: "mta-sts A 10.1.2.3", mx1: "mx1 AAAA fd00::25" }) })],
    },
    "a view that senders do not see": {
      silent: {
        head: {
          "internal/nordwind.de.zone": zone({
            sts: "",
            host: "mta-sts A 10.1.2.3",
            more: 'www A 93.184.215.14\n@ CAA 0 issue ";"\n',
          }),
          "external/nordwind.de.zone": zone(),
          [POLICY]: policy(),
        },
      },
      but: [
        "host-address",
        { head: { "internal/nordwind.de.zone": zone({ host: "mta-sts A 10.1.2.3" }), [POLICY]: policy() } },
      ],
    },
    "CAA records written as octets": {
      silent: state({
        zone: zone({
          host: "mta-sts A 93.184.215.14",
          more: '@ CAA 0 issue ";"\n@ CAA \\# 22 000569737375656C657473656E63727970742E6F7267\n',
        }),
      }),
      but: [
        "host-caa",
        state({
          zone: zone({ host: "mta-sts A 93.184.215.14", more: '@ CAA 0 issue ";"\n@ CAA 0 iodef "mailto:a@b.de"\n' }),
        }),
      ],
    },
    "CAA records that name a CA, in either tag": {
      silent: state({
        zone: zone({
          host: "mta-sts A 93.184.215.14",
          more: '@ CAA 0 issue ";"\n@ CAA 0 issuewild "ca.fabrikam.net"\n@ CAA 0 iodef "mailto:a@b.de"\n',
        }),
      }),
      but: ["host-caa", state({ zone: zone({ host: "mta-sts A 93.184.215.14", more: '@ CAA 0 issue ";"\n' }) })],
    },
    "CAA records that speak of no issuing at all": {
      silent: state({ zone: zone({ host: "mta-sts A 93.184.215.14", more: '@ CAA 0 iodef "mailto:a@b.de"\n' }) }),
      but: ["host-caa", state({ zone: zone({ host: "mta-sts A 93.184.215.14", more: '@ CAA 0 issue ""\n' }) })],
    },
    "CAA records nearer to the host": {
      silent: state({
        zone: zone({
          host: "mta-sts A 93.184.215.14",
          more: '@ CAA 0 issue ";"\nmta-sts CAA 0 issue "ca.fabrikam.net"\n',
        }),
      }),
      but: [
        "host-caa",
        state({
          zone: zone({
            host: "mta-sts A 93.184.215.14",
            more: 'mta-sts CAA 0 issue ";"\n@ CAA 0 issue "ca.fabrikam.net"\n',
          }),
        }),
      ],
    },
    "CAA records where the host is a CNAME to elsewhere": {
      silent: state({ zone: zone({ more: '@ CAA 0 issue ";"\n' }) }),
      but: [
        "host-caa",
        state({ zone: zone({ host: "mta-sts CNAME web\nweb A 93.184.215.14", more: '@ CAA 0 issue ";"\n' }) }),
      ],
    },
    "a site with .nojekyll": {
      silent: { head: { ...SITE, ".nojekyll": "" } },
      but: ["host-site", { head: SITE }],
    },
    "a site whose configuration includes the folder": {
      silent: { head: { ...SITE, "_config.yml": "title: a\ninclude:\n  - .well-known\n" } },
      but: ["host-site", { head: { ...SITE, "_config.yml": "title: a\ninclude:\n  - assets\n" } }],
    },
    "a folder that nothing marks as a site of Pages": {
      silent: { head: { ".well-known/mta-sts.txt": policy() } },
      but: ["host-site", { head: { ".well-known/mta-sts.txt": policy(), "_config.yml": "title: a\n" } }],
    },
    "a workflow that deploys Pages itself": {
      silent: {
        head: {
          ...SITE,
          ".github/workflows/pages.yml": "jobs:\n  a:\n    steps:\n      - uses: actions/deploy-pages@v4\n",
        },
      },
      but: [
        "host-site",
        { head: { ...SITE, ".github/workflows/test.yml": "jobs:\n  a:\n    steps:\n      - run: npm test\n" } },
      ],
    },
    "a redirect on Netlify that an existing file wins over": {
      silent: { head: { ...NETLIFY, _redirects: "/* https://www.nordwind.de/:splat 301\n" } },
      but: ["host-site", { head: { ...NETLIFY, _redirects: "/* https://www.nordwind.de/:splat 301!\n" } }],
    },
    "a redirect of other paths": {
      silent: {
        head: { ".well-known/mta-sts.txt": policy(), _redirects: "/blog/* https://www.nordwind.de/:splat 301\n" },
      },
      but: [
        "host-site",
        { head: { ".well-known/mta-sts.txt": policy(), _redirects: "/* https://www.nordwind.de/:splat 301\n" } },
      ],
    },
    "the CNAME file of the policy's host": {
      silent: { head: { ...SITE, ".nojekyll": "" } },
      but: ["host-site", { head: { ...SITE, ".nojekyll": "", CNAME: "www.nordwind.de\n", [ZONE]: zone() } }],
    },
    "a content type of plain text": {
      silent: {
        head: {
          ".well-known/mta-sts.txt": policy(),
          _headers: "/.well-known/mta-sts.txt\n  Content-Type: text/plain; charset=utf-8\n",
        },
      },
      but: [
        "host-site",
        {
          head: {
            ".well-known/mta-sts.txt": policy(),
            _headers: "/.well-known/mta-sts.txt\n  Content-Type: text/html\n",
          },
        },
      ],
    },
  },

  "the zone": {
    "a zone reformatted": {
      silent: change({}, { zone: REFORMATTED }),
      but: ["zone-serial", change({}, { zone: REFORMATTED.replace("3600", "3601") })],
    },
    "a serial of 0 or 1, which a tool sets": {
      silent: change({ zone: zone({ serial: 1 }) }, { zone: zone({ serial: 1, id: "2" }) }),
      but: ["zone-serial", change({ zone: zone({ serial: 2 }) }, { zone: zone({ serial: 2, id: "2" }) })],
    },
    "a serial that is a template": {
      silent: change(
        { zone: zone().replace("2026010101", "{{ serial }}") },
        { zone: zone({ id: "2" }).replace("2026010101", "{{ serial }}") },
      ),
      but: ["zone-serial", change({}, { zone: zone({ id: "2" }) })],
    },
    "a serial that the last commit left alone": {
      silent: {
        history: { "2026-01-01": nordwind(), "2026-02-01": nordwind({ zone: zone({ id: "2" }) }) },
        head: nordwind({ zone: zone({ id: "3" }) }),
      },
      but: [
        "zone-serial",
        {
          history: {
            "2026-01-01": nordwind(),
            "2026-02-01": nordwind({ zone: zone({ id: "2", serial: 2026020101 }) }),
          },
          head: nordwind({ zone: zone({ id: "3", serial: 2026020101 }) }),
        },
      ],
    },
    "a serial that passes 2³²": {
      silent: change({ zone: zone({ serial: 4294967295 }) }, { zone: zone({ serial: 5, id: "2" }) }),
      but: [
        "zone-serial",
        change({ zone: zone({ serial: 4294967295 }) }, { zone: zone({ serial: 4294967290, id: "2" }) }),
      ],
    },
    "a zone moved to another folder": {
      silent: { base: nordwind(), head: { "dns/nordwind.de.zone": zone(), [POLICY]: policy() } },
      but: [
        "zone-serial",
        { base: nordwind(), head: { "dns/nordwind.de.zone": zone({ mx: ["20 mx1"] }), [POLICY]: policy() } },
      ],
    },
    "records moved into an include": {
      silent: {
        base: nordwind(),
        head: nordwind({ zone: zone({ mx1: "$INCLUDE mx.inc" }), more: { "zones/mx.inc": "mx1 A 203.0.113.25\n" } }),
      },
      but: [
        "zone-serial",
        {
          base: nordwind(),
          head: nordwind({ zone: zone({ mx1: "$INCLUDE mx.inc" }), more: { "zones/mx.inc": "mx1 A 203.0.113.26\n" } }),
        },
      ],
    },
    "types of other servers, unknown types, variables": {
      silent: state({
        zone: zone({
          more: 'www ALIAS a.fabrikam.net.\ngeo DYNA web!prod\na TYPE65280 \\# 2 abcd\nb LUA A "x"\n{{ extra }}\n',
        }),
      }),
      but: ["zone-syntax", state({ zone: zone({ more: "www A a.fabrikam.net.\n" }) })],
    },
    "a CNAME beside other data at names without mail": {
      silent: state({ zone: zone({ more: "www CNAME web.fabrikam.net.\nwww TXT x\n" }) }),
      but: [
        "zone-cname",
        state({ zone: zone({ tls: "_smtp._tls CNAME tls.fabrikam.net.\n_smtp._tls A 203.0.113.7" }) }),
      ],
    },
    "DNSSEC records beside a CNAME": {
      silent: state({
        zone: zone({
          tls: "_smtp._tls CNAME tls.fabrikam.net.\n_smtp._tls NSEC a.nordwind.de. CNAME RRSIG NSEC\n_smtp._tls RRSIG CNAME 13 4 3600 20260701000000 20260601000000 1 nordwind.de. AAAA",
        }),
      }),
      but: ["zone-cname", state({ zone: zone({ tls: "_smtp._tls CNAME tls.fabrikam.net.\n_smtp._tls TXT x" }) })],
    },
    "different TTLs of different types, and at names without mail": {
      silent: state({
        zone: zone({
          mx1: "mx1 300 A 203.0.113.25\nmx1 600 AAAA 2001:db8::25",
          more: "www 300 A 203.0.113.8\nwww 600 A 203.0.113.9\n",
        }),
      }),
      but: ["zone-ttl", state({ zone: zone({ mx1: "mx1 300 A 203.0.113.25\nmx1 600 A 203.0.113.26" }) })],
    },
    "a TTL of a day at the record": {
      silent: state({ zone: zone({ sts: '_mta-sts 86400 TXT "v=STSv1; id=1"' }) }),
      but: ["record-ttl-long", state({ zone: zone({ sts: '_mta-sts 86401 TXT "v=STSv1; id=1"' }) })],
    },
    "a long TTL at the record while nothing is in force": {
      silent: state({
        zone: zone({ sts: '_mta-sts 2d TXT "v=STSv1; id=1"' }),
        policy: policy({ mode: "none", mx: [] }),
      }),
      but: ["record-ttl-long", state({ zone: zone({ sts: '_mta-sts 2d TXT "v=STSv1; id=1"' }) })],
    },
    "names like the record's that hold other text": {
      silent: state({
        zone: zone({ more: '_sts TXT "x"\n@ TXT "v=spf1 mx -all"\nabout TXT "v=STSv1 is the version"\n' }),
      }),
      but: ["record-misnamed", state({ zone: zone({ sts: '_sts TXT "v=STSv1; id=1"' }) })],
    },
  },
};

function said({ rule, severity, status, message }: ReturnType<typeof review>["findings"][number]): string {
  return `${status} ${severity} ${rule}: ${message}`;
}

function spoken(story: Story, config: Partial<Config> = {}): ReturnType<typeof review>["findings"] {
  return review(snapshotOf(story), { ...DEFAULT_CONFIG, ...config }).findings.filter(
    ({ status }) => status !== "fixed",
  );
}

for (const [group, pairs] of Object.entries(PAIRS)) {
  describe(group, () => {
    it.each(Object.entries(pairs))("%s: silent", (_, { silent, notices = [], config }) => {
      const findings = spoken(silent, config);
      const expected = findings.filter(({ rule, severity }) => severity === "notice" && notices.includes(rule));
      expect(findings.filter((finding) => !expected.includes(finding)).map(said)).toEqual([]);
      expect(expected.map(({ rule }) => rule)).toEqual(notices.filter((rule) => rule in RULES));
    });

    it.each(
      Object.entries(pairs).filter(
        ([
          ,
          {
            but: [rule],
          },
        ]) => rule in RULES,
      ),
    )("%s: the smallest variation speaks", (_, { but: [rule, story], config }) => {
      expect(
        spoken(story, config)
          .filter(({ status }) => status === "new")
          .map((finding) => finding.rule),
      ).toContain(rule);
    });
  });
}
