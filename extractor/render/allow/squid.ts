import { pathPattern } from "../blocklist/squid.ts";
import { urlsOn } from "../blocklist/words.ts";
import type { AllowListRender } from "./form.ts";
import type { AllowPlan } from "./plan.ts";
import { commented, type Written, written } from "./words.ts";

const NAMES = "endpoint_extractor_allowed_names";
const PATTERNS = "endpoint_extractor_allowed_patterns";
const ADDRESSES = "endpoint_extractor_allowed_addresses";
const TELEMETRY = "endpoint_extractor_telemetry";

/** Access lists and rules, the last of which denies the rest. Paths need a proxy that decrypts. */
export const renderSquidAllowList: AllowListRender = (plan, sandbox) => {
  const all = written(plan, sandbox);
  const lists = [NAMES, PATTERNS, ADDRESSES].filter((name) => all.some((one) => listOf(one) === name));
  const paths = plan.choice.withPaths ? telemetryPaths(plan) : [];
  return commented(plan, sandbox, {
    howto: ["Include in squid.conf before the first http_access allow. It denies everything that it doesn't allow."],
    entry: (one) => [`acl ${listOf(one)} ${conditionOf(one)}`],
    after: [
      ...paths.map((pattern) => `acl ${TELEMETRY} url_regex ${pattern}`),
      ...(paths.length > 0 ? [`http_access deny ${TELEMETRY}`] : []),
      ...lists.map((name) => `http_access allow ${name}`),
      "http_access deny all",
    ],
  });
};

function listOf({ host: { kind, pattern } }: Written): string {
  if (kind !== "name") return ADDRESSES;
  return pattern.includes("*") ? PATTERNS : NAMES;
}

function conditionOf({ text, host: { kind } }: Written): string {
  if (kind !== "name") return `dst ${text.replace(/[[\]]/g, "")}`;
  if (!text.includes("*")) return `dstdomain ${text}`;
  return `dstdom_regex ^${text.replaceAll(".", "[.]").replaceAll("*", "[a-z0-9_.-]+")}$`;
}

/** For a squid with ssl_bump: no other sees them. */
const telemetryPaths = ({ hosts }: AllowPlan): string[] =>
  [...new Set(hosts.flatMap(({ pattern, unwanted }) => urlsOn(pattern, unwanted).map(pathPattern)))].sort();
