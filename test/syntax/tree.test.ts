import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lower } from "../../extractor/syntax/lower.ts";
import { Texts } from "../../extractor/syntax/texts.ts";
import { babelTree, plainTree, type Tree, treeOf } from "../../extractor/syntax/tree.ts";

/** The unit as text: the n-th object that is met is `#n`, so that what is shared or refers back is told too. */
function unitOf(tree: Tree): string {
  const seen = new Map<object, number>();
  const lines: string[] = [];
  const said = (value: unknown): string => {
    if (typeof value === "function" || typeof value !== "object" || value === null)
      return `${typeof value} ${String(value)}`;
    let number = seen.get(value);
    if (number === undefined) {
      number = seen.size;
      seen.set(value, number);
      waiting.push(value);
    }
    return `#${number}`;
  };
  const waiting: object[] = [];
  said(lower(tree, "a.js", 7, new Texts()));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const entries = next instanceof Map ? [...next] : Object.entries(next);
    lines.push(`#${seen.get(next)} ${entries.map(([key, value]) => `${key}: ${said(value)}`).join(", ")}`);
  }
  return lines.join("\n");
}

function expectSameUnit(text: string): void {
  const plain = plainTree(text);
  const { tree } = babelTree(text, "a.js");
  if (plain === null || tree === null) throw new Error("one of the parsers cannot read it");
  expect(unitOf(plain)).toBe(unitOf(tree));
}

test.each([
  '"use strict"; "ab0123456789abcdef"; a("b", \'c\', `d`, 1, 0x10, 10n, /e:\\/\\/f/gi, null, true, undefined, void 0, !0, -1);',
  "var { a, b: { c = 2 }, 'd-e': f, [g]: h, ...i } = j; [a, , ...b] = c; ({ a: d.e, f: [g] } = h);",
  "x = { a, b: 1, 'c': 2, 3: 4, [d]: 5, ...e, get f() { return 1 }, set f(v) {}, g() {}, async *h() {}, [i]() {}, 'http://j.k': l };",
  "class A extends B { static #a = 1; b; static c = () => this.#a; constructor(d) { super(...arguments); this.#e(d); } #e() {} get f() { return 1 } set f(v) {} static async g() {} static { h(); } [i] = 1; 'j'() {} 2() {} }",
  "a?.b?.[c]?.(d).e; delete a?.b; (a?.b).c; new a.b(c, ...d); a`b${c}d`; a.b = c ||= d; a.b.c += 'd' + e + `f${g}`;",
  "import a, { b as c, 'd' as e } from 'f'; import * as g from 'h'; export * from 'i'; export * as j from 'k'; export { l, m as 'n' }; export { o as p } from 'q'; export default function r() {} export const s = 1, { t } = u;",
  "import('a'); import(b); require('c'); require(d); import.meta.url; const { e } = await import('f');",
  "export default class { a = 1 }",
  "export default async (a) => await a;",
  "async function* f(a = 1, { b, c: [d] }, ...e) { yield a; yield* b; for await (const g of c) await g; return function () { return new.target; }; }",
  "for (var a = 0, b; a < 9; a++) { if (a) continue; else break; } for (const c in d) e(c); for (let f of g) { h: while (f) { do { break h; } while (i); } }",
  "switch (a) { case 1: case 'b': c(); break; default: d(); } try { e(); } catch { f(); } finally { g(); } try { h(); } catch ({ i }) { throw i; }",
  "f(this, void 0, void 0, function* () { yield a; }); f(this, null, function* () { return 1; }); (function a() { a(); })(); (() => ({}))();",
  "a ? b : c; a && b; a ?? (b, c); a in b; 'A_B' in process.env; typeof a; ~a; +a; a ** b; a != b; if (a) return; a--;",
  "/* http://a.b */ // c\nvar d; // https://e.f",
])("ESTree and Babel's tree are lowered to the same unit: %s", expectSameUnit);

test("a program is lowered to the same unit", () => {
  expectSameUnit(readFileSync(new URL("../../node_modules/esbuild/lib/main.js", import.meta.url), "utf8"));
});

test("sloppy code is read as a script, and types by their parser", () => {
  for (const text of ["with (a) b();", "var a = 010; delete a;", "return a;", "if (a) function f() {}"])
    expectSameUnit(text);
  expect(plainTree("let a: string = b;")).toBeNull();
  expect(treeOf("let a: string = b;", "a.ts").tree?.statements).toHaveLength(1);
});

test("where the plain parser gives up, the other tells why and goes on", () => {
  const { tree, problems } = treeOf("a(); break b;", "a.js");
  expect(tree?.statements).toHaveLength(2);
  expect(problems).toHaveLength(1);
  expect(treeOf("a(", "a.js")).toMatchObject({ tree: null, problems: [{ fatal: true }] });
});
