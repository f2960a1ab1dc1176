import * as z from "zod";
import { type KnownRules, UNTOUCHABLE } from "../../model/config.ts";
import { dayOf } from "../../model/ignore.ts";
import { quote } from "../../model/quote.ts";
import { domainName } from "./domainName.ts";

const SEVERITIES = ["error", "warning", "notice", "off"] as const;

/** Rules whose names are fixed and that a later version brings, so that one configuration serves both. */
const LATER = [
  "delegation-changed",
  "deploy-order",
  "enforcement-lowered",
  "host-site",
  "live-drift",
  "live-mx",
  "live-policy",
  "live-record",
  "mx-outside-cached-policy",
  "pattern-dropped-early",
  "removal-plan",
  "removal-too-early",
  "removal-without-none",
  "testing-forgotten",
  "testing-reports",
];

/** The one definition of `.github/mta-sts-guard.yml`: what validates it, and what its JSON Schema is made from. */
export function configSchema(rules: KnownRules) {
  const ids = [...new Set([...Object.keys(rules), ...LATER])].toSorted();
  const mayChange = ids.filter((id) => !UNTOUCHABLE.includes(id));
  return z
    .strictObject({
      version: z.literal(1).describe("The version of this format: 1."),
      zones: z
        .array(zonePattern())
        .describe("Where zones lie that are not found by themselves, or whose origin nothing tells.")
        .optional(),
      policies: z
        .array(policyPattern())
        .describe("Which policy serves which domains, where the paths do not tell it.")
        .optional(),
      reports: z
        .strictObject({
          path: path("Where the reports lie: a path with `*` and `**`.", []).meta({ examples: ["tls-reports/**"] }),
          "min-days": count("Days with reports that a step to enforce needs.").optional(),
          "min-sessions": count("Sessions that those reports must count.").optional(),
          "max-failures": count("Failures that are tolerated.").optional(),
        })
        .describe("TLS-RPT reports (RFC 8460). Reserved: this version checks these values and does not use them.")
        .optional(),
      "fail-on": z
        .enum(["error", "warning", "notice", "never"])
        .describe("From which severity on a new finding makes the check fail; default: error.")
        .meta({ default: "error" })
        .optional(),
      dns: z
        .enum(["auto", "off"])
        .describe("Look-ups in live DNS. Reserved: this version checks this value and makes no look-ups.")
        .optional(),
      rollout: z
        .strictObject({
          "min-testing-days": z
            .int()
            .min(0)
            .max(3650)
            .describe("Days a domain must have been in mode testing before it enforces; default: 14.")
            .meta({ default: 14 })
            .optional(),
          "enforced-elsewhere": z
            .array(domain("A domain whose policy was in force before it came into this repository."))
            .describe("Domains that enforced before their policy came into this repository.")
            .optional(),
        })
        .describe("How a policy comes into force.")
        .optional(),
      rules: z
        .strictObject(
          Object.fromEntries(
            ids.map((id) => {
              const summary = rules[id]
                ? `${rules[id].summary}. Usually ${rules[id].severity}.`
                : "Reserved: a later version brings this rule.";
              const untouchable = UNTOUCHABLE.includes(id);
              const allowed = untouchable ? z.enum(["error"]) : z.enum(SEVERITIES);
              return [
                id,
                allowed.describe(untouchable ? `${summary} It cannot be lowered or switched off.` : summary).optional(),
              ];
            }),
          ),
        )
        .describe("The severity of rules, by id; `off` silences one.")
        .meta({ examples: [{ "tlsrpt-missing": "off", "zone-serial": "error" }] })
        .optional(),
      ignore: z
        .array(
          z
            .strictObject({
              rule: z.enum(mayChange).describe("The rule whose findings are accepted."),
              domain: domain("The domain that they are about; without it every domain.").optional(),
              until: z
                .string()
                .check(
                  custom((text) =>
                    dayOf(text) ? undefined : `${quote(text)} is no date: write one like \`2027-01-31\`.`,
                  ),
                )
                .describe("The last day on which this counts (UTC); without it for ever.")
                .meta({ format: "date", examples: ["2027-01-31"] })
                .optional(),
              reason: z
                .string()
                .check(
                  custom((text) =>
                    text.trim() === "" ? "The reason is empty: say why this finding is accepted." : undefined,
                  ),
                )
                .describe("Why the finding is accepted, for those who read this later.")
                .meta({ minLength: 1, examples: ["migration CHG-12"] }),
            })
            .describe("Findings that somebody accepted."),
        )
        .describe("Findings that are accepted: they are counted as ignored and fail nothing.")
        .optional(),
      bot: z
        .strictObject({
          "accept-risk": z
            .enum(["write", "maintain", "admin", "never"])
            .describe("The least role on the repository that may accept a risk; default: maintain.")
            .optional(),
          "apply-fixes": z
            .boolean()
            .describe("Whether fixes are committed to the branch on a click; default: false.")
            .optional(),
        })
        .describe("What the bot does when somebody presses a button of its check.")
        .optional(),
    })
    .describe("How mta-sts-guard judges the zones and policies of this repository.")
    .meta({ title: "mta-sts-guard" });
}

