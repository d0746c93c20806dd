import { printTemplate, type Template } from "../../model/template.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/** Without connections that are opened to make requests on, where a request to the same host is known. */
export function withoutOpened(requests: readonly UngatedRequest[]): readonly UngatedRequest[] {
  if (!requests.some(({ opens }) => opens)) return requests;
  const asked = new Set(requests.flatMap(({ opens, urls }) => (opens ? [] : urls.map(originOf))));
  return requests.filter(({ opens, urls }) => !opens || !urls.every((url) => asked.has(originOf(url))));
}

const originOf = (url: Template): string => /^[^/]*(?:\/\/[^/?#]*)?/.exec(printTemplate(url))![0];
