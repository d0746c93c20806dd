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

async function reportOn(text: string): Promise<{ stdout: string; report: Report }> {
  const file = join(folder, "main.js");
  await writeFile(file, text);
  const { stdout } = await runCli([file, "--format", "json", "-q"]);
  return { stdout, report: JSON.parse(stdout) as Report };
}

test.each([1500, 1839, 2600, 5000])(
  "%i `else if` in a row: all are found, each time in the same bytes",
  async (arms) => {
    const chain = each(arms, (i) => `else if (k === "k${i}") fetch("https://api.example.com/p${i}");`, "\n");
    const text = `const k = process.argv[2];\nif (k === "") fetch("https://api.example.com/first");\n${chain}`;
    const first = await reportOn(text);
    expect(first.report.endpoints).toHaveLength(arms + 1);
    expect(first.report.diagnostics).toEqual([]);
    expect((await reportOn(text)).stdout).toBe(first.stdout);
  },
);

test.each([
  ["20,000 operands of +", `const a = process.argv;\nfetch(${DEEP});\nlet s = ""${each(20_000, (i) => ` + a[${i}]`)};`],
  ["5,000 calls in a chain", `fetch(${DEEP});\nrequire("x")${".a()".repeat(5000)};`],
  ["5,000 parentheses", `fetch(${nested(5000, "(", DEEP, ")")});`],
  ["5,000 blocks", nested(5000, "{", `fetch(${DEEP});`, "}")],
  [
    "5,000 conditions",
    `const k = process.argv[2];\nconst x = ${each(5000, (i) => `k === "${i}" ? ${i} : `)}0;\nfetch(${DEEP});`,
  ],
  ["5,000 arrow functions", `const f = ${"a => ".repeat(5000)}0;\nfetch(${DEEP});`],
])("%s are read", async (_, text) => {
  const { report } = await reportOn(text);
  expect(report.endpoints.map(({ url }) => url)).toContain("https://api.example.com/deep");
  expect(report.diagnostics.filter(({ kind }) => /nesting|stack|parse/.test(kind))).toEqual([]);
});

test.each([
  ["functions", nested(13_000, "function f() {", "", "}")],
  ["parentheses", `x = ${nested(30_000, "(", "1", ")")};`],
  ["far more parentheses", `x = ${nested(400_000, "(", "1", ")")};`],
  ["else-ifs", `if (a) b();${" else if (c) d();".repeat(13_000)}`],
  ["negations", `x = ${"!".repeat(25_000)}y;`],
])("%s nested deeper than the bound: said with their place, each time the same", async (_, text) => {
  await writeFile(join(folder, "good.js"), `fetch(${DEEP})`);
  await writeFile(join(folder, "deep.js"), text);
  const run = () => runCli([folder, "--format", "json", "-q"]);
  const { stdout, code } = await run();
  const { endpoints, diagnostics } = JSON.parse(stdout) as Report;
  expect(endpoints.map(({ url }) => url)).toEqual(["https://api.example.com/deep"]);
  expect(diagnostics).toEqual([
    { kind: "nesting-too-deep", count: 1, detail: expect.stringMatching(/^deep\.js:1:\d+ /) },
  ]);
  expect(code).toBe(0);
  expect((await run()).stdout).toBe(stdout);
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
