import type { Call, Expr } from "../expression.ts";
import { push } from "../multimap.ts";
import { type BundledModule, canonical, type Program } from "../program.ts";
import type { Variable } from "../unit.ts";

/**
 * `module.exports = f` in a module that a bundler made a function of: what holds the module holds `f`, as between files
 * (`required-functions.ts`).
 *
 * ```js
 * var post = require_post(); post(url);
 * var import_post = helper(require_post()); (0, import_post.default)(url);
 * ```
 * A late step of linking: it must be done before callers are asked for.
 */
export function indexBundledExports(
  program: Program,
  requires: readonly { call: Call; module: BundledModule }[],
): void {
  const holders = new Map<BundledModule["factory"], Variable | null>();
  for (const { call, module } of requires) {
    let holder = holders.get(module.factory);
    if (holder === undefined) {
      holder = holderOfWhole(program, module);
      holders.set(module.factory, holder);
    }
    if (holder !== null) indexRequire(program, call, holder);
  }
}

function indexRequire(program: Program, call: Call, holder: Variable): void {
  const { results, callsOfResult, resultsPassed, callsOf, heldBy, destructuredFrom } = program;
  const later = callsOfResult.get(call);
  if (later !== undefined) push(callsOf, holder, later);
  const named = results.get(call);
  if (named !== undefined && canonical(named) !== holder) push(heldBy, holder, canonical(named));
  const adapted = resultsPassed.get(call)?.call;
  const whole = adapted === undefined ? undefined : results.get(adapted);
  if (whole === undefined) return;
  const isDefault = (e: Expr): boolean =>
    e.kind === "member" && e.object.kind === "ref" && canonical(e.object.variable) === canonical(whole);
  for (const each of program.callsOfMember.get("default") ?? [])
    if (isDefault(each.callee)) push(callsOf, holder, each);
  for (const v of destructuredFrom.get("default") ?? [])
    if (v.definitions.some(({ expression: e }) => isDefault(e))) push(heldBy, holder, canonical(v));
}

/** The variable that holds what the module is as a whole, if that is a function or a class. */
function holderOfWhole(program: Program, { factory, module }: BundledModule): Variable | null {
  const own = factory.paramVariables[module];
  const e = own?.writes.find(({ path, key }) => key === null && path.length === 1 && path[0] === "exports")?.expression;
  if (!own || e === undefined) return null;
  if (e.kind === "ref") return canonical(e.variable);
  if (e.kind === "function") push(program.holders, e.func, own);
  else if (e.kind === "class") push(program.holders, e.classDef, own);
  else return null;
  return own;
}
