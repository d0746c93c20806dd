import { type Func, none, type Unit } from "../ir/unit.ts";

/** A function nothing is known of but where it stands. */
export function newFunction(unit: Unit, at: number, known: Partial<Func>): Func {
  return {
    name: "",
    params: 0,
    returns: none(),
    outer: null,
    arrow: false,
    generator: false,
    owner: null,
    static: false,
    thisWrites: none(),
    paramVariables: none(),
    aliases: none(),
    variables: none(),
    calls: none(),
    usesThis: false,
    interop: false,
    passedTo: none(),
    unit,
    at,
    ...known,
  };
}
