import { hostName, isLoopback, spelledAuthority } from "../../model/host.ts";
import { printTemplate, type Template } from "../../model/template.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/**
 * Without connections that are opened to make requests on, where a request to the same host is known, whatever the
 * port; or where the host is any that a caller says, and this machine if none does.
 */
export function withoutOpened(requests: readonly UngatedRequest[]): readonly UngatedRequest[] {
  if (!requests.some(({ opens }) => opens)) return requests;
  const asked = new Set(requests.flatMap(({ opens, urls }) => (opens ? [] : urls.map(hostOf))));
  return requests.filter(({ opens, urls }) => {
    if (!opens) return true;
    const others = urls.map(hostOf).filter((host) => host === null || !asked.has(host));
    const named = others.filter((host) => host !== null);
    const isLocalUnlessTold = named.length > 0 && named.length < others.length && named.every(isLoopback);
    return others.length > 0 && !isLocalUnlessTold;
  });
}

/** Null where it isn't spelled out. */
function hostOf(url: Template): string | null {
  const authority = spelledAuthority(printTemplate(url));
  return authority === null ? null : hostName(authority);
}
