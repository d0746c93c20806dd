import { describe, expect, test } from "vitest";
import { BOUNDS } from "../../../extractor/evaluate/engine/bounds.ts";
import { evaluateSnippet } from "../evaluate-snippet.ts";

/** `of(0)`, `of(1)`, … `of(n - 1)` */
const each = (n: number, of: (i: number) => string, glue = ""): string =>
  Array.from({ length: n }, (_, i) => of(i)).join(glue);
const urls = (n: number): string[] => Array.from({ length: n }, (_, i) => `https://x.dev/${i}`);
const digits = (n: number): string[] => Array.from({ length: n }, (_, i) => `${i}`);
const ONE = "https://x.dev/a";
const one = (): string[] => [ONE];

interface Case {
  /** The size that the bound still lets through, and one that it stops. */
  sizes: [needs: number, stopped: number];
  code: (n: number) => string;
  /** What the snippet is where nothing is cut. */
  whole: (n: number) => string[];
}

/** Numbers stand here once more: a bound that is changed by hand is to be noticed. */
const CASES: Partial<Record<keyof typeof BOUNDS, Case>> = {
  alternatives: {
    sizes: [16, 17],
    code: (n) => `const answer = ${JSON.stringify(urls(n))}[process.env.N];`,
    whole: (n) => urls(n).sort(),
  },
  parts: {
    sizes: [32, 34],
    code: (n) => `const answer = ${each(n / 2, (i) => `"/${i}/" + process.env.V${i}`, " + ")};`,
    whole: (n) => [each(n / 2, (i) => `/${i}/{V${i}}`)],
  },
  characters: {
    sizes: [16_384, 16_385],
    code: (n) => `const half = "${"a".repeat(n / 2)}"; const answer = half + "${"b".repeat(n - Math.floor(n / 2))}";`,
    whole: (n) => ["a".repeat(n / 2) + "b".repeat(n - Math.floor(n / 2))],
  },
  waysOfAText: {
    sizes: [4, 5],
    code: (n) =>
      `const of = (p) => p + (p === "0" ? "/first" : "/more");
       const answer = of(${JSON.stringify(digits(n))}[process.env.N]);`,
    whole: (n) => digits(n).map((i) => `${i}${i === "0" ? "/first" : "/more"}`),
  },
  partsOfAWay: {
    sizes: [40, 70],
    code: (n) =>
      `const of = (p) => { const v0 = p;\n${each(n / 4, (i) => `const v${i + 1} = v${i};\n`)}
         return v${n / 4} + (p === "0" ? "/first" : "/more"); };
       const answer = of(${JSON.stringify(digits(2))}[process.env.N]);`,
    whole: () => ["0/first", "1/more"],
  },
  settingKeys: {
    sizes: [4, 5],
    code: (n) =>
      `import fs from "node:fs"; const answer = JSON.parse(fs.readFileSync("a.json"))${each(n, (i) => `.k${i}`)};`,
    whole: (n) => [`{${each(n, (i) => `k${i}`, ".")}}`],
  },
  depth: {
    sizes: [190, 205],
    code: (n) => `const answer = ${"(process.env.A && ".repeat(n)}"${ONE}"${")".repeat(n)};`,
    whole: one,
  },
  calls: {
    sizes: [9, 10],
    code: (n) =>
      `${each(n - 1, (i) => `const f${i} = (p) => f${i + 1}(p);\n`)}
       const f${n - 1} = (p) => "https://x.dev/" + p; const answer = f0("a");`,
    whole: one,
  },
  fuel: {
    sizes: [1400, 3100],
    code: (n) => `let answer;\n${each(n, (i) => `const v${i} = "${ONE}"; answer = v${i};\n`)}`,
    whole: one,
  },
  nestedReads: {
    sizes: [290, 310],
    code: (n) =>
      `const o0 = { u: "${ONE}" };\n${each(n, (i) => `const o${i + 1} = { ...o${i} };\n`)}const answer = o${n}.u;`,
    whole: one,
  },
  storageCalls: {
    sizes: [64, 65],
    code: (n) =>
      `import { AsyncLocalStorage } from "node:async_hooks";
       const other = new AsyncLocalStorage(); const own = new AsyncLocalStorage();
       ${each(n - 1, (i) => `other.enterWith("${i}");\n`)} own.enterWith("${ONE}"); const answer = own.getStore();`,
    whole: one,
  },
  resolvers: {
    sizes: [12, 13],
    code: (n) =>
      `${each(n - 2, (i) => `const f${i} = (done) => f${i + 1}(done);\n`)}
       const f${n - 2} = (done) => done("${ONE}"); const answer = new Promise((resolve) => f0(resolve));`,
    whole: one,
  },
  members: {
    sizes: [256, 257],
    code: (n) =>
      `const o = { ${each(n - 1, (i) => `m${i}: "${ONE}"`, ", ")}, last: "https://x.dev/b" };
       const answer = o[process.env.K];`,
    whole: () => [ONE, "https://x.dev/b"],
  },
  items: {
    sizes: [32, 33],
    code: (n) => `const answer = [${each(n - 1, () => `"${ONE}"`, ", ")}, "https://x.dev/b"][process.env.N];`,
    whole: () => [ONE, "https://x.dev/b"],
  },
  pieces: {
    sizes: [256, 257],
    code: (n) => `const answer = [..."${"a".repeat(n)}"].join("");`,
    whole: (n) => ["a".repeat(n)],
  },
  additions: {
    sizes: [24, 25],
    code: (n) => `const list = [];\n${each(n, () => `list.push("${ONE}");\n`)}const answer = list[process.env.N];`,
    whole: one,
  },
  lists: {
    sizes: [2, 3],
    code: (n) =>
      `const parts = ["x"];\n${each(n, (i) => `if (process.env.V${i}) parts.push("${i}");\n`)}
       const answer = parts.join("/");`,
    whole: () => ["x", "x/0", "x/0/1", "x/1"],
  },
  orderedAdditions: {
    sizes: [12, 13],
    code: (n) => `const parts = ["x"];\n${each(n, () => 'parts.push("a");\n')}const answer = parts.join("/");`,
    whole: (n) => [`x${"/a".repeat(n)}`],
  },
  writers: {
    sizes: [5, 6],
    code: (n) =>
      `const o0 = {}; o0.x0 = "b";
       ${each(n, (i) => `const o${i + 1} = o${i}; o${i + 1}.x${i + 1} = "b";\n`)}
       const answer = "https://x.dev/" + o${n}.x${n};`,
    whole: () => ["https://x.dev/b"],
  },
  recursion: {
    sizes: [2, 3],
    code: (n) =>
      `function f(path, left) { return left === 0 ? path : f(path + "/a", left - 1); }
       const answer = f("https://x.dev", ${n});`,
    whole: (n) => [`https://x.dev${"/a".repeat(n)}`],
  },
  guards: {
    sizes: [3, 4],
    code: (n) =>
      `let g0 = false;
       ${each(n - 1, (i) => `let g${i + 1} = false; if (g${i}) g${i + 1} = true;\n`)}
       let answer = "${ONE}"; if (g${n - 1}) answer = "https://x.dev/b";`,
    whole: one,
  },
  jsonText: {
    sizes: [200_000, 200_001],
    code: (n) => {
      const start = `{"url":"${ONE}","more":"`;
      return `const answer = JSON.parse('${start}${"a".repeat(n - start.length - 2)}"}').url;`;
    },
    whole: one,
  },
  jsonLevels: {
    sizes: [16, 17],
    code: (n) => `const answer = JSON.parse('${'{"a":'.repeat(n)}"${ONE}"${"}".repeat(n)}')${".a".repeat(n)};`,
    whole: one,
  },
  resultWrites: {
    sizes: [16, 17],
    code: (n) => `function f() { return {}; }\n${each(n, () => `f().key = "${ONE}";\n`)}const answer = f().key;`,
    whole: one,
  },
  parents: {
    sizes: [8, 10],
    code: (n) =>
      `class C0 { url() { return "${ONE}"; } }
       ${each(n, (i) => `class C${i + 1} extends C${i} {}\n`)}const answer = new C${n}().url();`,
    whole: one,
  },
  replaced: {
    sizes: [8, 9],
    code: (n) =>
      `const answer = "https://x.dev/A".replace("A", ${JSON.stringify(each(n, String).split(""))}[process.env.N]);`,
    whole: (n) => urls(n),
  },
  keptEntries: {
    sizes: [8, 9],
    code: (n) =>
      `const map = new Map([${each(n, (i) => `["${i}", "https://x.dev/${i}"]`, ", ")}]);
       const answer = map.get(process.env.K);`,
    whole: (n) => urls(n),
  },
  reducedItems: {
    sizes: [12, 13],
    code: (n) =>
      `const answer = [${each(n, () => '"a"', ", ")}].reduce((text, item) => text + item, "https://x.dev/");`,
    whole: (n) => [`https://x.dev/${"a".repeat(n)}`],
  },
};

