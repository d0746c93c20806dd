import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Check, Sender } from "../../extractor/model/check.ts";
import type { Endpoint, Report } from "../../extractor/model/report.ts";
import { collect } from "../capture/collect.ts";
import { formatsOf, recordings } from "../capture/recordings.ts";
import { check } from "./check.ts";
import { endpoint, report } from "./report.ts";

interface Row {
  method: string;
  host: string;
  port?: number;
  path: string;
  sender: string;
}

const KINDS: [pattern: RegExp, kind: Sender["kind"]][] = [
  [/^cli$/, "tool"],
  [/child|package manager/, "child"],
  [/^other process/, "bystander"],
];

describe.each(recordings)("$name", ({ folder }) => {
  const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  const rows: Row[] = expected.endpoints;
  const urlOf = ({ host, port, path }: Row) =>
    `${port === undefined ? "https" : "http"}://${host}${port === undefined ? "" : `:${port}`}${path}`;
  const cli = rows.filter(({ sender, host }) => sender === "cli" && host !== "localhost");
  // What a complete prediction would be; senders and formats are judged here, not the extractor.
  const predicted = (): Report =>
    report(
      cli.map((row) => endpoint(row.method as Endpoint["method"], urlOf(row))),
      { tool: expected.tool, package: { ...report([]).package, name: expected.tool } },
    );

  test("every request has the right sender", async () => {
    const { exchanges } = await collect(formatsOf(folder)[0]!);
    const seen = check(predicted(), exchanges).observed.map(
      ({ url, sender }) => `${url.replace(/^ws/, "http")} ${sender.kind}`,
    );
    const wanted = rows.map((row) => `${urlOf(row)} ${KINDS.find(([pattern]) => pattern.test(row.sender))![1]}`);
    const shown = (list: string[]) => [...new Set(list.map((line) => line.replace(/sdk-\w+/, "{id}")))].sort();
    expect(shown(seen)).toEqual(shown(wanted));
  });

  test("without any prediction, children and bystanders are still told apart, and all else is unpredicted or local", async () => {
    const { exchanges } = await collect(formatsOf(folder)[0]!);
    const empty = { ...predicted(), endpoints: [] };
    for (const { verdict, sender } of check(empty, exchanges).observed) {
      expect([verdict, sender.kind]).toSatisfy(([said, kind]: [string, string]) =>
        kind === "child"
          ? said === "child-process"
          : kind === "bystander"
            ? said === "bystander"
            : /^(unpredicted|user-configured|server-supplied)$/.test(said),
      );
    }
  });

  test("the same verdicts from every format", async () => {
    const verdictsIn = async (file: string) => {
      const { observed, summary }: Check = check(predicted(), (await collect(file)).exchanges);
      const lines = observed.map(
        ({ method, url, verdict, count }) =>
          `${method.replace("WS", "GET")} ${url.replace(/^ws/, "http")} ${verdict} ${count}`,
      );
      return { lines: lines.sort(), unpredicted: summary.verdicts.unpredicted };
    };
    const [first, ...others] = await Promise.all(formatsOf(folder).map(verdictsIn));
    expect(first!.unpredicted).toBe(0);
    for (const other of others) expect(other).toEqual(first);
  });

  test("the names of events in bodies", async () => {
    const { exchanges } = await collect(formatsOf(folder)[0]!);
    const { events } = check(predicted(), exchanges);
    expect(events.seen.map((event) => event.name)).toEqual(expect.arrayContaining(expected.eventNames));
  });
});

test("the folder the samples are in was looked for", () => {
  expect([0, 7]).toContain(recordings.length);
});
