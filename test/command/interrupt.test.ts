import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "interrupt-test-"));
const busy = join(folder, "busy.js");

beforeAll(() => {
  // seconds of computing without a pause
  const statement = (_: unknown, i: number) => `export const f${i} = (a) => [a, "${i}"].map((x) => x + f${i >> 1}(x));`;
  writeFileSync(busy, Array.from({ length: 200_000 }, statement).join("\n"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["SIGINT", "SIGTERM"] as const)("%s ends an analysis, whatever is being computed", async (by) => {
  const { code, signal, stdout } = await runCli([busy], { interrupt: { by, after: 1500 } });
  expect({ code, signal, stdout }).toEqual({ code: null, signal: by, stdout: "" });
});
