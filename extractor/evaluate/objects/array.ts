import { ITERATOR } from "../../ir/class-members.ts";
import {
  type ArrayValue,
  hole,
  type InstanceValue,
  join,
  joinOf,
  literalText,
  type NativeValue,
  NOTHING,
  type ObjectValue,
  onlyHole,
  scalar,
  string,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { valuesOfArgument } from "../engine/call-frames.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import type { Look } from "../engine/look.ts";
import { apply } from "../transfer/call.ts";
import { memberOf } from "./member.ts";
import { memberNames } from "./member-names.ts";

/** Items in order, as far as they are known; `exact` where positions are sure. */
interface Items {
  items: Values[];
  exact: boolean;
}

const IN_ARRAY: Look<ArrayValue, Items> = { read: collect, again: { items: [], exact: false } };

export function itemsOf(ev: Evaluator, v: ArrayValue): Items {
  return ev.readProperty(v, v.node ?? v, "", IN_ARRAY);
}

function collect(ev: Evaluator, v: ArrayValue): Items {
  const items: Values[] = [];
  let exact = !v.open;
  for (const item of v.items ?? []) {
    if (items.length >= BOUNDS.items) return { items, exact: false };
    items.push(item);
  }
  for (const e of v.node?.items ?? []) {
    if (items.length >= BOUNDS.items) {
      ev.log.add("cut-alternatives", `a list of more than ${BOUNDS.items} items`);
      return { items, exact: false };
    }
    if (e.kind !== "spread") {
      items.push(ev.evaluate(e, v.env));
      continue;
    }
    for (const source of ev.evaluate(e.argument, v.env)) {
      const whole = source.kind === "text" ? literalText(source) : null;
      const inner =
        whole !== null && whole.length <= BOUNDS.pieces
          ? { items: [...whole].map((c) => [string(c)]), exact: true }
          : source.kind === "array"
            ? itemsOf(ev, source)
            : { items: [elementsOf(ev, [source], false)], exact: false };
      const room = BOUNDS.pieces - items.length;
      if (inner.items.length > room)
        ev.log.add("cut-alternatives", `a list of more than ${BOUNDS.pieces} items with those that are spread into it`);
      items.push(...inner.items.slice(0, room));
      exact &&= inner.exact && inner.items.length <= room;
    }
  }
  for (const { variable, env, at } of v.writers) {
    if (variable.mutations.length > BOUNDS.additions) {
      ev.log.add("cut-alternatives", `a list that more than ${BOUNDS.additions} places add to`);
      return { items: [...items, [hole("unknown", "item")]], exact: false };
    }
    for (const m of variable.mutations) {
      if (m.method !== "push" && m.method !== "unshift" && m.method !== "add") continue;
      if (m.path.length !== at.length || !at.every((k, i) => m.path[i] === k)) continue;
      exact = false;
      for (const a of m.call.arguments) {
        if (a.kind === "spread") items.push(elementsOf(ev, ev.evaluate(a.argument, env), false));
        else items.push(ev.evaluate(a, env));
      }
    }
  }
  return { items, exact };
}

/** `a[key]`; any item where `key` is null. */
export function arrayMember(ev: Evaluator, v: ArrayValue, key: string | null): Values {
  if (key === "length") return [hole("unknown", "length")];
  const { items, exact } = itemsOf(ev, v);
  if (key !== null && exact && /^\d+$/.test(key)) return items[Number(key)] ?? [scalar(undefined)];
  if (key !== null && !/^\d+$/.test(key)) return [scalar(undefined)];
  const any = join(...items);
  return any.length > 0 ? any : v.open ? [hole("unknown", "item")] : [];
}

/** What a `for` loop or a callback meets in a collection. */
export function elementsOf(ev: Evaluator, values: Values, keys: boolean): Values {
  return join(
    ...values.map((v): Values => {
      if (v.kind === "array") return keys ? [hole("unknown", "index")] : arrayMember(ev, v, null);
      if (v.kind === "object" && keys) return memberNames(ev, v).map(string);
      if (v.kind === "object" || v.kind === "instance") return iterated(ev, v);
      const h = onlyHole(v);
      if (h) return [{ kind: "text", parts: [h] }];
      if (v.kind === "response") return [v];
      if (v.kind === "native" && (v.path === "Set" || v.path === "Map")) return collectionItems(ev, v);
      return [];
    }),
  );
}

/** An iterator is often its own: `{ next() {…}, [Symbol.iterator]() { return this; } }` */
const ITERATED: Look<ObjectValue | InstanceValue, Values> = {
  read: (ev, of) => {
    const iterators = memberOf(ev, [of], ITERATOR).filter((f) => f.kind === "function");
    return joinOf(iterators, (f) => elementsOf(ev, apply(ev, f, { args: [], self: [of] }, null), false));
  },
  again: NOTHING,
};

/** What an object's own iterator yields. */
const iterated = (ev: Evaluator, of: ObjectValue | InstanceValue): Values =>
  ev.readProperty(of, closureOf(of), ITERATOR, ITERATED);

const closureOf = (of: ObjectValue | InstanceValue): object =>
  of.kind === "object" ? (of.node ?? of) : of.of.kind === "class" ? of.of.classDef : of;

/** A set may be made of another that is made of it. */
const IN_COLLECTION: Look<NativeValue, Values> = { read: givenAndAdded, again: NOTHING };

const collectionItems = (ev: Evaluator, v: NativeValue): Values => ev.readProperty(v, v, "", IN_COLLECTION);

function givenAndAdded(ev: Evaluator, v: NativeValue): Values {
  const [first] = v.args;
  const given = first === undefined || "rest" in first ? [] : valuesOfArgument(ev, first);
  const added = itemsOf(ev, {
    kind: "array",
    node: null,
    env: null,
    items: [],
    open: false,
    writers: v.writers,
  }).items;
  return join(elementsOf(ev, given, false), ...added);
}

/** `[a, b, ...r]`: what is left from `from` on. */
export function arrayRest(ev: Evaluator, v: ArrayValue, from: number): ArrayValue {
  const { items, exact } = itemsOf(ev, v);
  return { kind: "array", node: null, env: null, items: items.slice(from), open: !exact, writers: [] };
}

/** Looks a constant up in a list: true or false where every item is known. */
export function includes(ev: Evaluator, v: ArrayValue, wanted: Value): boolean | null {
  const key = literalText(wanted);
  const { items, exact } = itemsOf(ev, v);
  const names = items.flatMap((i) => i.map(literalText));
  if (key === null || names.includes(null)) return null;
  return names.includes(key) ? true : exact ? false : null;
}

export const entriesOf = (ev: Evaluator, v: Value): [string, Values][] =>
  memberNames(ev, v).map((name) => [name, memberOf(ev, [v], name)]);
