import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { blocklist, check, diff, explain, extract, formats, gates, plain, type Report } from "../../extractor/index.ts";

let folder: string;
let report: Report;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-api-"));
  await writeFile(path("old.js"), `fetch("https://api.example.com/v1/ping");\n`);
  await writeFile(
    path("new.js"),
    `if (!process.env.NO_NEWS) fetch("https://api.example.com/v1/news");\nfetch("https://api.example.com/v1/ping");\n`,
  );
  await writeFile(path("seen.txt"), "GET https://api.example.com/v1/ping\nGET https://other.example.org/\n");
  report = await extract(path("new.js"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const urls = ({ endpoints }: Pick<Report, "endpoints">): string[] => endpoints.map(({ url }) => url).sort();

test("a spec alone is enough", () => {
  expect(urls(report)).toEqual(["https://api.example.com/v1/news", "https://api.example.com/v1/ping"]);
});

test("options that are undefined keep their defaults", async () => {
  const made = await extract(path("new.js"), { sourceMaps: undefined as never, cacheDir: undefined as never });
  expect(made).toEqual(report);
});

test("an option is heeded: an archive beyond its limits is refused", async () => {
  await expect(extract(folder, { limits: { maxEntries: 1 } })).rejects.toMatchObject({ name: "ExtractorError" });
});

test("two reports are compared, gates listed, and hosts sorted into a plan", async () => {
  expect(diff(await extract(path("old.js")), report).endpoints.added.map(({ url }) => url)).toEqual([
    "https://api.example.com/v1/news",
  ]);
  expect(gates(report).switches.map(({ name }) => name)).toEqual(["NO_NEWS"]);
  expect(blocklist(report, { keep: "nothing" }).blocked.map(({ host }) => host)).toEqual(["api.example.com"]);
  expect(blocklist([report])).toEqual(blocklist(report, { only: null, keep: "required" }));
});

test("captured traffic is held against a report, with what is known of the run", async () => {
  const seen = await check(report, path("seen.txt"), { environment: { NO_NEWS: "1" } });
  expect(seen.summary.verdicts).toMatchObject({ predicted: 1, unpredicted: 1 });
  expect(seen.dormant.map(({ url }) => url)).toEqual(["https://api.example.com/v1/news"]);
});

test("an explanation leads from the call to the literal", async () => {
  const { endpoint } = await explain(path("new.js"), "/v1/news");
  expect(endpoint.url).toBe("https://api.example.com/v1/news");
});

test("every kind of result has formats", async () => {
  expect(await formats.report.markdown.render(report, plain)).toContain("/v1/news");
  expect(formats.gates.text.render(gates(report))).toContain("NO_NEWS");
  expect(formats.blocklist.domains.render(blocklist(report, { keep: "nothing" }))).toContain("api.example.com");
});
