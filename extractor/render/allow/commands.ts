import type { AllowListRender } from "./form.ts";
import { commented } from "./words.ts";

/** Commands for a shell, for sandboxes that are locked down. */
export const renderCommands: AllowListRender = (plan, sandbox) =>
  commented(plan, sandbox, {
    howto: ["Run with sh. For sandboxes whose policy is Locked Down (sbx policy set-default deny-all)."],
    before: ["set -e"],
    entry: ({ text, host: { ports } }) => {
      const resources = ports.length > 0 ? ports.map((port) => `${text}:${port}`) : [text];
      return [`sbx policy allow network -g "${resources.join(",")}"`];
    },
  });
