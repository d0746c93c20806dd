import { namesInside } from "../../ir/bundled/names-inside.ts";
import { classMembers } from "../../ir/class-members.ts";
import type { ObjectExpr } from "../../ir/expression.ts";
import type { BundledModule } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { ClassDef, Func, Variable } from "../../ir/unit.ts";
import type { Brand } from "../../model/signatures/sink.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/** A bundled library's class has lost its name, but not its members: the module it stands for, or null. */
export const libraryOfClass = (ev: Evaluator, c: ClassDef): string | null => libraryOf(ev, c, classMembers(c));

/**
 * The same for a module that a bundler keeps in a function, by what it writes to its exports, or by the functions
 * inside.
 */
export const libraryOfModule = (ev: Evaluator, module: BundledModule): string | null =>
  libraryOf(ev, module, writtenExports(module)) ?? libraryInside(ev, module);

/** The same for what members are written to one by one, or to the prototype of which. */
export const libraryOfVariable = (ev: Evaluator, v: Variable): string | null =>
  v.writes.length < 2 ? null : libraryOf(ev, v, soleNames(v));

/** The same for an object literal: only an interface as a whole tells it from others with members of these names. */
export const libraryOfLiteral = (ev: Evaluator, e: ObjectExpr): string | null =>
  e.members.length < LEAST ? null : libraryOf(ev, e, exportedNames(e), isInterface);

/**
 * The same for a function that is given members, `Object.assign(f, {endpoint, defaults})`, by those and by what it
 * calls.
 */
export function libraryOfFunction({ options }: Evaluator, f: Func, given: ObjectExpr): string | null {
  const members = new Set(exportedNames(given));
  const brand = options.brands.find(
    ({ members: all, calls }) => calls !== undefined && all.every((m) => members.has(m)) && callsAll(f, calls),
  );
  return brand?.module ?? null;
}

const callsAll = ({ calls }: Func, methods: readonly string[]): boolean =>
  methods.every((m) => calls.some(({ callee }) => callee.kind === "member" && callee.property === m));

/** Members of the smallest interface. */
const LEAST = 6;
const standsAlone = (b: Brand): boolean => !b.beside && !b.inside && b.calls === undefined;
const isInterface = (b: Brand): boolean => b.interface === true;

const around = new CacheKey<Func, string | null>();

const libraryInside = ({ program, options }: Evaluator, module: BundledModule): string | null =>
  options.brands.some(isInside)
    ? program.cache.once(around, module.factory, () => {
        const names = new Set([...writtenExports(module), ...namesInside(program, module.factory)]);
        return options.brands.find((b) => isInside(b) && b.members.every((m) => names.has(m)))?.module ?? null;
      })
    : null;

const isInside = (b: Brand): boolean => b.inside === true;

/**
 * The library whose client an instance is, though its class is followed as any other.
 * @param members of the class and of those above it
 */
export const libraryBeside = ({ options }: Evaluator, members: ReadonlySet<string>): string | null =>
  options.brands.find((b) => b.beside && b.members.every((m) => members.has(m)))?.module ?? null;

type Fingerprinted = ClassDef | BundledModule | Variable | ObjectExpr;

const known = new CacheKey<Fingerprinted, string | null>();

function libraryOf(
  ev: Evaluator,
  of: Fingerprinted,
  names: Iterable<string>,
  counts: (b: Brand) => boolean = standsAlone,
): string | null {
  return ev.program.cache.once(known, of, () => {
    const members = new Set(names);
    return ev.options.brands.find((b) => counts(b) && b.members.every((m) => members.has(m)))?.module ?? null;
  });
}

function* soleNames(v: Variable): Generator<string> {
  for (const { path } of v.writes) {
    if (path.length === 1) yield path[0]!;
    else if (path.length === 2 && path[0] === "prototype") yield path[1]!;
  }
}

function* exportedNames(e: ObjectExpr): Generator<string> {
  for (const m of e.members) if (m.kind === "value" || m.kind === "getter") yield m.key;
}

function writtenExports({ factory, exports, module }: BundledModule): Set<string> {
  const own = (factory.paramVariables[exports]?.writes ?? []).map((w) => w.path[0]);
  const whole = (factory.paramVariables[module]?.writes ?? [])
    .filter((w) => w.path[0] === "exports")
    .map((w) => w.path[1]);
  return new Set([...own, ...whole].filter((name) => name !== undefined));
}
