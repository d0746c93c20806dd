import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SandboxRuntimeConfigSchema } from "@anthropic-ai/sandbox-runtime";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Report } from "../../../extractor/model/report.ts";
import { renderAllowList } from "../../../extractor/render/allow/forms.ts";
import { planAllowList } from "../../../extractor/render/allow/plan.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";
import { debianProgram, run } from "../../debian-program.ts";
import { hostile, report } from "../report-fixture.ts";
import { needy } from "./needy-tool.ts";

const { sandboxes } = await loadSignatures();

function list(name: string, source: Report, withPaths = false): string {
  const plan = planAllowList([source], { withTelemetry: false, requiredOnly: false, withPaths });
  return renderAllowList(plan, sandboxes.find(({ id }) => id === name)!);
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-allow-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a shell prints after it has read the file and run the words. */
async function shell(program: string, text: string, words: string): Promise<string[]> {
  const file = join(folder, "list.sh");
  await writeFile(file, text);
  const script = `set -eu\n${words.replace("LIST", `. ${file}`)}`;
  const { stdout } = await promisify(execFile)(program, ["-c", script], { env: { PATH: "/usr/bin:/bin" } });
  return stdout.split("\n").filter((line) => line !== "");
}

/** The part of gh-aw's main_workflow_schema.json that describes `network`, as its documentation words it. */
const GH_AW = {
  type: "object",
  required: ["network"],
  additionalProperties: false,
  properties: {
    network: {
      type: "object",
      additionalProperties: false,
      properties: {
        allowed: {
          type: "array",
          minItems: 1,
          items: { type: "string", pattern: "^(?:https?://)?(?:\\*\\.)?[a-z0-9_\\[\\]:.-]+$" },
        },
      },
    },
  },
};

describe.each<[string, Report, boolean]>([
  ["a tool with every kind of host", needy, true],
  ["an empty report", report(), false],
  ["a hostile report", hostile("x\n$(id) \" ' } ; { \\ # / *."), false],
])("%s", (_what, source, isFull) => {
  test("claude-settings: the sandbox's own schema takes it", () => {
    const { sandbox } = JSON.parse(list("claude-settings", source));
    const network = { ...sandbox.network, deniedDomains: [] };
    const filesystem = { denyRead: [], allowWrite: [], denyWrite: [] };
    const { allowedDomains } = SandboxRuntimeConfigSchema.parse({ network, filesystem }).network;
    if (isFull) expect(allowedDomains).toEqual(expect.arrayContaining(["api.acme.example", "*.teams.example"]));
  });

  test("gh-aw: the network section of a workflow", () => {
    const document = parse(list("gh-aw", source));
    const validate = new Ajv2020().compile(GH_AW);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    if (isFull) expect(document.network.allowed).toContain("api.acme.example");
  });

  test("init-firewall: Bash reads the array", async () => {
    const names = await shell(
      "/bin/bash",
      list("init-firewall", source),
      'LIST; for d in ${ALLOWED_DOMAINS[@]+"${ALLOWED_DOMAINS[@]}"}; do echo "$d"; done',
    );
    expect(names.filter((name) => !/^[a-z\d.-]+$/.test(name))).toEqual([]);
    if (isFull) expect(names).toEqual(expect.arrayContaining(["api.acme.example", "203.0.113.9"]));
  });

  test("coder: rules of its engine", () => {
    const { allowlist } = parse(list("coder", source, true)) as { allowlist: string[] };
    const rule = /^(?:method=[A-Z]+ )?domain=(?:\*|[a-z\d_[\]:-]+)(?:\.(?:\*|[a-z\d_-]+))*(?: path=\/[^\s,]*)?$/;
    expect(allowlist.filter((one) => !rule.test(one))).toEqual([]);
    if (!isFull) return;
    // telemetry has the same host and another path
    expect(allowlist).toContain("method=POST domain=api.acme.example path=/v1/chats/*/messages");
    expect(allowlist).not.toContain("domain=api.acme.example");
    expect(allowlist).toContain("domain=llm.*.cloud.example");
    expect(allowlist.join("\n")).not.toContain("/v1/events");
  });

  test("harden-runner: a step of a workflow", () => {
    const [step] = parse(list("harden-runner", source));
    expect(Object.keys(step)).toEqual(["name", "uses", "with"]);
    expect(step.with["egress-policy"]).toBe("block");
    const endpoints = step.with["allowed-endpoints"].split(/\s+/).filter((one: string) => one !== "");
    expect(endpoints.filter((one: string) => !/^(?:\*\.)?[a-z\d_.[\]:-]+:\d+$/.test(one))).toEqual([]);
    if (isFull) expect(endpoints).toEqual(expect.arrayContaining(["downloads.example:8443", "*.teams.example:443"]));
  });

  test("copilot-firewall: URLs for single hosts, names for all below them", () => {
    const lines = list("copilot-firewall", source).split("\n").slice(0, -1);
    expect(lines.filter((line) => !line.includes("/")).every((line) => /^[a-z\d.-]+$/.test(line))).toBe(true);
    for (const line of lines.filter((one) => one.includes("/"))) expect(new URL(line).pathname).toBe("/");
    if (isFull) expect(lines).toEqual(expect.arrayContaining(["https://api.acme.example/", "teams.example"]));
  });

  test("vscode-policy: a list in a text", () => {
    const policy = JSON.parse(list("vscode-policy", source));
    expect(policy.ChatAgentNetworkFilter).toBe(true);
    const domains = JSON.parse(policy.ChatAgentAllowedNetworkDomains);
    if (isFull) expect(domains).toEqual(expect.arrayContaining(["api.acme.example", "*.teams.example"]));
  });

  test("docker-sbx: a shell hands one resource list to each command", async () => {
    const calls = await shell("/bin/sh", list("docker-sbx", source), 'sbx() { echo "$#" "$@"; }; LIST');
    expect(calls.filter((call) => !/^5 policy allow network -g \S+$/.test(call))).toEqual([]);
    if (isFull) expect(calls).toContain("5 policy allow network -g downloads.example:8443");
  });

  test("squid -k parse", async () => {
    const path = join(folder, "allow.conf");
    await writeFile(path, list("squid", source, true));
    const config = join(folder, "squid.conf");
    await writeFile(config, `http_port 127.0.0.1:3128\ninclude ${path}\n`);
    const { code, output } = await run(await debianProgram("squid"), ["-k", "parse", "-f", config]);
    expect(output).not.toMatch(/WARNING|ERROR|FATAL/);
    expect(code, output).toBe(0);
  });
});
