import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LoopbackRegistry } from "../acquire/loopback-registry.ts";
import { rawTar } from "../container/archives/raw-tar.ts";
import { runCli } from "../run-cli.ts";

let folder = "";
let registry: LoopbackRegistry;
const NAME = "some-tool";
const versions: Record<string, { tarball: Buffer }> = {};

/** A release whose program asks one URL for each path. */
function release(version: string, ...paths: string[]): void {
  const body = paths.map((path) => `fetch("https://api.example.com/${path}");`).join("\n");
  const manifest = JSON.stringify({ name: NAME, version });
  const entries = [
    { name: "package/package.json", body: manifest },
    { name: "package/cli.js", body },
  ];
  versions[version] = { tarball: gzipSync(rawTar(entries)) };
  registry.packages.set(NAME, versions);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-watch-"));
  registry = await LoopbackRegistry.start();
  for (const version of Object.keys(versions)) delete versions[version];
  release("1.0.0", "a");
});
afterEach(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

const reading = () => ["--registry", registry.url, "--cache-dir", join(folder, "cache")];
const state = () => join(folder, "state", "watch.json");
const watch = (...more: string[]) => runCli(["watch", NAME, "--state", state(), ...reading(), ...more]);
const remembered = async () => JSON.parse(await readFile(state(), "utf8")).seen[NAME];

test("watch: the first run remembers; later ones write each new version once, in order", async () => {
  const first = await watch();
  expect(first).toMatchObject({ code: 0, stdout: "", stderr: `extract: watching ${NAME} from 1.0.0 on\n` });
  expect((await watch()).stdout).toBe("");

  release("1.2.0", "a", "b");
  release("1.10.0", "b");
  release("2.0.0-beta.1", "z");
  const { stdout, code } = await watch();
  expect(code).toBe(0);
  expect(stdout.split("\n").filter((line) => / → |^ {2}[+-]/.test(line))).toEqual([
    "some-tool 1.0.0 → 1.2.0",
    "  + GET    https://api.example.com/b",
    "some-tool 1.2.0 → 1.10.0",
    "  - GET    https://api.example.com/a",
  ]);
  expect(await remembered()).toBe("1.10.0");
  expect((await watch()).stdout).toBe("");
});

test("watch: a command that fails leaves the version for the next run, those before it stay delivered", async () => {
  await watch();
  release("1.1.0", "a", "b");
  release("1.2.0", "a", "b", "c");
  const script = join(folder, "deliver.sh");
  await writeFile(
    script,
    `cat >> "${folder}/$EXTRACT_FROM-$EXTRACT_TO"; test "$EXTRACT_TO" != 1.2.0 || test -e "${folder}/open"`,
  );
  const failed = await watch("--command", `sh ${script}`);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain("the command failed for some-tool 1.2.0 (exit code 1)");
  expect(await remembered()).toBe("1.1.0");
  await writeFile(join(folder, "open"), "");
  expect((await watch("--command", `sh ${script}`)).code).toBe(0);
  expect(await remembered()).toBe("1.2.0");
  expect((await readFile(join(folder, "1.0.0-1.1.0"), "utf8")).match(/ → /g)).toHaveLength(1);
  expect(await readFile(join(folder, "1.1.0-1.2.0"), "utf8")).toContain("https://api.example.com/c");
});

test("watch: a tool that fails keeps no other from its turn", async () => {
  await watch();
  release("1.1.0", "a", "b");
  const { code, stdout, stderr } = await runCli(["watch", "no-such-tool", NAME, "--state", state(), ...reading()]);
  expect(stdout).toContain("  + GET    https://api.example.com/b");
  expect(stderr).toContain("no package no-such-tool");
  expect(code).toBe(2);
  expect(await remembered()).toBe("1.1.0");
});

test("watch: a state that isn't one is refused, not overwritten", async () => {
  const path = join(folder, "other.json");
  await writeFile(path, "{}");
  const { code, stderr } = await runCli(["watch", NAME, "--state", path, ...reading()]);
  expect(stderr).toMatch(/not a state of extract watch/);
  expect(code).toBe(2);
  expect(await readFile(path, "utf8")).toBe("{}");
});

test("history: counts and lifespans over the releases", async () => {
  release("1.1.0", "a", "b");
  release("1.2.0", "b");
  const { stdout, code } = await runCli(["history", NAME, "--since", "1.0.0", "--format", "json", ...reading()]);
  expect(code).toBe(0);
  const series = JSON.parse(stdout);
  expect(
    series.versions.map(({ version, endpoints }: { version: string; endpoints: number }) => [version, endpoints]),
  ).toEqual([
    ["1.0.0", 1],
    ["1.1.0", 2],
    ["1.2.0", 1],
  ]);
  expect(series.endpoints).toEqual([
    { method: "GET", url: "https://api.example.com/a", first: "1.0.0", last: "1.1.0", current: false },
    { method: "GET", url: "https://api.example.com/b", first: "1.1.0", last: "1.2.0", current: true },
  ]);
});

test("diff of a range: every release against the one before", async () => {
  release("1.1.0", "a", "b");
  release("1.2.0-rc.1", "z");
  release("1.2.0", "b");
  release("1.3.0", "q");
  const { stdout, code } = await runCli(["diff", `${NAME}@1.0.0..1.2.0`, "--format", "json", ...reading()]);
  expect(code).toBe(0);
  const { steps } = JSON.parse(stdout);
  expect(
    steps.map((step: { from: { version: string }; to: { version: string } }) => [step.from.version, step.to.version]),
  ).toEqual([
    ["1.0.0", "1.1.0"],
    ["1.1.0", "1.2.0"],
  ]);
});

test.each([
  ["diff", `${NAME}@1.0.0..9.9.9`, /no version 9\.9\.9/],
  ["diff", `${NAME}@1.1.0..1.0.0`, /1\.1\.0 is not older than 1\.0\.0/],
  ["history", "./some-folder", /has no versions/],
])("%s %s: exit 2, one line and a hint", async (verb, spec, message) => {
  release("1.1.0", "a");
  const { code, stderr } = await runCli([verb, spec, ...reading()]);
  expect(stderr.trimEnd().split("\n")).toEqual([expect.stringMatching(message), expect.stringMatching(/^hint: /)]);
  expect(code).toBe(2);
});
