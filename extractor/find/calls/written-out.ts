import type { Argument } from "../../evaluate/domain/value.ts";
import { canonical } from "../../ir/program.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/** Is an argument an item of a list that is written out? */
export function isWrittenOut(given: Argument | undefined): boolean {
  if (given === undefined || !("expression" in given) || given.expression.kind !== "element") return false;
  const { argument: e } = given.expression;
  const list = e.kind === "ref" ? canonical(e.variable).definitions[0]?.expression : e;
  return (
    list?.kind === "array" &&
    list.items.length <= FIND_BOUNDS.writtenItems &&
    list.items.every((item) => item.kind === "literal")
  );
}
