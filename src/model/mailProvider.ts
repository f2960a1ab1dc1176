import { type Name, display, nameOf } from "./name.ts";
import { type Policy, matches } from "./policy.ts";

/** A company that takes mail for the domains of others, and the `mx` patterns that fit its hosts. */
export interface MailProvider {
  readonly name: string;
  /** Which MX hosts are its own: lower case, without the final dot. */
  readonly mx: RegExp;
  /** The patterns for a policy (RFC 8461 §3.2); none: the exact hosts of the MX records. */
  readonly policy: readonly string[];
  /** Patterns for hosts that only old MX records name. */
  readonly legacy?: readonly string[];
  readonly avoid: readonly AvoidedPattern[];
  /** Where it shows its MTA-STS values, in words that follow "see". */
  readonly console?: string;
  /** Where the entry was seen: the address of its documentation, or the kind of place. */
  readonly seen: string;
}

/** A pattern that is often written for a provider, and wrong. */
export interface AvoidedPattern {
  /** Lower case. */
  readonly pattern: RegExp;
  /** `dead`: matches none of the provider's MX hosts; `broad`: matches others as well. */
  readonly kind: "dead" | "broad";
  /** In words that follow "because". */
  readonly why: string;
}

const REPOSITORIES = "public repositories, 2026";

/** The known providers; whether a policy covers a host is always computed, never looked up here. */
const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    name: "Google Workspace",
    mx: /^(?:smtp\.google\.com|(?:alt[1-4]\.)?aspmx\.l\.google\.com|aspmx[2-5]\.googlemail\.com)$/,
    policy: ["smtp.google.com", "aspmx.l.google.com", "*.aspmx.l.google.com"],
    legacy: ["*.googlemail.com"],
    avoid: [
      {
        pattern: /^\*\.google\.com$/,
        kind: "broad",
        why: "it allows every host directly below google.com, and of Google's mail hosts only smtp.google.com, not those below aspmx.l.google.com",
      },
      { pattern: /^smtp\.gmail\.com$/, kind: "dead", why: "it is the server for outgoing mail, never an MX host" },
    ],
    console: "the Google Admin console, Apps → Google Workspace → Gmail → Compliance → MTA-STS",
    seen: "https://knowledge.workspace.google.com/admin/gmail/advanced/create-an-mta-sts-policy",
  },
  {
    name: "Microsoft 365",
    mx: /\.mail\.protection\.outlook\.com$/,
    policy: ["*.mail.protection.outlook.com"],
    avoid: [
      { pattern: /^mail\.protection\.outlook\.com$/, kind: "dead", why: "its MX hosts are one label deeper" },
      {
        pattern: /^\*\.(?:protection\.)?outlook\.com$/,
        kind: "dead",
        why: "`*` stands for one label only, and its MX hosts are deeper",
      },
    ],
    console: "https://learn.microsoft.com/purview/enhancing-mail-flow-with-mta-sts",
    seen: "https://learn.microsoft.com/purview/enhancing-mail-flow-with-mta-sts",
  },
  {
    name: "Microsoft 365 (DNSSEC)",
    mx: /\.[a-z]-v1\.mx\.microsoft$/,
    policy: [],
    avoid: [
      {
        pattern: /^\*\.mx\.microsoft$/,
        kind: "dead",
        why: "`*` stands for one label only, and its MX hosts are two labels deeper",
      },
    ],
    console: "the output of `Get-DnssecStatusForVerifiedDomain` in Exchange Online PowerShell",
    seen: "https://learn.microsoft.com/powershell/module/exchange/Get-DnssecStatusForVerifiedDomain",
  },
  {
    name: "Fastmail",
    mx: /^in[12]-smtp\.messagingengine\.com$/,
    policy: ["in1-smtp.messagingengine.com", "in2-smtp.messagingengine.com"],
    avoid: [],
    seen: REPOSITORIES,
  },
  {
    name: "Zoho",
    mx: /^mx[23]?\.zoho\.(?:com|eu|in|com\.au|jp)$/,
    policy: [],
    avoid: [],
    console: "the Zoho Mail Admin Console, Domains → the domain → Email Configuration → MTA-STS",
    seen: "https://www.zoho.com/mail/help/adminconsole/advanced-security-configuration.html",
  },
  {
    name: "Proton",
    mx: /^mail(?:sec)?\.protonmail\.ch$/,
    policy: ["mail.protonmail.ch", "mailsec.protonmail.ch"],
    avoid: [],
    seen: REPOSITORIES,
  },
  {
    name: "iCloud",
    mx: /^mx0[12]\.mail\.icloud\.com$/,
    policy: ["mx01.mail.icloud.com", "mx02.mail.icloud.com"],
    avoid: [],
    seen: REPOSITORIES,
  },
  {
    name: "Mimecast",
    mx: /-smtp-inbound-[12]\.mimecast\.com$/,
    policy: [],
    avoid: [{ pattern: /^\*\.mimecast\.com$/, kind: "broad", why: "it allows every host directly below mimecast.com" }],
    seen: REPOSITORIES,
  },
  {
    name: "Proofpoint",
    mx: /^mx0[0-9][ab]?-[0-9a-f]{8}\.(?:gslb\.)?pphosted\.com$/,
    policy: [],
    avoid: [{ pattern: /^\*\.pphosted\.com$/, kind: "broad", why: "it allows the hosts of every other customer, too" }],
    seen: REPOSITORIES,
  },
  {
    name: "Migadu",
    mx: /^aspmx[12]\.migadu\.com$/,
    policy: ["aspmx1.migadu.com", "aspmx2.migadu.com"],
    avoid: [],
    seen: REPOSITORIES,
  },
  {
    name: "mailbox.org",
    mx: /^mxext[123]\.mailbox\.org$/,
    policy: ["mxext1.mailbox.org", "mxext2.mailbox.org", "mxext3.mailbox.org"],
    avoid: [],
    seen: REPOSITORIES,
  },
  { name: "Yandex 360", mx: /^mx\.yandex\.net$/, policy: ["mx.yandex.net"], avoid: [], seen: REPOSITORIES },
  { name: "OVH", mx: /^mx[0-4]\.mail\.ovh\.net$/, policy: [], avoid: [], seen: REPOSITORIES },
  {
    name: "Gandi",
    mx: /^(?:spool|fb)\.mail\.gandi\.net$/,
    policy: ["spool.mail.gandi.net", "fb.mail.gandi.net"],
    avoid: [],
    seen: REPOSITORIES,
  },
  {
    name: "Amazon SES",
    mx: /^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/,
    policy: [],
    avoid: [
      {
        pattern: /^\*\.amazonaws\.com$/,
        kind: "dead",
        why: "`*` stands for one label only, and its MX hosts are one label deeper",
      },
    ],
    seen: "https://docs.aws.amazon.com/ses/latest/dg/receiving-email-mx-record.html",
  },
  {
    name: "Cloudflare Email Routing",
    mx: /^(?:amir|linda|isaac|route[123])\.mx\.cloudflare\.net$/,
    policy: ["*.mx.cloudflare.net"],
    avoid: [{ pattern: /^mx\.cloudflare\.net$/, kind: "dead", why: "its MX hosts are one label deeper" }],
    console: "https://developers.cloudflare.com/email-routing/setup/mta-sts/",
    seen: "https://developers.cloudflare.com/email-routing/setup/mta-sts/",
  },
  { name: "Tuta", mx: /^mail\.tutanota\.de$/, policy: ["mail.tutanota.de"], avoid: [], seen: REPOSITORIES },
  {
    name: "Vercel",
    mx: /^$/,
    policy: [],
    avoid: [{ pattern: /\.vercel\.app$/, kind: "dead", why: "it is a web server, and Vercel takes no mail" }],
    seen: REPOSITORIES,
  },
];

