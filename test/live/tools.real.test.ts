import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveRun } from "../../extractor/model/live-run.ts";
import { runCli } from "../run-cli.ts";
import { whyNotSealed } from "./sandbox/namespaces.ts";

const reason = whyNotSealed();
if (reason !== null) process.stderr.write(`sealed runs of real tools are not tested: ${reason}\n`);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealed-tools-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(reason !== null)("a prompt in a sealed run", () => {
  test.each([
    [
      "claude-code@2.1.91",
      [
        "GET api.anthropic.com/api/claude_cli/bootstrap",
        "GET api.anthropic.com/api/claude_code/organizations/metrics_enabled",
        "GET api.anthropic.com/api/claude_code/policy_limits",
        "GET api.anthropic.com/api/claude_code/settings",
        "GET api.anthropic.com/api/claude_code_penguin_mode",
        "GET api.anthropic.com/mcp-registry/v0/servers",
        "HEAD api.anthropic.com/",
        "POST api.anthropic.com/api/claude_code/metrics",
        expect.stringMatching(/^POST api\.anthropic\.com\/api\/eval\/./),
        "POST api.anthropic.com/api/event_logging/batch",
        "POST api.anthropic.com/v1/messages",
      ],
    ],
    [
      "codex@0.120.0",
      [
        "POST chatgpt.com/backend-api/codex/responses",
        "GET chatgpt.com/backend-api/codex/models",
        "POST ab.chatgpt.com/otlp/v1/metrics",
      ],
    ],
    [
      "copilot@1.0.24",
      [
        "GET api.github.com/copilot_internal/user",
        "POST api.individual.githubcopilot.com/chat/completions",
        "POST telemetry.individual.githubcopilot.com/telemetry",
      ],
    ],
    ["opencode@1.1.53", ["GET models.dev/api.json", "POST openrouter.ai/api/v1/chat/completions"]],
    [
      "@google/gemini-cli@0.61.0",
      [
        expect.stringMatching(/^POST generativelanguage\.googleapis\.com\/v1beta\/models\/.+:streamGenerateContent$/),
        "POST play.googleapis.com/log",
      ],
    ],
  ])("%s: answered, its endpoints seen, every certificate taken, nothing outside loopback", async (spec, endpoints) => {
    const har = join(folder, `${spec.replace(/\W+/g, "-")}.har`);
    const { code, stdout, stderr } = await runCli([
      ...["capture", spec, "--script", "prompt", "--har", har, "--format", "json", "--quiet"],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const run = JSON.parse(stdout) as LiveRun;
    expect(run.exit).toEqual({ code: 0, signal: null, timedOut: false, interrupted: false });
    expect(run.output.stdout.trim()).toBe("4");
    expect(run.network.interfaces.map(({ name }) => name)).toEqual(["lo"]);
    expect(run.network.packetsOutside).toBe(0);
    expect(run.trustFailures.filter(({ explained }) => !explained)).toEqual([]);
    const seen = run.requests.map(({ method, url }) => `${method} ${url.replace("https://", "")}`);
    expect(seen).toEqual(expect.arrayContaining(endpoints));
  });

  test("claude-code@2.1.91 behind its own allow-list: the prompt is answered, telemetry is not", async () => {
    const list = join(folder, "allow.json");
    const report = fileURLToPath(new URL("../../reports/claude-code/2.1.91.json", import.meta.url));
    await runCli(["allowlist", report, "--with-paths", "--quiet", "-o", list]);
    const { allow } = JSON.parse(await readFile(list, "utf8")) as { allow: { host: string }[] };
    expect(allow.map(({ host }) => host).filter((host) => /datadog/.test(host))).toEqual([]);
    const { stdout } = await runCli([
      ...["capture", "claude-code@2.1.91", "--script", "prompt", "--har", join(folder, "behind.har")],
      ...["--allow", list, "--format", "json", "--quiet"],
    ]);
    const run = JSON.parse(stdout) as LiveRun;
    expect(run.exit.code).toBe(0);
    expect(run.output.stdout.trim()).toBe("4");
    const answered = run.requests.filter(({ statuses }) => !statuses.includes(403)).map(({ url }) => url);
    const refused = run.requests.filter(({ statuses }) => statuses.includes(403)).map(({ url }) => url);
    expect(answered).toContain("https://api.anthropic.com/v1/messages");
    expect(refused).toContain("https://api.anthropic.com/api/event_logging/batch");
    expect(answered.filter((url) => /event_logging|claude_code\/(?:metrics|organizations)/.test(url))).toEqual([]);
  });
});
