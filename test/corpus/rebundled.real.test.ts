import { testRebundling } from "./rebundled.ts";

/** rollup leaves out more unused code, so variables that only dead library code reads are missing there. */
const LESS_CODE = ["graphql", "library-otlp"];

/** One of the builds is read less well than the other. */
const LESS_READ = ["library-undici"];

testRebundling("esbuild-min", "rollup-terser", [...LESS_CODE, ...LESS_READ]);
