import { type Func, none, type Unit } from "../../ir/unit.ts";

/** A function nothing is known of but where it stands and how it is written. */
export function newFunction(unit: Unit, at: number, known: Known): Func {
  const { outer, owner, guard = null, name = "", params = 0, arrow = false, generator = false } = known;
  return {
    name,
    params,
    returns: none(),
    outer,
    guard,
    arrow,
    generator,
    owner,
    static: known.static ?? false,
    thisWrites: none(),
    paramVariables: none(),
    aliases: name === "" ? none() : [name],
    variables: none(),
    calls: none(),
    usesThis: false,
    interop: false,
    passedTo: none(),
    unit,
    at,
  };
}

type Known = Pick<Func, "outer" | "owner"> &
  Partial<Pick<Func, "name" | "params" | "guard" | "arrow" | "generator" | "static">>;
