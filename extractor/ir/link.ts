import { writeOutHelpers } from "./bundled/compiler-runtimes.ts";
import type { Call, Expr, Member } from "./expression.ts";
import { unwrapHandedOnFunctions } from "./handed-on-functions.ts";
import { importResolver, type Resolve } from "./import-resolver.ts";
import { nameOldStyleClasses } from "./old-style-classes.ts";
import { canonical, type FileScope, type Program } from "./program.ts";
import { ProgramCache } from "./program-cache.ts";
import { indexProgram } from "./program-index.ts";
import { numberPrograms } from "./program-numbers.ts";
import { added, addedAll, type Func, type Unit, type Variable, type Write } from "./unit.ts";

/** CommonJS gives these to every file for itself. */
const OWN_OF_FILE = new Set(["module", "exports"]);

/**
 * Joins units into a program. A name of a file's top level has one home however many units use it; names that no unit
 * of the file declares or assigns are globals, shared by all files.
 */
export function link(units: Unit[], resolver: (files: Map<string, FileScope>) => Resolve = importResolver): Program {
  const files = new Map<string, FileScope>();
  for (const unit of units) {
    let file = files.get(unit.file);
    if (file === undefined) {
      file = { path: unit.file, names: new Map(), units: [], exports: new Map(), exportsAll: [] };
      files.set(unit.file, file);
    }
    file.units.push(unit);
  }
  const globals = new Map<string, Variable>();
  for (const file of files.values()) settleNames(file, globals);
  for (const file of files.values()) bindModules(file);
  writeOutHelpers(units);
  const shared = new Set<Write>();
  for (const file of files.values()) for (const v of file.names.values()) shareWithNamed(v, shared);
  for (const unit of units) {
    for (const v of unit.blockVariables) shareWithNamed(v, shared);
    for (const f of unit.functions) for (const v of f.variables) shareWithNamed(v, shared);
    for (const call of unit.calls) if (call.callee.kind === "function") shareInvokedParameters(call, call.callee.func);
  }

  const program: Program = {
    files,
    globals,
    units,
    callsOf: new Map(),
    callsOfMember: new Map(),
    indirectCalls: new Map(),
    callsOfResult: new Map(),
    invoked: new Map(),
    functionsNamed: new Map(),
    computedNames: new Map(),
    holders: new Map(),
    heldBy: new Map(),
    membersPassed: new Map(),
    resultsPassed: new Map(),
    destructuredFrom: new Map(),
    storedAs: new Map(),
    returnedMembers: new Set(),
    mutatedVariables: [],
    callsWithStringArgument: [],
    objects: [],
    resultWrites: new Map(),
    results: new Map(),
    classes: units.flatMap((u) => u.classes),
    bundled: new Map(),
    cache: new ProgramCache(),
    resolve: resolver(files),
  };
  unwrapHandedOnFunctions(program);
  indexProgram(program);
  nameOldStyleClasses(program);
  numberPrograms(program);
  return program;
}

function settleNames(file: FileScope, globals: Map<string, Variable>): void {
  const byName = new Map<string, Variable[]>();
  for (const unit of file.units) {
    for (const [name, v] of unit.names) {
      const all = byName.get(name);
      if (all === undefined) byName.set(name, [v]);
      else all.push(v);
    }
  }
  for (const [name, all] of byName) {
    const own = all.some((v) => v.declared || v.definitions.length > 0) || OWN_OF_FILE.has(name);
    const scope = own ? file.names : globals;
    let home = scope.get(name);
    if (home === undefined) {
      home = all[0]!;
      scope.set(name, home);
    }
    for (const v of all) {
      if (v === home) continue;
      v.standsFor = home;
      home.declared ||= v.declared;
      home.definitions = addedAll(home.definitions, v.definitions);
      home.writes = addedAll(home.writes, v.writes);
      home.mutations = addedAll(home.mutations, v.mutations);
      home.aliases = addedAll(home.aliases, v.aliases);
      home.passedTo = addedAll(home.passedTo, v.passedTo);
    }
  }
}

