import { createRequire } from "node:module";
import { defineConfig } from "rolldown";

const license = createRequire(import.meta.url)("rollup-plugin-license");

export default defineConfig({
  input: { cli: "src/cli.ts" },
  platform: "node",
  // Probot is only needed by a server, which installs it; everything else travels with the file.
  external: ["probot"],
  transform: { target: "node20" },
  output: {
    // Fixed names, so that a rebuild changes only what changed: what `records` and `policy` need, and what only `check` needs.
    advancedChunks: {
      groups: [
        { name: "package", test: /package\.json$/, priority: 1 },
        { name: "zoneFile", test: /src\/load\/(?:unusable|zone)/, priority: 1 },
        { name: "rules", test: /src\/rules\/(?!pages)/ },
        { name: "parse", test: /src\/(?:model|parse)\// },
        { name: "engine", test: /src\/(?:discover|load|render|write|review)/ },
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
