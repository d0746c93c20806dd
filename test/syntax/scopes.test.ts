import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "@babel/parser";
import type { NodePath, TraverseOptions } from "@babel/traverse";
import type * as t from "@babel/types";
import { expect, test } from "vitest";
import { link } from "../../extractor/ir/link.ts";
import { canonical } from "../../extractor/ir/program.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { unitsOf } from "../../extractor/syntax/units.ts";

const require = createRequire(import.meta.url);
const traverse = require("@babel/traverse").default as (ast: t.Node, visitor: TraverseOptions) => void;

/**
 * Of each call of a plain name, by its place: where the function stands that declares the name. `-` the top level,
 * `?` nobody.
 */
type Callees = Map<number, string>;

/** By our own scopes. */
function bound(text: string): Callees {
  const file = { path: "bundle.js", text, bytes: text.length, origin: null } as unknown as Parameters<
    typeof unitsOf
  >[0];
  const program = link([...unitsOf(file, new DiagnosticLog())]);
  const callees: Callees = new Map();
  for (const unit of program.units) {
    for (const { callee: f, at } of unit.calls) {
      if (f.kind !== "ref") continue;
      const v = canonical(f.variable);
      callees.set(at, `${v.name} ${v.owner !== null ? v.owner.at : v.declared ? "-" : "?"}`);
    }
  }
  return callees;
}

/** By Babel's. */
function boundByBabel(text: string): Callees {
  const ast = parse(text, { sourceType: "unambiguous", allowReturnOutsideFunction: true, errorRecovery: true });
  const callees: Callees = new Map();
  const note = ({ node, scope }: NodePath<t.CallExpression | t.NewExpression | t.OptionalCallExpression>) => {
    if (node.callee.type !== "Identifier") return;
    const { name } = node.callee;
    const binding = scope.getBinding(name);
    const owner = binding?.scope.getFunctionParent()?.block.start;
    callees.set(node.start!, `${name} ${binding === undefined ? "?" : (owner ?? "-")}`);
  };
  traverse(ast, { CallExpression: note, NewExpression: note, OptionalCallExpression: note });
  return callees;
}

test.each(["terser/dist/bundle.min.js", "esbuild/lib/main.js"])("%s: names are bound as Babel binds them", (path) => {
  const text = readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), "utf8");
  const own = bound(text);
  const expected = boundByBabel(text);
  const wrong = [...own]
    .filter(([at, to]) => expected.get(at) !== to)
    .map(([at, to]) => `${at}: ${to}, Babel: ${expected.get(at)}`);
  expect(wrong).toEqual([]);
  // calls that mean something to nobody, such as the wrapper of a module, are not kept
  expect(own.size / expected.size).toBeGreaterThan(0.95);
});
