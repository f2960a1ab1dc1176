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
