// Time and peak memory of `extract check` on large captures. Needs a build. node test/bench/check.mjs [gigabytes of
// the large one]
import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const PREDICTED = ["/v1/messages", "/v1/events/batch", "/v1/settings", "/v1/models"];
const USAGE =
  'data:text/javascript,process.on("exit",()=>process.stderr.write(`\\nmaxRSS ${process.resourceUsage().maxRSS} cpu ${process.cpuUsage().user}`))';

async function writeHar(path, entries, planted, answerBytes) {
  const out = createWriteStream(path);
  const every = Math.floor(entries / planted);
  const answer = "y".repeat(answerBytes);
  out.write('{"log":{"version":"1.2","entries":[');
  for (let i = 0; i < entries; i++) {
    const url =
      i % every === 0
        ? `https://planted-${i / every}.example.net/collect`
        : `https://api.example.com${PREDICTED[i % 4]}`;
    const text = JSON.stringify({ events: [{ event: "opened", properties: { i, plan: "x" } }] });
    const headers = [{ name: "User-Agent", value: "axios/1.13.6" }];
    const entry = {
      startedDateTime: "2026-01-01T00:00:00.000Z",
      request: { method: "POST", url, headers, postData: { mimeType: "application/json", text } },
      response: { status: 200, headers, content: { mimeType: "application/json", text: `{"a":"${answer}"}` } },
    };
    if (!out.write(`${i === 0 ? "" : ","}${JSON.stringify(entry)}`)) await new Promise((go) => out.once("drain", go));
  }
  out.end("]}}");
  await finished(out);
}

const folder = mkdtempSync(join(tmpdir(), "bench-check-"));
try {
  const stored = join(folder, "report.json");
  const tool = join(folder, "tool.js");
  writeFileSync(
    tool,
    PREDICTED.map((path) => `fetch("https://api.example.com${path}", { method: "POST" });`).join("\n"),
  );
  spawnSync(process.execPath, [CLI, tool, "--format", "json", "-o", stored, "--quiet"], { stdio: "inherit" });
  const gigabytes = Number(process.argv[2] ?? 1);
  for (const [name, entries, answerBytes] of [
    ["20,000 entries", 20_000, 300],
    [`${gigabytes} GB`, 20_000, gigabytes * 50_000],
  ]) {
    const capture = join(folder, "capture.har");
    await writeHar(capture, entries, 400, answerBytes);
    const start = performance.now();
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", USAGE, CLI, "check", stored, capture, "--format", "json"],
      {
        encoding: "utf8",
        maxBuffer: 1 << 28,
      },
    );
    const seconds = (performance.now() - start) / 1000;
    const [, rss, cpu] = /maxRSS (\d+) cpu (\d+)/.exec(stderr);
    const { summary } = JSON.parse(stdout);
    const megabytes = (statSync(capture).size / 1e6).toFixed(0);
    console.log(
      `${name} (${megabytes} MB): ${seconds.toFixed(2)} s (${(cpu / 1e6).toFixed(2)} s of CPU), ${(rss / 1000).toFixed(0)} MB RSS, ${summary.verdicts.unpredicted} of 400 planted calls found`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
