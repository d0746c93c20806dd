import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { expect, test } from "vitest";
import { readCaptures } from "../../extractor/capture/read-captures.ts";
import { CrossCheck } from "../../extractor/compare/check/cross-check.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { loadSignatures } from "../../extractor/signatures/load.ts";
import { endpoint, report } from "./report.ts";

const ENTRIES = 20_000;
const PLANTED = 400;

const known = ["/v1/messages", "/v1/events/batch", "/v1/flags/{key}", "/v1/users/{id}/settings"].map((path) =>
  endpoint("POST", `https://api.example.com${path}`),
);

/**
 * Every fiftieth request is to somewhere nobody predicted: other hosts, other paths and other methods of the known
 * host.
 */
function urlOf(index: number): { method: string; url: string; planted: boolean } {
  const planted = index % (ENTRIES / PLANTED) === 7;
  if (!planted)
    return {
      method: "POST",
      url: `https://api.example.com${["/v1/messages", "/v1/events/batch", `/v1/flags/k${index}`, `/v1/users/${index}/settings`][index % 4]}`,
      planted,
    };
  const which = Math.floor(index / (ENTRIES / PLANTED));
  const kinds = [
    { method: "POST", url: `https://planted-${which}.example.net/v1/messages/${"abc"[which % 3]}` },
    { method: "POST", url: `https://api.example.com/planted-${which}/upload` },
    { method: "DELETE", url: `https://api.example.com/v1/messages?planted=${which}` },
    { method: "POST", url: `https://api.example.com:8443/planted-${which}` },
  ];
  return { ...kinds[which % 4]!, planted };
}

async function writeHar(path: string): Promise<Set<string>> {
  const planted = new Set<string>();
  const out = createWriteStream(path);
  out.write('{"log":{"version":"1.2","entries":[');
  for (let index = 0; index < ENTRIES; index++) {
    const { method, url, planted: isPlanted } = urlOf(index);
    if (isPlanted) planted.add(`${method} ${url.split("?")[0]}`);
    const text = JSON.stringify({ events: [{ event: "opened", properties: { index, padding: "x".repeat(200) } }] });
    const request = {
      method,
      url,
      headers: [
        { name: "User-Agent", value: "axios/1.13.6" },
        { name: "Content-Type", value: "application/json" },
      ],
      postData: { mimeType: "application/json", text },
    };
    out.write(
      `${index === 0 ? "" : ","}${JSON.stringify({ startedDateTime: "2026-01-01T00:00:00Z", request, response: { status: 200, headers: [], content: { text: `{"pad":"${"y".repeat(300)}"}` } } })}`,
    );
  }
  out.end("]}}");
  await finished(out);
  return planted;
}

test("20,000 entries with 400 planted calls: all of them are found, and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volume-"));
  try {
    const planted = await writeHar(join(folder, "big.har"));
    const log = new DiagnosticLog();
    const crossCheck = new CrossCheck(report(known), await loadSignatures(), {
      environment: null,
      explainUnpredicted: true,
      baseline: null,
    });
    const { exchanges, files } = readCaptures([join(folder, "big.har")], log);
    for await (const exchange of exchanges) crossCheck.add(exchange);
    const { observed, summary } = crossCheck.finish(files, log.list());
    const unpredicted = observed.filter(({ verdict }) => verdict === "unpredicted");
    expect(summary).toMatchObject({
      requests: ENTRIES,
      verdicts: { unpredicted: PLANTED, predicted: ENTRIES - PLANTED },
    });
    expect(new Set(unpredicted.map(({ method, url }) => `${method} ${url}`))).toEqual(planted);
    expect(unpredicted.reduce((sum, { count }) => sum + count, 0)).toBe(PLANTED);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a log that names the same requests again counts each with its status and time", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volume-"));
  try {
    const log = join(folder, "urls.log");
    const lines = Array.from({ length: 30 }, (_, i) => {
      const [path, status] = [["/v1/messages", "/v1/planted?x=1"][i % 2], [200, 200, 429][i % 3]];
      return `2026-01-01T00:00:${String(59 - i)}Z POST https://api.example.com${path} ${status}\r\n`;
    });
    await writeFile(log, lines.join(""));
    const crossCheck = new CrossCheck(report(known), await loadSignatures(), {
      environment: null,
      explainUnpredicted: false,
      baseline: null,
    });
    const { exchanges, files } = readCaptures([log], new DiagnosticLog());
    for await (const exchange of exchanges) crossCheck.add(exchange);
    const { observed } = crossCheck.finish(files, []);
    expect(observed).toMatchObject([
      {
        ...{ url: "https://api.example.com/v1/messages", verdict: "predicted", count: 15 },
        ...{ statuses: { 200: 10, 429: 5 } },
        ...{ first: "2026-01-01T00:00:31.000Z", last: "2026-01-01T00:00:59.000Z" },
      },
      {
        ...{ url: "https://api.example.com/v1/planted", verdict: "unpredicted", count: 15, query: ["x"] },
        ...{ statuses: { 200: 10, 429: 5 }, first: "2026-01-01T00:00:30.000Z" },
      },
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a program whose name identifies somebody is counted each time", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volume-"));
  try {
    const file = join(folder, "requests.ndjson");
    const agents = [
      "tool/1.0",
      "tool/1.0",
      "0f8fad5b-d9cb-469f-a165-70867728950e",
      "0f8fad5b-d9cb-469f-a165-70867728950e",
    ];
    const url = "https://api.example.com/v1/messages";
    const lines = agents.map((agent) => JSON.stringify({ method: "POST", url, headers: { "user-agent": agent } }));
    await writeFile(file, lines.join("\n"));
    const options = { environment: null, explainUnpredicted: false, baseline: null };
    const crossCheck = new CrossCheck(report(known), await loadSignatures(), options);
    const { exchanges, files } = readCaptures([file], new DiagnosticLog());
    for await (const exchange of exchanges) crossCheck.add(exchange);
    const { summary, identifiers } = crossCheck.finish(files, []);
    expect(summary.requests).toBe(4);
    expect(identifiers).toMatchObject([{ names: ["header user-agent"], requests: 2 }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
