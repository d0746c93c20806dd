import { expect, test } from "vitest";
import { findIn } from "./find-in.ts";

/** Layers of objects, each of which spreads all of the next layer: 30 to the power of 4 ways lead to the innermost. */
function layered(width: number, depth: number): string {
  const name = (layer: number, i: number) => `h${layer}_${i}`;
  const all = (layer: number) => Array.from({ length: width }, (_, i) => `...${name(layer, i)}`).join(", ");
  const lines: string[] = [];
  for (let layer = depth; layer >= 0; layer--)
    for (let i = 0; i < width; i++) {
      const spread = layer === depth ? "" : `, ${all(layer + 1)}`;
      lines.push(`const ${name(layer, i)} = { "x-${layer}-${i}": "a", shared: "${layer}-${i}"${spread} };`);
    }
  return `${lines.join("\n")}\nfetch("https://a.example/", { headers: { ${all(0)} } });`;
}

test("headers of objects that spread each other in many ways are found, each object once", () => {
  const [request] = findIn(layered(30, 4)).requests;
  const names = request!.headers.map((header) =>
    typeof header === "string" ? header : (header as { name: string }).name,
  );
  expect(names).toContain("x-0-29");
  expect(names).toContain("x-3-29");
  expect(names.filter((name) => name === "shared")).toHaveLength(1);
});
