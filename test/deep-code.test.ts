import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { rawTar } from "./container/archives/raw-tar.ts";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-deep-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const DEEP = '"https://api.example.com/deep"';
const each = (n: number, of: (i: number) => string, glue = ""): string =>
  Array.from({ length: n }, (_, i) => of(i)).join(glue);
const nested = (n: number, open: string, inner: string, close: string): string =>
  `${open.repeat(n)}${inner}${close.repeat(n)}`;

async function reportOn(path: string): Promise<{ stdout: string; report: Report; code: number | null }> {
  const { stdout, code } = await runCli([path, "--format", "json", "-q"]);
  return { stdout, report: JSON.parse(stdout) as Report, code };
}

test.each([1839, 5000])("%i `else if` in a row: all are found, each time in the same bytes", async (arms) => {
  const chain = each(arms, (i) => `else if (k === "k${i}") fetch("https://api.example.com/p${i}");`, "\n");
  await writeFile(
    join(folder, "main.js"),
    `const k = process.argv[2];\nif (k === "") fetch("https://api.example.com/first");\n${chain}`,
  );
  const { stdout, report } = await reportOn(folder);
  expect(report.endpoints).toHaveLength(arms + 1);
  expect(report.diagnostics).toEqual([]);
  expect((await reportOn(folder)).stdout).toBe(stdout);
});

const READ: Record<string, string> = {
  "20,000 operands of +": `const a = process.argv;\nfetch(URL);\nlet s = ""${each(20_000, (i) => ` + a[${i}]`)};`,
  "5,000 calls in a chain": `fetch(URL);\nrequire("x")${".a()".repeat(5000)};`,
  "5,000 parentheses": `fetch(${nested(5000, "(", "URL", ")")});`,
  "5,000 blocks": nested(5000, "{", "fetch(URL);", "}"),
  "5,000 conditions": `const k = process.argv[2];
    const x = ${each(5000, (i) => `k === "${i}" ? ${i} : `)}0;\nfetch(URL);`,
  "5,000 arrow functions": `const f = ${"a => ".repeat(5000)}0;\nfetch(URL);`,
};

test(`${Object.keys(READ).join("; ")}: all are read`, async () => {
  const urls = Object.keys(READ).map((_, i) => `https://api.example.com/deep/${i}`);
  for (const [i, text] of Object.values(READ).entries())
    await writeFile(join(folder, `${i}.js`), text.replaceAll("URL", JSON.stringify(urls[i])));
  const { report } = await reportOn(folder);
  expect(report.endpoints.map(({ url }) => url).sort()).toEqual(urls);
  expect(report.diagnostics.filter(({ kind }) => /nesting|stack|parse/.test(kind))).toEqual([]);
});

const TOO_DEEP: Record<string, string> = {
  functions: nested(13_000, "function f() {", "", "}"),
  parentheses: `x = ${nested(30_000, "(", "1", ")")};`,
  "far-more-parentheses": `x = ${nested(400_000, "(", "1", ")")};`,
  "else-ifs": `if (a) b();${" else if (c) d();".repeat(13_000)}`,
  negations: `x = ${"!".repeat(25_000)}y;`,
};

test("what nests deeper than the bound is said with its place, each time the same", async () => {
  await writeFile(join(folder, "good.js"), `fetch(${DEEP})`);
  for (const [name, text] of Object.entries(TOO_DEEP)) await writeFile(join(folder, `${name}.js`), text);
  const { stdout, report, code } = await reportOn(folder);
  expect(report.endpoints.map(({ url }) => url)).toEqual(["https://api.example.com/deep"]);
  const [only, ...others] = report.diagnostics;
  expect(others).toEqual([]);
  expect(only).toMatchObject({ kind: "nesting-too-deep", count: Object.keys(TOO_DEEP).length });
  for (const name of Object.keys(TOO_DEEP)) expect(only!.detail).toMatch(new RegExp(`(^|; )${name}\\.js:1:\\d+ `));
  expect(code).toBe(0);
  expect((await reportOn(folder)).stdout).toBe(stdout);
});

describe("--max-time", () => {
  const packed = gzipSync(
    rawTar([
      { name: "package/package.json", body: JSON.stringify({ name: "timed", version: "1.0.0" }) },
      { name: "package/cli.js", body: `fetch(${DEEP})` },
    ]),
  );

  test("a report of what is known, and exit 3", async () => {
    const file = join(folder, "timed.tgz");
    await writeFile(file, packed);
    const options = [file, "--format", "json", "--cache-dir", join(folder, "cache")];
    const cut = await runCli([...options, "--max-time", "0.000001s"]);
    expect(cut.code).toBe(3);
    const report = JSON.parse(cut.stdout) as Report;
    expect(report.package.name).toBe("timed");
    expect(report.diagnostics.map(({ kind }) => kind)).toContain("time-spent");
    const whole = await runCli(options);
    expect(whole.code).toBe(0);
    expect((JSON.parse(whole.stdout) as Report).endpoints).toHaveLength(1);
  });

  test("the code takes the place of the verb's own", async () => {
    const file = join(folder, "timed.tgz");
    await writeFile(file, packed);
    expect((await runCli(["gates", file, "--no-cache", "--max-time", "0.000001s"])).code).toBe(3);
  });

  test.each(["0", "-1", "soon", "25h", "1d", ""])("%j is refused", async (time) => {
    expect(await runCli([folder, "--max-time", time])).toMatchObject({ code: 2, stdout: "" });
  });
});
