import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest: begun last, each would run alone at the end. */
const FIRST = [
  "serve/botStories",
  "serve/press",
  "serve/workers",
  "action/pulls",
  "action/hostile",
  "load/githubSnapshot",
  "github/faultWalk",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = FIRST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place < 0 ? FIRST.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/countsReporter.ts"],
    testTimeout: 60_000,
    // Many tests wait for processes of their own.
    maxWorkers: "200%",
    sequence: { sequencer: LongestFirst },
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
