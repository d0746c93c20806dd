import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call } from "../../ir/expression.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import { grouped } from "../../model/group.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { ContextChain } from "../calls/context-queue.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import { caseSplits } from "./correlated-arguments.ts";
import { type IsTold, partsOfUrls } from "./products.ts";

/** A sink under one chain of callers; `final`: none of them can fill what is open. */
export interface Sighting {
  call: Call;
  c: SinkCall;
  at: Pick<ContextChain, "context" | "path">;
  final: boolean;
}

interface Telling {
  isTold: IsTold;
  /** Steps of the evaluator before it began. */
  before: number;
  /** What the call sends, under what the evaluator assumes. */
  find: () => UngatedRequest[];
  log: DiagnosticLog;
}

/**
 * The same requests under each way in which the code around the call can run; null where no choice tells them apart.
 */
export function toldApart(
  ev: Evaluator,
  { c, at }: Sighting,
  { isTold, before, find, log }: Telling,
): UngatedRequest[] | null {
  const args = c.args.flatMap((a) => ("expression" in a ? [a.expression] : []));
  for (const ways of caseSplits(ev, args, at.context)) {
    if (ev.steps - before > FIND_BOUNDS.caseSteps) {
      log.add("cut-fuel", `a call whose ways take more than ${FIND_BOUNDS.caseSteps} steps to tell apart`);
      break;
    }
    const each = ways.flatMap((context) => ev.ask(context, find));
    if (isTold(each)) return each;
  }
  return null;
}

interface Sightings {
  sightings: ReadonlyMap<ContextChain | undefined, Sighting>;
  find: (ev: Evaluator, sighting: Sighting) => UngatedRequest[];
  log: DiagnosticLog;
}

/**
 * Parts of one URL that hang on one thing, told apart. Asked once all callers were followed, so that the search for
 * these costs as much as without it.
 */
export function withoutProducts<T extends { request: UngatedRequest; chain?: ContextChain }>(
  ev: Questions,
  found: readonly T[],
  { sightings, find, log }: Sightings,
): T[] {
  const before = ev.steps;
  return [...grouped(found, ({ chain }) => chain)].flatMap(([chain, each]) => {
    const sighting = sightings.get(chain);
    const isTold = partsOfUrls(each.map(({ request }) => request));
    if (sighting === undefined || isTold === null || ev.steps - before > FIND_BOUNDS.caseSteps) return each;
    const told = ev.ask(sighting.at.context, (ev) =>
      toldApart(ev, sighting, { isTold, before, find: () => find(ev, sighting), log }),
    );
    return told?.map((request) => ({ ...each[0]!, request })) ?? each;
  });
}
