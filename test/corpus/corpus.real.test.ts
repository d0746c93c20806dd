import { bundlerNames, quickBundlers } from "./build.ts";
import { testExtraction } from "./table.ts";

testExtraction(bundlerNames.filter((name) => !quickBundlers.includes(name)));
