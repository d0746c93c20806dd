import type { Apart } from "../model/apart.ts";
import type { BlockEffect } from "../model/report.ts";
import type { Signatures, Vendor, VendorRule } from "../model/signatures/signature.ts";
import { type Address, bareHost, belongsTo } from "./urls/address.ts";
import { anyOf, hostMatches, pathMatches } from "./urls/pattern.ts";

export interface ChannelVerdict {
  channel: string;
  vendor: string | null;
  /** What such requests carry by their nature. */
  dataClasses: readonly string[];
  ifBlocked: { effect: BlockEffect; reason: string };
  /** Null: the program's own, as far as the address says. */
  apart: Apart | null;
}

/** Where nothing is known. */
export const FALLBACK_CHANNEL = "other";
const MODEL = "model-api";

/** Whose address it is and what it is for: the vendor's rules, then those for every host, then the vendor's default. */
export function judge(address: Address, signatures: Signatures): ChannelVerdict {
  const vendor = vendorOf(address.host, signatures.vendors);
  const own = vendor?.rules.filter((rule) => !isDefault(rule)) ?? [];
  const rule =
    own.find((candidate) => ruleMatches(candidate, address)) ??
    signatures.generic.rules.find((candidate) => ruleMatches(candidate, address)) ??
    vendor?.rules.find(isDefault);
  const channel = signatures.channels.find(({ id }) => id === (rule?.channel ?? FALLBACK_CHANNEL));
  return {
    channel: channel?.id ?? FALLBACK_CHANNEL,
    vendor: vendor?.id ?? null,
    dataClasses: rule?.dataClasses ?? (carriesBody(address) ? (channel?.dataClasses ?? []) : []),
    ifBlocked: rule?.ifBlocked ??
      channel?.ifBlocked ?? { effect: "degrades", reason: "the function behind it stops working" },
    apart: rule?.apart ?? null,
  };
}

/** The longest domain wins: a product with its own domain below the company's. */
export function vendorOf(address: string, vendors: readonly Vendor[]): Vendor | null {
  const host = bareHost(address);
  let best: Vendor | null = null;
  let length = 0;
  for (const vendor of vendors)
    for (const domain of vendor.domains)
      if (domain.length > length && belongsTo(host, domain)) {
        best = vendor;
        length = domain.length;
      }
  return best;
}

/** A path by which an interface to a model is known, whoever serves it. */
export const isModelPath = (path: string, { generic }: Pick<Signatures, "generic">): boolean =>
  generic.rules.some(
    (rule) =>
      rule.channel === MODEL &&
      rule.host === undefined &&
      rule.path !== undefined &&
      anyOf(rule.path, path, pathMatches),
  );

export function ruleMatches(rule: VendorRule, { kind, method, scheme, host, path }: Address): boolean {
  const is = (pattern: string, text: string) => pattern === text;
  return (
    anyOf(rule.kind, kind, is) &&
    anyOf(rule.method, method, is) &&
    (rule.scheme === undefined || anyOf(rule.scheme, scheme ?? "", is)) &&
    anyOf(rule.host, host, hostMatches) &&
    anyOf(rule.path, path === "" ? "/" : path, pathMatches)
  );
}

const isDefault = ({ host, path, scheme, method, kind }: VendorRule) => !(host || path || scheme || method || kind);

/** A page in a browser and a plain read send little more than their URL. */
const carriesBody = ({ kind, method }: Address) =>
  kind !== "browser" && method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
