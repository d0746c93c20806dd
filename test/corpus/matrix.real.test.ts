import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { extract } from "../../extractor/pipeline.ts";
import { corpusCases } from "./case.ts";
import { compare } from "./compare.ts";
import { buildWith, recipeNames } from "./matrix.ts";

/** Values on their way through classes, modules, tables, spreads, closures, generators and promises. */
const CASES = new Set([
  "async-then",
  "class-inheritance",
  "config-getter",
  "constructor-field",
  "destructuring",
  "dispatch-table",
  "enums-frozen",
  "env-override",
  "fetch-aliases",
  "fluent-copies",
]);

/** Wrong today; each must go on failing or leave the list. */
const PENDING = new Set([
  // private fields through a map of descriptors
  "swc to ES2015/fetch-aliases",
  // the function that a function returns which is called where it is written, and returned
  "Babel for Node 6/fetch-aliases",
  // classes that are functions again, `inherits(B, A)`, and generators that are state machines
  ...["async-then", "class-inheritance", "fluent-copies"].flatMap((name) =>
    ["TypeScript to ES5", "swc to ES5", "Closure Compiler to ES5"].map((recipe) => `${recipe}/${name}`),
  ),
  "TypeScript to ES5/destructuring",
  "Closure Compiler to ES5/destructuring",
  "swc to ES5/fetch-aliases",
]);

const OPTIONS = { sourceMaps: false, reveal: false, cache: { cache: false, offline: true }, limits: {} };
/** npm installs a tool with the first case that needs it. */
const MINUTES = 5 * 60_000;

const parent = mkdtempSync(join(tmpdir(), "matrix-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const cases = corpusCases().filter(({ name }) => CASES.has(name));

test("the ten cases are there", () => expect(cases).toHaveLength(CASES.size));

describe.each(recipeNames)("%s", (recipe) => {
  test.each(cases.map((each) => [each.name, each] as const))(
    "%s",
    async (_name, each) => {
      const output = await buildWith(recipe, each, parent);
      const wrong = compare(await extract(output, OPTIONS), each.truth);
      if (PENDING.has(`${recipe}/${each.name}`)) expect(wrong, "right now: take it off the list").not.toEqual([]);
      else expect(wrong).toEqual([]);
    },
    MINUTES,
  );
});