/** Imports become definitions of their local names; exports become expressions. */
function bindModules(file: FileScope): void {
  for (const unit of file.units) {
    for (const { local, specifier, imported } of unit.imports) {
      const e = importedFrom(unit, specifier, imported);
      const home = canonical(local);
      home.definitions = added(home.definitions, { expression: e, guard: null, loop: false, within: null });
    }
    for (const e of unit.exports) {
      if (e.kind === "value") file.exports.set(e.name, e.expression);
      else if (e.kind === "from") file.exports.set(e.name, importedFrom(unit, e.specifier, e.imported));
      else file.exportsAll.push(e.specifier);
    }
  }
}

function importedFrom(unit: Unit, specifier: string, imported: string): Expr {
  const module: Expr = { kind: "module", specifier: { kind: "literal", value: specifier, at: 0 }, unit, at: 0 };
  return imported === "*" ? module : ({ kind: "member", object: module, property: imported, at: 0 } satisfies Member);
}

/**
 * `(function (E) { E.A = "a" })(E || (E = {}))`: what is written to the parameter is written to the argument. Inner
 * calls come first, so that `(function (I) {…})(E.I || (E.I = {}))` reaches the outermost name.
 */
function shareInvokedParameters(call: Call, f: Func): void {
  for (let i = 0; i < call.arguments.length; i++) {
    const parameter = f.paramVariables[i];
    const given = call.arguments[i]!;
    // a helper that defines fields, see `definingCalls`
    const isHelper = given.kind === "this" && parameter?.writes.some(({ key }) => key !== null);
    if (parameter && !isHelper) shareWrites(parameter, given, parameter.writes);
  }
}

/**
 * `(E = N || (N = {})).a = "b"`, as namespaces and enums are compiled: what is written to the alias is written to both.
 * So is what is written to the only name for an object: `const self = this; self.base = "…"`, `const s = this.all`.
 * @param shared what got to a variable so already: each name hands on its own writes alone, all the way
 */
function shareWithNamed(v: Variable, shared: Set<Write>): void {
  let writes: readonly Write[] = v.writes.filter((w) => !shared.has(w));
  let at: Variable | null = v;
  for (let level = 0; at !== null && writes.length > 0 && level < ALIASES; level++) {
    const known: Variable = at;
    const [e] = known.definitions.map(({ expression }) => expression).filter((each) => isNamed(each, known));
    if (e === undefined) return;
    const to = shareWrites(known, e, writes);
    if (to === null) return;
    at = to.home;
    writes = to.writes;
    for (const w of writes) shared.add(w);
  }
}

/** Names for names for an object. */
const ALIASES = 8;

const isNamed = (e: Expr, { definitions }: Variable): boolean =>
  e.kind === "choice"
    ? e.operator === "||" && e.right.kind === "object" && e.right.members.length === 0
    : (e.kind === "this" || e.kind === "member") && definitions.length === 1;

/** `v` is another name for `this`, `this.a`, `a.b` or `a || (a = {})`: where its writes got to, null for `this`. */
function shareWrites(v: Variable, e: Expr, own: readonly Write[]): { home: Variable; writes: Write[] } | null {
  const path: string[] = [];
  let root = e.kind === "choice" ? e.left : e;
  for (; root.kind === "member"; root = root.object) path.unshift(root.property);
  const writes = own.map((w) => ({ ...w, path: [...path, ...w.path] }));
  if (root.kind === "this" && root.func !== null && !root.isSuper)
    root.func.thisWrites = addedAll(root.func.thisWrites, writes);
  if (root.kind !== "ref" || canonical(root.variable) === v) return null;
  const home = canonical(root.variable);
  home.writes = addedAll(home.writes, writes);
  return { home, writes };
}
