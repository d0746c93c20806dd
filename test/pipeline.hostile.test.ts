import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { extract } from "../extractor/pipeline.ts";
import { schemaErrors } from "./report-schema.ts";

const GOOD = 'fetch("https://api.example.com/good", { method: "POST" });\n';
/** CPU, so that a loaded machine does not decide. */
const SECONDS = 20;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-hostile-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Whatever else is in the folder: the plain call is found, the report is valid, and the time is bounded. */
async function survives(files: Record<string, string | Buffer>): Promise<{ report: Report; urls: string[] }> {
  for (const [name, content] of Object.entries({ "good.js": GOOD, ...files }))
    await writeFile(join(folder, name), content);
  const before = process.cpuUsage();
  const report = await extract(folder, {
    sourceMaps: true,
    reveal: false,
    cache: { cache: false, offline: true },
    limits: {},
  });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(SECONDS);
  expect(schemaErrors(report)).toEqual([]);
  const urls = report.endpoints.flatMap(({ url, alternatives }) => [url, ...alternatives]);
  expect(urls).toContain("https://api.example.com/good");
  return { report, urls };
}

const times = (n: number, line: (i: number) => string, glue = "\n"): string =>
  Array.from({ length: n }, (_, i) => line(i)).join(glue);
const nested = (depth: number, open: string, inner: string, close: string): string =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
const diagnosed = ({ diagnostics }: Report, kind: string): string =>
  diagnostics.find((d) => d.kind === kind)?.detail ?? "";

const DEEP = '"https://api.example.com/deep"';

describe("an expression 200 levels deep is read", () => {
  test.each([
    ["parentheses", `fetch(${nested(200, "(", DEEP, ")")});`],
    ["conditionals", `fetch(${nested(200, "x ? ", DEEP, ' : "https://api.example.com/other"')});`],
    ["blocks", nested(200, "if (x) { ", `fetch(${DEEP})`, " }")],
    ["templates", `fetch(${nested(100, "`${", DEEP, "}`")});`],
  ])("%s", async (_, text) => {
    const { urls } = await survives({ "a.js": text });
    expect(urls).toContain("https://api.example.com/deep");
  });
});

describe("what is too deep for a parser or for us is a diagnostic with its place", () => {
  test.each([
    ["30,000 parentheses", `fetch(${nested(30_000, "(", DEEP, ")")});`],
    ["30,000 lists", `fetch(${nested(30_000, "[", DEEP, "]")});`],
    ["30,000 calls", `function f(x) { return x }\nfetch(${nested(30_000, "f(", DEEP, ")")});`],
    ["30,000 functions", nested(30_000, "function f() { ", `fetch(${DEEP})`, " }")],
    ["30,000 blocks", nested(30_000, "{ ", `fetch(${DEEP})`, " }")],
    ["30,000 else-ifs", `if (a) b();${` else if (c) fetch(${DEEP});`.repeat(30_000)}`],
    ["30,000 members", `var a = {};\nfetch(a${".a".repeat(30_000)} + ${DEEP});`],
    ["30,000 calls in a chain", `var a = {};\nfetch(a${".a(1)".repeat(30_000)});`],
    ["a sum of 50,000", `var a = "p";\nfetch("https://api.example.com/" ${"+ a ".repeat(50_000)});`],
    ["50,000 alternatives by ||", `fetch(${"a || ".repeat(50_000)} ${DEEP});`],
  ])("%s", async (_, text) => {
    const { report } = await survives({ "a.js": text });
    const where = ["nesting-too-deep", "stack-spent"].map((kind) => diagnosed(report, kind)).join("");
    expect(where).toMatch(/a\.js:\d+:\d+/);
  });
});

