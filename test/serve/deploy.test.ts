import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { GRACE, help } from "../../src/commands/bot.ts";
import { BOUNDS, WEBHOOK_PATH } from "../../src/serve/front.ts";
import { EVENTS } from "../../src/serve/jobsOf.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import { type Environment, readSettings, VARIABLES } from "../../src/serve/settings.ts";
import { PRIVATE_KEY, SECRET } from "./sender.ts";
import { RememberingQueue } from "./testBot.ts";

const fileOf = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(fileOf(path), "utf8");
const ENVIRONMENT_ENOUGH = { APP_ID: "4711", PRIVATE_KEY, WEBHOOK_SECRET: SECRET };
const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;
const DOCS = read("docs/bot.md");
/** What stands in the first column of the tables of the page. */
const ROWS = [...DOCS.matchAll(/^\| `([^`]+)` /gm)].map(([, name]) => name);

describe("docs/bot.md", () => {
  it("tells every permission and event of the manifest, and no other", () => {
    const manifest = parse(read("app.yml"));
    const permissions = Object.entries(manifest.default_permissions).map(
      ([name, level]) => `${name}: ${String(level)}`,
    );
    expect(ROWS.slice(0, permissions.length)).toEqual(permissions);
    const events = Object.keys(EVENTS);
    expect(ROWS.slice(permissions.length, permissions.length + events.length)).toEqual(events);
  });
  it("tells every metric, as the metric itself does", async () => {
    const { text } = await openMetrics(new RememberingQueue()).page();
    const told = [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name, help]) => `| \`${name}\` | ${help} |`);
    expect(DOCS.split("\n").filter((line) => line.startsWith("| `mta_sts_guard_"))).toEqual(told);
  });
  it("says which parts no test has run", () => {
    expect(DOCS).toContain("The container files were not run in CI");
  });
  it("gives the bounds that hold", () => {
    expect(DOCS).toContain(WEBHOOK_PATH);
    expect(DOCS).toContain(
      `${BOUNDS.body / 2 ** 20} MiB at most, within ${BOUNDS.request / 1000} seconds, and all senders together may hold ${BOUNDS.bodies / 2 ** 20} MiB`,
    );
    expect(DOCS).toContain(
      `reads no answer for ${BOUNDS.silence / 1000} seconds, or asks for nothing for ${BOUNDS.idle / 1000}. There may be ${BOUNDS.connections.toLocaleString("en")};`,
    );
  });
});

