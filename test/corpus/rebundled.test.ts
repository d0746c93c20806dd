import { testRebundling } from "./rebundled.ts";

testRebundling("esbuild-min", "bun-min", ["axios-dynamic", "getters-namespaces", "lazy-init", "library-undici"]);