/** Bounds on work: a test of its own below, and `costly-results.test.ts`. */
const ELSEWHERE = new Set(["asksInVain", "costlySteps", "costlyTimes", "writtenUrls"]);

/** In the order of the table. A new bound brings its case with it. */
const WITHOUT_A_CASE = [
  "closures",
  "keptCalls",
  "nearbyFuel",
  "propertyReads",
  "classesAbove",
  "nestedLists",
  "weakMapWrites",
  "defaultConditions",
  "wideAddresses",
];

describe("a bound of the evaluator", () => {
  test.each(Object.entries(CASES))("%s: one case needs it, one is stopped by it", (_, { sizes, code, whole }) => {
    const [needs, stopped] = sizes;
    expect(evaluateSnippet(code(needs))).toEqual(whole(needs));
    expect(evaluateSnippet(code(stopped))).not.toEqual(whole(stopped));
  });

  test("asksInVain: what has asked for less keeps what it found, what asks on is broken off", () => {
    expect(evaluateSnippet(CASES.fuel!.code(4000))).toContain(ONE);
    expect(evaluateSnippet(CASES.fuel!.code(9000))).not.toContain(ONE);
  });

  test.each([
    [4, 16],
    [5, 16],
  ])("writtenUrls: with %i paths and four queries an address is %i", (n, kept) => {
    const code = `const u = new URL("https://x.dev/"); u.pathname = ${JSON.stringify(urls(n).map((_, i) => `/${i}`))}[process.env.N];
      u.search = ["?a", "?b", "?c", "?d"][process.env.M]; const answer = u.href;`;
    expect(evaluateSnippet(code)).toHaveLength(kept);
  });

  test("has a case here, or is one of those that wait for theirs", () => {
    const waiting = Object.keys(BOUNDS).filter((name) => !Object.hasOwn(CASES, name) && !ELSEWHERE.has(name));
    expect(waiting).toEqual(WITHOUT_A_CASE);
  });
});
