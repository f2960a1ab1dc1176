import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/countsReporter.ts"],
    testTimeout: 60_000,
    env: process.argv.includes("--coverage") ? { COVERAGE: "1", FIX_RUNS: "4" } : {},
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // The tests run it as a process of its own.
      exclude: ["src/cli.ts"],
      reporter: ["text-summary", "html"],
      thresholds: { lines: 95 },
    },
  },
});
