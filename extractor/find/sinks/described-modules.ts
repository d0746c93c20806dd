import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { libraryOfModule } from "../../evaluate/libraries/library-fingerprint.ts";
import { wholeExports } from "../../evaluate/objects/member.ts";
import { mayRequire } from "../../ir/bundled/require-call.ts";
import type { Call } from "../../ir/expression.ts";
import { push } from "../../ir/multimap.ts";
import type { BundledModule, Program } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import type { SinkIndex } from "./sink-index.ts";

/**
 * Is a call that of a bundled library which its rows describe in full? Its files, and those that only its files
 * require, are not looked at: the rows say what the library sends where the program calls it.
 */
export function describedModules(ev: Questions, { brands }: SinkIndex): (call: Call) => boolean {
  const { program } = ev;
  const whole = new Set(brands.flatMap(({ module, whole }) => (whole ? [module] : [])));
  if (whole.size === 0) return () => false;
  const described = new Set<Func>();
  const queue: Func[] = [];
  const add = (factory: Func) => {
    if (described.has(factory)) return;
    described.add(factory);
    queue.push(factory);
  };
  const requirers = requiredBy(ev);
  for (const module of program.bundled.values())
    if (ev.ask(null, (ev) => isOneOf(ev, module, whole))) add(module.factory);
  if (described.size === 0) return () => false;
  const required = new Map<Func, Func[]>();
  for (const [factory, from] of requirers) for (const by of from) if (by !== null) push(required, by, factory);
  for (let by = queue.pop(); by !== undefined; by = queue.pop())
    for (const factory of required.get(by) ?? [])
      if (requirers.get(factory)!.every((from) => from !== null && described.has(from))) add(factory);
  return ({ within }) => {
    const factory = factoryAround(program, within);
    return factory !== null && described.has(factory);
  };
}

/** Is the module, or what it exports as a whole, such a library? */
const isOneOf = (ev: Evaluator, module: BundledModule, whole: ReadonlySet<string>): boolean =>
  whole.has(libraryOfModule(ev, module) ?? "") ||
  wholeExports(ev, module).some((v) => v.kind === "native" && whole.has(v.path));

/** By module the modules that require it; null for code outside of all. */
function requiredBy(ev: Questions): Map<Func, (Func | null)[]> {
  const { program } = ev;
  const places = program.units.flatMap(({ calls }) =>
    calls
      .filter(mayRequire)
      .flatMap((call) =>
        ev
          .ask(null, (ev) => ev.evaluate(call, null))
          .flatMap((v) => (v.kind === "exports" ? [{ factory: v.module.factory, within: call.within }] : [])),
      ),
  );
  // a module is known as one once some code was seen to require it
  const by = new Map<Func, (Func | null)[]>();
  for (const { factory, within } of places) push(by, factory, factoryAround(program, within));
  return by;
}

function factoryAround({ bundled }: Program, within: Func | null): Func | null {
  for (let f = within; f !== null; f = f.outer) if (bundled.has(f)) return f;
  return null;
}
