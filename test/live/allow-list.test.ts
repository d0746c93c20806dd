import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveRun } from "../../extractor/model/live-run.ts";
import { runCli } from "../run-cli.ts";
import { whyNotSealed } from "./sandbox/namespaces.ts";

const FIXTURE = fileURLToPath(new URL("./fixture", import.meta.url));
const reason = whyNotSealed();
if (reason !== null) process.stderr.write(`runs behind an allow-list are not tested: ${reason}\n`);

let folder = "";
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "allow-list-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const list = (hosts: string[], denyPaths: string[] = [], withPaths = true) =>
  JSON.stringify({ choice: { withPaths }, allow: hosts.map((host) => ({ host, denyPaths })), local: [] });

describe.skipIf(reason !== null)("a run behind an allow-list", () => {
  test.each([
    ["only listed hosts answer", list(["plain.example.org"]), { "plain.example.org": 200, "api.example.com": 403 }],
    ["a star is any text of a name", list(["a*.example.com"]), { "plain.example.org": 403, "api.example.com": 200 }],
    [
      "a path can be denied on an allowed host",
      list(["api.example.com", "plain.example.org"], ["POST https://api.example.com/v1/{what}?x={y}"]),
      { "plain.example.org": 200, "api.example.com": 403 },
    ],
    [
      "not by a list that was made without paths",
      list(["api.example.com"], ["POST https://api.example.com/v1/{what}"], false),
      { "plain.example.org": 403, "api.example.com": 200 },
    ],
  ])("%s", async (_what, text, statuses) => {
    await writeFile(at("list.json"), text);
    const run = ["capture", FIXTURE, "--allow", at("list.json"), "--har", at("run.har"), "--format", "json"];
    const { stdout } = await runCli([...run, "--", "fetch", "https"]);
    const { requests } = JSON.parse(stdout) as LiveRun;
    const seen = requests.flatMap(({ url, statuses: [status] }) => [[new URL(url).host, status]]);
    expect(Object.fromEntries(seen)).toMatchObject(statuses);
  });
});

test.each([
  ["missing.json", null],
  ["no-json.json", "{"],
  ["report.json", JSON.stringify({ schemaVersion: 1, endpoints: [] })],
])("%s is no list: exit 2 and a hint", async (name, text) => {
  if (text !== null) await writeFile(at(name), text);
  const { code, stderr } = await runCli(["capture", FIXTURE, "--allow", at(name)]);
  expect(code).toBe(2);
  expect(stderr).toContain(name);
  expect(stderr).toContain("extract allowlist SPEC --format json");
});
