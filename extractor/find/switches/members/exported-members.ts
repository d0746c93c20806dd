import type { ExportsValue, ModuleValue } from "../../../evaluate/domain/value.ts";
import type { Expr } from "../../../ir/expression.ts";
import { canonical } from "../../../ir/program.ts";
import type { Func, Variable, Write } from "../../../ir/unit.ts";
import type { Given } from "../given.ts";

/** What a module gives a member: by its name, and as part of `module.exports = …`. */
export interface ExportedMember {
  own: Given[];
  whole: Given[];
}

/** Null where nothing is seen of it: it may come from a module that is handed on. */
export function exportedMember(v: ModuleValue | ExportsValue, key: string): ExportedMember | null {
  const found = v.kind === "module" ? ofFile(v, key) : ofBundled(v, key);
  return found.own.length + found.whole.length > 0 ? found : null;
}

function ofFile({ file }: ModuleValue, key: string): ExportedMember {
  const exported = file.exports.get(key);
  if (exported !== undefined) return { own: [asGiven(exported)], whole: [] };
  return ofCommonJs(file.names.get("exports"), file.names.get("module"), null, key);
}

function ofBundled({ module: { factory, exports, module } }: ExportsValue, key: string): ExportedMember {
  return ofCommonJs(factory.paramVariables[exports], factory.paramVariables[module], factory, key);
}

/** @param body the function that the file became, null where it is a file as such */
function ofCommonJs(
  exports: Variable | null | undefined,
  module: Variable | null | undefined,
  body: Func | null,
  key: string,
): ExportedMember {
  const writesTo = (v: Variable | null | undefined, path: readonly string[]) =>
    (v ? canonical(v).writes : []).filter((w) => w.key === null && w.path.join() === path.join());
  const own = [...writesTo(exports, [key]), ...writesTo(module, ["exports", key])];
  return { own: lasting(own, body), whole: lasting(writesTo(module, ["exports"]), body) };
}

/** `exports.a = void 0` above what it is: what is surely written later takes its place. */
function lasting(writes: readonly Write[], body: Func | null): Given[] {
  const last = writes.findLastIndex(({ guard, within }) => guard === null && within === body);
  return writes.slice(Math.max(0, last)).map(({ expression, guard }) => ({ ...asGiven(expression), guard }));
}

const asGiven = (expression: Expr): Given => ({ expression, guard: null, env: null, replaces: false });
