import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { LiveRun } from "../../extractor/model/live-run.ts";
import { runCli } from "../run-cli.ts";
import { whyNotSealed } from "./sandbox/namespaces.ts";

const FLOOD = fileURLToPath(new URL("./flood", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "flood-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(whyNotSealed() !== null)("20,000 requests to 5,000 hosts are recorded", () => {
  test.each([
    ["below one domain", ".flood.example"],
    ["each with a domain of its own", "-flood.com"],
  ])("%s", async (_, suffix) => {
    const har = join(folder, `a${suffix}.har`);
    const { stdout, stderr } = await runCli([
      ...["capture", FLOOD, "--har", har, "--format", "json", "--quiet", "--timeout", "600"],
      ...["--", "20000", "5000", suffix],
    ]);
    expect(stderr).toBe("");
    const { output, requests, milliseconds } = JSON.parse(stdout) as LiveRun;
    process.stderr.write(`${suffix}: ${milliseconds} ms\n`);
    expect(output.stdout.trim()).toBe("0 failed");
    expect(new Set(requests.map(({ url }) => new URL(url).host)).size).toBe(5000);
    expect(requests.reduce((sum, { count }) => sum + count, 0)).toBe(20_000);
    expect(JSON.parse(readFileSync(har, "utf8")).log.entries).toHaveLength(20_000);
  });
});
