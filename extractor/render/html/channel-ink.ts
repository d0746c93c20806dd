/** Channels keep their colour from page to page; those not listed share one of the others. */
const ORDER = [
  "model-api",
  "product-analytics",
  "opentelemetry",
  "third-party-logs",
  "identity",
  "feature-flags",
  "local-helper",
  "updates",
  "mcp-plugins",
  "other",
];

/** 0 to 9, as in the classes of the style. */
export function channelInk(channel: string): number {
  const known = ORDER.indexOf(channel);
  if (known !== -1) return known;
  return [...channel].reduce((sum, character) => sum + character.codePointAt(0)!, 0) % ORDER.length;
}
