import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { type ClassDef, classOf } from "../../ir/unit.ts";
import { type CallSite, withArguments } from "./call-site.ts";

const LISTENS = new Set(["on", "once", "addListener", "prependListener"]);

export const isListening = ({ callee: f }: Call): boolean => f.kind === "member" && LISTENS.has(f.property);

/**
 * `bus.on("name", f)`: f gets what every `bus.emit("name", …)` of the same emitter gives, and what a method of its
 * class gives with `this.emit("name", …)`.
 * @param isMadeOf may the emitter be an object of a class?
 */
export function emittedTo(
  program: Program,
  { callee: f, arguments: [name] }: Call,
  isMadeOf: (emitter: Expr, c: ClassDef) => boolean,
): CallSite[] {
  if (f.kind !== "member" || name?.kind !== "literal") return [];
  const bus = f.object.kind === "ref" ? canonical(f.object.variable) : null;
  return (program.callsOfMember.get("emit") ?? []).flatMap((call) => {
    const [first] = call.arguments;
    if (call.callee.kind !== "member" || first?.kind !== "literal" || first.value !== name.value) return [];
    const { object } = call.callee;
    const c = object.kind === "this" ? classOf(object.func) : null;
    const isSame = bus !== null && object.kind === "ref" && canonical(object.variable) === bus;
    if (!isSame && (c === null || !isMadeOf(f.object, c))) return [];
    return [withArguments(call, argumentsOf(call, null).slice(1))];
  });
}