/** The addresses of pages that messages send people to. */
export const PROVIDER_PAGES: readonly string[] = MAIL_PROVIDERS.flatMap(({ console = "" }) =>
  console.startsWith("https://") ? [console] : [],
);

/** The provider that runs an MX host, if it is a known one. */
export function providerOf(host: Name): MailProvider | undefined {
  const name = display(host).toLowerCase();
  return MAIL_PROVIDERS.find(({ mx }) => mx.test(name));
}

/** Whether a provider recommends a pattern, for new or for old hosts. */
export function isRecommended(pattern: string): boolean {
  return MAIL_PROVIDERS.some((provider) => recommended(provider).includes(pattern));
}

/** A pattern of a policy that is wrong for the provider it was written for. */
export interface Trap extends AvoidedPattern {
  readonly provider: MailProvider;
}

/** What is known against a pattern. */
export function trapOf(pattern: string): Trap | undefined {
  for (const provider of MAIL_PROVIDERS) {
    const avoided = provider.avoid.find((other) => other.pattern.test(pattern));
    if (avoided) return { ...avoided, provider };
  }
  return undefined;
}

/** The patterns of a policy that can match MX hosts of a provider, traps not among them. */
export function patternsFor(policy: Policy, provider: MailProvider): readonly string[] {
  const known = recommended(provider);
  return policy.mx
    .map(({ value }) => value)
    .filter(
      (value) =>
        !trapOf(value) &&
        (known.some((other) => other === value || matches(value, nameOf(other))) ||
          provider.mx.test(value.replace("*", "x"))),
    );
}

/** The patterns that allow some hosts: what their provider recommends, else the exact host; each once. */
export function patternsToAllow(hosts: readonly Name[]): readonly string[] {
  return [
    ...new Set(
      hosts.map((host) => {
        const provider = providerOf(host);
        return (provider && recommended(provider).find((pattern) => matches(pattern, host))) ?? display(host);
      }),
    ),
  ];
}

/** Where a provider shows what a policy for it must hold; empty where that is not known. */
export function whereShown({ name, console }: MailProvider): string {
  return console === undefined ? "" : ` For the values of ${name} see ${console}.`;
}

function recommended({ policy, legacy = [] }: MailProvider): readonly string[] {
  return [...policy, ...legacy];
}
