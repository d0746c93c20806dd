import { defineConfig } from "vitest/config";

// unit: everything that ends within three minutes on two cores, the real 2.1.91 tarball included.
// real: the heavier packages from npm.
// An analysis runs in the test's own process, whose stack is far smaller than that of the thread a user's runs in.
const execArgv = ["--stack-size=6000"];

export default defineConfig({
  test: {
    // one fewer than there are, if nothing is said
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          execArgv,
          globalSetup: "test/cli-under-test.ts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.real.test.ts"],
          // Nothing is left behind by one file that another could see: modules loaded once save a third of the time.
          isolate: false,
          // Only what hangs meets them: on a busy machine everything takes five times as long.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "real",
          execArgv,
          globalSetup: "test/cli-under-test.ts",
          include: ["test/**/*.real.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
