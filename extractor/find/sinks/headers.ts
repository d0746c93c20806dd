import { sameClosure, subjectOf } from "../../evaluate/domain/equality.ts";
import { join, joinAll, literalText, type Value, type Values } from "../../evaluate/domain/value.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Expr } from "../../ir/expression.ts";
import { type Func, isConstructor, type Write } from "../../ir/unit.ts";
import { spreadParameters } from "../calls/parameter-place.ts";
import { callsOnResult } from "./calls-on-result.ts";
import { option, optionObjects } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";

export interface Header {
  name: string;
  values: Values;
}

/** Headers of a sink call, its client's defaults included, in the spelling of the source. */
export function headersOf(ev: Evaluator, call: SinkCall): Header[] {
  if (!call.found.sink.headers) return [];
  const groups = call.found.table.client?.headerGroups ?? [];
  const bags = headerBags(ev, call);
  const seen = new SeenBags();
  const headers = [...bags.flatMap((bag) => headersIn(ev, bag, { groups, depth: 0, seen })), ...setLater(ev, call)];
  // joined at once: hundreds of objects may give one name
  const found = new Map<string, { name: string; all: Values[] }>();
  for (const { name, values } of headers) {
    const key = name.toLowerCase();
    const before = found.get(key);
    if (before === undefined) found.set(key, { name, all: [values] });
    else before.all.push(values);
  }
  return [...found.values()].map(({ name, all }) => ({ name, values: joinAll(all) }));
}

/** Objects that spread each other lead to one object in ever more ways: it is looked into once, from the nearest. */
class SeenBags {
  readonly #depths = new Map<object, { bag: Value; depth: number }[]>();

  /** False where nothing new can come of it. */
  enter(bag: Value, depth: number): boolean {
    if (bag.kind === "text" || bag.kind === "scalar") return false;
    const subject = subjectOf(bag);
    const alike = this.#depths.get(subject) ?? [];
    const known = alike.find((one) => sameClosure(one.bag, bag));
    if (known !== undefined && known.depth <= depth) return false;
    if (known === undefined) this.#depths.set(subject, [...alike, { bag, depth }]);
    else known.depth = depth;
    return true;
  }
}

interface Looking {
  groups: readonly string[];
  depth: number;
  seen: SeenBags;
}

/** Constructors whose callers would tell more headers: `{...this.options.headers}`. */
export function headerMakers(ev: Evaluator, call: SinkCall): Func[] {
  const bags = headerBags(ev, call).flatMap(
    (v): Values => (v.kind === "native" && v.path === "Headers" && v.args.length > 0 ? argument(ev, v.args, 0) : [v]),
  );
  return bags.flatMap((v) => spreadParameters(ev, v).flatMap(({ func: f }) => (isConstructor(f) ? [f] : [])));
}

function headerBags(ev: Evaluator, call: SinkCall): Values {
  const { headers } = call.found.sink;
  if (!headers) return [];
  const { own, defaults } = optionObjects(ev, call);
  return join(...[own, ...defaults].map((objects) => option(ev, objects, headers)));
}

/** `const req = request(…); req.setHeader(name, value)` */
function setLater(ev: Evaluator, { call, found }: SinkCall): Header[] {
  const methods = found.sink.headerMethods;
  if (methods === undefined) return [];
  return callsOnResult(call, methods).flatMap(({ arguments: a }): Header[] => {
    const name = a[0] === undefined ? null : literalText(ev.evaluate(a[0], null)[0]);
    return name !== null && NAME.test(name) ? [{ name, values: a[1] ? ev.evaluate(a[1], null) : [] }] : [];
  });
}

const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$/;

/** Objects whose members are copied to this one, after it was made or by a spread whose own are. */
function sourcesOf(bag: Value): [Expr, Env | null][] {
  if (bag.kind !== "object") return [];
  const spread = (bag.node?.members ?? []).flatMap((m): [Expr, Env | null][] =>
    m.kind === "spread" && m.value.kind !== "object" ? [[m.value, bag.env]] : [],
  );
  const later = bag.writers.flatMap(({ variable: v, env, at }) => {
    const given = v.mutations.flatMap(({ method, path, call }) =>
      method === "assign" && path.length === at.length
        ? call.arguments.slice(1).filter((e) => e.kind !== "object")
        : [],
    );
    const copied = at.length > 0 ? [] : v.writes.flatMap((w) => (w.path.length === 0 ? (enumerated(w) ?? []) : []));
    return [...given, ...copied].map((e): [Expr, Env | null] => [e, env]);
  });
  return [...spread, ...later];
}

/** `Object.entries(source).forEach(([name, value]) => { target[name] = value })` */
function enumerated({ key, within }: Write): Expr | null {
  const [passing] = within?.passedTo ?? [];
  if (key === null || passing?.call.callee.kind !== "member" || passing.call.callee.property !== "forEach") return null;
  const { object: o } = passing.call.callee;
  return o.kind === "call" &&
    o.callee.kind === "member" &&
    (o.callee.property === "entries" || o.callee.property === "keys")
    ? (o.arguments[0] ?? null)
    : null;
}

function headersIn(ev: Evaluator, bag: Value, { groups, depth, seen }: Looking): Header[] {
  if (depth > 4 || !seen.enter(bag, depth)) return [];
  const inner = { groups, depth: depth + 1, seen };
  const out: Header[] = [];
  if (bag.kind === "object" || bag.kind === "instance" || bag.kind === "native") {
    if (bag.kind === "native" && bag.path !== "Headers") return [];
    if (bag.kind === "native" && bag.args.length > 0) {
      for (const v of argument(ev, bag.args, 0)) out.push(...headersIn(ev, v, inner));
    }
    for (const name of memberNames(ev, bag)) {
      const values = memberOf(ev, [bag], name);
      if (groups.includes(name)) out.push(...values.flatMap((v) => headersIn(ev, v, inner)));
      else if (NAME.test(name)) out.push({ name, values });
    }
    for (const [e, env] of sourcesOf(bag))
      for (const source of ev.evaluate(e, env)) out.push(...headersIn(ev, source, inner));
    for (const { variable: v, env, at } of bag.writers) {
      for (const m of v.mutations) {
        if ((m.method !== "set" && m.method !== "append") || m.path.length !== at.length) continue;
        const [key, value] = m.call.arguments;
        const name = key ? literalText(ev.evaluate(key, env)[0]) : null;
        if (name !== null && NAME.test(name)) out.push({ name, values: value ? ev.evaluate(value, env) : [] });
      }
    }
  } else if (bag.kind === "array") {
    for (const pair of elementsOf(ev, [bag], false)) {
      const name = pair.kind === "array" ? literalText(memberOf(ev, [pair], "0")[0]) : null;
      if (name !== null && NAME.test(name)) out.push({ name, values: memberOf(ev, [pair], "1") });
    }
  }
  return out;
}
