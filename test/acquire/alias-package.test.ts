import { expect, test } from "vitest";
import { standsInFor } from "../../extractor/acquire/alias-package.ts";

const dependencies = { "@maker/tool": "1.2.3" };
const BIN = "node_modules/@maker/tool/bin/tool.exe";

test("commands of a dependency", () => {
  for (const bin of [BIN, `./${BIN}`, { tool: BIN, t: BIN }])
    expect(standsInFor(JSON.stringify({ bin, dependencies }))).toEqual({
      name: "@maker/tool",
      spec: "@maker/tool@1.2.3",
    });
  const aliased = { bin: BIN, dependencies: { "@maker/tool": "npm:@new/tool@2.0.0" } };
  expect(standsInFor(JSON.stringify(aliased))).toEqual({ name: "@maker/tool", spec: "@new/tool@2.0.0" });
});

test("commands of its own, files that are there already, places outside the registry", () => {
  for (const manifest of [
    { dependencies },
    { bin: "bin/tool", dependencies },
    { bin: { tool: BIN, other: "bin/other" }, dependencies },
    { bin: BIN },
    { bin: BIN, dependencies, bundleDependencies: ["@maker/tool"] },
    { bin: BIN, dependencies, bundledDependencies: true },
    { bin: BIN, dependencies: { "@maker/tool": "git+https://x.invalid/a.git" } },
    { bin: "node_modules/../tool/a.js", dependencies: { "..": "1.0.0" } },
    { bin: "node_modules/__proto__/a.js", dependencies },
    { bin: [3], dependencies: 5 },
    null,
  ])
    expect(standsInFor(JSON.stringify(manifest)), JSON.stringify(manifest)).toBeNull();
  expect(standsInFor("{")).toBeNull();
});
