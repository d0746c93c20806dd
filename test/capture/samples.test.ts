import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../extractor/model/exchange.ts";
import { collect } from "./collect.ts";

// Recordings that lie beside the project where it is developed and checked; without them the formats' own tests remain.
const SAMPLES = join(import.meta.dirname, "../../../shared/captures");
const NAMES = [
  "claude-code-2.1.91-print",
  "claude-code-2.1.91-print-DISABLE_TELEMETRY",
  "claude-code-2.1.91-tui",
  "codex-0.120.0-exec-chatgpt",
  "copilot-1.0.24-print",
  "opencode-1.1.53-run-openrouter-config",
  "bystander",
].filter((name) => existsSync(join(SAMPLES, name)));

interface Row {
  method: string;
  host: string;
  port?: number;
  path: string;
  count: number;
  userAgents: string[];
  queryKeys: string[];
}

function rowsOf(exchanges: Exchange[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { method, url, userAgent } of exchanges) {
    const [, host, port, path, query] = /^\w+:\/\/([^/:?#]+)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/.exec(url)!;
    const wire = method === "WS" ? "GET" : method;
    const key = `${host}${path} ${wire}`;
    const row = rows.get(key) ?? {
      method: wire,
      host: host!,
      ...(port ? { port: Number(port) } : {}),
      path: path!,
      count: 0,
      userAgents: [],
      queryKeys: [],
    };
    row.count++;
    if (userAgent !== null && !row.userAgents.includes(userAgent)) row.userAgents.push(userAgent);
    row.queryKeys = [...new Set([...row.queryKeys, ...new URLSearchParams(query ?? "").keys()])].sort();
    rows.set(key, row);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const sorted = (rows: Row[]): Row[] =>
  [...rows].sort((a, b) => (`${a.host}${a.path} ${a.method}` < `${b.host}${b.path} ${b.method}` ? -1 : 1));

describe.each(NAMES)("%s", (name) => {
  const expected = JSON.parse(readFileSync(join(SAMPLES, name, "expected.json"), "utf8"));
  const rows = sorted(expected.endpoints.map(({ sender: _, ...row }: Row & { sender: string }) => row));

  test.each(
    ["capture.har", "flows.mitm", "rrpairs", "urls.log"].filter((file) => existsSync(join(SAMPLES, name, file))),
  )("%s", async (file) => {
    const { exchanges, diagnostics } = await collect(join(SAMPLES, name, file));
    expect(exchanges).toHaveLength(expected.requests);
    const withoutAgents = (list: Row[]) =>
      file === "urls.log" ? list.map((row) => ({ ...row, userAgents: [] })) : list;
    expect(rowsOf(exchanges)).toEqual(withoutAgents(rows));
    expect(diagnostics).toEqual([]);
  });

  test("the formats of one recording say the same", async () => {
    const facts = async (file: string) =>
      (await collect(join(SAMPLES, name, file))).exchanges
        .map(({ method, url, status, content, time }) => ({
          method,
          url,
          status,
          content,
          second: Math.floor((time ?? 0) / 1000),
        }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const ofHar = await facts("capture.har");
    for (const file of ["flows.mitm", "rrpairs"]) {
      if (existsSync(join(SAMPLES, name, file))) expect(await facts(file)).toEqual(ofHar);
    }
  });
});

test("the folder the samples are in was looked for", () => {
  expect(NAMES.length === 0 || NAMES.length === 7).toBe(true);
});
