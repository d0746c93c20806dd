import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../extractor/model/check.ts";
import type { Catalogue } from "../../extractor/model/signatures/catalogue.ts";
import type { SwitchMatrix } from "../../extractor/model/switches/switch-matrix.ts";
import { runCli } from "../run-cli.ts";
import { whyNotSealed } from "./sandbox/namespaces.ts";

const FIXTURE = fileURLToPath(new URL("./fixture", import.meta.url));
const reason = whyNotSealed();
if (reason !== null) process.stderr.write(`checks of sealed runs are not tested: ${reason}\n`);

let folder = "";
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-capture-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(reason !== null).concurrent("predicted and observed in one go", () => {
  test("everything the program sends was predicted; what the run left out is dormant", async () => {
    const { code, stdout, stderr } = await runCli([
      ...["check", FIXTURE, "--capture", "--har", at("check.har"), "--format", "json", "--fail-on", "unpredicted"],
      ...["--", "fetch", "https", "http", "curl", "git", "http2"],
    ]);
    // a slow machine is told of progress
    const told = stderr.replace(/^extract: requests \d.*\n/gm, "");
    expect(told).toBe(`extract: wrote ${at("check.har")}: 0 packets left the sealed network\n`);
    const { summary, firings, dormant } = JSON.parse(stdout) as Check;
    expect(summary.unpredicted).toEqual({ distinct: 0, of: 4 });
    expect(firings.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      "GET http://clear.example.org/text",
      "GET https://curl.example.com/from-child",
      "GET https://plain.example.org/status",
      "POST https://api.example.com/v1/things?limit=2",
      "POST https://h2.example.com/two",
    ]);
    expect(dormant.map(({ url }) => url)).toContain("https://socket.example.com/live");
    expect(code).toBe(0);
  });

  test("the program that an install script would put in the place of a stub is run", async () => {
    const made = at("stub");
    const inside = join(made, "node_modules", "stub-linux-x64");
    await mkdir(join(inside, "bin"), { recursive: true });
    const [os, cpu] = [process.platform, process.arch];
    const name = `stub-${os}-${cpu}`;
    await rename(inside, join(made, "node_modules", name)).catch(() => undefined);
    await writeFile(
      join(made, "package.json"),
      JSON.stringify({ name: "stub", version: "1.0.0", bin: "stub.exe", optionalDependencies: { [name]: "1.0.0" } }),
    );
    await writeFile(join(made, "stub.exe"), 'echo "not installed" >&2\nexit 1\n');
    const there = join(made, "node_modules", name);
    await writeFile(join(there, "package.json"), JSON.stringify({ name, version: "1.0.0" }));
    const program = '#!/usr/bin/env node\nfetch("https://api.example.com/v1/ok").catch(() => {});\n';
    await writeFile(join(there, "bin", "stub"), program);
    const { stdout } = await runCli(["capture", made, "--har", at("stub.har")]);
    expect(stdout).toContain("GET https://api.example.com/v1/ok");
    await writeFile(join(there, "bin", "stub"), '#!/usr/bin/env node\nconsole.log("no account");\n');
    const silent = await runCli(["capture", made, "--har", at("silent.har")]);
    expect(silent.stdout).toMatch(/Nothing was sent: exit 0.*no account/s);
    expect(silent.code).toBe(1);
  });

  test("what fired is kept beside a published report", async () => {
    const [report, reports] = [at("report.json"), at("reports")];
    await runCli([FIXTURE, "--format", "json", "-o", report, "--quiet"]);
    const args = ["check", report, "--capture", "--har", at("kept.har"), "--publish", reports, "--", "fetch"];
    const refused = await runCli(args);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^extract: talkative 1\.0\.0 is not published in .*\nhint: /);
    await runCli(["publish", report, "-d", reports]);
    expect((await runCli(args)).code).toBe(0);
    const { tools } = JSON.parse(await readFile(join(reports, "index.json"), "utf8")) as Catalogue;
    const observed = { file: "talkative/1.0.0.observed.json", fired: 1, requests: 1, unpredicted: 0 };
    expect(tools[0]?.versions).toMatchObject([{ version: "1.0.0", observed }]);
    const kept = JSON.parse(await readFile(join(reports, observed.file), "utf8")) as Check;
    expect(kept.firings).toMatchObject([{ url: "https://api.example.com/v1/things?limit=2" }]);
    expect(kept.captures).toMatchObject([{ file: "kept.har" }]);
    expect(await readFile(join(reports, "README.md"), "utf8")).toContain(`[1 fired, 0 unpredicted](${observed.file})`);
    // publishing the report again keeps it
    expect((await runCli(["publish", report, "-d", reports, "--check"])).code).toBe(0);
  });

  test("switches: each run once more with them, kept to go on from", async () => {
    const args = ["capture", FIXTURE, "--switches", "--har", at("runs"), "--format", "json"];
    const first = await runCli([...args, "--minutes", "0.0001", "--", "gated", "fetch"]);
    expect(first.code).toBe(1);
    expect((JSON.parse(first.stdout) as SwitchMatrix).remaining).toEqual(["TALK_NO_METRICS"]);
    const second = await runCli([...args, "--", "gated", "fetch"]);
    expect(second.stderr).toBe("");
    const { switches, defaults } = JSON.parse(second.stdout) as SwitchMatrix;
    expect(defaults.endpoints).toHaveLength(2);
    expect(switches).toMatchObject([
      {
        name: "TALK_NO_METRICS",
        runs: 1,
        untouched: 1,
        cells: [{ url: "https://metrics.example.com/v1/count", predicted: "silences", verdict: "silenced" }],
      },
    ]);
    expect(second.code).toBe(0);
  });

  test("switches: one that is tried with two values has a run for each", async () => {
    const tried = ["--switch", "TALK_NO_METRICS=1", "--switch", "TALK_NO_METRICS="];
    const args = ["capture", FIXTURE, "--switches", ...tried, "--har", at("values"), "--format", "json"];
    const { stdout } = await runCli([...args, "--", "gated", "fetch"]);
    const { switches } = JSON.parse(stdout) as SwitchMatrix;
    expect(switches.map(({ value, cells }) => [value, cells.map(({ verdict }) => verdict)])).toEqual([
      ["1", ["silenced"]],
      ["", []],
    ]);
  });
});
