import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** An empty project with the packed program installed, as npm would give it to a stranger. */
let project: string;
let tarball: string;
let files: string[];

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "endpoint-extractor-packed-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", project], { cwd: ROOT });
  // the build that packing starts writes lines of its own first
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path);
  tarball = join(project, packed.filename);
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], { cwd: project });
});
afterAll(() => rm(project, { recursive: true, force: true }));

const nameOf = async (): Promise<string> => JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")).name;

/** Plain: no types of Node are there, and declarations of libraries are checked. */
const compile = (file: string) =>
  run(
    process.execPath,
    [join(ROOT, "node_modules/typescript/bin/tsc"), "--strict", "--module", "nodenext", "--target", "es2022", file],
    { cwd: project },
  );

test("the example of one line compiles in an empty project, and runs", async () => {
  await writeFile(join(project, "tool.js"), 'fetch("https://api.example.com/v1/ping", { method: "POST" });\n');
  const name = await nameOf();
  await writeFile(
    join(project, "one-line.ts"),
    `import { extract } from "${name}";\nexport const urls = (await extract("./tool.js")).endpoints.map(({ method, url }) => \`\${method} \${url}\`);\n`,
  );
  await compile("one-line.ts");
  const script = `import { urls } from "./one-line.js"; process.stdout.write(JSON.stringify(urls));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: project });
  expect(JSON.parse(stdout)).toEqual(["POST https://api.example.com/v1/ping"]);
});

test("what only a census needs does not come along; a census says what to install", async () => {
  const there = await readdir(join(project, "node_modules"));
  expect(there.filter((name) => ["better-sqlite3", "pg-boss", "@duckdb"].includes(name))).toEqual([]);
  const words = [join(project, "node_modules", ".bin", "extract"), "census", "status", "-d", join(project, "census")];
  const ended = await run(process.execPath, words).catch((error: { code: number; stderr: string }) => error);
  expect(ended).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/better-sqlite3 is not installed\nhint: .*npm install better-sqlite3@12/),
  });
});

test("everything exported compiles with its options, and a wrong option does not", async () => {
  const text = (option: string) => `
import {
  blocklist, check, diff, explain, extract, ExtractorError, formats, gates, plain,
  type BlockPlan, type Check, type Diff, type Explanation, type GateMatrix, type Report,
} from "NAME";
const report: Report = await extract("./tool.js", { from: "bundle", cache: false, limits: { maxEntries: 5 }, ${option} });
const change: Diff = diff(report, report);
const seen: Check = await check(report, ["capture.har"], { environment: { A: "1" } });
const matrix: GateMatrix = gates(report);
const plan: BlockPlan = blocklist(report, { only: ["updates"] });
const how: Explanation = await explain("./tool.js", "/v1/ping");
const pages: string[] = [
  await formats.report.markdown.render(report, plain), formats.diff.text.render([change], plain),
  formats.check.json.render(seen, plain), formats.gates.text.render(matrix), formats.blocklist.hosts.render(plan),
];
export { ExtractorError, how, pages };
`;
  const name = await nameOf();
  await writeFile(join(project, "whole.ts"), text("offline: true").replace("NAME", name));
  await compile("whole.ts");
  await writeFile(join(project, "wrong.ts"), text("ofline: true").replace("NAME", name));
  await expect(compile("wrong.ts")).rejects.toMatchObject({
    stdout: expect.stringContaining("'ofline' does not exist"),
  });
});

test("its types resolve for each kind of importer that can load it", async () => {
  const attw = join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
  const { stdout } = await run(process.execPath, [attw, tarball, "--profile", "esm-only", "--format", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ problems: {} });
});

test("the command is `extract`", async () => {
  const names = await readdir(join(project, "node_modules", ".bin"));
  expect(names).toContain("extract");
  const { stdout } = await run(join(project, "node_modules/.bin/extract"), ["--version"]);
  expect(stdout.trim()).toBe(JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")).version);
});

test("links of the packed pages lead to packed files", async () => {
  const pages = files.filter((path) => path.endsWith(".md"));
  expect(pages).toContain("README.md");
  const broken: string[] = [];
  for (const page of pages) {
    const text = await readFile(join(ROOT, page), "utf8");
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const target = new URL(link, `file:///${page}`).pathname.slice(1);
      if (!files.some((file) => file === target || file.startsWith(`${target.replace(/\/$/, "")}/`)))
        broken.push(`${page}: ${link}`);
    }
  }
  expect(broken).toEqual([]);
});
