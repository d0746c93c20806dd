import { ITERATOR } from "../../ir/class-members.ts";
import { truth } from "../domain/choice.ts";
import {
  type Argument,
  type ArrayValue,
  arrayOf,
  hole,
  join,
  literalText,
  type NativeValue,
  type OpenHole,
  onlyHole,
  type Piece,
  scalar,
  text,
  UNDEFINED,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { callDepth, type Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { firstOpenParameter } from "../engine/open-holes.ts";
import { elementsOf, includes, itemsOf } from "../objects/array.ts";
import { appendedLists } from "../objects/array-appends.ts";
import { memberOf } from "../objects/member.ts";
import { apply, callFunction } from "../transfer/call.ts";
import { argument } from "../transfer/compute.ts";
import { toTexts } from "../transfer/to-text.ts";
import { asyncStorageMethod } from "./async-storage.ts";
import { COLLECTION_CALLBACKS } from "./collection-callbacks.ts";
import { matchValues } from "./matches.ts";
import { endOf, itemAt, sliced, spliced } from "./positions.ts";
import { chained } from "./promise.ts";
import { STRING_METHODS } from "./strings.ts";
import { urlMethod } from "./url.ts";
import { heldWeakly } from "./weak-map.ts";

/** A method by its name, and what it is called on. */
interface Method<V extends Value = Value> {
  of: V;
  name: string;
}

/** Methods that the language gives to every value of a kind; null where the object's own members decide. */
export function callMethod(
  ev: Evaluator,
  { of: o, name }: Method,
  args: readonly Argument[],
  env: Env | null,
): Values | null {
  // a module that exports such a name is called, not chained
  if (CHAINS.has(name) && !(o.kind === "module" && o.file.exports.has(name)))
    return name === "finally" ? [o] : chained(ev, { of: o, name }, args, env);
  switch (o.kind) {
    case "text": {
      const method = Object.hasOwn(STRING_METHODS, name) ? STRING_METHODS[name] : undefined;
      if (method) return method(ev, o, args, env);
      const h = onlyHole(o);
      if (h && ARRAY_CALLBACKS.has(name)) return callbackOn(ev, { of: o, name }, args, env);
      return null;
    }
    case "scalar":
      return name === "toString" && o.value != null ? [text([String(o.value)])] : [];
    case "array":
      return arrayMethod(ev, { of: o, name }, args, env);
    case "url":
      return urlMethod(ev, o, name);
    case "response":
      if (ARRAY_CALLBACKS.has(name)) return callbackOn(ev, { of: o, name }, args, env);
      return UNWRAPS.has(name) ? [{ ...o, path: [...o.path, name] }] : [o];
    case "regexp":
      return name === "exec" ? join(...toTexts(ev, argument(ev, args, 0)).map((t) => matchValues(o, t))) : null;
    case "function":
    case "class":
      return functionMethod(ev, { of: o, name }, args, env);
    case "native":
      if (o.path === "Reflect") return null;
      if (name === "bind" || name === "call" || name === "apply") return functionMethod(ev, { of: o, name }, args, env);
      if ((o.path === "Map" || o.path === "Set") && COLLECTION.has(name))
        return collectionMethod(ev, { of: o, name }, args, env);
      if (o.path === "TextDecoder" && name === "decode") return toTexts(ev, argument(ev, args, 0));
      if (o.path === "WeakMap" || o.path === "WeakRef") return heldWeakly(ev, o, name);
      return asyncStorageMethod(ev, { of: o, name }, args, env);
    default:
      return null;
  }
}

const CHAINS = new Set(["then", "catch", "finally"]);
const UNWRAPS = new Set(["json", "text", "blob", "arrayBuffer", "formData"]);
const ARRAY_CALLBACKS = new Set([...COLLECTION_CALLBACKS, "reduce", "reduceRight"]);
const COLLECTION = new Set(["get", "set", "add", "values", "keys", "entries", "forEach", "has"]);

function functionMethod(
  ev: Evaluator,
  { of: o, name }: Method,
  args: readonly Argument[],
  env: Env | null,
): Values | null {
  const self = name === "call" || name === "apply" || name === "bind" ? argument(ev, args, 0) : null;
  if (self === null) return null;
  if (name === "call") return apply(ev, unbound(o), { args: args.slice(1), self }, env);
  if (name === "apply") {
    const list = args[1];
    const spread: Argument[] =
      list === undefined ? [] : "expression" in list ? [{ rest: list.expression, env: list.env }] : [];
    return apply(ev, unbound(o), { args: spread, self }, env);
  }
  if (o.kind !== "function") return [o];
  return [{ ...o, self: o.self ?? self, bound: [...o.bound, ...args.slice(1)] }];
}

const unbound = (o: Value): Value => (o.kind === "function" && o.bound.length === 0 ? { ...o, self: null } : o);

function arrayMethod(
  ev: Evaluator,
  { of: o, name }: Method<ArrayValue>,
  args: readonly Argument[],
  env: Env | null,
): Values | null {
  switch (name) {
    case "join":
      return joined(ev, o, args);
    case "concat": {
      const more = args.flatMap((_a, i): Values[] =>
        argument(ev, args, i).flatMap((v) => (v.kind === "array" ? itemsOf(ev, v).items : [[v]])),
      );
      const own = itemsOf(ev, o);
      return [arrayOf([...own.items, ...more], !own.exact)];
    }
    case "slice":
    case "splice":
      return [name === "slice" ? sliced(ev, o, args) : spliced(ev, o, args)];
    case "reverse":
    case "toReversed": {
      const { items, exact } = itemsOf(ev, o);
      return [arrayOf([...items].reverse(), !exact)];
    }
    case "sort":
    case "toSorted":
    case "values":
    case ITERATOR:
    case "flat": {
      const { items } = itemsOf(ev, o);
      return [
        arrayOf(
          name === "flat"
            ? items.map((i) =>
                join(
                  i.filter((v) => v.kind !== "array"),
                  elementsOf(ev, i, false),
                ),
              )
            : items,
          true,
        ),
      ];
    }
    case "includes": {
      const answers = argument(ev, args, 0).map((v) => includes(ev, o, v));
      return answers.length === 1 && answers[0] !== null ? [scalar(answers[0]!)] : [scalar(true), scalar(false)];
    }
    case "at":
    case "pop":
    case "shift":
      return name === "at" ? itemAt(ev, o, args) : endOf(ev, o, name);
    case "entries":
      return [arrayOf([[arrayOf([[hole("unknown", "index")], elementsOf(ev, [o], false)])]], true)];
    case "fill":
    case "next":
      return [name === "fill" ? arrayOf([argument(ev, args, 0)], true) : iteration(elementsOf(ev, [o], false))];
    case "push":
    case "unshift":
    case "indexOf":
      return [hole("unknown", "")];
    default:
      return ARRAY_CALLBACKS.has(name) ? callbackOn(ev, { of: o, name }, args, env) : null;
  }
}

/** What an iterator's `next()` yields. */
const iteration = (value: Values): Value => ({
  kind: "object",
  node: null,
  env: null,
  without: [],
  writers: [],
  computed: [
    ["value", value],
    ["done", [scalar(true), scalar(false)]],
  ],
});

function joined(ev: Evaluator, o: ArrayValue, args: readonly Argument[]): Values {
  const by = args.length === 0 ? "," : (argument(ev, args, 0).map(literalText)[0] ?? null);
  const lists = by === null ? null : listsOf(ev, o);
  if (by === null || lists === null) {
    const items = itemsOf(ev, o).items.flat();
    const origin = firstOpenParameter(items);
    const piece: OpenHole = { kind: origin ? "param" : "unknown", name: "list", of: [{ values: items }] };
    return [text([origin ? { ...piece, origin } : piece])];
  }
  return lists.flatMap((items) => joinedItems(ev, items, by));
}

function joinedItems(ev: Evaluator, items: readonly Values[], by: string): Values {
  let rows: Piece[][] = [[]];
  items.forEach((item, i) => {
    const texts = toTexts(ev, item);
    const more = texts.slice(0, Math.max(1, Math.floor(BOUNDS.alternatives / rows.length)));
    if (more.length < texts.length) ev.log.add("cut-alternatives", "a list that is joined in more ways than are kept");
    const between = i > 0 ? [by] : [];
    rows = rows.flatMap((row) => (more.length > 0 ? more : [text([])]).map((t) => [...row, ...between, ...t.parts]));
  });
  return rows.map(text);
}

/** The lists that one may be; null where the order of its items isn't known. */
function listsOf(ev: Evaluator, o: ArrayValue): Values[][] | null {
  const { items, exact } = itemsOf(ev, o);
  return exact ? [items] : appendedLists(ev, o);
}

/** Items for which the predicate surely fails are gone. */
function filtered(ev: Evaluator, o: ArrayValue, predicates: Values, env: Env | null): Value {
  const [only, ...more] = predicates;
  const isBoolean = only?.kind === "native" && only.path === "Boolean";
  if ((only?.kind !== "function" && !isBoolean) || more.length > 0 || o.open || o.writers.length > 0) return o;
  const { items, exact } = itemsOf(ev, o);
  if (!exact || items.length > BOUNDS.reducedItems) return o;
  const kept = items.filter(
    (item) => truth(isBoolean ? item : apply(ev, only, { args: [{ values: item }], self: null }, env)) !== false,
  );
  return kept.length === items.length ? o : arrayOf(kept);
}

/** Callbacks meet any element; what they yield makes the new collection. */
function callbackOn(ev: Evaluator, { of: o, name }: Method, args: readonly Argument[], env: Env | null): Values {
  const elements = o.kind === "array" || o.kind === "native" ? elementsOf(ev, [o], false) : [o];
  const functions = args.length > 0 ? argument(ev, args, 0) : [];
  if (name === "filter") return [o.kind === "array" ? filtered(ev, o, functions, env) : o];
  if (name === "find" || name === "findLast") return join(elements, [UNDEFINED]);
  if (name === "some" || name === "every") return [scalar(true), scalar(false)];
  if (name === "forEach") return [scalar(undefined)];
  if (name === "reduce" || name === "reduceRight") {
    const start = args.length > 1 ? argument(ev, args, 1) : elements;
    const step = (before: Values, item: Values): Values =>
      join(
        ...functions.map((f) =>
          f.kind === "function"
            ? callFunction(ev, f, { args: [{ values: before }, { values: item }], self: null }, callDepth(env) + 1)
            : [],
        ),
      );
    const list = o.kind === "array" ? itemsOf(ev, o) : null;
    if (list?.exact && args.length > 1 && list.items.length <= BOUNDS.reducedItems)
      return (name === "reduce" ? list.items : [...list.items].reverse()).reduce(step, start);
    return join(start, step(start, elements));
  }
  const own = o.kind === "array" ? itemsOf(ev, o) : { items: [elements], exact: false };
  const at = (i: number): Argument => ({ values: [own.exact ? scalar(i) : hole("unknown", "index")] });
  const results = own.items.map((item, i) =>
    join(...functions.map((f) => apply(ev, f, { args: [{ values: item }, at(i)], self: null }, env))),
  );
  const flat =
    name === "flatMap"
      ? results.map((r) =>
          join(
            r.filter((v) => v.kind !== "array"),
            elementsOf(ev, r, false),
          ),
        )
      : results;
  return [arrayOf(flat, !own.exact)];
}

/** `new Map([[k, v]])` and `new Set([a])`: what was put in at the start or later. */
function collectionMethod(
  ev: Evaluator,
  { of: o, name }: Method<NativeValue>,
  args: readonly Argument[],
  env: Env | null,
): Values {
  if (name === "has") return [scalar(true), scalar(false)];
  if (name === "set" || name === "add") return [o];
  if (
    name === "get" &&
    argument(ev, args, 0).every((k) => literalText(k) === null) &&
    o.writers.some(({ variable: v }) => v.mutations.length > BOUNDS.keptEntries)
  ) {
    return [hole("unknown", "entry")];
  }
  const pairs = elementsOf(ev, [o], false);
  if (o.path === "Set")
    return name === "forEach" ? callbackOn(ev, { of: o, name }, args, env) : [arrayOf([pairs], true)];
  const later = o.writers.flatMap(({ variable: v, env: inside, at }) =>
    v.mutations
      .filter((m) => m.method === "set" && m.path.length === at.length && m.call.arguments.length === 2)
      .map((m) => ({
        key: ev.evaluate(m.call.arguments[0]!, inside),
        value: ev.evaluate(m.call.arguments[1]!, inside),
      })),
  );
  if (name === "get") {
    const wanted = argument(ev, args, 0).map(literalText);
    const hit = (keys: Values) => wanted.includes(null) || keys.some((k) => [null, ...wanted].includes(literalText(k)));
    const first = pairs.filter((p) => hit(memberOf(ev, [p], "0")));
    const found = join(
      ...first.map((p) => memberOf(ev, [p], "1")),
      ...later.filter((l) => hit(l.key)).map((l) => l.value),
    );
    if (found.length === 0 || found.length > BOUNDS.keptEntries) return [hole("unknown", "entry")];
    return wanted.includes(null) ? join(found, [UNDEFINED]) : found;
  }
  const at = name === "keys" ? "0" : "1";
  if (name === "entries") return [arrayOf([pairs], true)];
  return [arrayOf([join(memberOf(ev, pairs, at), ...later.map((l) => (at === "0" ? l.key : l.value)))], true)];
}
