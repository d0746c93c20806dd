import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { renderNetworkPolicy } from "../../../extractor/render/allow/network-policy.ts";
import { planAllowList } from "../../../extractor/render/allow/plan.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";
import { hostile, report } from "../report-fixture.ts";
import { needy } from "./needy-tool.ts";

const MODELS = "@kubernetes-models/cilium";

interface Policy {
  spec: { egress: { toFQDNs?: { matchName?: string; matchPattern?: string }[] }[] };
}
let CiliumNetworkPolicy: new (data: Policy) => { validate(): void };
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-cilium-"));
  await promisify(execFile)("npm", [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--prefix",
    folder,
    `${MODELS}@4.0.0`,
  ]);
  const path = join(folder, "node_modules", MODELS, "cilium.io/v2/CiliumNetworkPolicy.js");
  ({ CiliumNetworkPolicy } = await import(pathToFileURL(path).href));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["a tool with every kind of host", needy],
  ["an empty report", report()],
  ["a hostile report", hostile("x\n$(id) \" ' } ; { \\ # /")],
])("%s: Cilium's own schema takes the policy", async (_what, source) => {
  const { sandboxes } = await loadSignatures();
  const plan = planAllowList([source], { withTelemetry: false, requiredOnly: false, withPaths: false });
  const policy: Policy = parse(renderNetworkPolicy(plan, sandboxes.find(({ id }) => id === "cilium")!));
  expect(() => new CiliumNetworkPolicy(policy).validate()).not.toThrow();
  const names = policy.spec.egress.flatMap(({ toFQDNs = [] }) => toFQDNs);
  if (source === needy) {
    expect(names).toContainEqual({ matchName: "api.acme.example" });
    expect(names).toContainEqual({ matchPattern: "llm.*.cloud.example" });
  }
  const broken = { ...policy, spec: { ...policy.spec, egress: [{ toFQDNs: [{ matchName: 7 }] }] } };
  expect(() => new CiliumNetworkPolicy(broken as unknown as Policy).validate()).toThrow();
});
