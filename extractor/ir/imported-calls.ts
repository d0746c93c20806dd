import type { Expr } from "./expression.ts";
import { specifiersOf } from "./loaded-files.ts";
import { canonical, type Program } from "./program.ts";

/**
 * Calls of what files import from other packages, by the name of the package: `send(x)`, `api.send(x)` and `new
 * Client(x)` after
 * `import`, and classes that extend one of theirs. What is imported and never called counts nothing.
 * @param isOwn of which files the calls count
 * @param packageOf name of the package that an import in that file means, null where it is none that counts
 */
export function importedCalls(
  program: Program,
  isOwn: (file: string) => boolean,
  packageOf: (from: string, specifier: string) => string | null,
): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string | null, count: number) => {
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + count);
  };
  /** What each expression on a way comes from: a chain of calls is walked once. */
  const known = new Map<Expr, string | null>();
  const nameOf = (start: Expr): string | null => {
    const passed: Expr[] = [];
    let name: string | null = null;
    for (let e: Expr | null = start; e !== null; e = cameFrom(e)) {
      const before = known.get(e);
      if (before !== undefined) {
        name = before;
        break;
      }
      known.set(e, null);
      passed.push(e);
      if (e.kind === "module" && e.specifier.kind === "literal")
        name = packageOf(e.unit.file, String(e.specifier.value));
    }
    for (const e of passed) known.set(e, name);
    return name;
  };
  for (const unit of program.units) {
    if (!isOwn(unit.file)) continue;
    for (const specifier of new Set(specifiersOf(unit))) add(packageOf(unit.file, specifier), 0);
    for (const call of unit.calls) add(nameOf(call.callee), 1);
    for (const { parent } of unit.classes) if (parent !== null) add(nameOf(parent), 1);
  }
  return counts;
}

/** What an expression is a member, a result or another name of; null at the end of the way. */
function cameFrom(e: Expr): Expr | null {
  switch (e.kind) {
    case "member":
    case "index":
      return e.object;
    case "await":
      return e.argument;
    case "call":
      // a helper that adapts the module for `import`
      return e.arguments[0]?.kind === "module" ? e.arguments[0] : e.callee;
    case "ref":
      return (
        canonical(e.variable).definitions.find(({ expression }) => expression.kind !== "literal")?.expression ?? null
      );
    default:
      return null;
  }
}
