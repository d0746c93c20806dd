import type { AllowListRender } from "./form.ts";
import { commented, written } from "./words.ts";

/** For the frontmatter of a workflow. */
export const renderFrontmatter: AllowListRender = (plan, sandbox) =>
  commented(plan, sandbox, {
    howto: ["Put into the frontmatter of a workflow."],
    before: written(plan, sandbox).length > 0 ? ["network:", "  allowed:"] : ["network: {}"],
    entry: ({ text }) => [`    - "${text}"`],
  });
