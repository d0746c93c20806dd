import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import type { PipelineFinding } from "../../model/finding.ts";
import type { SinkTable } from "../../model/signatures/sink.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { type EventFlow, type RequestSite, requestsOfFlow } from "../requests/carried-by.ts";
import { bodyValues } from "../sinks/body.ts";
import { sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import type { FlagReaders } from "../switches/flag-reads.ts";
import type { EventObject } from "../telemetry/emission.ts";
import type { Emitter } from "../telemetry/emitters.ts";
import type { EnvelopeRecord, EnvelopeShapes } from "../telemetry/envelopes.ts";
import { BatchingReader } from "./batching.ts";
import { dimensionsOf } from "./dimensions.ts";
import { SettingReader } from "./numeric-settings.ts";
import { flagsAround } from "./pipeline-flags.ts";
import { retryFilesOf } from "./retry-files.ts";

export interface PipelineSearch {
  ev: Questions;
  callers: Callers;
  flags: FlagReaders;
  sinks: SinkIndex;
  tables: readonly SinkTable[];
  sites: readonly RequestSite[];
  envelopes: EnvelopeShapes;
}

/** What is known of the events that requests carry. */
export interface CarriedEvents {
  /** `ref` of the requests. */
  carriers: ReadonlySet<number>;
  emitters: readonly Emitter[];
  objects: readonly EventObject[];
  records: readonly EnvelopeRecord[];
}

/**
 * Of each request that carries events: what goes with all of them, how many go at once and when, and who may stop it.
 */
export function findPipelines(
  search: PipelineSearch,
  { carriers, emitters, objects, records }: CarriedEvents,
): PipelineFinding[] {
  const { ev, callers, flags, tables, sites } = search;
  const hints = tables.flatMap((t) => t.batching ?? []);
  const lists = tables.flatMap((t) => t.emitters?.lists ?? []).map((text) => new RegExp(text, "i"));
  const rhythms = new BatchingReader(ev, callers, new SettingReader(ev, callers, flags), hints);
  const told = groupByCarrier(search, emitters);
  const made = groupByCarrier(search, objects);
  const enveloped = groupByCarrier(search, records);
  const pathsIn = (members: readonly string[]) => search.envelopes.pathsIn(members);
  return [...carriers].map((carrier): PipelineFinding => {
    const own = sites.filter(({ request }) => request.ref === carrier);
    const calls = [...new Set(own.flatMap(({ call, path }) => [call, ...path]))];
    const through = told.get(carrier) ?? [];
    const places = through.flatMap(({ name, fields }) => [name, ...fields]);
    const bodyOf = (call: Call, context: CallingContext | null) =>
      ev.ask(context, (ev) =>
        sinkCalls(ev, search.sinks, call).calls.flatMap((c) =>
          dimensionsOf(ev, bodyValues(ev, c), { places, lists, pathsIn }),
        ),
      );
    const bodies = [...new Set(own.map(({ call }) => call))].flatMap((call) => bodyOf(call, null));
    const given = (made.get(carrier) ?? []).flatMap((o) =>
      ev.ask(null, (ev) => dimensionsOf(ev, o.values(ev), { places: o.own, lists, pathsIn })),
    );
    const handed = farthest(enveloped.get(carrier) ?? []).flatMap((flow) =>
      bodyOf(flow.call, contextOf(callers, flow)),
    );
    return {
      carrier,
      dimensions: [...bodies, ...given, ...handed],
      ...rhythms.of(calls),
      flags: flagsAround(ev, flags, [
        ...calls,
        ...callsOnTheWay(search, through, carrier),
        ...callsBetween(callers, through),
      ]),
      spool: retryFilesOf(ev, callers, hints, calls),
    };
  });
}

/** The longest ways, which say most of what each function on them is given. */
function farthest(records: readonly EnvelopeRecord[]): EventFlow[] {
  const ways = [...new Set(records.flatMap(({ flows }) => flows))];
  return ways.sort((a, b) => b.path.length - a.path.length).slice(0, FIND_BOUNDS.eventPaths);
}

/** The calls on the way, as a chain of callers. */
function contextOf(callers: Callers, { path }: EventFlow): CallingContext | null {
  let context: CallingContext | null = null;
  for (const { func: f, call } of path) {
    const site = callers.of(f).find((s) => s.call === call);
    if (site !== undefined) context = callers.contexts.extend(context, f, site);
  }
  return context;
}

function groupByCarrier<T extends { flows: readonly EventFlow[] }>(
  { callers, sites }: PipelineSearch,
  all: readonly T[],
): Map<number, T[]> {
  const groups = new Map<number, Set<T>>();
  for (const one of all) {
    for (const r of new Set(one.flows)) {
      for (const { ref } of requestsOfFlow(callers, r, sites))
        if (ref !== undefined) groups.set(ref, (groups.get(ref) ?? new Set()).add(one));
    }
  }
  return new Map([...groups].map(([ref, set]) => [ref, [...set]]));
}

/** Calls through which names come to one request and not to others. */
function callsOnTheWay({ callers, sites }: PipelineSearch, emitters: readonly Emitter[], carrier: number): Call[] {
  const flows = new Set(emitters.flatMap((emitter) => emitter.flows).filter(({ path }) => path.length > 0));
  return [...flows]
    .filter((r) => requestsOfFlow(callers, r, sites).some(({ ref }) => ref === carrier))
    .flatMap(({ path }) => path.map(({ call }) => call));
}

/** Calls that hand on the name they were told: the way of an event to its request. */
function callsBetween(callers: Callers, emitters: readonly Emitter[]): Call[] {
  const between: Call[] = [];
  const seen = new Set<Func>();
  const queue = emitters.map(({ func: f, name }) => ({ func: f, index: name.index }));
  for (let at = queue.pop(); at !== undefined && seen.size < FIND_BOUNDS.nameRelays; at = queue.pop()) {
    if (seen.has(at.func)) continue;
    seen.add(at.func);
    for (const { call, frame } of callers.of(at.func)) {
      const given = frame.args?.[at.index];
      const told = given && "expression" in given ? parameterIn(given.expression, call.within) : null;
      if (told === null) continue;
      between.push(call);
      queue.push(told);
    }
  }
  return between;
}

/** The parameter of a function around the place that an expression, or a member of it, is. */
function parameterIn(e: Expr, within: Func | null): { func: Func; index: number } | null {
  if (e.kind === "object") {
    for (const m of e.members) {
      const found = m.kind === "value" ? parameterIn(m.value, within) : null;
      if (found !== null) return found;
    }
  }
  if (e.kind === "member") return parameterIn(e.object, within);
  if (e.kind !== "ref") return null;
  const v = canonical(e.variable);
  for (let f = within; f !== null; f = f.outer) {
    const i = f.paramVariables.indexOf(v);
    if (i >= 0) return { func: f, index: i };
  }
  return null;
}
