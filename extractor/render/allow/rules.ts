import type { Endpoint } from "../../model/report.ts";
import { foldHoles } from "../../model/template.ts";
import { urlsOn } from "../blocklist/words.ts";
import type { AllowListRender } from "./form.ts";
import type { AllowedHost } from "./plan.ts";
import { commented, written } from "./words.ts";

/** Rules of Coder's engine: one for a host, or one for each path where telemetry goes to the same host. */
export const renderRules: AllowListRender = (plan, sandbox) =>
  commented(plan, sandbox, {
    before: written(plan, sandbox).length > 0 ? ["allowlist:"] : ["allowlist: []"],
    entry: ({ text, host }) =>
      plan.choice.withPaths && host.unwanted.length > 0
        ? pathRules(host).map((rule) => `  - "${rule}"`)
        : [`  - "domain=${text}"`],
  });

/** `method=POST domain=api.example.com path=/v1/users/*`. A method that isn't known is any. */
function pathRules({ pattern, wanted }: AllowedHost): string[] {
  const rules = wanted.flatMap((endpoint) =>
    urlsOn(pattern, [endpoint]).map((url) => `${methodOf(endpoint)}domain=${pattern} path=${pathOf(url)}`),
  );
  return [...new Set(rules)].sort();
}

const methodOf = ({ method }: Endpoint): string => {
  if (method === "ANY") return "";
  return method === "WS" ? "method=GET " : `method=${method} `;
};

/** Each segment in which something is open, or that a rule could not hold, is a `*`. */
function pathOf(url: string): string {
  const path = foldHoles(url)
    .replace(/^[^/]*\/\/[^/?#]*/, "")
    .replace(/[?#].*$/s, "");
  const segments = path.split("/").map((segment) => (/^[\w.~:@!$&()+;-]*$/.test(segment) ? segment : "*"));
  return segments.join("/") || "/";
}
