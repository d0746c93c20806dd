import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const run = promisify(execFile);

interface Step {
  id?: string;
  name?: string;
  uses?: string;
  run?: string;
  shell?: string;
  if?: string;
  env?: Record<string, string>;
}
interface Action {
  inputs: Record<string, { default?: string; required?: boolean }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
}

const action = parse(await readFile(join(ROOT, "action.yml"), "utf8")) as Action;
let folder = "";
let tarball = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-action-"));
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
  });
  tarball = join(folder, (JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }])[0].filename);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * The action's own steps, run as a runner does: expressions filled in, outputs read from files. Steps that use others
 * are left out.
 */
async function runAction(name: string, given: Record<string, string>) {
  const temp = join(folder, name);
  const tools = join(temp, "bin");
  await mkdir(tools, { recursive: true });
  // says what it was asked for: there is no GitHub here
  await writeFile(
    join(tools, "gh"),
    `#!/bin/sh\nfor a in "$@"; do echo "$a" >> "${temp}/gh"; done\ncat "$(eval echo \\\${$#})" >> "${temp}/gh-body"\n`,
  );
  await chmod(join(tools, "gh"), 0o755);
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([key, { default: usual = "" }]) => [key, usual]),
  );
  Object.assign(inputs, { program: tarball, token: "made-up" }, given);
  const outputs: Record<string, string> = {};
  const values = (path: string): string => {
    const [, input] = /^inputs\.(.+)$/.exec(path) ?? [];
    const [, output] = /^steps\.compare\.outputs\.(.+)$/.exec(path) ?? [];
    if (input !== undefined) return inputs[input]!;
    if (output !== undefined) return outputs[output] ?? "";
    const known: Record<string, string> = {
      "runner.temp": temp,
      "github.action_path": ROOT.replace(/\/$/, ""),
      "github.repository": "owner/name",
      "github.event.pull_request.number": "7",
    };
    if (!Object.hasOwn(known, path)) throw new Error(`no value for ${path}`);
    return known[path]!;
  };
  const filled = (text: string) => text.replace(/\$\{\{ (.+?) \}\}/g, (_, path: string) => values(path));
  const holds = (condition: string) => {
    const [, path = "", wanted] = /^(\S+) == '(.*)'$/.exec(condition)!;
    return values(path) === wanted;
  };
  const [output, summary] = [join(temp, "output"), join(temp, "step-summary")];
  await Promise.all([writeFile(output, ""), writeFile(summary, "")]);
  let failed: string | null = null;
  for (const step of action.runs.steps) {
    if (step.run === undefined || failed !== null || (step.if !== undefined && !holds(step.if))) continue;
    const environment = Object.entries(step.env ?? {}).map(([key, text]) => [key, filled(text)]);
    const env = {
      ...process.env,
      ...Object.fromEntries(environment),
      npm_config_cache: join(homedir(), ".npm"),
      npm_config_prefer_offline: "true",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    };
    const ways = { env: { ...env, PATH: `${tools}:${process.env.PATH}`, HOME: temp }, cwd: temp, maxBuffer: 1 << 26 };
    await run("/bin/bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step.run)], ways).catch(
      (error) => {
        failed = `${step.name}: ${error.stdout}${error.stderr}`;
      },
    );
    for (const line of (await readFile(output, "utf8")).split("\n")) {
      const at = line.indexOf("=");
      if (at > 0) outputs[line.slice(0, at)] = line.slice(at + 1);
    }
  }
  const asked = await readFile(join(temp, "gh"), "utf8").catch(() => "");
  return { failed: failed as string | null, outputs, summary: await readFile(summary, "utf8"), asked, temp };
}

const RANGE = "task-master-ai@0.40.0..0.43.1";

describe("the action's steps", () => {
  test("two real versions: a summary, a comment, SARIF for what is new", async () => {
    const { failed, outputs, summary, asked, temp } = await runAction("range", {
      packages: `\n  ${RANGE}\n`,
      comment: "true",
    });
    expect(failed).toBeNull();
    expect(outputs.new).toBe("true");
    expect(summary).toContain("task-master-ai 0.40.0 → 0.43.1");
    expect(await readFile(outputs.summary!, "utf8")).toBe(summary);
    expect(asked.split("\n").slice(0, 6)).toEqual(["pr", "comment", "7", "--repo", "owner/name", "--body-file"]);
    expect(await readFile(join(temp, "gh-body"), "utf8")).toContain("task-master-ai 0.40.0 → 0.43.1");
    const [file = ""] = await readdir(outputs.sarif!);
    const sarif = JSON.parse(await readFile(join(outputs.sarif!, file), "utf8"));
    expect(sarif.runs[0].results.length).toBeGreaterThan(0);
  });

  test("fail-on fails the run after everything is told", async () => {
    const { failed, summary, asked } = await runAction("fail", {
      packages: RANGE,
      "fail-on": "added-endpoint",
      issue: "true",
    });
    expect(failed).toMatch(/^Judge: .*fail-on is met/);
    expect(summary).toContain("task-master-ai");
    expect(asked).toMatch(/^issue\ncreate\n/);
  });

  test("nothing new: nothing is told, nothing fails; a version and a day as what to compare with", async () => {
    const same = { packages: "task-master-ai@0.43.1", comment: "true", issue: "true", "fail-on": "added-endpoint" };
    for (const since of ["0.43.1", "2099-01-01"]) {
      const { failed, outputs, summary, asked } = await runAction(`same-${since}`, { ...same, since });
      expect(failed).toBeNull();
      expect(outputs).toMatchObject({ new: "false", met: "false" });
      expect(summary).toContain("No release since 0.43.1.");
      expect(asked).toBe("");
    }
  });

  test("a package that isn't there fails, and text of inputs is no code", async () => {
    const { failed, temp } = await runAction("bad", { packages: `@acme/none$(touch pwned)\`touch pwned\`` });
    expect(failed).toMatch(/^Compare: /);
    expect((await readdir(temp)).includes("pwned")).toBe(false);
  });
});

test("what it uses is pinned to commits, and so is what the example workflows use of others", async () => {
  const used = action.runs.steps.flatMap(({ uses }) => uses ?? []);
  expect(used.filter((one) => !/@[\da-f]{40}$/.test(one))).toEqual([]);
  for (const name of await readdir(join(ROOT, "docs/workflows"))) {
    const workflow = parse(await readFile(join(ROOT, "docs/workflows", name), "utf8"));
    const steps = Object.values<{ steps: Step[] }>(workflow.jobs).flatMap((job) => job.steps);
    const own = steps.filter(({ uses }) => uses?.startsWith("endpoint-extractor/endpoint-extractor@"));
    expect(own).toHaveLength(1);
    expect(steps.flatMap(({ uses }) => uses ?? []).filter((one) => !/@[\da-f]{40}$/.test(one))).toHaveLength(1);
    const given = Object.keys((own[0] as { with?: object }).with ?? {});
    expect(given.filter((input) => !Object.hasOwn(action.inputs, input))).toEqual([]);
  }
});
