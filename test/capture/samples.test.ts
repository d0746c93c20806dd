import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../extractor/model/exchange.ts";
import { collect } from "./collect.ts";
import { formatsOf, recordings } from "./recordings.ts";

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

describe.each(recordings)("$name", ({ folder }) => {
  const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  const rows = sorted(expected.endpoints.map(({ sender: _, ...row }: Row & { sender: string }) => row));

  const files = formatsOf(folder);

  test.each(files.map((path) => ({ file: basename(path), path })))("$file", async ({ file, path }) => {
    const { exchanges, diagnostics } = await collect(path);
    expect(exchanges).toHaveLength(expected.requests);
    const withoutAgents = (list: Row[]) =>
      file === "urls.log" ? list.map((row) => ({ ...row, userAgents: [] })) : list;
    expect(rowsOf(exchanges)).toEqual(withoutAgents(rows));
    expect(diagnostics).toEqual([]);
  });

  test("the formats of one recording say the same", async () => {
    const facts = async (path: string) =>
      (await collect(path)).exchanges
        .map(({ method, url, status, content, time }) => ({
          method,
          url,
          status,
          content,
          second: Math.floor((time ?? 0) / 1000),
        }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const [first, ...others] = await Promise.all(files.filter((path) => !path.endsWith(".log")).map(facts));
    for (const other of others) expect(other).toEqual(first);
  });
});

test("the folder the samples are in was looked for", () => {
  expect([0, 7]).toContain(recordings.length);
});
