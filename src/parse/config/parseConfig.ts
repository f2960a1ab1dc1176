import type * as z from "zod";
import { type Config, type ConfigFile, DEFAULT_CONFIG, type KnownRules } from "../../model/config.ts";
import { type Ignore, dayOf } from "../../model/ignore.ts";
import type { Source } from "../../model/source.ts";
import type { Problem } from "../../model/span.ts";
import { type Fault, Places } from "./configPlaces.ts";
import { configSchema } from "./configSchema.ts";
import { ConfigTeller } from "./configTeller.ts";
import { readYaml } from "./configYaml.ts";
import { domainName } from "./domainName.ts";

/** In bytes; nobody writes one by hand that is larger. */
const CONFIG_LIMIT = 256 * 1024;

/** Who has so many faults has one, and nobody reads on. */
const MOST = 20;

/** Reads a configuration file (YAML 1.2, core schema); never throws: what is wrong with it is told, and then none of it counts. */
export function parseConfig(source: Source, rules: KnownRules): ConfigFile {
  const unfit = unfitBytes(source);
  if (unfit) return unreadConfig(source, unfit.message, unfit.span);
  const places = new Places(source);
  const place = places.of.bind(places);
  const refused = (faults: readonly Fault[]): ConfigFile => {
    return { source, config: DEFAULT_CONFIG, problems: problemsOf(faults, places), place };
  };
  const { value, faults } = readYaml(source.text(), places);
  if (faults.length > 0) return refused(faults);
  const schema = configSchema(rules);
  const { data, error } = schema.safeParse(value, { reportInput: true });
  if (error) {
    const teller = new ConfigTeller(schema, places, rules);
    return refused(error.issues.flatMap((issue) => [...teller.tell(issue)]));
  }
  return { source, config: configOf(data, places), problems: [], place };
}

/** A file that cannot be read at all, as one problem, at its beginning if nothing else is said. */
export function unreadConfig(source: Source, message: string, span = source.span(0, 0)): ConfigFile {
  return { source, config: DEFAULT_CONFIG, problems: [{ message, span }], place: () => undefined };
}

/** What keeps bytes from being a text: they are too many, or hold a NUL, or are no UTF-8. */
function unfitBytes(source: Source): Problem | undefined {
  const { bytes } = source;
  if (bytes.length > CONFIG_LIMIT)
    return {
      message: `The file has ${bytes.length} bytes; the limit is ${CONFIG_LIMIT}: shorten it.`,
      span: source.span(0, 0),
    };
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    return {
      message: "A NUL byte stands here, which no text holds: save the file as UTF-8.",
      span: source.span(nul, nul + 1),
    };
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    const valid = Buffer.byteLength(source.text().split("\uFFFD", 1)[0] ?? "");
    return {
      message: "The bytes from here on are not UTF-8: save the file as UTF-8.",
      span: source.span(valid, valid + 1),
    };
  }
}

type Written = z.infer<ReturnType<typeof configSchema>>;

function configOf(written: Written, places: Places): Config {
  const name = (text: string): string => domainName(text) as string;
  const ignores = (written.ignore ?? []).map(({ rule, domain, until, reason }, index): Ignore => {
    const day = until === undefined ? undefined : dayOf(until);
    return {
      rule,
      ...(domain === undefined ? {} : { domain: name(domain) }),
      ...(day === undefined ? {} : { until: day }),
      reason: reason.trim(),
      at: places.span(places.nearest(["ignore", index])),
    };
  });
  return {
    zones: (written.zones ?? []).map(({ path, origin }) => ({
      path: plainPath(path),
      ...(origin === undefined ? {} : { origin: name(origin) }),
    })),
    policies: (written.policies ?? []).map(({ path, domains }) => ({
      path: plainPath(path),
      ...(domains === undefined ? {} : { domains: domains.map(name) }),
    })),
    failOn: written["fail-on"],
    rollout: {
      minTestingDays: written.rollout?.["min-testing-days"] ?? DEFAULT_CONFIG.rollout.minTestingDays,
      enforcedElsewhere: (written.rollout?.["enforced-elsewhere"] ?? []).map(name),
    },
    severities: new Map(
      Object.entries(written.rules ?? {}).flatMap(([id, severity]) =>
        severity === undefined ? [] : [[id, severity] as const],
      ),
    ),
    ignores,
    bot: {
      acceptRisk: written.bot?.["accept-risk"] ?? DEFAULT_CONFIG.bot.acceptRisk,
      applyFixes: written.bot?.["apply-fixes"] ?? DEFAULT_CONFIG.bot.applyFixes,
    },
  };
}

/** `./` and doubled slashes say nothing. */
function plainPath(path: string): string {
  return path
    .split("/")
    .filter((step) => step !== "" && step !== ".")
    .join("/");
}

/** The first faults in the order of the file, and how many there are more. */
function problemsOf(faults: readonly Fault[], places: Places): readonly Problem[] {
  const ordered = faults.toSorted((a, b) => a.range[0] - b.range[0]);
  const told = faults.length > MOST ? ordered.slice(0, MOST - 1) : ordered;
  const problems = told.map(({ message, range }) => ({ message: message(), span: places.span(range) }));
  const next = ordered[told.length];
  if (!next) return problems;
  const message = `${faults.length - told.length} more faults from here on: mend the ones above first.`;
  return [...problems, { message, span: places.span(next.range) }];
}
