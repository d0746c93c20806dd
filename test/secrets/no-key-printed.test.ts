import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Redaction } from "../../extractor/live/recording/redaction.ts";
import type { Observation } from "../../extractor/live/server/observation.ts";
import type { Report } from "../../extractor/model/report.ts";
import { explain } from "../../extractor/pipeline.ts";
import { blockListFormats } from "../../extractor/render/blocklist/formats.ts";
import { checkFormats } from "../../extractor/render/check/formats.ts";
import { diffFormats } from "../../extractor/render/diff/formats.ts";
import { explainFormats } from "../../extractor/render/explain/formats.ts";
import { formats } from "../../extractor/render/formats.ts";
import { gateFormats } from "../../extractor/render/gates/formats.ts";
import { historyFormats } from "../../extractor/render/history/formats.ts";
import { loadSignatures } from "../../extractor/signatures/load.ts";
import { harOf, type Sent, urlLogOf } from "../capture/write.ts";
import { type Outcome, runCli } from "../run-cli.ts";
import { runInside } from "../run-inside.ts";
import { basic, KINDS, program, spellings, urlsWith, WAYS } from "./kinds-and-ways.ts";

const secrets = Object.values(KINDS);
const half = secrets.length / 2;

let folder = "";
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-keys-"));
  for (const [name, kinds] of [
    ["first", secrets.slice(0, half)],
    ["second", secrets.slice(half)],
    ["all", secrets],
    ["one", secrets.slice(0, 1)],
  ] as const) {
    await mkdir(file(name));
    await writeFile(join(file(name), "package.json"), JSON.stringify({ name: "tool", version: "1.0.0" }));
    await writeFile(join(file(name), "index.js"), program(kinds));
  }
  for (const name of ["first", "second", "all"]) {
    const { code, stderr } = await runCli([file(name), "--format", "json", "-o", file(`${name}.json`)]);
    expect(code, stderr).toBe(0);
  }
  await writeFile(file("older.json"), JSON.stringify(unmasked(JSON.parse(await readFile(file("all.json"), "utf8")))));
  await writeFile(file("capture.har"), harOf(requests()));
  await writeFile(file("capture.log"), urlLogOf(requests()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In a path without a name, what a person chose is a word like others. */
const TYPED = "password with digits";

/** What a version that masked nothing may have written. */
function unmasked(report: Report): Report {
  const [any] = report.endpoints;
  const urls = secrets.flatMap((secret) => urlsWith(secret, secret === KINDS[TYPED]));
  return {
    ...report,
    endpoints: urls.map((url, i) => ({
      ...any!,
      id: i.toString(16).padStart(8, "0"),
      url,
      alternatives: [url.replace("https:", "http:")],
      holes: { x: { kind: "response", from: url } },
      ifBlocked: { effect: "safe", reason: `because ${url}` },
      channel: "product-analytics",
      gates: [{ kind: "env", name: "TOOL_QUIET", effect: "silences" }],
    })),
    dead: urls.map((url) => ({
      id: "00000000",
      method: "GET",
      url,
      kind: "request",
      reason: `see ${url}`,
      evidence: [],
    })),
    references: urls.map((url) => ({ url, class: "unknown", evidence: [] })),
    diagnostics: [{ kind: "sink-unresolved", count: 1, detail: urls.join("; ") }],
  };
}

const requests = (): Sent[] =>
  secrets.flatMap((secret) =>
    urlsWith(secret, secret === KINDS[TYPED]).map((url) => ({
      method: "POST",
      url,
      headers: { Authorization: `Bearer ${secret}`, "X-Api-Key": secret, Cookie: `sid=${secret}` },
      body: JSON.stringify({ event: "started", token: secret, properties: { password: secret } }),
    })),
  );

/** Kind and spelling of each secret in an output. */
const foundIn = (output: string): string[] =>
  Object.entries(KINDS).flatMap(([kind, secret]) =>
    spellings(secret).flatMap((spelling) => (output.includes(spelling) ? [`${kind}: ${spelling}`] : [])),
  );

test("there is something to find", () => {
  expect([secrets.length, Object.keys(WAYS).length]).toEqual([40, 13]);
  expect(foundIn(program(secrets)).length).toBeGreaterThan(100);
});

test("each secret is a credential with the way it goes", async () => {
  const { credentials, endpoints } = JSON.parse(await readFile(file("all.json"), "utf8")) as Report;
  expect(endpoints).toHaveLength(secrets.length * Object.keys(WAYS).length);
  // the webhook's key, and a token whose user is a number, go out as two values each
  expect(credentials.length).toBeGreaterThanOrEqual(secrets.length);
  expect(credentials.every(({ sentAs, sha256 }) => sentAs !== undefined && /^[\da-f]{64}$/.test(sha256))).toBe(true);
  const without = endpoints.filter((endpoint) => endpoint.credentials.length === 0).map(({ url }) => url);
  expect(without).toEqual([]);
});

const words = (...lists: string[][]): [string, string[]][] => lists.map((list) => [list.join(" "), list]);
const withFormats = (verb: string[], names: string[]): string[][] => names.map((name) => [...verb, "--format", name]);

function expectNothingIn({ stdout, stderr }: Outcome): void {
  expect(stdout + stderr).not.toBe("");
  expect(stderr).not.toContain("unexpected defect");
  expect(foundIn(stdout + stderr)).toEqual([]);
}

describe("no output has one", () => {
  test.each(
    words(
      // what all.json says was found by the program itself, above
      ...withFormats(["extract", "all.json", "--all"], Object.keys(formats)),
      ...withFormats(["extract", "older.json", "--all"], Object.keys(formats)),
      ...withFormats(["diff", "first.json", "second.json", "--all"], Object.keys(diffFormats)),
      ...withFormats(["diff", "older.json", "second.json", "--all"], Object.keys(diffFormats)),
      ...withFormats(["gates", "older.json"], Object.keys(gateFormats)),
      ...withFormats(["history", "first.json", "older.json"], Object.keys(historyFormats)),
      ...withFormats(["blocklist", "older.json", "--only", "all", "--with-paths"], Object.keys(blockListFormats)),
      ...withFormats(
        ["check", "older.json", "capture.har", "--explain-unpredicted", "--all"],
        Object.keys(checkFormats),
      ),
      ["check", "all.json", "capture.log", "--format", "json"],
    ),
  )("%s", async (_, args) => {
    const words = args.map((word) => (/^\w+\.(?:json|har|log)$/.test(word) ? file(word) : word));
    expectNothingIn(await runInside(words));
  });

  test.each(
    words(
      ["all", "--all"],
      ["all", "--all", "--format", "json"],
      ["explain", "one", "no-such-part-of-a-url"],
      ["explain", "one", "tool.dev"],
    ),
  )("in a process of its own: %s", async (_, args) => {
    expectNothingIn(await runCli(args.map((word) => (word === "all" || word === "one" ? file(word) : word))));
  });

  test("publish and site", async () => {
    const published = await runInside(["publish", "-d", file("published"), file("older.json")]);
    const built = await runInside(["site", "-d", file("published"), "-o", file("site")]);
    expect([published.code, built.code], published.stderr + built.stderr).toEqual([0, 0]);
    for (const root of ["published", "site"])
      for (const name of await readdir(file(root), { recursive: true, encoding: "utf8" }))
        expect([name, foundIn(await readFile(join(file(root), name), "utf8").catch(() => ""))]).toEqual([name, []]);
  });

  test("explain, every step of each way", async () => {
    const options = { sourceMaps: false, reveal: false, cache: { cache: false, offline: true }, limits: {} };
    const { endpoints } = JSON.parse(await readFile(file("first.json"), "utf8")) as Report;
    const ids = endpoints.filter(({ url }) => /^https?:\/\/\w0\./.test(url)).map(({ id }) => id);
    expect(ids).toHaveLength(Object.keys(WAYS).length);
    for (const id of ids) {
      const explanation = await explain(file("one"), id, options);
      for (const format of Object.values(explainFormats))
        expect([id, foundIn(format.render(explanation, { color: false, columns: 100, all: true }))]).toEqual([id, []]);
    }
  });

  test("capture --forward: what may be kept of a person's own requests", async () => {
    const { envelopes } = await loadSignatures();
    const redaction = new Redaction(envelopes, {});
    const kept = requests().map(({ method, url, headers, body }) => {
      const secret = headers!["X-Api-Key"]!;
      const rawHeaders = Object.entries({ ...headers, "X-Other": basic(secret), Referer: url }).flat();
      const reply = { status: 302, headers: { location: url, "set-cookie": `a=${secret}` }, body: Buffer.from(body!) };
      const seen = {
        method,
        url,
        rawHeaders,
        body: Buffer.from(body!),
        reply,
        messages: null,
      } as unknown as Observation;
      const { reply: answer, ...rest } = redaction.of(seen);
      return JSON.stringify([rest, rest.body.toString(), answer, answer!.body.toString()]);
    });
    expect(foundIn(kept.join("\n"))).toEqual([]);
  });
});

test("with --reveal each is there, under credentials alone", async () => {
  const { stdout } = await runCli([file("all"), "--format", "json", "--reveal"]);
  const { credentials, ...rest } = JSON.parse(stdout) as Report;
  expect(foundIn(JSON.stringify(rest))).toEqual([]);
  const values = credentials.map(({ value }) => value);
  expect(secrets.filter((secret) => !values.some((value) => value?.includes(secret)))).toEqual([]);
});
