import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../extractor/syntax/parse.ts";
import { groupStatements, splitStatements } from "../../extractor/syntax/tokens/split.ts";
import { program } from "./program-arbitrary.ts";
import { outline, outlineOfRanges, rangesOf } from "./slices.ts";

function ranges(text: string): { start: number; end: number }[] {
  const split = splitStatements(text);
  if (split.kind === "unsure") throw new Error(`unsure at ${split.at}: ${split.why}`);
  return rangesOf(split.ends);
}

const slices = (text: string): string[] => ranges(text).map(({ start, end }) => text.slice(start, end));

function expectSameNodes(text: string): void {
  const { file } = parse(text, "whole.js");
  if (file === null) throw new Error(`does not parse: ${text}`);
  expect(outlineOfRanges(text, ranges(text))).toEqual(outline(file));
}

// Each row is one text, given as the slices it must be cut into.
const cuts: Record<string, string[]> = {
  "two statements": ["a();", "b();"],
  "the last one without a semicolon": ["a();", " b()"],
  "space and comments go with what follows": ["a();", " // one\n /* two */ b();  // three\n"],
  hashbang: ["#!/usr/bin/env node\na();", "\nb();"],
  directives: ['"use strict";"use asm";', "a();"],
  "a string after a statement stays with it": ['a();"b";', "c();"],
  "braces in strings": ["a('}{');", 'b("\\"}");', "c('\\\n}');"],
  "nested templates": ["a(`}${b(`${{c:`}`}}`)}{`);", "d();"],
  "template with an escaped opening": ["a(`\\${`);", "b(`\\``);", "c(`$`, `$$${d}$`);"],
  "slash after a name": ["a=b/c;", "d=e/f;"],
  "slash after a bracket": ["a=b[0]/2;", "c=d/2;"],
  "slash after a call": ["a(b)/c;", "d(e)/f;"],
  "slash after a condition": ["if(a)/[;/}]/.test(b);", "c();"],
  "slash after a loop's head": ["while(a)/;}/.exec(b);", "for(;;)/;/g.exec(c);"],
  "slash after for await": ["for await(a of b)/;/.test(a);", "c();"],
  "slash after do-while": ["do a();while(b)/;/.test(c);", "d();"],
  "slash after a block": ["{a()}", "/;}/.test(b);", "c();"],
  "slash after an object": ["a={b:1}/c;", "d=1/e;"],
  "slash after a function declaration": ["function a(){}", "/;/.test(b);"],
  "slash after a function expression": ["a=function(){}/b;", "c=1/d;"],
  "slash after a class expression": ["a=class{}/b;", "c=1/d;"],
  "slash after a class declaration": ["class a{}", "/;/.test(b);"],
  "slash after a template": ["a=`b`/c;", "d=1/e;"],
  "slash after an increment": ["a++/b;", "c=d--/e;"],
  "slash after a number with a dot": ["a=1./b;", "c=1e5/d;", "e=.5/f;", "g=1_0n/h;", "i=0..x/j;"],
  "slash after keywords as names": ["a.return/b;", "c.if(d)/e;", "f?.typeof/g;", "h.of/i;"],
  "slash after keywords": ["a=typeof/;/;", "b=c in/;/;", "throw/;/;"],
  "slash after return": ["a=()=>{return/}/};", "b();"],
  "slash after a label": ["a:/;/.test(b);", "c();"],
  "slash after case": ["switch(a){case/}/.test(b):/}/.exec(c)}", "d();"],
  "slash after a conditional": ["a?/;/:/;/;", "b?c/d:e/f;"],
  "regular expressions with classes": ["a=/[/;]]/;", "b=/\\/;/;", "c=/[\\]/;]/;"],
  "classes under the v flag": ["a=/[[a-z]--[;]]\\//v;", "b=/[\\p{L}&&[^;]]/v;"],
  "regular expressions that look like comments": ["a=/[/*]/;", "b=/*;*/1;", "c=/\\//;"],
  "division in comments": ["a/*;*/;", "b//;\n;", "c();"],
  "if and else": ["if(a)b();else c();", "if(a){}else if(b){}else{}", "d();"],
  "if before a word that begins with else": ["if(a){}", "elsewhere();"],
  "do and while": ["do{a()}while(b);", "c();", "while(d){}", "e();"],
  "do without braces": ["do a();while(b);", "c();", "while(d)e();", "f();"],
  "try, catch, finally": ["try{}catch{}", "try{}catch(a){}finally{}", "b();"],
  "promises' catch and finally": ["a.catch(b).finally(c);", "d();"],
  labels: ["a:for(;;){break a}", "b:{}", "c();"],
  "a label in a block": ["{a:{}}", "b();"],
  "an object in a conditional": ["a?{b:1}:{c:2};", "d();"],
  "an object after an arrow": ["a=()=>({b:1});", "c=()=>{};", "d();"],
  "functions and calls of them": ["(function(){})();", "!function(){}();", "(()=>{})();", "(async()=>{})();"],
  "a parenthesis after a declaration": ["function a(){}", "(b)();"],
  "a semicolon after a declaration": ["function a(){};", "class b{};", "c();"],
  "async functions": ["async function a(){}", "b=async function(){};", "export default async function(){}", "c();"],
  "async as a name": ["async();", "async=1;", "b();"],
  generators: ["function*a(){yield{b:1};yield*c;yield}", "d();"],
  "classes with everything": [
    "class A extends f({}){static{a()}static b={};#c=1;get d(){}async*e(){}'f'(){}[g]=class{};in(){}h=()=>{};#i(j){return#c in j}}",
    "k();",
  ],
  "heritage with braces": [
    "class A extends class{}{}",
    "class B extends function(){}{}",
    "class C extends{}.d{}",
    "e();",
  ],
  "members named by keywords": ["a={if(){},function(){},class(){},default:1,import:{},get return(){}};", "b();"],
  "members named class and function": [
    "class A{class(){}function(){}static async(){}get get(){}}",
    "b={class:{},function:(c)/d};",
  ],
  "imports and exports": [
    'import a,{if as b}from"c";',
    'import*as d from"e";',
    "import{}from'f';",
    "export{a as default};",
    'export*from"g";',
    "export const h={};",
    "export default{i:1};",
    'import j from"k"with{type:"json"};',
    "export class l{}",
    "export function m(){}",
    "import('n').then();",
    "import.meta.o;",
  ],
  "imports without semicolons": ["import a from 'a'", "\nimport 'b'", "\nexport {a}", "\nexport * from 'c'", "\nvar d"],
  "statements without semicolons": [
    "a = 1",
    "\nvar b = () => {}",
    "\nfunction c() {}",
    "\nd = class {}",
    "\nif (a) {}",
    "\ne()",
  ],
  "names that are not Latin": ["größe=1;", "变量=größe/2;", "𠮷=/;/;", "\\u0061=1/2;", "ⅷ\u2028=3;"],
  "spaces that are not ASCII": ["\ufeffa();", "\u00a0b()\u3000;", "\u2003c();"],
  "line separators": ["a// ;\u2028();", "b='\u2028';", "c//;\u2029;"],
  "lines that end with CR": ["a//;\r;", "b();", "\r\nc();"],
  "optional chaining and numbers": ["a?.5:1;", "b?.[0]?.c/2;", "d??=e;", "f??g;"],
  "private names": ["class a{#b;c=#b in d/2;e(){this.#b/2}}", "f();"],
  "return at the end of a line": ["a=()=>{return\n{b:1}/;/};", "c();"],
  "arrow bodies and what follows": ["a(()=>{},{});", "b=[()=>{}];", "c=d?()=>{}:()=>{};", "e();"],
  "async and of as names in heads": ["for(async of=>{};;)break;", "for(const of of of);", "a();"],
  "await before braces": ["await{a:1};", "await(async function(){})();", "b();"],
  "decrement before greater": ["while(a-->0);", "b();"],
  "import within statements": ["a=import.meta/2;", "b=await import('c')/2;", "d();"],
};

