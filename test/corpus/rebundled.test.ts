import { testRebundling } from "./rebundled.ts";

testRebundling("esbuild-min", "bun-min", ["getters-namespaces", "library-undici"]);
