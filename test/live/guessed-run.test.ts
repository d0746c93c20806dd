import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { keyVariables } from "../../extractor/live/plan/guessed-run.ts";
import { stepsIn } from "../../extractor/live/plan/told-steps.ts";
import type { Check } from "../../extractor/model/check.ts";
import type { LiveRun } from "../../extractor/model/live-run.ts";
import { runCli } from "../run-cli.ts";
import { whyNotSealed } from "./sandbox/namespaces.ts";

const TOOL = fileURLToPath(new URL("./unknown-tool", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "guessed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RAN = [
  "made-up keys stood in UNKNOWN_TOOL_API_KEY",
  "ran --version: exit 0",
  "ran --help: exit 0",
  "ran --query 'What is 2+2?': exit 0",
  "ran login: exit 0",
];
const SENT = ["https://api.unknown-tool.example/v1/ask", "https://api.unknown-tool.example/v1/device"];

describe.skipIf(whyNotSealed() !== null)("a program of which no run is known", () => {
  test("is tried with what its help offers, and the summary says what was run", async () => {
    const capture = ["capture", TOOL, "--har", join(folder, "a.har"), "--format", "json", "--quiet"];
    const { code, stdout, stderr } = await runCli(capture);
    expect([code, stderr]).toEqual([0, ""]);
    const run = JSON.parse(stdout) as LiveRun;
    expect(run.requests.map(({ url }) => url)).toEqual(SENT);
    expect(run.notes).toEqual(expect.arrayContaining(RAN));
    expect(run.exit).toMatchObject({ code: 0, timedOut: false });
  });

  test("is checked in the same way", async () => {
    const { stdout } = await runCli(["check", TOOL, "--capture", "--har", join(folder, "b.har"), "--format", "json"]);
    const { observed, run } = JSON.parse(stdout) as Check;
    expect(observed.map(({ url, verdict }) => [url, verdict])).toEqual(SENT.map((url) => [url, "predicted"]));
    expect(run?.notes).toEqual(expect.arrayContaining(RAN));
  });
});

describe.skipIf(whyNotSealed() !== null)("a program whose help names no way to ask", () => {
  test("is run without arguments: -p is a port there", async () => {
    const script = join(folder, "updates.js");
    writeFileSync(
      script,
      `const [word] = process.argv.slice(2);
      const rows = ["  list     what is new", "  \\x1b[1mlogin\\x1b[0m    sign in", "  -p       a port"];
      if (word === "--help") console.log(["updates, in colours", ...rows].join("\\n"));
      else if (word === undefined) fetch("https://api.updates.example/v1/latest", { method: "POST" });
      else if (word === "login") process.exit(4);
      else process.exit(word === "--version" ? 0 : 9);`,
    );
    const { stdout } = await runCli(["capture", script, "--har", join(folder, "d.har"), "--format", "json", "--quiet"]);
    const { requests, notes, output } = JSON.parse(stdout) as LiveRun;
    expect(requests.map(({ url, count }) => [url, count])).toEqual([["https://api.updates.example/v1/latest", 1]]);
    expect(notes.filter((note) => note.startsWith("ran "))).toEqual([
      "ran --help: exit 0",
      "ran --version: exit 0",
      "ran no question: the help names no way to ask one",
      "ran without arguments: exit 0",
      "ran login: exit 4",
    ]);
    expect(output.stdout).not.toContain("extract-ran");
  });
});

describe.skipIf(whyNotSealed() !== null)("a program that takes no words", () => {
  test("is run once", async () => {
    const script = join(folder, "deaf.js");
    writeFileSync(script, 'fetch("https://api.deaf.example/v1/once", { method: "POST" });');
    const { stdout } = await runCli(["capture", script, "--har", join(folder, "c.har"), "--format", "json", "--quiet"]);
    const { requests, notes } = JSON.parse(stdout) as LiveRun;
    expect(requests.map(({ url, count }) => [url, count])).toEqual([["https://api.deaf.example/v1/once", 1]]);
    expect(notes.filter((note) => note.startsWith("ran "))).toEqual(["ran --help: exit 0"]);
  });
});

test("what a program prints in between is no row", () => {
  const told = stepsIn("extract-ran\nextract-ran\t--help\texit 0\nother\t--help\texit 0\n");
  expect(told).toEqual(["ran --help: exit 0"]);
});

test("variables with keys to a model or an API; not those of telemetry, or of the machine", () => {
  const names = ["ANTHROPIC_API_KEY", "TOOL_AUTH_TOKEN", "HOME", "OTEL_API_KEY", "AWS_ACCESS_TOKEN", "LOG_TOKENS"];
  const environment = names.map((name) => ({ name, influences: [], evidence: [] }));
  expect(keyVariables({ environment } as never)).toEqual(["ANTHROPIC_API_KEY", "TOOL_AUTH_TOKEN"]);
});
