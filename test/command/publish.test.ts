import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toJson } from "../../extractor/render/json.ts";
import { launch, seriousIssues, visit } from "../render/html/browser.ts";
import { acme, endpoint } from "../render/report-fixture.ts";
import { runInside } from "../run-inside.ts";

let folder = "";
let browser: Browser;
const file = (...names: string[]) => join(folder, ...names);
const words = (...names: string[]) => names.map((name) => file(name));
const release = (version: string, more: string[] = []) => ({
  ...acme,
  package: { ...acme.package, version },
  endpoints: [...acme.endpoints, ...more.map((url, index) => endpoint({ url, id: `0000000${index}` }))],
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-publish-"));
  browser = await launch();
  await Promise.all([
    writeFile(file("a.json"), toJson(release("1.9.0"))),
    writeFile(file("b.json"), toJson(release("1.10.0", ["https://new.example/"]))),
    writeFile(file("c.json"), toJson(release("2.0.0", ["https://new.example/", "https://newer.example/"]))),
    writeFile(file("up.json"), toJson({ ...release("../../up"), tool: ".." })),
  ]);
  const published = await runInside(["publish", "-d", file("one"), ...words("b.json", "c.json", "a.json")]);
  const built = await runInside(["site", "-d", file("one"), "-o", file("site")]);
  expect([published.code, built.code], published.stderr + built.stderr).toEqual([0, 0]);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every file of a folder with its content. */
async function contents(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, "utf8")])),
  );
}

test("reports, index and README, the same bytes in whichever order; --check sees a difference", async () => {
  expect((await runInside(["publish", "-d", file("two"), ...words("a.json")])).code).toBe(0);
  expect((await runInside(["publish", "-d", file("two"), ...words("c.json", "b.json", "a.json")])).code).toBe(0);
  const one = await contents(file("one"));
  expect(Object.keys(one)).toEqual([
    "README.md",
    "acme/1.10.0.json",
    "acme/1.9.0.json",
    "acme/2.0.0.json",
    "index.json",
  ]);
  expect(await contents(file("two"))).toEqual(one);
  const schema = JSON.parse(await readFile(new URL("../../reports/schema/index.schema.json", import.meta.url), "utf8"));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  expect(validate(JSON.parse(one["index.json"]!)) ? [] : validate.errors).toEqual([]);
  const [tool] = JSON.parse(one["index.json"]!).tools;
  expect(tool).toMatchObject({
    id: "acme",
    package: "@acme/cli",
    versions: [{ version: "1.9.0" }, { version: "1.10.0", endpoints: 6 }, { version: "2.0.0" }],
  });
  expect(JSON.parse(one["acme/1.9.0.json"]!).package.spec).toBe("acme@1.9.0");

  expect((await runInside(["publish", "-d", file("two"), "--check", ...words("a.json")])).code).toBe(0);
  await writeFile(file("two", "acme", "1.9.0.json"), "{}");
  const { code, stderr } = await runInside(["publish", "-d", file("two"), "--check", ...words("a.json")]);
  expect(stderr).toContain("1.9.0.json differs");
  expect(code).toBe(1);
  expect(await readFile(file("two", "acme", "1.9.0.json"), "utf8")).toBe("{}");
});

test.each([
  [["up.json"], /can't be a file name/],
  [["a.json", "--reveal"], /values of keys/],
  [[], /nothing is published in .*refused yet/],
  [["--check"], /nothing is published in .*refused yet/],
])("%j is refused, and nothing is written", async (given, message) => {
  const args = given.map((word) => (word.endsWith(".json") ? file(word) : word));
  const { code, stderr } = await runInside(["publish", "-d", file("refused"), ...args]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
  await expect(readdir(file("refused"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("the site: every page reachable by links from the first, nothing loaded, nothing complained about", async () => {
  const start = pathToFileURL(file("site", "index.html")).href;
  const waiting = [start];
  const seen = new Set<string>(waiting);
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const { page, complaints } = await visit(browser, url);
    expect(complaints, url).toEqual([]);
    expect(await seriousIssues(page), url).toEqual([]);
    const links = await page
      .locator("a[href]:not([download])")
      .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href.replace(/#.*/, "")));
    for (const link of links.filter((one) => one.endsWith(".html") && !seen.has(one))) {
      seen.add(link);
      waiting.push(link);
    }
    await page.context().close();
  }
  const pages = Object.keys(await contents(file("site"))).filter((path) => path.endsWith(".html"));
  expect([...seen].map((url) => url.slice(start.length - "index.html".length)).sort()).toEqual(pages.sort());
  expect(pages).toContain("acme/1.9.0..2.0.0.html");
});

test("the site: a diff says what was added, downloads are there", async () => {
  const { page } = await visit(browser, pathToFileURL(file("site", "acme", "1.9.0..2.0.0.html")).href);
  expect(await page.locator("main").textContent()).toContain("newer.example");
  const site = await contents(file("site"));
  expect(site["acme/2.0.0/hosts.txt"]).toContain("0.0.0.0 intake.logs.example");
  expect(site["acme/2.0.0.json"]).toBe((await contents(file("one")))["acme/2.0.0.json"]);
});

test("a site of nothing is refused", async () => {
  const { code, stderr } = await runInside(["site", "-d", file("nowhere"), "-o", file("none")]);
  expect(stderr).toMatch(/no published reports/);
  expect(code).toBe(2);
});
