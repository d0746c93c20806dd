/** UTC, ISO 8601; null for what is no date. */
export function dateOf(time: unknown): string | null {
  const at = new Date(typeof time === "string" ? time : Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Subresource-integrity string of a tarball; null where the registry gives no digest. */
export const integrityOf = (dist: { integrity?: string; shasum?: string }): string | null =>
  dist.integrity || (dist.shasum ? `sha1-${Buffer.from(dist.shasum, "hex").toString("base64")}` : null);
