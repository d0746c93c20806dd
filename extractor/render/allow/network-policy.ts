import type { AllowListRender } from "./form.ts";
import type { AllowPlan } from "./plan.ts";
import { commented, type Written } from "./words.ts";

/** A policy for pods with a label; names are known by what Cilium's DNS proxy saw, so looking up is allowed, too. */
export const renderNetworkPolicy: AllowListRender = (plan, sandbox) => {
  const label = labelOf(plan);
  return commented(plan, sandbox, {
    howto: [`Apply with kubectl. It selects pods with the label egress=${label}; looking up names needs kube-dns.`],
    before: [
      "apiVersion: cilium.io/v2",
      "kind: CiliumNetworkPolicy",
      "metadata:",
      `  name: egress-${label}`,
      "spec:",
      "  endpointSelector:",
      "    matchLabels:",
      `      egress: ${label}`,
      "  egress:",
      "    - toEndpoints:",
      "        - matchLabels:",
      "            k8s:io.kubernetes.pod.namespace: kube-system",
      "            k8s-app: kube-dns",
      "      toPorts:",
      "        - ports:",
      '            - { port: "53", protocol: ANY }',
      "          rules:",
      "            dns:",
      '              - matchPattern: "*"',
    ],
    entry: ruleOf,
  });
};

/** One rule for each host, since ports stand beside the names they belong to. */
function ruleOf({ text, host: { kind, ports } }: Written): string[] {
  const form = text.includes("*") ? "matchPattern" : "matchName";
  const to =
    kind === "name"
      ? ["    - toFQDNs:", `        - ${form}: "${text}"`]
      : ["    - toCIDR:", `        - "${text.replace(/[[\]]/g, "")}/${kind === "ipv4" ? 32 : 128}"`];
  const open = ports.map((port) => `            - { port: "${port}", protocol: TCP }`);
  return open.length === 0 ? to : [...to, "      toPorts:", "        - ports:", ...open];
}

/** Of the first package's name, what a label may hold. */
const labelOf = ({ packages }: AllowPlan): string =>
  (packages[0] ?? "")
    .replace(/ .*$/s, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "") || "tool";
