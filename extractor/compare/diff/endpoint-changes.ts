import type { Change, EndpointAspect } from "../../model/diff.ts";
import type { Endpoint } from "../../model/report.ts";
import { gateText } from "../../model/switches/gates.ts";
import { foldHoles } from "../../model/template.ts";
import { change } from "./changes.ts";

/**
 * What differs between two versions of one endpoint. Evidence, confidence and the names of open parts say nothing
 * about what is sent.
 */
export function endpointChanges(before: Endpoint, after: Endpoint): Change<EndpointAspect>[] {
  const one = (aspect: EndpointAspect, text: (endpoint: Endpoint) => string | null) =>
    change(aspect, [text(before) ?? "none"], [text(after) ?? "none"]);
  const many = (aspect: EndpointAspect, texts: (endpoint: Endpoint) => string[], key?: (text: string) => string) =>
    change(aspect, texts(before), texts(after), key);
  return [
    ...many("url", ({ url, alternatives }) => [url, ...alternatives], foldHoles),
    ...one("method", ({ method }) => method),
    ...one("kind", ({ kind }) => kind),
    ...one("channel", ({ channel }) => channel),
    ...one("vendor", ({ vendor }) => vendor),
    ...many("dataClasses", ({ dataClasses }) => dataClasses),
    ...many(
      "headers",
      ({ headers }) => headers,
      (name) => foldHoles(name).toLowerCase(),
    ),
    ...many("credentials", ({ credentials }) => credentials),
    ...many("gates", ({ gates }) => gates.map(gateText)),
    ...many("sources", sources, foldHoles),
    ...one("ifBlocked", ({ ifBlocked: { effect, reason } }) => `${effect}: ${reason}`),
  ];
}

/** Names of parameters, loops and unknowns change with the minifier; these don't. */
const NAMED = new Set(["env", "config", "flag", "response"]);

const sources = ({ holes }: Endpoint): string[] =>
  Object.entries(holes).flatMap(([name, { kind, from }]) =>
    NAMED.has(kind) ? [`${kind} ${name}${from === undefined ? "" : ` from ${from}`}`] : [],
  );
