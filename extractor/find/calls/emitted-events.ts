import type { Call } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { argumentOf, type CallSite, withArguments } from "./call-site.ts";

const LISTENS = new Set(["on", "once", "addListener", "prependListener"]);

export const isListening = ({ callee: f }: Call): boolean => f.kind === "member" && LISTENS.has(f.property);

/** `bus.on("name", f)`: f gets what every `bus.emit("name", …)` of the same emitter gives. */
export function emittedTo(program: Program, { callee: f, arguments: [name] }: Call): CallSite[] {
  if (f.kind !== "member" || name?.kind !== "literal" || f.object.kind !== "ref") return [];
  const bus = canonical(f.object.variable);
  return (program.callsOfMember.get("emit") ?? []).flatMap((call) => {
    const [first, ...given] = call.arguments;
    const isSame =
      call.callee.kind === "member" &&
      call.callee.object.kind === "ref" &&
      canonical(call.callee.object.variable) === bus;
    if (!isSame || first?.kind !== "literal" || first.value !== name.value) return [];
    return [withArguments(call, given.map(argumentOf))];
  });
}
