import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { type Func, newFunction } from "../../ir/unit.ts";
import { type Argument, native, type Values } from "../domain/value.ts";
import { newEnv } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { libraryOfFunction } from "../libraries/library-fingerprint.ts";
import { itemsOf } from "../objects/array.ts";
import { argument, parameterOf } from "../transfer/compute.ts";

/** The result has the members of all sources: written as one object that spreads them. */
export function assigned(ev: Evaluator, args: readonly Argument[]): Values {
  const target = argument(ev, args, 0).filter(
    (v) => v.kind !== "object" || v.node === null || v.node.members.length > 0 || v.writers.length > 0,
  );
  const classes = target.filter(
    (v) => v.kind === "function" || v.kind === "class" || v.kind === "instance" || v.kind === "native",
  );
  if (classes.length > 0) return branded(ev, classes, args[1]);
  const sources = (target.length > 0 ? args : args.slice(1)).flatMap((source) => handedOn(ev, source));
  const f = assign(ev.program);
  const env = newEnv(f, null, { args: sources, self: null }, 0);
  const members = sources.map((_, i) => ({ kind: "spread" as const, value: parameterOf(ev.program, f, i) }));
  return [{ kind: "object", node: { kind: "object", members, at: 0 }, env, without: [], writers: [] }];
}

/** `Object.assign({}, ...list)`: one source for each of the list. */
function handedOn(ev: Evaluator, source: Argument): Argument[] {
  if (!("rest" in source)) return [source];
  const lists = ev.evaluate(source.rest, source.env);
  return lists.flatMap((v) => (v.kind === "array" ? itemsOf(ev, v).items.map((values) => ({ values })) : []));
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

const functions = new CacheKey<Program, Func>();

/** Stands for `Object.assign` itself where its arguments are looked at. */
const assign = (program: Program): Func =>
  program.cache.once(functions, program, () => newFunction(program.units[0]!, 0, { outer: null, owner: null }));
