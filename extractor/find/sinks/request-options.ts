import { isNullish } from "../../evaluate/domain/nullish.ts";
import { type Argument, join, type Value, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { isUntold } from "../../evaluate/objects/property-writes.ts";
import { callFunction } from "../../evaluate/transfer/call.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { hasArgument } from "../calls/call-site.ts";
import { perContext } from "../calls/per-context-cache.ts";
import { toldSettings, writtenByHooks } from "./client-defaults.ts";
import type { SinkCall } from "./sink-calls.ts";

/** Objects that hold the options of a call. */
export interface OptionObjects {
  own: Value[];
  /** What its client was told, then what it was made with: what comes first is closer to the call. */
  defaults: Value[][];
}

export const optionObjects = perContext(optionsGiven);

function optionsGiven(ev: Evaluator, call: SinkCall): OptionObjects {
  const { found, client, args } = call;
  const { sink } = found;
  const own: Value[] = [];
  for (const index of [sink.options ?? [], sink.url.argument].flat()) {
    if (index === undefined || !hasArgument(args, index)) continue;
    for (const v of argument(ev, args, index))
      if (v.kind === "object" || v.kind === "instance" || v.kind === "response") own.push(v);
  }
  const made = madeWith(ev, client?.args ?? []);
  const [told = [], ...toldToAll] = toldSettings(ev, call);
  const hooked = [own, ...made].map((options) => writtenByHooks(ev, call, options));
  return { own, defaults: [told, ...made, ...toldToAll, ...hooked].filter((objects) => objects.length > 0) };
}

/** Values of the first of the options that is given, by the call or else by its client. */
export function optionOf(ev: Evaluator, { own, defaults }: OptionObjects, names: readonly string[]): Values {
  for (const objects of [own, ...defaults]) {
    const values = option(ev, objects, names);
    if (values.length > 0) return values;
  }
  return [];
}

/** Values of the first of the options that is given; `options[name] = value`, whatever the name, where none is. */
export function option(ev: Evaluator, objects: readonly Value[], names: readonly string[]): Values {
  let untold: Values = [];
  for (const name of names) {
    const path = name.split(".");
    const values = join(...objects.map((o) => path.reduce<Values>((v, key) => optionMember(ev, v, key), [o])));
    const given = values.filter((v) => !isNullish(v));
    const told = given.filter((v) => !isUntold(v));
    if (told.length > 0) return told;
    if (untold.length === 0) untold = given;
  }
  return untold;
}

/**
 * The options that a client was made with, those of the last maker first. `extend((before) => ({…}))` is told those
 * before it.
 */
function madeWith(ev: Evaluator, args: readonly Argument[]): Value[][] {
  return args.map((_, i) =>
    argument(ev, args, i).flatMap((v) => {
      const values =
        v.kind === "function" ? callFunction(ev, v, { args: args.slice(i + 1, i + 2), self: null }, 0) : [v];
      return values.filter(({ kind }) => kind === "object" || kind === "instance");
    }),
  );
}

/** A member; of lists that of their items, of what a library made that of what it was made with. */
const optionMember = (ev: Evaluator, values: Values, key: string): Values =>
  values.flatMap((v): Values => {
    if (v.kind === "array") return optionMember(ev, elementsOf(ev, [v], false), key);
    if (v.kind === "native" && v.args.length > 0)
      return v.args.flatMap((_, i) =>
        memberOf(
          ev,
          argument(ev, v.args, i).filter(({ kind }) => kind === "object"),
          key,
        ),
      );
    return memberOf(ev, [v], key);
  });
