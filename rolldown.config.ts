import { createRequire } from "node:module";
import { defineConfig } from "rolldown";

const license = createRequire(import.meta.url)("rollup-plugin-license");

export default defineConfig({
  input: { cli: "src/cli.ts", index: "src/action.ts", workerProcess: "src/workers/workerProcess.ts" },
  platform: "node",
  // Only needed by a server, which installs them; everything else travels with the file.
  external: ["probot", "bullmq", "ioredis", "prom-client"],
  transform: { target: "node20" },
  output: {
    // Fixed names, so that a rebuild changes only what changed: what `records` and `policy` need, and what only `check` needs.
    codeSplitting: {
      groups: [
        { name: "core", test: /node_modules\/(?:@actions\/(?:core|exec|http-client|io)|tunnel|undici)\//, priority: 5 },
        // It reads the event as soon as it is loaded, and ends with a stack trace where that is not JSON: so it comes after us.
        // Only a runner behind a proxy pays for it.
        { name: "proxied", test: /node_modules\/@actions\/github\//, priority: 4 },
        { name: "octokit", test: /node_modules\/@octokit\//, priority: 6 },
        { name: "zod", test: /node_modules\/zod\//, priority: 4 },
        { name: "package", test: /package\.json$/, priority: 4 },
        // What the Action needs for its first request: small, so that the rest is loaded while GitHub answers.
        { name: "first", test: /src\/(?:load\/unusable|model\/(?:conclusion|config|quote))/, priority: 5 },
        { name: "github", test: /src\/(?:github|judge\/commits|load\/github)/, priority: 4 },
        { name: "zoneFile", test: /src\/load\/zone/, priority: 4 },
        // Takes longer to start than all else together, and `records` and `policy` do without it.
        { name: "publicSuffix", test: /src\/model\/publicSuffix|node_modules\/tldts/, priority: 2 },
        {
          name: "parse",
          test: /src\/(?:model\/(?!mxTarget|mailProvider|publicSuffix)|parse\/(?!config)|render\/(?:jsonText|logSafe))/,
          priority: 3,
        },
        { name: "rules", test: /src\/rules\/(?!pages)/, priority: 1 },
        // What only `explain` and SARIF need.
        { name: "pages", test: /src\/rules\/pages/, priority: 2 },
        { name: "sarif", test: /src\/render\/sarif/, priority: 2 },
        { name: "engine", test: /src\/(?:discover|judge|load|render|write|review)/, priority: 1 },
        // What only a repository with a configuration pays for; last, so that it takes nothing that others need.
        { name: "config", test: /src\/parse\/config\/|node_modules\/(?:yaml|zod)\//, priority: 0 },
      ],
    },
    dir: "dist",
    format: "esm",
    cleanDir: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    minify: false,
    sourcemap: false,
  },
  plugins: [license({ thirdParty: { output: "dist/licenses.txt" } })],
});
