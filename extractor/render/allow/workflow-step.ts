import type { AllowListRender } from "./form.ts";
import { allowListHead, allowListTail, warnings, why, written } from "./words.ts";

const DEFAULT_PORT = 443;

/** A step of a workflow. Its input is one text, in which no comment may stand: the reasons stand above it. */
export const renderWorkflowStep: AllowListRender = (plan, sandbox) => {
  const all = written(plan, sandbox);
  const notes = [
    ...allowListHead(plan, sandbox),
    ...warnings(plan, sandbox).map((line) => `Warning: ${line}`),
    ...all.map(({ text, host }) => `${text}  ${why(host)}`),
    ...allowListTail(plan),
  ];
  return `${[
    ...notes.map((line) => `# ${line}`.trimEnd()),
    "- name: Deny what is not on the list",
    "  uses: step-security/harden-runner@v2",
    "  with:",
    "    egress-policy: block",
    "    allowed-endpoints: >",
    ...all.flatMap(({ text, host: { ports } }) =>
      (ports.length > 0 ? ports : [DEFAULT_PORT]).map((port) => `      ${text}:${port}`),
    ),
  ].join("\n")}\n`;
};
