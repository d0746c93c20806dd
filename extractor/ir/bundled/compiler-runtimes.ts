import type { Call, Expr, Member } from "../expression.ts";
import { canonical } from "../program.ts";
import { added, type Unit } from "../unit.ts";

/** Packages of helpers that compilers import instead of writing them into each file. */
const RUNTIMES = /^@babel\/runtime(?:-corejs\d)?\/helpers\/(?:esm\/)?(\w+)$|^@swc\/helpers\/_\/_(\w+)$/;

/**
 * The helper that a call runs, whatever the file calls it: `callSuper` of `(0, _callSuper2.default)(…)`, by the module
 * that it comes from. Null for any other call.
 */
export function importedHelper({ callee }: Call): string | null {
  const e = callee.kind === "member" && callee.object.kind === "ref" ? callee.object : callee;
  const name = callee.kind === "member" ? callee.property : "default";
  const module = moduleOf(e);
  if (module === "tslib") return name;
  const [, babel, swc] = module?.match(RUNTIMES) ?? [];
  return name === "default" || name === "_" ? (babel ?? swc ?? null) : null;
}

/** `require("m")`, `_interopRequireDefault(require("m"))`, in the only place that gives a variable its value. */
function moduleOf(e: Expr): string | null {
  const [only, ...more] = e.kind === "ref" ? canonical(e.variable).definitions : [];
  if (only === undefined || more.length > 0) return null;
  const [adapted] = only.expression.kind === "call" ? only.expression.arguments : [];
  const imported = only.expression.kind === "member" ? only.expression.object : (adapted ?? only.expression);
  return imported.kind === "module" && imported.specifier.kind === "literal" ? String(imported.specifier.value) : null;
}

type WrittenOut = (call: Call, given: Call["arguments"]) => void;

const superCall: WrittenOut = (call, [, , list]) => {
  call.callee = { kind: "unknown", name: "super", at: call.at };
  call.arguments = list === undefined ? [] : list.kind === "array" ? list.items : [{ kind: "spread", argument: list }];
};
const read: WrittenOut = (call, [self, map]) => reads(call, map, self);
const set: WrittenOut = (call, [self, map, value]) => sets(call, map, self, value);
const defined: WrittenOut = (call, [object, key, value]) => defines(call, object, key, value);

/** Helpers as the code that they stand for, once the names of a program are linked and before calls are indexed. */
const WRITTEN_OUT: Readonly<Record<string, WrittenOut>> = {
  callSuper: superCall,
  call_super: superCall,
  classPrivateFieldGet: read,
  classPrivateFieldGet2: (call, [map, self]) => reads(call, map, self),
  class_private_field_get: read,
  __classPrivateFieldGet: read,
  classPrivateFieldInitSpec: set,
  classPrivateFieldSet: set,
  classPrivateFieldSet2: (call, [map, self, value]) => sets(call, map, self, value),
  class_private_field_set: set,
  __classPrivateFieldSet: set,
  defineProperty: defined,
  define_property: defined,
  __spreadArray: (call, [first, second]) => concatenates(call, [first!, second!]),
};

export function writeOutHelpers(units: readonly Unit[]): void {
  for (const { calls } of units)
    for (const call of calls) {
      const name = call.construct || call.arguments.length < 2 ? null : importedHelper(call);
      if (name !== null && Object.hasOwn(WRITTEN_OUT, name)) WRITTEN_OUT[name]!(call, call.arguments);
    }
}

function concatenates(call: Call, lists: Expr[]): void {
  call.callee = member({ kind: "array", items: [], at: call.at }, "concat", call.at);
  call.arguments = lists;
}

const member = (object: Expr, property: string, at: number): Member => ({ kind: "member", object, property, at });

function reads(call: Call, map: Expr | undefined, self: Expr | undefined): void {
  if (map?.kind !== "ref" || self === undefined) return;
  call.callee = member(map, "get", call.at);
  call.arguments = [self];
}

function sets(call: Call, map: Expr | undefined, self: Expr | undefined, value: Expr | undefined): void {
  if (map?.kind !== "ref" || self === undefined || value === undefined) return;
  call.callee = member(map, "set", call.at);
  call.arguments = [self, value];
  const v = canonical(map.variable);
  v.mutations = added(v.mutations, { path: [], method: "set", call });
}

/** `_defineProperty(this, "send", function (path) {…})`, which gives the object back as `Object.assign` does. */
function defines(call: Call, object: Expr | undefined, key: Expr | undefined, value: Expr | undefined): void {
  if (key?.kind !== "literal" || value === undefined) return;
  const { guard, within, at } = call;
  const members = [{ kind: "value" as const, key: String(key.value), value }];
  if (object !== undefined) call.arguments = [object, { kind: "object", members, at }];
  const write = { path: [String(key.value)], key: null, expression: value, guard, within };
  const f = object?.kind === "this" ? object.func : null;
  if (f) f.thisWrites = added(f.thisWrites, write);
  else if (object?.kind === "ref") {
    const v = canonical(object.variable);
    v.writes = added(v.writes, write);
  }
}
