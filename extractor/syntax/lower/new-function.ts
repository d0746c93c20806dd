import { type Func, none, type Unit } from "../../ir/unit.ts";

/** A function nothing is known of but where it stands and how it is written. */
export function newFunction(
  unit: Unit,
  at: number,
  { outer, owner, name = "", params = 0, arrow = false, generator = false, static: isStatic = false }: Known,
): Func {
  return {
    name,
    params,
    returns: none(),
    outer,
    arrow,
    generator,
    owner,
    static: isStatic,
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

type Known = Pick<Func, "outer" | "owner"> & Partial<Pick<Func, "name" | "params" | "arrow" | "generator" | "static">>;
