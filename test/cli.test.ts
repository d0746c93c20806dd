import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LoopbackRegistry, sha512 } from "./acquire/loopback-registry.ts";
import { type RawEntry, rawTar } from "./container/archives/raw-tar.ts";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("usage errors: one line, one hint, exit 2, nothing on stdout", () => {
  test.each<[what: string, args: string[], message: RegExp, hint: RegExp]>([
    ["no package", [], /^extract: no package given$/, /extract --help/],
    ["misspelt option", ["--fomat", "json", "x"], /unknown option '--fomat'/, /did you mean --format\?/],
    ["unknown option", ["x", "--zzzzzz"], /unknown option '--zzzzzz'/, /--help/],
    ["unknown format", ["x", "--format", "xml"], /'xml' is invalid\. Allowed choices are text, json/, /--help/],
    ["missing value", ["x", "-o"], /argument missing/, /--help/],
    ["two packages", ["x", "y"], /too many arguments/, /verb stands first/],
    ["something like a verb", ["dif", "a", "b"], /too many arguments/, /did you mean diff/],
    ["no size", ["x", "--max-bytes", "much"], /'much' is invalid.*MiB/, /--help/],
    ["no number", ["x", "--max-entries", "0"], /'0' is invalid.*above 0/, /--help/],
    ["no registry", ["x", "--registry", "ftp://a"], /'ftp:\/\/a' is invalid.*http/, /--help/],
    ["escapes in an option", ["--\x1b[31mred"], /^extract: unknown option '--\\u\{1b\}\[31mred'$/, /--help/],
  ])("%s", async (_what, args, message, hint) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr.trimEnd().split("\n")).toEqual([expect.stringMatching(message), expect.stringMatching(/^hint: /)]);
    expect(stderr).toMatch(hint);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("help and version", () => {
  test("--help teaches: specs, formats, examples, exit codes, environment", async () => {
    const { code, stdout, stderr } = await runCli(["--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const part of ["Usage: extract", "SPEC is one of", "Formats", "Examples", "Exit codes", "Environment"]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).toMatch(/a known tool: \w/);
    expect(stdout).not.toContain("\x1b");
  });

  test("--version prints the package's version", async () => {
    const { code, stdout } = await runCli(["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });
});

test("an output that can't be written is refused before the work starts", async () => {
  const { code, stderr } = await runCli(["x", "-o", join(folder, "missing", "report.json")]);
  expect(stderr).toMatch(/^extract: cannot write .*report\.json: ENOENT\nhint: .+\n$/);
  expect(code).toBe(2);
});

/** Nothing of the person's npm configuration, and no waiting for a registry to come back. */
const alone = () => ({
  npm_config_userconfig: join(folder, "npmrc"),
  npm_config_fetch_retries: "0",
  XDG_CACHE_HOME: join(folder, "cache"),
});

/** One line that says what is wrong, one that says what to do, exit 2, nothing on stdout. */
async function refused(args: string[], message: RegExp, hint: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runCli(args, { env: alone() });
  expect(stderr.trimEnd().split("\n")).toEqual([expect.stringMatching(message), expect.stringMatching(/^hint: /)]);
  expect(stderr).toMatch(/^extract: /);
  expect(stderr).toMatch(hint);
  expect(stdout).toBe("");
  expect(code).toBe(2);
}

const packed = (entries: RawEntry[]): Buffer => gzipSync(rawTar(entries));
const CALL = 'fetch("https://api.example.com/v1/things", { method: "POST" });\n';
const PACKAGE = packed([{ name: "package/index.js", body: CALL }]);

describe("a package that can't be had", () => {
  let registry: LoopbackRegistry;
  beforeAll(async () => {
    registry = await LoopbackRegistry.start();
    registry.packages.set("sample", { "1.0.0": { tarball: PACKAGE }, "1.2.0": { tarball: PACKAGE } });
    registry.packages.set("swapped", { "1.0.0": { tarball: PACKAGE, integrity: sha512(Buffer.from("another")) } });
    registry.packages.set("cut", { "1.0.0": { tarball: PACKAGE.subarray(0, 60), integrity: null } });
  });
  afterAll(() => registry.stop());
  const from = (spec: string) => [spec, "--registry", registry.url];

  test("unknown package", () => refused(from("nowhere"), /there is no package nowhere on /, /spelling/));

  test("unknown version: the hint names those there are", () =>
    refused(from("sample@9.9.9"), /sample has no version 9\.9\.9/, /1\.2\.0/));

  test("wrong integrity", () => refused(from("swapped"), /not the file the registry vouches for/, /hint: \w/));

  test("truncated", () => refused(from("cut"), /truncated or damaged/, /download it again/));

  test("no network", async () => {
    const gone = await LoopbackRegistry.start();
    const { url } = gone;
    await gone.stop();
    await refused(["sample", "--registry", url], /ECONNREFUSED/, /--offline/);
  });

  test("offline and not in the cache", () =>
    refused([...from("sample"), "--offline"], /--offline is set/, /path of a tarball/));

  test("and one that can: its report on stdout, exit 0", async () => {
    const { code, stdout } = await runCli([...from("sample@^1"), "--format", "json"], { env: alone() });
    expect(JSON.parse(stdout)).toMatchObject({
      package: { name: "sample", version: "1.2.0", integrity: sha512(PACKAGE) },
      endpoints: [{ method: "POST", url: "https://api.example.com/v1/things" }],
    });
    expect(code).toBe(0);
  });
});

describe("a path", () => {
  const path = (name: string) => join(folder, name);

  test("to nothing", () => refused([path("missing.tgz")], /missing\.tgz/, /hint: /));

  test("to a truncated tarball", async () => {
    await writeFile(path("cut.tgz"), PACKAGE.subarray(0, 60));
    await refused([path("cut.tgz")], /truncated or damaged/, /download it again/);
  });

  test("to a tarball that is none", async () => {
    await writeFile(path("text.tgz"), "not a tarball at all");
    await refused([path("text.tgz")], /not a tar archive/, /npm package \(\.tgz\), a folder or a single file/);
  });

  test("to a folder without JavaScript", async () => {
    await mkdir(path("empty"));
    await writeFile(path("empty/README.md"), "fetch('https://api.example.com/')");
    await refused([path("empty")], /holds no JavaScript/, /with JavaScript in it/);
  });

  test("to a tarball with an entry that leads outside: it is counted, nothing is written, the rest is read", async () => {
    const entries = [
      { name: "package/../../outside.js", body: 'fetch("https://evil.example.com/")' },
      { name: "package/index.js", body: CALL },
    ];
    await mkdir(path("inside"));
    await writeFile(path("inside/traversal.tgz"), packed(entries));
    const { code, stdout, stderr } = await runCli([path("inside/traversal.tgz"), "--format", "json"], { env: alone() });
    const report = JSON.parse(stdout);
    expect(report.endpoints.map((e: { url: string }) => e.url)).toEqual(["https://api.example.com/v1/things"]);
    expect(report.diagnostics).toMatchObject([{ kind: "entry-refused", count: 1 }]);
    expect(stderr).toMatch(/entry-refused 1/);
    expect(await readdir(folder)).not.toContain("outside.js");
    expect(code).toBe(0);
  });

  test("to code: the same bytes in whichever process", async () => {
    const args = [fileURLToPath(new URL("live/fixture", import.meta.url)), "--format", "json", "--no-cache"];
    const [first, second] = await Promise.all([runCli(args), runCli(args)]);
    expect(JSON.parse(first.stdout).endpoints.length).toBeGreaterThan(5);
    expect(second).toEqual(first);
  });

  test("to code that sends nothing: a report, one remark, exit 1", async () => {
    await writeFile(path("quiet.js"), "export const answer = 42;\n");
    const { code, stdout, stderr } = await runCli([path("quiet.js"), "--format", "json"], { env: alone() });
    expect(JSON.parse(stdout)).toMatchObject({ endpoints: [], events: [], credentials: [] });
    expect(stderr).toMatch(/^extract: nothing found/);
    expect(code).toBe(1);
  });
});

test("--timing says on stderr what each stage cost, even with -q, and changes nothing on stdout", async () => {
  const path = join(folder, "timed.js");
  await writeFile(path, `fetch("https://api.example.com/v1/items")`);
  const args = [path, "--format", "json", "-q"];
  const [plain, timed] = [await runCli(args), await runCli([...args, "--timing"])];
  expect(plain.stderr).toBe("");
  expect(timed.stdout).toBe(plain.stdout);
  const rows = timed.stderr.trimEnd().split("\n");
  const names = rows.map((row) => /^(.+?) +[\d.]+ (s of CPU|MB)$/.exec(row)?.[1]);
  expect(names).toEqual(["start", "open", "read", "analyse", "classify", "render", "all", "peak RSS"]);
  const seconds = rows.slice(0, -1).map((row) => Number(/([\d.]+) s of CPU/.exec(row)![1]));
  const all = seconds.pop()!;
  expect(all).toBeGreaterThan(0);
  // each is rounded to a hundredth
  expect(Math.abs(seconds.reduce((sum, one) => sum + one, 0) - all)).toBeLessThan(0.05);
});
