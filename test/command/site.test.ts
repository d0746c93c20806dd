import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toJson } from "../../extractor/render/json.ts";
import { launch, seriousIssues, visit } from "../render/html/browser.ts";
import { endpoint, event, report } from "../render/report-fixture.ts";
import { runInside } from "../run-inside.ts";

const PUBLISHED = fileURLToPath(new URL("../../reports/", import.meta.url));
const BASE = "https://reports.example/site/";

let folder = "";
let browser: Browser;
const file = (...names: string[]) => join(folder, ...names);
const release = (version: string, published: string | undefined, hosts: string[]) => {
  const made = report({
    endpoints: hosts.map((host, index) => endpoint({ id: `0000000${index}`, url: `https://${host}/` })),
    events: [event("acme_started")],
  });
  return { ...made, package: { ...made.package, version, ...(published === undefined ? {} : { published }) } };
};
const EVIL = "</script><img src=x onerror=alert(1)> &amp; ]]>\u0001";
const evil = report({
  tool: "evil",
  events: [event(EVIL)],
  environment: [{ name: EVIL, influences: [], evidence: [] }],
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-site-"));
  browser = await launch();
  await Promise.all([
    writeFile(file("a.json"), toJson(release("1.0.0", "2026-01-02T03:04:05.000Z", ["a.example"]))),
    writeFile(file("b.json"), toJson(release("1.1.0", "2026-02-03T04:05:06.000Z", ["a.example", "b.example"]))),
    writeFile(file("c.json"), toJson(release("1.2.0", undefined, ["b.example", "c.example"]))),
    writeFile(
      file("evil.json"),
      toJson({
        ...evil,
        package: { ...evil.package, name: "evil", version: "6.6.6", published: "2026-03-01T00:00:00Z" },
      }),
    ),
    writeFile(
      file("evil2.json"),
      toJson({
        ...evil,
        events: [],
        package: { ...evil.package, name: "evil", version: "6.6.5", published: "2026-02-28T00:00:00Z" },
      }),
    ),
  ]);
  const words = ["a.json", "b.json", "c.json", "evil2.json", "evil.json"].map((name) => file(name));
  const made = await runInside(["publish", "-d", file("reports"), ...words]);
  const built = await runInside(["site", "-d", file("reports"), "-o", file("site"), "--url", BASE.slice(0, -1)]);
  const real = await runInside(["site", "-d", PUBLISHED, "-o", file("real")]);
  expect([made.code, built.code, real.code], made.stderr + built.stderr + real.stderr).toEqual([0, 0, 0]);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (site: string, query = "") => visit(browser, pathToFileURL(file(site, "search.html")).href + query);

/** Names found with the tools beside them. */
async function found(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator("#search-found tbody tr").all();
  const cells = rows.map(async (row) => [
    await row.locator("th").innerText(),
    await row.locator("td").last().innerText(),
  ]);
  return Object.fromEntries(await Promise.all(cells));
}

describe("search", () => {
  test("which tools talk to datadoghq.com, in one query, over the published reports", async () => {
    const { page, complaints } = await open("real");
    await page.fill("#search-text", "which tools talk to datadoghq.com");
    const rows = await found(page);
    expect(Object.keys(rows)).toContain("http-intake.logs.us5.datadoghq.com");
    expect(Object.keys(rows).every((name) => name.includes("datadoghq.com"))).toBe(true);
    expect(rows["http-intake.logs.us5.datadoghq.com"]).toMatch(/^claude-code 2\.0\.75 to /);
    const link = page.locator("#search-found tbody a").first();
    await link.click();
    expect(await page.locator("h1").innerText()).toContain("claude-code");
    expect(complaints).toEqual([]);
  });

  test("a name is told with the first and last version that has it, and narrowed by kind", async () => {
    const { page } = await open("site", "#q=example");
    expect(await found(page)).toMatchObject({ "a.example": "acme 1.0.0 to 1.1.0", "b.example": "acme 1.1.0 to 1.2.0" });
    await page.fill("#search-text", "acme");
    expect(Object.keys(await found(page))).toEqual(expect.arrayContaining(["acme (@acme/cli)", "acme_started"]));
    await page.selectOption("#search-kind", "event");
    expect(await found(page)).toEqual({ acme_started: "acme 1.0.0 to 1.2.0" });
    await page.fill("#search-text", "nothing is called so");
    expect(await found(page)).toEqual({});
    expect(await page.locator("#search-said").innerText()).toBe("0 names of 0 tools");
  });

  test("names of a hostile package stay text", async () => {
    const { page, complaints } = await open("site");
    await page.fill("#search-text", "onerror");
    expect(Object.keys(await found(page)).length).toBeGreaterThan(0);
    expect(await page.locator("img").count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(await seriousIssues(page)).toEqual([]);
  });
});

describe("feeds", () => {
  test("JSON Feed 1.1: dated releases, the newest first, with what is new", async () => {
    const feed = JSON.parse(await readFile(file("site", "feed.json"), "utf8"));
    expect(feed).toMatchObject({ version: "https://jsonfeed.org/version/1.1", feed_url: `${BASE}feed.json` });
    expect(feed.items.map(({ id }: { id: string }) => id)).toEqual([
      "urn:endpoint-extractor:evil:6.6.6",
      "urn:endpoint-extractor:evil:6.6.5",
      "urn:endpoint-extractor:acme:1.1.0",
      "urn:endpoint-extractor:acme:1.0.0",
    ]);
    const [, , second] = feed.items;
    expect(second).toMatchObject({
      url: `${BASE}acme/1.0.0..1.1.0.html`,
      title: "acme 1.1.0: 1 endpoint added, 1 host added",
      date_published: "2026-02-03T04:05:06.000Z",
    });
    expect(second.content_html).toContain("<code>b.example</code>");
    await expect(readFile(file("site", "acme/1.0.0..1.1.0.html"), "utf8")).resolves.toContain("b.example");
  });

  test("Atom: well-formed, the same entries", async () => {
    const text = await readFile(file("site", "feed.xml"), "utf8");
    const { page } = await open("site");
    const told = await page.evaluate<Record<"faults" | "updated" | "titles" | "root", string[]>>(`{
      const parsed = new DOMParser().parseFromString(${JSON.stringify(text)}, "application/xml");
      const all = (name) => [...parsed.getElementsByTagName(name)].map((node) => node.textContent);
      ({
        faults: all("parsererror"),
        updated: all("updated"),
        titles: all("title"),
        root: [parsed.documentElement.namespaceURI],
      });
    }`);
    expect(told.faults).toEqual([]);
    expect(told.root).toEqual(["http://www.w3.org/2005/Atom"]);
    expect(told.updated[0]).toBe("2026-03-01T00:00:00.000Z");
    expect(told.updated).toHaveLength(5);
    expect(told.titles).toContain("acme 1.1.0: 1 endpoint added, 1 host added");
  });

  test("the entrance names them; an address that is none is refused", async () => {
    const home = await readFile(file("site", "index.html"), "utf8");
    expect(home).toContain('<link rel="alternate" type="application/atom+xml" title="Atom" href="feed.xml">');
    expect(home).toContain('<a href="search.html">');
    expect((await runInside(["site", "-d", file("reports"), "-o", file("x"), "--url", "ftp://x"])).code).toBe(2);
  });
});
