import type { Call, Expr, ImportedModule } from "./expression.ts";
import { push } from "./multimap.ts";
import { canonical, type FileScope, type Program } from "./program.ts";
import { CacheKey } from "./program-cache.ts";
import type { Variable } from "./unit.ts";

const holdersOfWhole = new CacheKey<FileScope, Variable>();

/**
 * `module.exports = f` of one file, `const post = require("./file")` in another: the variable holds what the other
 * file's does.
 * @param e what the variable is defined as
 */
export function indexRequired(program: Program, v: Variable, e: Expr): void {
  const module = requiredBy(e);
  const holder = module === null ? null : holderOfWhole(program, module);
  if (holder !== null && holder !== v) push(program.heldBy, holder, v);
}

/**
 * `require("./file")(x)`, and `file.default(x)` where a compiler adapted it: `var file = helper(require("./file"))`.
 */
export function indexRequiredCall(program: Program, call: Call): void {
  const { callee } = call;
  const isDefault = callee.kind === "member" && callee.property === "default";
  const module = isDefault ? adaptedBy(callee.object) : callee.kind === "module" ? callee : null;
  const holder = module === null ? null : holderOfWhole(program, module);
  if (holder !== null) push(program.callsOf, holder, call);
}

const requiredBy = (e: Expr): ImportedModule | null =>
  e.kind === "module"
    ? e
    : e.kind === "member" && e.property === "default" && e.object.kind === "module"
      ? e.object
      : null;

/** The module that a helper was given, or a variable that holds what it made. */
function adaptedBy(e: Expr): ImportedModule | null {
  const made = e.kind === "ref" ? canonical(e.variable).definitions[0]?.expression : e;
  if (made?.kind === "module") return made;
  const [given] = made?.kind === "call" ? made.arguments : [];
  return given?.kind === "module" ? given : null;
}

/**
 * The variable that holds what a file is as a whole, if that is a function or a class: `module` where it has no other
 * name.
 */
function holderOfWhole(program: Program, { specifier, unit }: ImportedModule): Variable | null {
  const file = specifier.kind === "literal" ? program.resolve(unit.file, String(specifier.value)) : null;
  const module = file?.names.get("module");
  if (!file || module === undefined) return null;
  const known = program.cache.of(holdersOfWhole).get(file);
  if (known !== undefined) return known;
  const whole = module.writes.find(({ path, key }) => key === null && path.length === 1 && path[0] === "exports");
  const e = whole?.expression;
  if (e?.kind === "function") push(program.holders, e.func, module);
  else if (e?.kind === "class") push(program.holders, e.classDef, module);
  else if (e?.kind !== "ref") return null;
  const holder = e.kind === "ref" ? canonical(e.variable) : module;
  program.cache.of(holdersOfWhole).set(file, holder);
  return holder;
}