describe("what the files for machines are told", () => {
  const { bot } = parse(read("deploy/compose.yaml")).services;
  const unit = read("deploy/mta-sts-guard.service");
  const dockerfile = read("deploy/Dockerfile");
  const image = Object.fromEntries(
    [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = ""]) => line.split(" ").map((pair) => pair.split("="))),
  );
  const ofUnit = Object.fromEntries(
    [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const { host, port, logLevel } = readSettings(ENVIRONMENT_ENOUGH);

  it("has the names that the bot reads, and no other", () => {
    const names = [image, bot.environment, ofUnit].flatMap((variables) => Object.keys(variables));
    for (const name of names) expect([...Object.keys(VARIABLES), "NODE_ENV"]).toContain(name);
  });
  it("has the defaults that the page tells, and one port throughout", () => {
    expect(VARIABLES["HOST"]).toContain(`default \`${host}\`; in a container \`${image["HOST"]}\``);
    expect(VARIABLES["PORT"]).toContain(`default ${port}`);
    expect(VARIABLES["LOG_LEVEL"]).toContain(`\`${logLevel}\` (the default)`);
    expect([image["PORT"], bot.environment.PORT, ...bot.expose]).toEqual(Array.from({ length: 3 }, () => String(port)));
    expect(dockerfile).toContain(`EXPOSE ${port}\n`);
    expect(read("deploy/Caddyfile")).toContain(`dynamic a bot ${port}\n`);
    expect(DOCS).toContain(`reverse_proxy ${WEBHOOK_PATH} ${host}:${port}\n`);
    expect(bot.environment.HOST).toBe(image["HOST"]);
  });
  it("has memory for as many jobs as are done at a time, each as large as it may be", () => {
    const { workers, jobMemory } = readSettings(ENVIRONMENT_ENOUGH);
    const needed = workers * jobMemory + 512;
    expect(Number(/^MemoryMax=(\d+)G$/m.exec(unit)?.[1]) * 1024).toBeGreaterThanOrEqual(needed);
    expect(Number(/^(\d+)g$/.exec(bot.mem_limit)?.[1]) * 1024).toBeGreaterThanOrEqual(needed);
  });
  it("is given longer to end than the bot takes", () => {
    const seconds = GRACE / 1000;
    expect(DOCS).toContain(`ends what it has begun within ${seconds} seconds`);
    expect(help).toContain(`at the latest after ${seconds} s.`);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThanOrEqual(seconds + 5);
    expect(Number.parseInt(bot.stop_grace_period, 10)).toBeGreaterThanOrEqual(seconds + 5);
  });
  it("starts a bot with what is filled in as the page says", () => {
    const told = { APP_ID: "4711", WEBHOOK_SECRET: SECRET };
    const key = { ...parseEnv(read(".env.example")), PRIVATE_KEY } as Environment;
    expect(readSettings({ ...key, ...told, ...image, ...bot.environment })).toMatchObject({ host: "0.0.0.0", port });
    const path = join(mkdtempSync(join(tmpdir(), "deploy-")), "key.pem");
    writeFileSync(path, PRIVATE_KEY);
    const example = parseEnv(read(".env.example")) as Environment;
    const credentials = Object.fromEntries(
      Object.entries(ofUnit).map(([name, value]) => [name, String(value).replace("%d/key.pem", path)]),
    );
    expect(readSettings({ ...example, ...told, ...credentials })).toMatchObject({ host, port, appId: 4711 });
  });
  it("names files that are there", () => {
    for (const [, path = ""] of DOCS.matchAll(/\]\(\.\.\/([^)]+)\)/g))
      expect(existsSync(fileOf(path)), path).toBe(true);
    for (const [, path = ""] of DOCS.matchAll(/(?:sudo cp|-f|-m 600) ((?:deploy\/|\.env\.)\S+)/g))
      expect(existsSync(fileOf(path)), path).toBe(true);
  });
  it("has the commands that there are", () => {
    for (const [, name = ""] of DOCS.matchAll(/\bnpm run (\S+?)`? /g)) expect(Object.keys(SCRIPTS)).toContain(name);
    expect(SCRIPTS["start"]).toBe("node dist/cli.js bot");
    expect(JSON.parse(/^CMD (\[.+\])$/m.exec(dockerfile)?.[1] ?? "[]").join(" ")).toBe(SCRIPTS["start"]);
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node \/opt\/mta-sts-guard\/dist\/cli\.js bot$/m);
  });
});

describe("deploy/mta-sts-guard.service", () => {
  const unit = read("deploy/mta-sts-guard.service");
  it.each([
    "ExecStart=/usr/bin/node /opt/mta-sts-guard/dist/cli.js bot",
    "DynamicUser=yes",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "Restart=always",
    "RestartPreventExitStatus=2",
    "TimeoutStopSec=30",
    "KillMode=mixed",
    "MemoryMax=3G",
    "OOMPolicy=continue",
  ])("%s", (line) => {
    expect(unit.split("\n")).toContain(line);
  });
  it("has only sections, settings and comments", () => {
    for (const line of unit.split("\n")) expect(line).toMatch(/^(?:|#.*|\[(?:Unit|Service|Install)\]|[A-Z]\w+=.*)$/);
  });
});

describe("deploy/Dockerfile", () => {
  const file = read("deploy/Dockerfile");
  it("runs as a user without rights, tells its health, and hears signals itself", () => {
    expect(file).toMatch(/^USER node$/m);
    expect(file).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \["node", "-e", "fetch\(.*\/healthz/m);
    expect(file).toMatch(/^CMD \["node", "dist\/cli\.js", "bot"\]$/m);
    expect(file.indexOf("USER node")).toBeLessThan(file.indexOf('CMD ["node", "dist'));
  });
  it("copies only what .dockerignore lets through, and no secret", () => {
    const [everything, ...kept] = read(".dockerignore").trim().split("\n");
    expect(everything).toBe("*");
    const copied = [...file.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = ""]) => paths.split(" "));
    expect([...new Set(copied)].toSorted()).toEqual(kept.map((line) => line.slice(1)).toSorted());
    expect(kept.join(" ")).not.toMatch(/\.env|pem/);
  });
});

describe("deploy/compose.yaml", () => {
  const { services, volumes } = parse(read("deploy/compose.yaml"));
  it("shares one Redis that forgets nothing, and opens only the proxy to the world", () => {
    expect(services.bot.environment.REDIS_URL).toBe("redis://redis:6379");
    expect(services.redis.command).toEqual(expect.arrayContaining(["noeviction", "--appendonly"]));
    expect(Object.keys(services).filter((name) => services[name].ports)).toEqual(["proxy"]);
    expect(services.bot.depends_on.redis.condition).toBe("service_healthy");
    expect(services.redis.healthcheck).toBeDefined();
    expect(Object.keys(volumes)).toEqual(["redis", "caddy"]);
  });
  it("builds our image, and gives the bot time to end", () => {
    expect(services.bot.build).toEqual({ context: "..", dockerfile: "deploy/Dockerfile" });
    expect(services.bot.stop_grace_period).toBe("30s");
    expect(services.bot.cap_drop).toEqual(["ALL"]);
  });
  it("passes on deliveries and nothing else", () => {
    const proxy = read("deploy/Caddyfile");
    expect(proxy).toContain(`handle ${WEBHOOK_PATH} {`);
    expect(proxy).toContain("max_size 25MiB");
    expect(proxy).toMatch(/\thandle \{\n\t\trespond 404\n/);
  });
});
