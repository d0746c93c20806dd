import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { ClassDef, Func } from "../../ir/unit.ts";
import type { EmitterHints } from "../../model/signatures/telemetry-hints.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { calledFunctions } from "../calls/calls-with-names.ts";
import type { RequestSite } from "../requests/carried-by.ts";
import { listsSentBy } from "./batch-senders.ts";
import type { BodyFields } from "./body-records.ts";
import { type Emitter, type Emitters, holder } from "./emitters.ts";
import { NameMembers } from "./name-members.ts";

/** A method that makes the object of an event and leaves it to others to send it. */
export interface EventFactory {
  emitter: Emitter;
  made: readonly Expr[];
}

export interface FactorySearch {
  ev: Questions;
  hints: readonly EmitterHints[];
  sites: readonly RequestSite[];
  bodyFields: BodyFields;
}

/**
 * Methods of classes that send lists of events, which return an object with their parameter under a member for names:
 * between that object and the list may lie a ring or a heap that nobody sees into.
 */
export function addEventFactories({ ev, hints, sites, bodyFields }: FactorySearch, emitters: Emitters): EventFactory[] {
  const names = new NameMembers(hints);
  const lists = hints.flatMap((h) => h.lists ?? []).map((text) => new RegExp(text, "i"));
  const makers: EventFactory[] = [];
  for (const [c, flows] of listsSentBy(sites, bodyFields, lists)) {
    for (const f of methodsOf(c)) {
      const i = f.paramVariables.findIndex((_v, at) => makes({ ev, names }, f, at, FIND_BOUNDS.eventFactories));
      if (i < 0 || emitters.at(f, i)) continue;
      const { emitter } = emitters.add({
        name: { func: f, index: i, member: null },
        fields: [{ func: f, index: i + 1, member: null }],
        flows,
        isSure: true,
      });
      makers.push({ emitter, made: f.returns.map(({ expression: e }) => e) });
    }
  }
  return makers;
}

const methodsOf = (c: ClassDef): Func[] => c.unit.functions.filter(({ owner }) => owner === c);

/** Does the function return an object that holds its parameter under such a member? */
function makes(by: { ev: Questions; names: NameMembers }, f: Func, parameter: number, makers: number): boolean {
  const variable = f.paramVariables[parameter];
  if (!variable) return false;
  const isName = holder(variable);
  const made = (e: Expr): boolean => {
    if (e.kind === "await") return made(e.argument);
    if (e.kind === "ref")
      return canonical(e.variable).definitions.some((d) => d.expression.kind === "object" && made(d.expression));
    if (e.kind === "object") {
      const keys = e.members.flatMap((m) => (m.kind === "value" ? [m.key] : []));
      const isNamed = (key: string) => by.names.isName(key, keys) || by.names.isNameOfKind(key, keys);
      return e.members.some((m) => m.kind === "value" && isName(m.value) && isNamed(m.key));
    }
    const index = e.kind === "call" && makers > 0 ? e.arguments.findIndex(isName) : -1;
    if (e.kind !== "call" || index < 0 || (e.callee.kind !== "ref" && e.callee.kind !== "member")) return false;
    const callee = e.callee.kind === "ref" ? canonical(e.callee.variable) : e.callee.property;
    return calledFunctions(by.ev.program, callee).some((g) => g !== f && makes(by, g, index, makers - 1));
  };
  return f.returns.some(({ expression: e }) => made(e));
}
