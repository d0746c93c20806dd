import { testRebundling } from "./rebundled.ts";

testRebundling("esbuild-min", "bun-min", ["library-undici"]);