describe("cuts where a statement surely ends", () => {
  test.each(Object.entries(cuts))("%s", (_, expected) => {
    expect(slices(expected.join(""))).toEqual(expected);
    expectSameNodes(expected.join(""));
  });

  test("an empty text has no slice, a comment has one", () => {
    expect(slices("")).toEqual([]);
    expect(slices("// nothing\n")).toEqual(["// nothing\n"]);
  });
});

// What must not be cut, however much it looks like the end of a statement.
const whole = [
  "do{}while(a);while(b){}",
  "a={}\n/b/c",
  "if(a)b;else c",
  "if(a){}\n// x\nelse{}",
  "do;while(a)",
  "do{}while(a)",
  "do if(a){}else{}while(b)",
  "try{}/**/catch{}/**/finally{}",
  "a\n++b",
  "a=function(){}\n(b)",
  "a=class{}\n`b`",
  "a={}\n[b]",
  "async=>{}",
  "export default\nfunction(){}",
  "await\nimport('a')",
  "a;'use strict'",
];

test.each(whole)("keeps whole: %j", (text) => {
  expect(slices(text)).toEqual([text]);
  expectSameNodes(text);
});

const unsure: [string, string, RegExp][] = [
  ["a slash after a name without its semicolon", "var a\n/b/g.test(c)", /division or regular expression/],
  ["a slash after a contextual keyword that is a name", "var async\n/b/g.test(c)", /division or regular expression/],
  ["an async function on the line after yield", "function*a(){yield\nasync function b(){}\n/}/}", /declaration or/],
  ["a slash after a module's name", "import 'a'\n/b/g.test(c)", /division or regular expression/],
  ["a slash after an arrow's body", "a=()=>{}\n/b/g.test(c)", /division or regular expression/],
  ["a slash after await", "await /a/g;b", /division or regular expression/],
  ["a slash after let", "let/a/g;b", /division or regular expression/],
  ["a string without end", "a='b\n';", /string without end/],
  ["a template without end", "a=`b${c}", /template without end/],
  ["a comment without end", "a;/* b", /comment without end/],
  ["a regular expression without end", "a=/b\n/", /regular expression without end/],
  ["an HTML-like comment", "a\n<!-- b;'", /HTML-like comment/],
  ["the end of an HTML-like comment", "a;\n--> b;'", /HTML-like comment/],
  ["JSX", "a=<b>it's</b>;", /JSX/],
  ["a decorator", "@a class b{}", /stray character/],
  ["a bracket too many", "a)", /unmatched/],
  ["brackets that cross", "a([)]", /unmatched/],
  ["text that breaks off", "a(function(){", /text ends/],
  ["a type's body", "interface A{}", /block or object/],
  ["a type of a name", "function f(a: b){}", /colon/],
  ["no statement after the last", "{}*a", /no statement can follow/],
];

