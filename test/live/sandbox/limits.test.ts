import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { LiveRun } from "../../../extractor/model/live-run.ts";
import { runCli } from "../../run-cli.ts";
import { whyNotSealed } from "./namespaces.ts";

const reason = whyNotSealed();
const folder = mkdtempSync(join(tmpdir(), "limits-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const capture = (...args: string[]) =>
  runCli(["capture", "--har", join(folder, "a.har"), "--quiet", ...args], { cwd: folder });

describe.skipIf(reason !== null)("a program that uses up the machine is ended, with a line", () => {
  test.each([
    [
      "processes",
      `node -e 'for (;;) require("child_process").spawn("sleep", ["60"]).on("error", () => {})'`,
      /^2048 processes and threads$/,
    ],
    ["space in a folder", "cat /dev/zero >/tmp/a; cat /dev/zero >/tmp/b; sleep 60", /^512 MiB in \/tmp$/],
    [
      "memory",
      `node -e 'a = []; setInterval(() => a.push(Buffer.alloc(1 << 28, 1)), 9)'; sleep 60`,
      /^\d+ MiB of memory$/,
    ],
  ])("%s", async (_, script, limit) => endedBy(script, limit));

  test("without a /proc of its own as well", () =>
    endedBy("cat /dev/zero >/tmp/a; sleep 60", /^512 MiB in \/tmp$/, "proc"));

  async function endedBy(script: string, limit: RegExp, without?: string): Promise<void> {
    const weaker = without === undefined ? [] : ["--seal-without", without];
    const { stdout, stderr } = await capture("--format", "json", ...weaker, "--", "sh", "-c", script);
    expect(stderr).toBe("");
    const { exit } = JSON.parse(stdout) as LiveRun;
    expect(exit.limit).toMatch(limit);
    expect(exit.timedOut).toBe(false);
  }

  test("time", async () => {
    const { stdout } = await capture("--timeout", "1", "--", "sleep", "60");
    expect(stdout).toMatch(/ended by us, its time was over,/);
  });
});

describe.skipIf(reason !== null)("a weaker seal", () => {
  test.each(["own-uid", "seccomp", "proc", "limits"])("without %s is said first", async (part) => {
    const { stdout, stderr } = await capture("--seal-without", part, "--", "curl", "-s", "https://api.example.com/");
    expect(stderr).toBe("");
    expect(stdout).toMatch(new RegExp(`^SEALED WITHOUT ${part}: `));
    expect(stdout).toContain("GET https://api.example.com/");
  });

  test("is none of a run that is not sealed", async () => {
    const { code, stderr } = await capture("--mode", "proxy", "--seal-without", "proc", "--", "true");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--seal-without is for sealed runs")]);
  });
});
