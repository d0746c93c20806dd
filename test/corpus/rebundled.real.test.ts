import { testRebundling } from "./rebundled.ts";

/** rollup leaves out more unused code, so variables that only dead library code reads are missing there. */
const LESS_CODE = ["library-otlp"];
/** axios' own adapter, whose addresses nobody knows, is read with a query in one build and without it in the other. */
const ADAPTER = ["axios-defaults", "axios-dynamic", "axios-instances", "response-supplied"];

testRebundling("esbuild-min", "rollup-terser", [...LESS_CODE, ...ADAPTER]);
