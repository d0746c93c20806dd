import { testRebundling } from "./rebundled.ts";

/** rollup leaves out more unused code, so variables that only dead library code reads are missing there. */
const LESS_CODE = ["library-otlp"];

testRebundling("esbuild-min", "rollup-terser", LESS_CODE);