function zonePattern() {
  return z
    .strictObject({
      path: path("A path with `*`, `**` and `{origin}`.", ["origin"]).meta({ examples: ["zones/{origin}.zone"] }),
      origin: domain("The zone's origin, where neither path nor file tells it.").optional(),
    })
    .check((ctx) => {
      if (ctx.value.origin === undefined || !ctx.value.path.includes("{origin}")) return;
      const message = "The path tells the origin by `{origin}`, so `origin` says it twice: leave one of them out.";
      ctx.issues.push({ code: "custom", message, input: ctx.value, path: ["origin"] });
    });
}

function policyPattern() {
  return z
    .strictObject({
      path: path("A path with `*`, `**` and `{domain}`.", ["domain"]).meta({
        examples: ["policies/{domain}/mta-sts.txt"],
      }),
      domains: z
        .array(domain("A domain that this policy serves."))
        .min(1)
        .describe("The domains that the policy serves, where the path does not tell them.")
        .optional(),
    })
    .check((ctx) => {
      const told = ctx.value.path.includes("{domain}");
      if (told !== (ctx.value.domains !== undefined)) return;
      const [message, key] = told
        ? ["The path tells the domain by `{domain}`, so `domains` says it twice: leave one of them out.", "domains"]
        : [
            "Nothing tells whose policy this is: put `{domain}` into the path, or add `domains: [example.com]`.",
            "path",
          ];
      ctx.issues.push({ code: "custom", message, input: ctx.value, path: [key] });
    });
}

function count(description: string) {
  return z.int().min(0).max(1_000_000_000).describe(description);
}

function domain(description: string) {
  return z
    .string()
    .check(
      custom((text) =>
        domainName(text) === undefined
          ? `${quote(text)} is no domain name: write one like \`example.com\`.`
          : undefined,
      ),
    )
    .describe(description)
    .meta({ pattern: "^[^\\s:@]+$", examples: ["example.com"] });
}

function path(description: string, placeholders: readonly string[]) {
  return z
    .string()
    .check(custom((text) => pathFault(text, placeholders)))
    .describe(description)
    .meta({ pattern: INSIDE });
}

/** What an editor can tell of `pathFault`: no absolute path, no backslash, no way out by `..`. */
const INSIDE = "^(?![/~]|[A-Za-z]:)(?!(?:.*/)?\\.\\.(?:/|$))[^\\\\]+$";

/** What keeps a path from being one inside the repository. */
function pathFault(text: string, placeholders: readonly string[]): string | undefined {
  if (text.trim() === "") return "The path is empty: write one like `zones/example.com.zone`.";
  if (/^(?:\/|[a-z]:|~)/i.test(text))
    return `${quote(text)} is absolute: write the path from the repository's root, without a leading \`/\`.`;
  if (text.includes("\\")) return `${quote(text)} holds a backslash: separate folders by \`/\`.`;
  if (/[\0-\x1f\x7f]/.test(text)) return `${quote(text)} holds a control character, which no path here may have.`;
  if (text.split("/").includes(".."))
    return `${quote(text)} leaves the repository by \`..\`: write the path from the repository's root.`;
  for (const [whole] of text.matchAll(/\{[^{}]*\}?|\}/g)) {
    if (placeholders.some((name) => whole === `{${name}}`)) continue;
    const [only] = placeholders;
    return `${quote(whole)} is not known in this path: ${only === undefined ? "use `*` and `**`" : `use \`{${only}}\`, \`*\` and \`**\``}.`;
  }
  const [name] = placeholders;
  if (name !== undefined && text.split(`{${name}}`).length > 2)
    return `\`{${name}}\` stands twice in this path: write it once, and \`*\` elsewhere.`;
  return undefined;
}

/** A check that says what is wrong, or nothing. */
function custom(fault: (text: string) => string | undefined) {
  return (ctx: z.core.ParsePayload<string>): void => {
    const message = fault(ctx.value);
    if (message !== undefined) ctx.issues.push({ code: "custom", message, input: ctx.value });
  };
}
