import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toJson } from "../../extractor/render/json.ts";
import { needy } from "../render/allow/needy-tool.ts";
import { report } from "../render/report-fixture.ts";
import { runInside } from "../run-inside.ts";

let folder = "";
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-allowlist-"));
  await writeFile(file("needy.json"), toJson(needy));
  await writeFile(file("empty.json"), toJson(report()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the list to stdout, warnings to stderr", async () => {
  const { code, stdout, stderr } = await runInside([
    "allowlist",
    file("needy.json"),
    "-f",
    "claude-settings",
    "--required-only",
  ]);
  const { allowedDomains } = JSON.parse(stdout).sandbox.network;
  expect(allowedDomains).toEqual(["api.acme.example", "login.acme.example"]);
  expect(stderr).toContain("extract: warning: api.acme.example also gets telemetry");
  expect(code).toBe(0);
});

test("nothing to allow: exit 1", async () => {
  expect(await runInside(["allowlist", file("empty.json"), "-q"])).toMatchObject({ code: 1, stderr: "" });
});

test("a format nobody reads: exit 2, with those that are known", async () => {
  const { code, stderr } = await runInside(["allowlist", file("needy.json"), "-f", "abacus"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/cilium, .*vscode-policy/);
});