test.each(unsure)("unsure about %s", (_, text, why) => {
  const split = splitStatements(text);
  expect(split).toMatchObject({ kind: "unsure", why: expect.stringMatching(why) });
  if (split.kind === "unsure") expect(split.at).toBeLessThanOrEqual(text.length);
});

test("slices of any program have the nodes of the whole", () => {
  let compared = 0;
  let pieces = 0;
  fc.assert(
    fc.property(program, (text) => {
      const split = splitStatements(text);
      const { file } = parse(text, "whole.js");
      if (file === null || split.kind === "unsure") return;
      expect(slices(text).join("")).toBe(text);
      expect(outlineOfRanges(text, ranges(text))).toEqual(outline(file));
      compared++;
      pieces += split.ends.length;
    }),
    { numRuns: 3000 },
  );
  // Else the property would hold of programs that are never cut.
  expect(compared).toBeGreaterThan(400);
  expect(pieces).toBeGreaterThan(compared * 1.2);
});

test("any text at all is cut into pieces that make it up, or declared unsure", () => {
  const soup = fc.array(
    fc.constantFrom(..."{}()[]/*`'\"\\$;:?.+-<>=#! \n\r\u2028aéif".split(""), "function", "class"),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(soup, (parts) => {
      const text = parts.join("");
      const split = splitStatements(text);
      if (split.kind === "unsure") return;
      const ends = Array.from(split.ends);
      expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
      expect(ends.at(-1) ?? 0).toBe(text.length);
    }),
    { numRuns: 5000 },
  );
});

describe("groups of statements", () => {
  test("hold neighbours up to the size wanted; a larger statement is alone", () => {
    expect(groupStatements(Uint32Array.of(3, 6, 9, 40, 42), 6)).toEqual([
      { start: 0, end: 6 },
      { start: 6, end: 9 },
      { start: 9, end: 40 },
      { start: 40, end: 42 },
    ]);
    expect(groupStatements(Uint32Array.of())).toEqual([]);
    expect(groupStatements(Uint32Array.of(7))).toEqual([{ start: 0, end: 7 }]);
  });

  test("have the nodes of the whole", () => {
    const text = Array.from({ length: 200 }, (_, i) => `var a${i} = ${i} / 2; // ${i}\n`).join("");
    const split = splitStatements(text);
    if (split.kind === "unsure") throw new Error(split.why);
    const groups = groupStatements(split.ends, 1000);
    expect(groups.length).toBeGreaterThan(3);
    expect(outlineOfRanges(text, groups)).toEqual(outline(parse(text, "whole.js").file!));
  });
});
