import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../../extractor/model/check.ts";
import { hostNames } from "../../../extractor/model/host.ts";
import type { Report } from "../../../extractor/model/report.ts";
import { blockListFormats } from "../../../extractor/render/blocklist/formats.ts";
import { planBlockList, TELEMETRY_CHANNELS } from "../../../extractor/render/blocklist/plan.ts";
import { renderHtml } from "../../../extractor/render/html.ts";
import { check, exchange } from "../../compare/check.ts";
import { acme, at, hostile, report } from "../report-fixture.ts";
import { launch, seriousIssues, visit } from "./browser.ts";

const plain = { color: false, columns: 80, all: false };
const derived: Report = {
  ...acme,
  endpoints: acme.endpoints.map((one, index) =>
    index === 2
      ? { ...one, evidence: [{ ...at(88, 3), derivation: [{ what: "const INTAKE", line: 7, column: 2 }] }] }
      : one,
  ),
};

const valued = report({
  endpoints: [
    {
      ...derived.endpoints[0]!,
      url: "https://api.acme.example/v1/x",
      alternatives: ["https://eu.acme.example/v1/x", "http://localhost:8000/v1/x"],
      ifBlocked: { effect: "breaks", reason: "nothing else works" },
      gates: [{ kind: "env", name: "ACME_OFF", effect: "silences", when: { values: ["1", "true"] } }],
    },
  ],
});

let folder = "";
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-html-"));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function written(source: Report, seen: Check | null = null): Promise<string> {
  const path = join(folder, "page.html");
  await writeFile(path, renderHtml(source, { ...plain, check: seen }));
  return pathToFileURL(path).href;
}

const shownRows = "#endpoint-table tbody tr:not([hidden])";

