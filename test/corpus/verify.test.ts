import { expect, test } from "vitest";
import { build } from "./build.ts";
import { corpusCases, type Truth } from "./case.ts";
import { problemsOfTruth } from "./verify.ts";

/** What a run says about a truth that was tampered with. */
async function problemsWith(name: string, tamper: (truth: Truth) => void): Promise<string[]> {
  const corpusCase = corpusCases().find((candidate) => candidate.name === name)!;
  tamper(corpusCase.truth);
  return problemsOfTruth(corpusCase.truth, await build(corpusCase, "esbuild-min"));
}

test("an endpoint that the truth leaves out, and one that never happens", async () => {
  const problems = await problemsWith("config-getter", (truth) => {
    truth.endpoints[0]!.url = "https://api.orbitcli.dev/v1/people/{id}/profile";
  });
  expect(problems).toEqual([
    "seen and not in the truth: request GET https://api.orbitcli.dev/v1/users/42/profile",
    "never seen: GET https://api.orbitcli.dev/v1/people/{id}/profile",
  ]);
});

test("a header too few, a header too many", async () => {
  const problems = await problemsWith("config-getter", (truth) => {
    truth.endpoints[1]!.headers = ["Content-Type", "X-Invented"];
  });
  expect(problems).toEqual([
    "header seen and not in the truth: request POST https://auth.orbitcli.dev/oauth/token X-Client-Id",
    "header never seen: POST https://auth.orbitcli.dev/oauth/token X-Invented",
  ]);
});

test("a gate on the wrong endpoint", async () => {
  const problems = await problemsWith("gate-if", (truth) => {
    const [metrics, , , always] = truth.endpoints;
    always!.gates = metrics!.gates;
    metrics!.gates = [];
  });
  expect(problems).toEqual([
    "ORBIT_DISABLE_METRICS silences: POST https://metrics.orbitcli.dev/v1/push goes",
    "ORBIT_DISABLE_METRICS silences: GET https://api.orbitcli.dev/v1/always stays",
  ]);
});

test("a flag called an event, a field invented, a field forgotten, a variable nobody reads", async () => {
  const problems = await problemsWith("event-flags", (truth) => {
    truth.events = [{ name: "orbit_quiet_mode" }, { name: "orbit_editor_opened", fields: ["stale"] }];
    truth.environment = ["ORBIT_UNREAD"];
  });
  expect(problems).toEqual([
    "event never sent: orbit_quiet_mode",
    "field never sent: orbit_editor_opened.stale",
    "field not in the truth: orbit_editor_opened.fresh",
    "ORBIT_UNREAD was never read",
  ]);
});