describe("what grows without end is cut, and the cut is counted", () => {
  const doubled = (step: (i: number) => string) => times(60, (i) => step(i + 1));
  test.each([
    [
      "objects that spread the one before twice",
      `var o0 = { url: ${DEEP} };\n${doubled((i) => `var o${i} = { ...o${i - 1}, ...o${i - 1} };`)}\nfetch(o60.missing, o60);`,
      // each look is remembered: nothing is left to cut
      "sink-unresolved",
    ],
    [
      "sets that are made of each other",
      `var a = new Set(b), b = new Set(a);\nfor (const u of a) fetch(u);\nfetch([...b][0]);`,
      "sink-unresolved",
    ],
    [
      "strings that double",
      `var s0 = "a";\n${doubled((i) => `var s${i} = s${i - 1} + s${i - 1};`)}\nfetch("https://api.example.com/" + s60);`,
      "cut-parts",
    ],
    [
      "functions that call each other",
      `${times(20, (i) => `function f${i}(a, b) { return ${times(20, (j) => `f${j}(a + "${i}", b + f${(j + 1) % 20}(b, a))`, " || ")} }`)}
       fetch("https://api.example.com/" + f0("1", "2"));`,
      "cut-depth",
    ],
    [
      "10,000 assignments",
      `var host = x;\n${times(10_000, (i) => `host = "https://h${i}.example.com";`)}\nfetch(host + "/a");`,
      "cut-alternatives",
    ],
    [
      "10,000 returns",
      `function pick(x) { switch (x) {\n${times(10_000, (i) => `case ${i}: return "https://h${i}.example.com";`)}\n} }\nfetch(pick(z) + "/a");`,
      "cut-alternatives",
    ],
    [
      "12 choices of four in one URL",
      `${times(12, (i) => `var v${i} = c ? "a" : d ? "b" : e ? "c" : "d";`)}\nfetch("https://api.example.com/" + ${times(12, (i) => `v${i}`, ' + "/" + ')});`,
      "cut-alternatives",
    ],
    [
      "10,000 members by an unknown key",
      `var o = { ${times(10_000, (i) => `k${i}: "https://h${i}.example.com/"`, ", ")} };\nfetch(o[x]);`,
      "cut-alternatives",
    ],
    [
      "three ways to call, twelve times over",
      `${times(12, (i) => (i === 0 ? "function c0(u) { fetch(u) }" : `function c${i}(u) { c${i - 1}(u + "/a"); c${i - 1}(u + "/b"); c${i - 1}(u + "/c") }`))}
       c11("https://api.example.com");`,
      "cut-contexts",
    ],
  ])("%s", async (_, text, kind) => {
    const { report } = await survives({ "a.js": text });
    expect(report.diagnostics.map((d) => d.kind)).toContain(kind);
  });
});

describe("what leads back to itself ends", () => {
  test.each([
    [
      "objects",
      "var a = { ...b, ...b }, b = { ...a, ...a };\nfor (;;) a = { ...a, ...b, u: a.u + b.u };\nfetch(a.u, a);",
    ],
    ["members", "var o = {};\no.o = o;\no.p = { ...o, q: o };\nfetch(o.o.o.p.q.p.q.u);"],
    ["strings", 'var s = "a";\nfor (;;) s = s + s + s.replace("a", s);\nfetch("https://api.example.com/" + s);'],
    ["classes", "class A extends B { get u() { return super.u } }\nclass B extends A {}\nfetch(new A().u);"],
    ["functions", "function f(x) { return g(x) }\nfunction g(x) { return f(x) || g(f(x)) }\nfetch(f(1));"],
    ["prototypes", "var o = { __proto__: o };\no.__proto__.x = 1;\nfetch(o.__proto__ + o.constructor + o.toString);"],
  ])("%s", async (_, text) => {
    await survives({ "a.js": text });
  });

  test("modules", async () => {
    await survives({
      "a.mjs": 'export * from "./b.mjs";\nimport { u } from "./b.mjs";\nfetch(u);',
      "b.mjs": 'export * from "./a.mjs";\nexport { u } from "./a.mjs";',
    });
  });
});

