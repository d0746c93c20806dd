import type { Values } from "../../evaluate/domain/value.ts";
import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call, ObjectExpr } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import type { EventCall } from "../../model/signatures/telemetry-hints.ts";
import { parameterPlace } from "../calls/parameter-place.ts";
import type { DroppedNames } from "./dropped-names.ts";
import type { Emission, EventObject } from "./emission.ts";
import type { Emitters } from "./emitters.ts";
import type { LibraryTransports } from "./library-transports.ts";
import { nameIn } from "./log-records.ts";

export interface EventCallSearch {
  ev: Questions;
  carriers: LibraryTransports;
  dropped: DroppedNames;
  emitters: Emitters;
  objects: EventObject[];
}

/**
 * Calls of a method, on whatever it is called, and of variables that hold it: `const { track } = client;
 * track("a_b")`.
 */
export function callsOfMethod(program: Program, { callee, least = 1, requires = [] }: EventCall): Call[] {
  if (callee === "*") return callsGiven(program, requires);
  const { callsOfMember, callsOf, destructuredFrom } = program;
  const name = callee.slice(2);
  const held = (destructuredFrom.get(name) ?? []).flatMap((v) => callsOf.get(v) ?? []);
  return [...(callsOfMember.get(name) ?? []), ...held].filter(
    (call) => !call.construct && call.arguments.length >= least,
  );
}

/** Calls of whatever is given an object with such members first: a bundler has renamed the function. */
const callsGiven = ({ objects }: Program, members: readonly string[]): Call[] =>
  objects.flatMap(({ kind, of, expression: e }) =>
    kind === "argument" && of.arguments[0] === e && e.kind === "object" && members.every((key) => hasMember(e, key))
      ? [of]
      : [],
  );

const hasMember = ({ members }: ObjectExpr, key: string): boolean =>
  members.some((m) => m.kind === "value" && m.key === key);

/** What calls of a client's method tell; nothing where the program has no such client. */
export function emissionsOf(search: EventCallSearch, eventCall: EventCall): Emission[] {
  const { ev, carriers } = search;
  if (eventCall.name === undefined) return [];
  if (eventCall.ofClient && carriers.at(eventCall.carriers ?? []).length === 0) return [];
  return callsOfMethod(ev.program, eventCall).flatMap((call) => emissionOf(search, call, eventCall));
}

/** A name that its function is told makes an emitter of the function; any other is said here. */
function emissionOf(
  { ev, carriers, dropped, emitters, objects }: EventCallSearch,
  call: Call,
  eventCall: EventCall,
): Emission[] {
  const { fields, requires = [], ofClient = false } = eventCall;
  const args = argumentsOf(call, null);
  const record = (ev: Evaluator) => argument(ev, args, 0).filter((v) => v.kind === "object");
  const named = (ev: Evaluator): Values =>
    typeof eventCall.name === "number" ? argument(ev, args, eventCall.name) : nameIn(ev, record(ev), eventCall.name!);
  const carried = (ev: Evaluator): Values => {
    if (fields === undefined) return [];
    if (typeof fields === "number") return args.length > fields ? argument(ev, args, fields) : [];
    return fields === "." ? record(ev) : memberOf(ev, record(ev), fields);
  };
  const isEvent = ev.ask(null, (ev) => {
    const members = requires.length === 0 ? [] : record(ev).flatMap((v) => memberNames(ev, v));
    return requires.every((name) => members.includes(name));
  });
  if (!isEvent) return [];
  if (ofClient && typeof eventCall.name === "number" && dropped.isDropped(call, eventCall.name)) return [];
  const flows = carriers.of(call, eventCall);
  if (flows === null) return [];
  const never = carriers.carryingOthers(eventCall);
  const { places, payload } = ev.ask(null, (ev) => ({
    places: named(ev).flatMap((v) => parameterPlace(v) ?? []),
    payload: carried(ev).flatMap((v) => {
      const whole = parameterPlace(v);
      const members = () =>
        memberNames(ev, v).flatMap((key) => memberOf(ev, [v], key).flatMap((x) => parameterPlace(x) ?? []));
      return whole === null || !ofClient ? members() : [whole];
    }),
  }));
  let told = false;
  for (const place of places) {
    const own = payload.filter((p) => p.func === place.func && (p.index !== place.index || p.member !== place.member));
    if (own.length === 0) continue;
    emitters.add({ name: place, fields: own, flows, isSure: ofClient, never });
    objects.push({ values: record, own: [place, ...own], flows });
    told = true;
  }
  return told ? [] : [{ call, name: named, fields: carried, emitter: null, flows, isSure: ofClient, never }];
}
