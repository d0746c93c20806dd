import { bundlerNames } from "./build.ts";
import { testTruth } from "./table.ts";

// truth.json is written by hand; here the programs themselves say whether it is true
testTruth(bundlerNames);
