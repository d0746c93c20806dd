import type { AllowListRender } from "./form.ts";
import { commented } from "./words.ts";

/**
 * An array for Bash. Addresses that the script resolves are those of the moment: it must run again where they change.
 */
export const renderBashArray: AllowListRender = (plan, sandbox) =>
  commented(plan, sandbox, {
    howto: [
      'Source it in init-firewall.sh and loop over the array: for domain in "${ALLOWED_DOMAINS[@]}"; do …',
      "Names are resolved once, when the script runs: run it again where addresses change.",
    ],
    before: ["ALLOWED_DOMAINS=("],
    entry: ({ text }) => [`  "${text}"`],
    after: [")"],
  });
