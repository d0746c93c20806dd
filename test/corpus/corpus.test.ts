import { quickBundlers } from "./build.ts";
import { testExtraction } from "./table.ts";

testExtraction(quickBundlers);
