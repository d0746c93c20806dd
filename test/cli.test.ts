import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
    ["something like a verb", ["dif", "a", "b"], /too many arguments/, /lists the verbs/],
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

describe("a package", () => {
  test("that does not exist", async () => {
    const { code, stdout, stderr } = await runCli([join(folder, "missing.tgz"), "--offline"]);
    expect(stderr).toMatch(/^extract: .+\nhint: .+\n$/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
