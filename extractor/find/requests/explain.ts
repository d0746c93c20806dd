import { type Questions, questionsOf } from "../../evaluate/engine/questions.ts";
import { TracingEvaluator } from "../../evaluate/engine/tracing-evaluator.ts";
import { RUNTIME } from "../../evaluate/natives/runtime.ts";
import type { Call } from "../../ir/expression.ts";
import { filesOf } from "../../ir/owners.ts";
import type { Program } from "../../ir/program.ts";
import { DiagnosticLog } from "../../model/diagnostic.ts";
import type { ExplainedRequest, Place, Step } from "../../model/explanation.ts";
import type { EndpointKind } from "../../model/report.ts";
import type { SinkTable } from "../../model/signatures/sink.ts";
import { printTemplate } from "../../model/template.ts";
import { Callers } from "../calls/callers.ts";
import type { Locate } from "../calls/evidence.ts";
import { prepare } from "../prepared-program.ts";
import { programsOf } from "../processes/spawned-programs.ts";
import { methodsOf } from "../sinks/method.ts";
import { candidates, type SinkCall, sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import { urlValuesOf } from "../sinks/url.ts";
import { GateRequests, type UngatedRequest } from "../switches/gate-requests.ts";
import { derivation, type OpenStep } from "./derivation.ts";
import { findRequests } from "./requests.ts";

interface OpenDerivation {
  request: UngatedRequest;
  sink: string;
  call: Call;
  callers: readonly Call[];
  url: OpenStep[];
  method: OpenStep[];
}

/** Looks once more at the calls that stand at these places, and takes down where each part of the URL comes from. */
export function explainRequests(
  { program, tables, locate }: { program: Program; tables: readonly SinkTable[]; locate: Locate },
  places: readonly Place[],
  kind: EndpointKind,
): ExplainedRequest[] {
  // what is cut a second time was counted the first time
  const log = new DiagnosticLog();
  const { options, sinks } = prepare(program, tables, { log });
  const ev = new TracingEvaluator(options, RUNTIME);
  const plain = questionsOf(options);
  const calls = new Set(callsAt(program, places, locate));
  const found: OpenDerivation[] = [];
  findRequests({
    ev,
    callers: new Callers(plain),
    gates: new GateRequests(),
    sinks,
    locate,
    log,
    // a wrapper that is told a program is known by the call it wraps
    only: kind === "request" || kind === "socket" ? calls : [...calls, ...runsOfPrograms(plain, sinks)],
    onFound: ({ request, call, path }, c) => {
      if (calls.has(call)) found.push({ ...stepsOf(ev, request, c), call, callers: path });
    },
  });
  return located(found, program, locate);
}

function* runsOfPrograms(ev: Questions, sinks: SinkIndex): Iterable<Call> {
  for (const call of candidates(ev, sinks)) {
    const invoked = ev.ask(null, (ev) => sinkCalls(ev, sinks, call));
    if (invoked.calls.some(({ found }) => found.sink.programs !== undefined)) yield call;
  }
}

function* callsAt(program: Program, places: readonly Place[], locate: Locate): Iterable<Call> {
  const key = ({ line, column }: Pick<Place, "line" | "column">) => `${line}:${column}`;
  const wanted = new Map<string, Set<string>>();
  for (const { file, ...at } of places) wanted.set(file, (wanted.get(file) ?? new Set()).add(key(at)));
  for (const unit of program.units) {
    const here = wanted.get(unit.file);
    if (here !== undefined) for (const call of unit.calls) if (here.has(key(locate(unit.file, call.at)))) yield call;
  }
}

function stepsOf(ev: TracingEvaluator, request: UngatedRequest, c: SinkCall) {
  const { sink } = c.found;
  const url = ev.record(() => (sink.programs ? programsOf(ev, c) : urlValuesOf(ev, c)));
  const method = typeof sink.method === "string" ? [] : ev.record(() => methodsOf(ev, c));
  const names = [request.method, request.method.toLowerCase()];
  const named = method.filter(({ values }) =>
    values.some((v) => v.kind === "text" && names.includes(printTemplate(v.parts))),
  );
  return {
    request,
    sink: sink.construct ? `new ${sink.callee}` : sink.callee,
    url: derivation(url, request.urls.map(printTemplate)),
    method: derivation(named, names),
  };
}

/** Positions for offsets: the files of expressions are looked up once for all steps. */
function located(found: readonly OpenDerivation[], program: Program, locate: Locate): ExplainedRequest[] {
  const homeless = new Set<object>();
  const collect = ({ at, from }: OpenStep): void => {
    if (at.unit === null) homeless.add(at.of);
    from.forEach(collect);
  };
  for (const { url, method } of found) [...url, ...method].forEach(collect);
  const files = filesOf(program, homeless);
  const placeOf = (file: string, offset: number): Place => ({ file, ...locate(file, offset) });
  const ofCall = (call: Call) => placeOf(call.unit.file, call.at);
  return found.map(({ request, sink, call, callers, url, method }) => {
    const step = ({ what, value, at, from }: OpenStep): Step => ({
      what,
      value,
      place: placeOf(at.unit?.file ?? files.get(at.of) ?? call.unit.file, at.offset),
      from: from.map(step),
    });
    return {
      request: { ...request, gates: [] },
      derivation: {
        sink,
        place: ofCall(call),
        callers: callers.map(ofCall),
        otherCallers: 0,
        url: url.map(step),
        method: method.map(step),
      },
    };
  });
}
