import type { EndpointKind, Method } from "../../model/report.ts";
import { getDomain } from "../../url/public-suffixes.ts";

/** What rules of signatures/ are asked about. All texts folded: holes are `{}`. */
export interface Address {
  kind: EndpointKind;
  method: Method;
  scheme: string | null;
  /** With port where one is given. */
  host: string;
  path: string;
}

const HOLE_IN_LABEL = "xholex";

/**
 * The domain somebody registered, or null: an address, a name without one, or a template with a hole in it.
 * @param host folded, with or without port
 */
function registrableDomain(host: string): string | null {
  const name = bareHost(host);
  const registrable = getDomain(name.replaceAll("{}", HOLE_IN_LABEL));
  return registrable === null || registrable.includes(HOLE_IN_LABEL) ? null : registrable;
}

/** Without port and the root's dot. */
export const bareHost = (host: string) => host.replace(/:[^:\]]*$/, "").replace(/\.$/, "");

/**
 * Does the host belong to the domain? Whole labels, and never by a suffix that anybody can register under.
 * @param host folded, as bareHost gives it
 * @param domain as in a vendor's file
 */
export function belongsTo(host: string, domain: string): boolean {
  if (host !== domain && !host.endsWith(`.${domain}`)) return false;
  const registrable = registrableDomain(host);
  return registrable !== null && (domain === registrable || domain.endsWith(`.${registrable}`));
}
