import { testRebundling } from "./rebundled.ts";

/** rollup leaves out more unused code, so variables that only dead library code reads are missing there. */
const LESS_CODE = ["axios-defaults", "axios-instances", "graphql", "library-otlp", "otlp", "response-supplied"];

/** One of the builds is read less well than the other. */
const LESS_READ = [
  "analytics-sdk",
  "axios-dynamic",
  "child-git",
  "child-runtime",
  "cross-package-context",
  "derived-sinks",
  "event-wrappers",
  "flag-supplied",
  "gate-init",
  "gate-predicate",
  "getters-namespaces",
  "http-dispatch-axios",
  "lazy-init",
  "library-undici",
  "library-ws",
  "path-credentials",
  "rpc-descriptors",
  "scheme-swap",
  "url-parts",
];

testRebundling("esbuild-min", "rollup-terser", [...LESS_CODE, ...LESS_READ]);
