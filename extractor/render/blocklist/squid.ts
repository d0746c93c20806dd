import { templateRegExp } from "../../model/template.ts";
import { renderLines } from "./lines.ts";
import type { BlockPlan } from "./plan.ts";
import { urlsOn } from "./words.ts";

const NAMES = "endpoint_extractor_names";
const ADDRESSES = "endpoint_extractor_addresses";
const PATHS = "endpoint_extractor_paths";

/**
 * Access lists and the rules that deny them. Paths of shared hosts are there if asked for: they need a proxy that
 * decrypts.
 */
export const renderSquid = (plan: BlockPlan): string =>
  renderLines(plan, {
    comment: "#",
    howto: ["Include in squid.conf before the first http_access allow."],
    entry: ({ host, kind }) =>
      kind === "name" ? `acl ${NAMES} dstdomain ${host}` : `acl ${ADDRESSES} dst ${host.replace(/[[\]]/g, "")}`,
    rules: ({ blocked }) => [
      ...(blocked.some(({ kind }) => kind === "name") ? [`http_access deny ${NAMES}`] : []),
      ...(blocked.some(({ kind }) => kind !== "name") ? [`http_access deny ${ADDRESSES}`] : []),
    ],
  }) + (plan.choice.withPaths ? pathRules(plan) : "");

/** `^https://host/path/[^/?#]+` of each unwanted path: only a squid with ssl_bump sees them. */
function pathRules({ shared }: BlockPlan): string {
  const patterns = new Set(shared.flatMap(({ host, unwanted }) => urlsOn(host, unwanted).map(pathPattern)));
  if (patterns.size === 0) return "";
  const rules = [...patterns].sort().map((pattern) => `acl ${PATHS} url_regex ${pattern}`);
  return [
    "#",
    "# Paths of the shared hosts, for a proxy with ssl_bump:",
    ...rules,
    `http_access deny ${PATHS}`,
    "",
  ].join("\n");
}

/** Spaces and controls would end the pattern, and squid knows no `\/`. */
export function pathPattern(url: string): string {
  const bare = url.replace(/\?.*$/s, "");
  const pattern = templateRegExp(bare).source.replaceAll("\\/", "/").replace(/\$$/, "([?]|$)");
  return pattern.replace(/[^\x21-\x7e]/g, ".");
}
