import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Call } from "../ir/expression.ts";
import type { Func } from "../ir/unit.ts";
import type { PipelineFinding } from "../model/finding.ts";
import type { SinkTable } from "../model/signature.ts";
import { bodyValues } from "./bodies.ts";
import type { Callers } from "./callers.ts";
import { dimensionsOf } from "./dimensions.ts";
import type { Emitter } from "./emitters.ts";
import type { EventObject } from "./events.ts";
import type { FlagReaders } from "./flags.ts";
import { flagsAround } from "./pipeline-flags.ts";
import { type Reach, type RequestSite, requestsReached } from "./reach.ts";
import { RhythmReader } from "./rhythm.ts";
import { SettingReader } from "./settings.ts";
import { sinkCalls } from "./sink-calls.ts";
import type { SinkIndex } from "./sink-index.ts";
import { spoolsOf } from "./spool.ts";

export interface PipelineSearch {
  ev: Evaluator;
  callers: Callers;
  flags: FlagReaders;
  sinks: SinkIndex;
  tables: readonly SinkTable[];
  sites: readonly RequestSite[];
}

/** Of each request that carries events: what goes with all of them, how many go at once and when, and who may stop it. */
export function findPipelines(
  search: PipelineSearch,
  carriers: ReadonlySet<number>,
  emitters: readonly Emitter[],
  objects: readonly EventObject[],
): PipelineFinding[] {
  const { ev, callers, flags, tables, sites } = search;
  const hints = tables.flatMap((t) => t.batching ?? []);
  const rhythms = new RhythmReader(ev, callers, new SettingReader(ev, callers, flags), hints);
  const told = groupByCarrier(search, emitters);
  const made = groupByCarrier(search, objects);
  return [...carriers].map((carrier): PipelineFinding => {
    const own = sites.filter(({ request }) => request.ref === carrier);
    const calls = [...new Set(own.flatMap(({ call, path }) => [call, ...path]))];
    const through = told.get(carrier) ?? [];
    const places = through.flatMap(({ name, fields }) => [name, ...fields]);
    const bodies = [...new Set(own.map(({ call }) => call))].flatMap((call) =>
      ev.ask(null, () =>
        sinkCalls(ev, search.sinks, call).calls.flatMap((c) => dimensionsOf(ev, bodyValues(ev, c), places)),
      ),
    );
    const given = (made.get(carrier) ?? []).flatMap((o) => ev.ask(null, () => dimensionsOf(ev, o.values(), o.own)));
    return {
      carrier,
      dimensions: [...bodies, ...given],
      ...rhythms.of(calls),
      flags: flagsAround(ev, flags, [...calls, ...callsBetween(callers, through)]),
      spool: spoolsOf(ev, callers, hints, calls),
    };
  });
}

function groupByCarrier<T extends { reach: readonly Reach[] }>(
  { callers, sites }: PipelineSearch,
  all: readonly T[],
): Map<number, T[]> {
  const groups = new Map<number, Set<T>>();
  for (const one of all) {
    for (const r of new Set(one.reach)) {
      for (const { ref } of requestsReached(callers, r, sites))
        if (ref !== undefined) groups.set(ref, (groups.get(ref) ?? new Set()).add(one));
    }
  }
  return new Map([...groups].map(([ref, set]) => [ref, [...set]]));
}

/** Calls of one emitter in another: the way of an event to its request. */
function callsBetween(callers: Callers, emitters: readonly Emitter[]): Call[] {
  const functions = new Set(emitters.map(({ f }) => f));
  return [...functions].flatMap((f) =>
    callers
      .of(f)
      .map(({ call }) => call)
      .filter(({ within }) => isInAny(within, functions)),
  );
}

function isInAny(f: Func | null, functions: ReadonlySet<Func>): boolean {
  for (let g = f; g !== null; g = g.outer) if (functions.has(g)) return true;
  return false;
}
