import type { EventFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Endpoint, TelemetryEvent } from "../model/report.ts";
import { allGates, sharedGates } from "../model/switches/gates.ts";
import { isHole, printTemplate, templateKey } from "../model/template.ts";
import { compareText, mergeEvidence, sortedUnique } from "./order.ts";
import { HoleNames } from "./urls/hole-names.ts";

/** Two words, or a part that is computed. */
const SEVERAL_WORDS = /[_.:/ {-]|[a-z][A-Z]/;

/**
 * One per name. A single word is an event only on its way to an endpoint: alone it is as often an event of the user
 * interface, or what a hook of the user's own is told. Names without any literal part are left to the caller:
 * `unnamed` counts them. What silences all endpoints that carry an event silences the event.
 * @param carriers ids of endpoints by the `ref` of the requests that make them
 */
export function foldEvents(
  findings: readonly EventFinding[],
  carriers: ReadonlyMap<number, readonly string[]>,
  endpoints: readonly Endpoint[],
): { events: TelemetryEvent[]; unnamed: EventFinding[] } {
  const unnamed = findings.filter(({ name }) => name.every(isHole));
  const named = findings.filter(({ name }) => !name.every(isHole));
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const events = [...grouped(named, ({ name }) => templateKey(name)).values()].map((same) => {
    const printed = same.map(({ name }) => {
      const names = new HoleNames();
      return printTemplate(name.map((piece) => (isHole(piece) ? { ...piece, name: names.name(piece) } : piece)));
    });
    const pipelines = sortedUnique(
      same.flatMap((event) => (event.carriers ?? []).flatMap((ref) => carriers.get(ref) ?? [])),
    );
    const ways = pipelines.map((id) => byId.get(id)?.gates.filter(({ effect }) => effect !== "redirects") ?? []);
    return {
      name: sortedUnique(printed)[0]!,
      fields: sortedUnique(same.flatMap(({ fields }) => fields)),
      pipelines,
      // a way of one pipeline is for that pipeline to say
      gates: allGates([sharedGates(same.map(({ gates }) => gates)), sharedGates(ways)]).filter((gate) => !gate.ways),
      evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
    };
  });
  const sent = events.filter(({ name, pipelines }) => pipelines.length > 0 || SEVERAL_WORDS.test(name));
  return { events: sent.sort((a, b) => compareText(a.name, b.name)), unnamed };
}
