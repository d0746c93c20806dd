import { bundlerNames } from "./build.ts";
import { testTruth } from "./table.ts";

testTruth(bundlerNames.filter((name) => name !== "esbuild-min"));
