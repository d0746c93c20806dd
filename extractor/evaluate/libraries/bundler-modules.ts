import { mayRequire } from "../../ir/bundled/require-call.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { type BundledModule, canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { type Argument, type FunctionValue, native, type Value, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import type { Questions } from "../engine/questions.ts";
import { membersAt, wholeExports } from "../objects/member.ts";
import { argument } from "../transfer/compute.ts";
import { libraryOfModule } from "./library-fingerprint.ts";

/**
 * Bundlers make a function of every CommonJS file and a helper that runs it once. Names are gone, shapes stay:
 *
 * esbuild, Bun   (cb, mod) => () => (mod || cb((mod = {exports: {}}).exports, mod), mod.exports)
 *                called with (exports, module) => {…} or {"path"(exports, module) {…}}
 * webpack        cb => { var mod; return () => { if (cb) { …; cb.call(mod.exports, mod, mod.exports) } return
 * mod.exports } }
 */
export function commonJsWrapper(ev: Evaluator, fn: FunctionValue, args: readonly Argument[]): Values | null {
  if (fn.func.params === 0 || args.length === 0) return null;
  const order = wrappedOrder(ev, fn.func);
  if (order === null) return null;
  const factories = argument(ev, args, 0).flatMap((v): Func[] => {
    if (v.kind === "function") return [v.func];
    if (v.kind !== "object" || v.node?.members.length !== 1) return [];
    const [only] = v.node.members;
    return only?.kind === "value" && only.value.kind === "function" ? [only.value.func] : [];
  });
  if (factories.length === 0) return null;
  // the helper yields a function; calling that yields the exports
  return factories.map((factory): Value => ({ kind: "interop", of: [exportsOf(ev, { factory, ...order })] }));
}

type Order = Omit<BundledModule, "factory">;

const orders = new CacheKey<Func, Order | null>();

/** Which parameter of a file is `exports` and which `module`, where the function is such a helper. */
const wrappedOrder = ({ program }: Evaluator, f: Func): Order | null =>
  program.cache.once(orders, f, () => {
    const [only, ...more] = f.returns;
    const runs =
      only?.expression.kind === "function" && more.length === 0 && returnsExports(only.expression.func)
        ? only.expression.func
        : null;
    const second = runs?.calls.some(({ callee, arguments: a }) => {
      const given = callee.kind === "member" && callee.property === "call" ? a.slice(1) : a;
      return given[1]?.kind === "member" && given[1].property === "exports";
    });
    return runs === null ? null : second ? { module: 0, exports: 1 } : { exports: 0, module: 1 };
  });

const isExports = (e: Expr): boolean => e.kind === "member" && e.property === "exports" && e.object.kind === "ref";
const returnsExports = (f: Func): boolean => f.params === 0 && f.returns.some(({ expression: e }) => isExports(e));

function exportsOf(ev: Evaluator, module: BundledModule): Value {
  ev.program.bundled.set(module.factory, module);
  const brand = libraryOfModule(ev, module);
  return brand === null ? { kind: "exports", module } : native(brand);
}

/**
 * What `require` gives of an ES module, as esbuild and Bun write it: a new object, marked so, with the module's
 * members.
 *
 * (mod) => copy(define({}, "__esModule", {value: true}), mod)
 */
export function requiredNamespace(ev: Evaluator, { func: f }: FunctionValue, args: readonly Argument[]): Values | null {
  return args.length > 0 && f.params > 0 && f.calls.some(marksNew) ? argument(ev, args, 0) : null;
}

const marksNew = ({ arguments: [target, mark] }: Call): boolean =>
  target?.kind === "object" && target.members.length === 0 && mark?.kind === "literal" && mark.value === "__esModule";

/**
 * webpack, ncc    function require(id) { …; modules[id](module, module.exports, require); return module.exports }
 */
export function bundledModule(ev: Evaluator, fn: FunctionValue, args: readonly Argument[]): Values | null {
  const table = moduleTable(ev, fn.func);
  if (table === null || args.length === 0) return null;
  const ids = argument(ev, args, 0);
  const own = membersAt(ev, ev.evaluate(table, fn.env), ids);
  const found = own.some((v) => v.kind === "function") ? own : membersAt(ev, chunks(ev), ids);
  const modules = found.flatMap((v): Value[] => {
    if (v.kind !== "function") return [];
    return [exportsOf(ev, { factory: v.func, module: 0, exports: 1 })];
  });
  return modules.length > 0 ? modules : null;
}

const chunkTables = new CacheKey<Program, Values>();

