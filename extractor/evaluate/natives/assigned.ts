import { type Argument, native, type Values } from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { libraryOfFunction } from "../libraries/library-fingerprint.ts";
import { argument } from "../transfer/compute.ts";

/** The result has the members of all sources: written as one object that spreads them. */
export function assigned(ev: Evaluator, args: readonly Argument[]): Values {
  const target = argument(ev, args, 0).filter(
    (v) => v.kind !== "object" || v.node === null || v.node.members.length > 0 || v.writers.length > 0,
  );
  const spread = args.flatMap((a, i) =>
    "expression" in a && (i > 0 || target.length > 0) ? [{ kind: "spread" as const, value: a.expression }] : [],
  );
  const env = args.find((a) => "expression" in a) as { env: Env | null } | undefined;
  const classes = target.filter(
    (v) => v.kind === "function" || v.kind === "class" || v.kind === "instance" || v.kind === "native",
  );
  if (classes.length > 0) return branded(ev, classes, args[1]);
  return [
    {
      kind: "object",
      node: { kind: "object", members: spread, at: 0 },
      env: env?.env ?? null,
      without: [],
      writers: [],
    },
  ];
}

/** A function that is one of a bundled library by the members it is given. */
function branded(ev: Evaluator, values: Values, given: Argument | undefined): Values {
  if (given === undefined || !("expression" in given) || given.expression.kind !== "object") return values;
  const { expression: members } = given;
  return values.map((v) => {
    const library = v.kind === "function" ? libraryOfFunction(ev, v.func, members) : null;
    return library === null ? v : native(library);
  });
}
