import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { formats } from "../../extractor/render/formats.ts";
import { runCli } from "../run-cli.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-write-"));
  await writeFile(join(folder, "a.js"), 'fetch("https://api.example.com/x")');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.runIf(process.platform === "linux")("a full disk behind stdout", () => {
  test.each(Object.keys(formats))("%s: one line, and exit 2", (format) => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [inject("cli"), join(folder, "a.js"), "-q", "-f", format], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^extract: cannot write the output: ENOSPC\nhint: [^\n]+\n$/);
  });
});

test.runIf(process.platform === "linux")("-o /dev/full: one line, and exit 2", async () => {
  const { code, stderr } = await runCli([join(folder, "a.js"), "-q", "-o", "/dev/full"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^extract: cannot write \/dev\/full: ENOSPC\nhint: [^\n]+\n$/);
});

test("-o replaces a file as a whole, the one behind a link, and leaves nothing beside it", async () => {
  const real = join(folder, "real.txt");
  await writeFile(real, "old");
  await symlink(real, join(folder, "link.txt"));
  expect((await runCli([join(folder, "a.js"), "-q", "-o", join(folder, "link.txt")])).code).toBe(0);
  expect(await readFile(real, "utf8")).toContain("GET /x");
  expect((await lstat(join(folder, "link.txt"))).isSymbolicLink()).toBe(true);
  expect((await readdir(folder)).sort()).toEqual(["a.js", "link.txt", "real.txt"]);
});