/**
 * Tables that files of their own add when they are loaded: `exports.modules = {id: (module, exports, require) =>
 * {…}}`, or
 * `(self.chunks = self.chunks || []).push([[ids], {id: (module, exports, require) => {…}}])`.
 */
const chunks = (ev: Evaluator): Values =>
  ev.program.cache.once(chunkTables, ev.program, () => {
    const written = [...ev.program.files.values()].flatMap(({ names, exports }) => [
      ...(names.get("exports")?.writes ?? []).flatMap((w) => (w.path.join() === "modules" ? [w.expression] : [])),
      ...[...exports].flatMap(([name, e]) => (name === "__webpack_modules__" ? [e] : [])),
    ]);
    const pushed = (ev.program.callsOfMember.get("push") ?? []).flatMap(pushedTable);
    return [...written, ...pushed].flatMap((e) => ev.evaluate(e, null)).filter((v) => v.kind === "object");
  });

/** `[[ids], {id: (module, exports, require) => {…}}]` of the file's top level. */
function pushedTable({ arguments: [chunk], within }: Call): Expr[] {
  if (within !== null || chunk?.kind !== "array") return [];
  const [ids, table] = chunk.items;
  if (ids?.kind !== "array" || !ids.items.every((id) => id.kind === "literal")) return [];
  const isTable =
    table?.kind === "object" &&
    table.members.length > 0 &&
    table.members.every((m) => m.kind === "value" && m.value.kind === "function" && m.value.func.params <= 3);
  return isTable ? [table] : [];
}

/** The parameter of a module that is given `require`, and the function which that is. */
export interface RequireParameter {
  parameter: Variable;
  require: Func;
}

/** Of every module of such a table, the first one included, which nobody is seen to require. */
export function requireParameters(ev: Questions): RequireParameter[] {
  const found: RequireParameter[] = [];
  for (const unit of ev.program.units) {
    for (const require of unit.functions) {
      const table = moduleTable(ev, require);
      if (table === null) continue;
      for (const v of ev.ask(null, (ev) => [...ev.evaluate(table, null), ...chunks(ev)])) {
        if (v.kind !== "object") continue;
        for (const m of v.node?.members ?? []) {
          // the third one: exports and module come before it
          const parameter = m.kind === "value" && m.value.kind === "function" ? m.value.func.paramVariables[2] : null;
          if (parameter) found.push({ parameter, require });
        }
      }
    }
  }
  return found;
}

/** A call that yields a module which a bundler made a function of. */
export interface RequireCall {
  call: Call;
  module: BundledModule;
}

/** All such calls of a program. */
export function requireCalls(ev: Questions): RequireCall[] {
  const found: RequireCall[] = [];
  const known = new Map<Variable, Map<unknown, readonly BundledModule[]>>();
  for (const { calls } of ev.program.units) {
    for (const call of calls) {
      if (!mayRequire(call) || call.callee.kind !== "ref") continue;
      const require = canonical(call.callee.variable);
      if (!require.definitions.some(({ expression: e }) => e.kind !== "literal" && e.kind !== "object")) continue;
      const [id] = call.arguments;
      const key = id?.kind === "literal" ? id.value : undefined;
      const byId = known.get(require) ?? new Map<unknown, readonly BundledModule[]>();
      known.set(require, byId);
      let modules = byId.get(key);
      if (modules === undefined) {
        modules = ev.tryWithin((ev) => ownModules(ev, call), []);
        byId.set(key, modules);
      }
      for (const module of modules) found.push({ call, module });
    }
  }
  return found;
}

/** Without those that are a known library as a whole: its rows say what calls of it send. */
const ownModules = (ev: Evaluator, call: Call): BundledModule[] =>
  ev.evaluate(call, null).flatMap((v) => {
    const isKnown = v.kind === "exports" && wholeExports(ev, v.module).some(({ kind }) => kind === "native");
    return v.kind === "exports" && !isKnown ? [v.module] : [];
  });

const tables = new CacheKey<Func, Expr | null>();

/** The object that a webpack-like `require` looks its modules up in; null for other functions. */
const moduleTable = ({ program }: Pick<Evaluator, "program">, f: Func): Expr | null =>
  program.cache.once(tables, f, () => {
    let table: Expr | null = null;
    if (f.params === 1 && f.returns.some(({ expression: e }) => isExports(e))) {
      for (const { callee } of f.calls) {
        const looked = callee.kind === "member" && callee.property === "call" ? callee.object : callee;
        if (looked.kind === "index" && looked.index.kind === "ref" && looked.index.variable === f.paramVariables[0])
          table = looked.object;
      }
    }
    return table;
  });