describe("a chain of spreads is walked once, however many arms each object spreads", () => {
  const KEYS = 12;
  const chain = (arms: number, length: number) =>
    times(length, (i) => {
      const arm = (k: number) => `{ ...o${i}, k${i % KEYS}_${k}: ${k} }`;
      const chosen = times(arms - 1, (k) => `c === ${k} ? ${arm(k)} : `, "");
      return `const o${i + 1} = ${chosen}${arm(arms)};`;
    });

  test.each([2, 3, 4, 8])("%i arms, twelve times", async (arms) => {
    const use = `for (const e of Object.keys(o12)) fetch(o12.u + "/" + e);\nfetch(o12[k]);`;
    const { report, urls } = await survives({
      "a.js": `const c = +process.argv[2];\nconst o0 = { u: ${DEEP} };\n${chain(arms, 12)}\n${use}`,
    });
    expect(urls).toContain("https://api.example.com/deep");
    expect(urls.some((url) => url.startsWith("https://api.example.com/deep/"))).toBe(true);
    expect(diagnosed(report, "cut-depth") + diagnosed(report, "cut-fuel")).toBe("");
  });

  test("as deep as 250 are walked to their end, and deeper ones are cut and counted", async () => {
    const use = (n: number) => `for (const e of Object.keys(o${n})) fetch(o${n}.u + "/" + e);`;
    const { report, urls } = await survives({
      "a.js": `const c = +process.argv[2];\nconst o0 = { u: ${DEEP} };\n${chain(2, 250)}\n${use(250)}`,
    });
    expect(urls.some((url) => url.startsWith("https://api.example.com/deep/"))).toBe(true);
    expect(diagnosed(report, "cut-depth")).toBe("");
    const { report: deeper } = await survives({
      "a.js": `const c = +process.argv[2];\nconst o0 = { u: ${DEEP} };\n${chain(2, 2000)}\n${use(2000)}`,
    });
    expect(diagnosed(deeper, "cut-depth")).not.toBe("");
  });
});

describe("volume", () => {
  test("10,000 places that call one sender", async () => {
    const calls = times(10_000, (i) => `send("https://h${i}.example.com/");`);
    const { urls } = await survives({ "a.js": `function send(u) { return fetch(u) }\n${calls}` });
    expect(urls.filter((url) => url.startsWith("https://h")).length).toBe(10_000);
  });

  test("20,000 early returns before a call", async () => {
    const returns = times(20_000, (i) => `if (x === ${i}) return;`);
    const { urls } = await survives({ "a.js": `function f(x) {\n${returns}\nfetch(${DEEP}) }\nf(y);` });
    expect(urls).toContain("https://api.example.com/deep");
  });

  test("names of 100,000 characters where event names are expected", async () => {
    const calls = ["a".repeat(100_000), "aB".repeat(50_000), `${"a_".repeat(50_000)}!`].map((s) => `t("${s}");`);
    const known = times(4, (i) => `t("opened_${i}");`);
    await survives({ "a.js": `function t(n) { q.push({ event_name: n }) }\n${known}\n${calls.join("\n")}` });
  });

  test("patterns that backtrack without end", async () => {
    const text = "a".repeat(3000);
    const patterns = ["(a+)+$", "(a|a)*$", "a*a*a*a*a*a*b", `${"a?".repeat(30)}${"a".repeat(30)}$`];
    const calls = patterns.map((p) => `fetch("https://api.example.com/" + "${text}!".replace(/${p}/, "b"));`);
    await survives({ "a.js": calls.join("\n") });
  });
});

test("a package of nothing that can be read: the reason is named, with its place", async () => {
  await writeFile(join(folder, "only.js"), "var b = ;\n");
  await expect(
    extract(folder, { sourceMaps: true, reveal: false, cache: { cache: false, offline: true }, limits: {} }),
  ).rejects.toMatchObject({ code: "no-javascript", message: expect.stringMatching(/: parse error, only\.js:1:1 /) });
});

describe("beside a file nobody can read, the rest goes on", () => {
  test("a syntax error, with its position", async () => {
    const { report } = await survives({ "bad.js": "var a = 1;\nvar b = ;\nfunction ( { ]]]\n" });
    expect(diagnosed(report, "parse-error")).toMatch(/bad\.js.*\(2:8\)/);
  });

  test("a template without end", async () => {
    const { report } = await survives({ "bad.js": "var a = `abc ${" });
    expect(diagnosed(report, "parse-error")).toMatch(/bad\.js:\d+:\d+/);
  });

  test("invalid UTF-8, with its offset; what stands around it is read", async () => {
    const bad = Buffer.concat([
      Buffer.from('fetch("https://api.example.com/'),
      Buffer.from([0xff, 0xfe, 0xc0]),
      Buffer.from('end");'),
    ]);
    const { report, urls } = await survives({ "bad.js": bad });
    expect(diagnosed(report, "invalid-utf8")).toMatch(/bad\.js.*31/);
    expect(urls).toContain("https://api.example.com/\ufffd\ufffd\ufffdend");
  });

  test("control characters", async () => {
    await survives({ "bad.js": "\u0000\u0001\u0002", "\u202ea\u001b[31m.js": `fetch(${DEEP})` });
  });
});
