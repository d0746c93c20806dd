import { describe } from "vitest";
import { quickBundlers } from "./build.ts";
import { testRebundling } from "./rebundled.ts";
import { testExtraction } from "./table.ts";

testExtraction(quickBundlers);

describe("the same program by another bundler", () => testRebundling("esbuild-min", "bun-min", []));
