import { authorityOf, hostName } from "../../model/host.ts";
import type { Sandbox } from "../../model/signatures/sandbox.ts";
import { foldHoles } from "../../model/template.ts";
import { hasKnownSuffix, registeredDomain } from "../../url/registrable.ts";

/**
 * The host of a URL whose code makes a part of it: `https://api.{region}.example.com/v1` -> `api.*.example.com`. Null
 * where the whole is spelled out, or where what is left names no registered domain (`{host}`, `api.{domain}`).
 */
export function hostPattern(url: string): string | null {
  const authority = authorityOf(url);
  if (authority === null || !authority.includes("{")) return null;
  const folded = hostName(foldHoles(authority).replace(/:(?:\{\}|\d)*$/, "")).toLowerCase();
  const pattern = folded.replaceAll("{}", "*").replace(/\*+/g, "*");
  if (!pattern.includes("*") || !pattern.split(".").every((label) => /^[a-z\d_*-]{1,63}$/.test(label))) return null;
  const rest = literalEnd(pattern);
  return hasKnownSuffix(rest) || registeredDomain(rest) !== null ? pattern : null;
}

/** `a.*.example.com` -> `example.com`. */
const literalEnd = (pattern: string): string => {
  const labels = pattern.split(".");
  const last = labels.findLastIndex((label) => label.includes("*"));
  return labels.slice(last + 1).join(".");
};

/**
 * The pattern as a sandbox reads it; null where it would have to allow names that the code doesn't make, and for
 * addresses it has no entry for.
 */
export function writtenPattern(
  pattern: string,
  { wildcards, ipv6 }: Pick<Sandbox, "wildcards" | "ipv6">,
): string | null {
  if (pattern.startsWith("[")) return ipv6 === true ? pattern : null;
  if (!pattern.includes("*")) return pattern;
  switch (wildcards) {
    case "none":
      return null;
    case "text":
      return pattern;
    case "label":
      return pattern.split(".").every((label) => label === "*" || !label.includes("*")) ? pattern : null;
    case "leading":
      return isLeading(pattern) ? pattern : null;
    case "below":
      return isLeading(pattern) ? literalEnd(pattern) : null;
  }
}

/** `*.example.com`, where one owner has every name below. */
const isLeading = (pattern: string): boolean =>
  pattern.startsWith("*.") && !pattern.includes("*", 1) && registeredDomain(literalEnd(pattern)) !== null;