test("filters by text and choice, counts what is left, and finds nothing where nothing fits", async () => {
  const { page, complaints } = await visit(browser, await written(derived));
  const rows = page.locator(shownRows);
  const box = page.locator("[data-filter=endpoint-table]");
  const output = box.locator("output");
  expect(await rows.count()).toBe(5);
  await page.getByLabel("Search everything").fill("ACME_NO_TELEMETRY intake");
  expect(await rows.count()).toBe(1);
  expect(await output.textContent()).toBe("1 of 5 rows");
  await page.getByLabel("Search everything").fill("");
  await box.getByLabel("Channel").selectOption("model-api");
  expect(await rows.count()).toBe(2);
  await box.getByLabel("If blocked").selectOption("safe");
  expect(await rows.count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("sorts both ways, by keyboard too", async () => {
  const { page } = await visit(browser, await written(derived));
  const methods = () => page.locator(`${shownRows} td:first-child`).allTextContents();
  const head = page.locator("#endpoint-table thead th").first();
  await head.getByRole("button").click();
  expect(await methods()).toEqual(["ANY", "GET", "POST", "POST", "WS"]);
  expect(await head.getAttribute("aria-sort")).toBe("ascending");
  await head.getByRole("button").focus();
  await page.keyboard.press("Enter");
  expect(await methods()).toEqual(["WS", "POST", "POST", "GET", "ANY"]);
});

test("an event leads to its endpoint, opened at its derivation", async () => {
  const { page } = await visit(browser, await written(derived));
  const details = page.locator("#e-c3c3c3c3 details");
  expect(await details.getAttribute("open")).toBeNull();
  await page.locator("#event-ways a").first().click();
  await details.and(page.locator("[open]")).waitFor();
  expect(await details.textContent()).toContain("const INTAKE");
});

test("without a script everything is there: rows, and details that open", async () => {
  const { page } = await visit(browser, await written(derived), { javaScriptEnabled: false });
  expect(await page.locator(shownRows).count()).toBe(5);
  expect(await page.locator(".controls").first().isVisible()).toBe(false);
  const row = page.locator("#endpoint-table details", { hasText: "const INTAKE" });
  expect(await row.getAttribute("open")).toBeNull();
  await row.locator("summary").click();
  expect(await row.getAttribute("open")).not.toBeNull();
});

test("with a check each endpoint says whether it fired", async () => {
  const seen = check(derived, [exchange("POST", "https://api.acme.example/v1/messages")]);
  const { page } = await visit(browser, await written(derived, seen));
  expect(await page.locator("#e-a1a1a1a1").textContent()).toContain("fired ×1");
  await page.getByLabel("Seen").first().selectOption("fired");
  expect(await page.locator(shownRows).count()).toBe(1);
});

describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
  test.each([
    ["desktop", 1280, 900],
    ["phone", 390, 844],
  ])("%s: no serious issue of accessibility, nothing wider than the screen", async (_what, width, height) => {
    const { page, complaints } = await visit(browser, await written(derived), {
      colorScheme,
      viewport: { width, height },
    });
    await page.locator("#endpoint-table summary").first().click();
    expect(await seriousIssues(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    expect(complaints).toEqual([]);
  });
});

test("a block list is saved from the page itself, the same bytes as the verb writes", async () => {
  const { page, complaints } = await visit(browser, await written(derived));
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "dnsmasq" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("acme-1.4.2-dnsmasq.conf");
  const plan = planBlockList([derived], { only: TELEMETRY_CHANNELS, keep: "required" });
  expect(await readFile(await saved.path(), "utf8")).toBe(blockListFormats.dnsmasq.render(plan));
  expect(complaints.filter((line) => !line.startsWith("request: data:"))).toEqual([]);
});

test("a switch opens to the endpoints it acts on, and leads to them", async () => {
  const { page } = await visit(browser, await written(derived));
  const row = page.locator("#switch-table tbody tr", { hasText: "ACME_NO_TELEMETRY" });
  expect(await row.textContent()).toMatch(/1 endpoint, 12 events/);
  await row.locator("summary").click();
  const link = row.locator("a").first();
  const target = await link.getAttribute("href");
  await link.click();
  const details = page.locator(`${target} details`).first();
  // the page opens them once the browser says that the address has changed
  await details.and(page.locator("[open]")).waitFor({ state: "attached" });
  expect(await details.getAttribute("open")).not.toBeNull();
});

test("the table of hosts has as many rows as the report counts, and says what a telemetry list does", async () => {
  const { page } = await visit(browser, await written(derived));
  expect(await page.locator("#host-table tbody tr").count()).toBe(hostNames(derived.endpoints).length);
  expect(await page.locator("#host-table tr", { hasText: "intake.logs.example" }).textContent()).toContain("blocked");
});

test("words and choices stand in the address, and a page opened with it shows the same", async () => {
  const url = await written(derived);
  const { page } = await visit(browser, url);
  await page.getByLabel("Search everything").fill("intake");
  await page.getByLabel("Kind").selectOption("env");
  expect(new URL(page.url()).searchParams.get("q")).toBe("intake");
  expect(new URL(page.url()).searchParams.get("switch-table.kind")).toBe("env");
  const { page: other } = await visit(browser, page.url());
  expect(await other.locator(shownRows).count()).toBe(1);
  expect(await other.getByLabel("Kind").inputValue()).toBe("env");
});

test("a switch is copied with its button", async () => {
  const { page } = await visit(browser, await written(derived), { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "Copy ACME_NO_TELEMETRY=1" }).click();
  await page.getByRole("button", { name: "Copy ACME_NO_TELEMETRY=1" }).getByText("copied").waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("ACME_NO_TELEMETRY=1");
});

test("the page answers first, and says what it is to who links to it", async () => {
  const { page } = await visit(browser, await written(derived));
  const screen = await page.locator(".screen").textContent();
  for (const said of ["Reports on you", "12 events", "ACME_NO_TELEMETRY", "Strongest switch", "Block by name"])
    expect(screen).toContain(said);
  const about = await page.locator('meta[name="description"]').getAttribute("content");
  expect(about).toMatch(/^@acme\/cli 1\.4\.2 can send to 5 endpoints on \d hosts, with 13 telemetry events/);
  expect(await page.locator('meta[property="og:description"]').getAttribute("content")).toBe(about);
  expect(await page.locator("footer").textContent()).toMatch(/endpoint-extractor \d+\.\d+\.\d+/);
});

test("a large report is a page that a browser opens at once", async () => {
  const gates = ["ACME_NO_TELEMETRY", "ACME_OFFLINE", "ACME_USE_CLOUD"].map((name) => ({
    kind: "env" as const,
    name,
    effect: "silences" as const,
  }));
  const large = report({
    endpoints: Array.from({ length: 226 }, (_, n) => ({
      ...derived.endpoints[2]!,
      id: n.toString(16).padStart(8, "0"),
      url: `https://host${n % 35}.acme.example/api/v1/some/path/{id}/${n}`,
      gates,
      evidence: [
        {
          ...at(n),
          derivation: Array.from({ length: 12 }, () => ({ what: "called from cli.js", line: 1, column: 2 })),
        },
      ],
    })),
    events: Array.from({ length: 745 }, (_, n) => ({
      name: `acme_some_event_of_a_long_name_${n}`,
      fields: ["durationMs", "attempt", "errorCode", "toolName"],
      pipelines: ["00000000"],
      gates,
      evidence: [at(n, 1234)],
    })),
  });
  const { page } = await visit(browser, await written(large));
  expect(renderHtml(large, plain).length).toBeLessThan(400_000);
  expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(8_000);
});

test("the page of a published report is under 400 kB and 8,000 elements, on a phone no wider than the screen", async () => {
  const text = await readFile(new URL("../../../reports/claude-code/2.1.91.json", import.meta.url), "utf8");
  const published = JSON.parse(text) as Report;
  const { page } = await visit(browser, await written(published), { viewport: { width: 390, height: 844 } });
  expect(Buffer.byteLength(renderHtml(published, plain))).toBeLessThan(400_000);
  expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(8_000);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
});

test("what reports on the user is the widest ribbon, whatever else is larger", async () => {
  const own = Array.from({ length: 40 }, (_, n) => ({ ...derived.endpoints[0]!, id: `${n}`, channel: "other" }));
  const telling = { ...derived.endpoints[2]!, id: "aa" };
  const events = Array.from({ length: 500 }, (_, n) => ({ ...derived.events[0]!, name: `e${n}`, pipelines: ["aa"] }));
  const { page } = await visit(browser, await written(report({ endpoints: [...own, telling], events })));
  const widths = await page
    .locator(".flow path")
    .evaluateAll((all) => all.map((one) => [one.textContent, Number(one.getAttribute("stroke-width"))] as const));
  const widest = widths.filter(([title]) => title?.includes("500 events")).map(([, width]) => width);
  const others = widths.filter(([title]) => title?.includes("40 endpoints")).map(([, width]) => width);
  expect(widest.length * others.length).toBeGreaterThan(0);
  expect(Math.min(...widest)).toBeGreaterThan(Math.max(...others));
});

test("a switch is named with the values that act, a row with one of them", async () => {
  const { page } = await visit(browser, await written(valued));
  const when = await page.locator("#switch-table tbody tr", { hasText: "ACME_OFF" }).locator("summary").textContent();
  expect(when).toBe("ACME_OFF=1|true");
  await page.locator("#endpoint-table summary").first().click();
  expect(await page.locator("#endpoint-table details").first().textContent()).toContain("silences it: ACME_OFF=1");
});

test("the same path on other hosts is said by the hosts, and why a block hurts once by channel", async () => {
  const { page } = await visit(browser, await written(valued));
  const row = await page.locator("#endpoint-table details").first().textContent();
  expect(row).toContain("also on: eu.acme.example, http://localhost:8000");
  expect(row).not.toContain("nothing else works");
  expect(await page.locator("#channels ~ div").first().textContent()).toContain("nothing else works");
});

test("an empty report is a page too", async () => {
  const { page, complaints } = await visit(browser, await written(report()));
  expect(await page.getByText("No endpoint was found.").isVisible()).toBe(true);
  expect(complaints).toEqual([]);
});

describe("text from a package stays text", () => {
  test.each([
    "<script>complain()</script>",
    '"><img src=x onerror=complain()>',
    "'><svg onload=complain()>",
    "</title></style></script><iframe src=https://evil.example></iframe>",
    "javascript:complain()",
    'x" onmouseover="complain()" style="background:url(https://evil.example)',
    "]]><!-- --!>&lt;b&gt; ${complain()} {{x}}",
    "\u202egnp.exe\u0000\u001b[31m",
  ])("%j", async (bad) => {
    const { page, complaints } = await visit(browser, await written(hostile(bad)));
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(complaints).toEqual([]);
    expect(
      await page
        .locator(
          "main img, main iframe, main script, main style, main svg svg, [style], [onerror], [onload], [onmouseover]",
        )
        .count(),
    ).toBe(0);
    const links = await page
      .locator("a:not(.downloads a)")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    expect(links.filter((href) => !href.startsWith("#"))).toEqual([]);
  });
});

test("the policy holds even if markup got through", async () => {
  const broken = renderHtml(derived, plain).replace(
    "</main>",
    '<img src="https://evil.example/x.png"><script>document.title = "taken"</script></main>',
  );
  const path = join(folder, "broken.html");
  await writeFile(path, broken);
  const { page, complaints } = await visit(browser, pathToFileURL(path).href);
  expect(await page.title()).not.toBe("taken");
  expect(complaints.filter((line) => line.includes("Content Security Policy"))).toHaveLength(2);
});

test("the same report gives the same bytes", () => {
  expect(renderHtml(structuredClone(derived), plain)).toBe(renderHtml(derived, plain));
});
