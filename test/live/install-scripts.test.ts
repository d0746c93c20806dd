import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installScripts } from "../../extractor/live/plan/install-scripts.ts";
import type { LiveRun } from "../../extractor/model/live-run.ts";
import { runCli } from "../run-cli.ts";
import { whyNotSealed } from "./sandbox/namespaces.ts";

/** A stub that a script puts the program in the place of, as packages with a program for each platform have it. */
const FILES = {
  "package.json": {
    ...{ name: "stubbed", version: "1.0.0", bin: "stub.js" },
    scripts: {
      preinstall: "curl -s https://telemetry.stubbed.example/install",
      postinstall: "node put.js",
      test: "exit 9",
    },
  },
  "stub.js": 'console.error("run the install script"); process.exit(7);',
  "put.js": 'require("fs").copyFileSync("real.js", "stub.js");',
  "real.js": 'fetch("https://api.stubbed.example/v1/run?" + process.argv[2], { method: "POST" });',
  "node_modules/dependency/package.json": { name: "dependency", version: "1.0.0", scripts: { install: "exit 4" } },
  "node_modules/@scope/other/package.json": { name: "@scope/other", version: "1.0.0" },
};

const folder = mkdtempSync(join(tmpdir(), "install-scripts-"));
const tool = join(folder, "stubbed");
beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) {
    const file = join(tool, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const capture = (...args: string[]) =>
  runCli(["capture", tool, "--har", join(folder, "a.har"), "--format", "json", "--quiet", ...args]);

test("scripts of dependencies come first, and only those that npm runs", () => {
  expect(installScripts(tool)).toEqual([
    { path: "node_modules/dependency", name: "dependency", event: "install", script: "exit 4" },
    { path: "", name: "stubbed", event: "preinstall", script: FILES["package.json"].scripts.preinstall },
    { path: "", name: "stubbed", event: "postinstall", script: "node put.js" },
  ]);
});

describe.skipIf(whyNotSealed() !== null)("install scripts", () => {
  test("run in the seal before the program, and are told", async () => {
    const { code, stdout, stderr } = await capture("--install-scripts", "--", "now");
    expect([code, stderr]).toEqual([0, ""]);
    const run = JSON.parse(stdout) as LiveRun;
    expect(run.requests.map(({ url }) => url)).toEqual([
      "https://api.stubbed.example/v1/run",
      "https://telemetry.stubbed.example/install",
    ]);
    expect(run.notes).toEqual(
      expect.arrayContaining([
        "ran install of dependency: exit 4",
        "ran preinstall of stubbed: exit 0",
        "ran postinstall of stubbed: exit 0",
      ]),
    );
    // the package itself is as it was
    expect(readFileSync(join(tool, "stub.js"), "utf8")).toBe(FILES["stub.js"]);
  });

  test("don't run unless asked for, and never outside a seal", async () => {
    const { stdout } = await capture("--", "now");
    const run = JSON.parse(stdout) as LiveRun;
    expect([run.requests, run.exit.code]).toEqual([[], 7]);
    const { code, stderr } = await capture("--install-scripts", "--mode", "proxy", "--", "now");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--install-scripts is for sealed runs")]);
  });
});
