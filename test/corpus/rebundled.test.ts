import { testRebundling } from "./rebundled.ts";

testRebundling("esbuild-min", "bun-min", ["axios-dynamic", "getters-namespaces", "library-undici"]);
