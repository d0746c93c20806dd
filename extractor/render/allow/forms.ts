import type { Sandbox } from "../../model/signatures/sandbox.ts";
import { renderAddresses } from "./addresses.ts";
import { renderBashArray } from "./bash-array.ts";
import { renderCommands } from "./commands.ts";
import { renderDocumentForm } from "./document.ts";
import type { AllowListRender } from "./form.ts";
import { renderFrontmatter } from "./frontmatter.ts";
import { renderAllowJson } from "./json.ts";
import { renderNetworkPolicy } from "./network-policy.ts";
import type { AllowPlan } from "./plan.ts";
import { renderRules } from "./rules.ts";
import { renderSquidAllowList } from "./squid.ts";
import { renderWorkflowStep } from "./workflow-step.ts";

/** By `form` of signatures/sandboxes/: a sandbox that reads a known form is a file there and nothing here. */
const forms = {
  document: renderDocumentForm,
  frontmatter: renderFrontmatter,
  "bash-array": renderBashArray,
  rules: renderRules,
  "workflow-step": renderWorkflowStep,
  addresses: renderAddresses,
  commands: renderCommands,
  "network-policy": renderNetworkPolicy,
  squid: renderSquidAllowList,
  json: renderAllowJson,
} satisfies Record<Sandbox["form"], AllowListRender>;

/** The list as the sandbox reads it. Pure: the same plan gives the same text. */
export const renderAllowList = (plan: AllowPlan, sandbox: Sandbox): string => forms[sandbox.form](plan, sandbox);
