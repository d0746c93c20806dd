import type { Confidence } from "../../model/report.ts";
import type { Template } from "../../model/template.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";
import { hasHost } from "../sinks/url.ts";

/** How surely a call sends to the addresses that were found for it. */
export function confidenceOf(urls: Template[], { client }: SinkCall): Confidence {
  if (client === null) return "low";
  if (urls[0] === undefined || !hasHost(urls[0])) return "partial";
  return urls.length > 1 ? "alternatives" : "exact";
}
