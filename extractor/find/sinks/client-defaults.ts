import type { ObjectValue, PropertyWrites, TextValue, Value, Values } from "../../evaluate/domain/value.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { callFunction } from "../../evaluate/transfer/call.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Expr } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Variable } from "../../ir/unit.ts";
import type { ClientShape } from "../../model/signatures/sink.ts";
import type { SinkCall } from "./sink-calls.ts";

/**
 * Options that a client was told after it was made, `client.defaults.baseURL = …`, or that a function which it was
 * given writes to each request: its own first, then those of the client that a library offers to everybody.
 */
export function toldSettings(ev: Evaluator, { found, client }: SinkCall): Value[][] {
  const { table, sink } = found;
  const { client: shape } = table;
  if (shape === undefined || client === null) return [];
  const own = client.writers.flatMap((writes) => toldThrough(ev, shape, writes));
  return [own, toldToAll(ev, shape, sink.callee.replace(/#.*$/, "#"))];
}

/** What the functions that options list as their hooks write to a request. */
export function writtenByHooks(ev: Evaluator, { found }: SinkCall, options: Values): Value[] {
  const path = found.table.client?.hookOption?.split(".");
  if (path === undefined) return [];
  return given(
    ev,
    elementsOf(
      ev,
      path.reduce((values, key) => memberOf(ev, values, key), options),
      false,
    ),
  );
}

/**
 * Addresses as the functions that a client was given leave them: `(config) => ({ ...config, url: prefix + config.url
 * })`.
 */
export function rewrittenByHooks(ev: Evaluator, { found, client }: SinkCall, urls: TextValue[]): TextValue[] {
  const { hook, hookUrl } = found.table.client ?? {};
  if (hook === undefined || hookUrl === undefined || client === null || urls.length === 0) return urls;
  return client.writers
    .flatMap(({ variable: v, env, at }) => calledOn(v, [...at, ...hook.split(".")]).map((given) => ({ given, env })))
    .flatMap(({ given, env }) => ev.evaluate(given, env))
    .reduce<TextValue[]>((before, f) => {
      if (f.kind !== "function") return before;
      const options: Value = {
        kind: "object",
        node: null,
        env: null,
        without: [],
        writers: [],
        computed: [[hookUrl, before]],
      };
      const returned = callFunction(ev, f, { args: [{ values: [options] }], self: null }, 0);
      const after = toTexts(
        ev,
        memberOf(
          ev,
          returned.filter((r) => r.kind === "object"),
          hookUrl,
        ),
      );
      return after.length > 0 ? after : before;
    }, urls);
}

/** What calls of a member of the variable are given first. */
const calledOn = (v: Variable, place: readonly string[]): Expr[] =>
  v.mutations.flatMap(({ path, method, call }) => {
    const is = path.length === place.length - 1 && [...path, method].every((key, i) => place[i] === key);
    return is && call.arguments[0] ? [call.arguments[0]] : [];
  });

function toldThrough(ev: Evaluator, shape: ClientShape, { variable: v, env, at }: PropertyWrites): Value[] {
  const out: Value[] = [];
  const { settings, hook } = shape;
  const leads = (path: readonly string[], to: readonly string[]) => to.every((key, i) => path[i] === key);
  if (settings !== undefined) {
    const place = [...at, settings];
    const written = v.writes.some((w) => w.path.length >= place.length && leads(w.path, place));
    if (written || v.mutations.some((m) => leads(m.path, place))) out.push(writtenTo(v, env, place));
  }
  if (hook !== undefined) {
    const place = [...at, ...hook.split(".")];
    for (const m of v.mutations) {
      const path = [...m.path, m.method];
      if (path.length === place.length && leads(path, place) && m.call.arguments[0])
        out.push(...given(ev, ev.evaluate(m.call.arguments[0], env)));
    }
  }
  return out;
}

/** What functions write to their first parameter, and what they return in its place. */
const given = (ev: Evaluator, functions: Values): Value[] =>
  functions.flatMap((v): Value[] => {
    if (v.kind !== "function") return [];
    const parameter = v.func.paramVariables[0];
    const returned = callFunction(ev, v, { args: [], self: null }, 0).filter((r) => r.kind === "object");
    return parameter ? [writtenTo(parameter, v.env, []), ...returned] : returned;
  });

const writtenTo = (v: Variable, env: Env | null, at: readonly string[]): ObjectValue => ({
  kind: "object",
  node: null,
  env,
  without: [],
  writers: [{ variable: v, env, at }],
});

const shared = new CacheKey<Program, Map<string, Value[]>>();

function toldToAll(ev: Evaluator, shape: ClientShape, module: string): Value[] {
  const known = ev.program.cache.once(shared, ev.program, () => new Map<string, Value[]>());
  let values = known.get(module);
  if (values === undefined) {
    values = [];
    known.set(module, values);
    for (const { variable: v, at } of clientsTold(ev.program, shape)) {
      const client: Expr = at.reduce<Expr>((o, p) => ({ kind: "member", object: o, property: p, at: 0 }), {
        kind: "ref",
        variable: v,
      });
      const is = ev.evaluate(client, null).some((x) => x.kind === "native" && x.path === module && x.args.length === 0);
      if (is) values.push(...toldThrough(ev, shape, { variable: v, env: null, at }));
    }
  }
  return values;
}

/** Variables, and the members of them, that are told something the way a client is. */
function clientsTold(program: Program, { settings, hook }: ClientShape): { variable: Variable; at: string[] }[] {
  const method = hook?.split(".").at(-1);
  const told: { variable: Variable; at: string[] }[] = [];
  for (const v of program.mutatedVariables) {
    const places = new Map<string, string[]>();
    const add = (path: string[], member: string | undefined) => {
      const end = member === undefined ? -1 : path.indexOf(member);
      if (end >= 0) places.set(path.slice(0, end).join("."), path.slice(0, end));
    };
    for (const w of v.writes) add(w.path, settings);
    for (const m of v.mutations) if (m.method === method) add(m.path, hook?.split(".")[0]);
    for (const at of places.values()) told.push({ variable: v, at });
  }
  return told;
}
