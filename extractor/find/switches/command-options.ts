import type { Call, Expr, ObjectExpr } from "../../ir/expression.ts";
import { memberExpr } from "../../ir/operands.ts";
import { type Program, soleDefinition } from "../../ir/program.ts";
import type { Ask, Standing } from "./given.ts";
import { and, or, type Requirements, type ValueConstraint, wishedPresence } from "./requirements.ts";

/** An option that is on or off, as a program declares it to a library that reads the command line. */
interface DeclaredOption {
  /** Options that make it true, and false: `--telemetry`, `--no-telemetry`. */
  on: string | null;
  off: string | null;
  /** What it is where nobody gives it. */
  otherwise: Expr;
}

/** `--disable-telemetry`, `-q, --quiet`, `--no-color`: takes no value. */
const FLAGS = /^(?:-\w(?:, *| +|\|))?--(no-)?([A-Za-z][\w-]*)$/;
const NAME = /^[A-Za-z][\w-]*$/;
/** Methods of commander, cac and yargs whose callbacks get what was given. */
const CALLBACKS = new Set(["action", "command"]);
/** Methods of the same that give it themselves. */
const READS = new Set(["opts", "optsWithGlobals", "parse", "parseSync", "parseAsync"]);

const UNDEFINED: Expr = { kind: "literal", value: undefined, at: 0 };
const TRUE: Expr = { kind: "literal", value: true, at: 0 };

/**
 * Options of the command line that a library reads.
 *
 * ```js
 * program.command("dev").option("--no-telemetry").action((options) => { if (options.telemetry) send(); });
 * const { values } = parseArgs({ options: { quiet: { type: "boolean" } } });
 * ```
 */
export class CommandOptions {
  readonly #program: Program;
  readonly #ask: Ask;
  /** Null where declarations differ. */
  #declared: ReadonlyMap<string, DeclaredOption | null> | null = null;

  constructor(program: Program, ask: Ask) {
    this.#program = program;
    this.#ask = ask;
  }

  /** What has to hold for the member at this path to have a wished value; null where it is no such option. */
  of(o: Expr, path: readonly string[], wish: ValueConstraint, at: Standing): { needs: Requirements } | null {
    const option = this.#optionAt(o, path);
    return option == null ? null : { needs: this.#needsOf(option, wish, at) };
  }

  #optionAt(o: Expr, path: readonly string[]): DeclaredOption | null | undefined {
    const [first, second, ...more] = path;
    if (first === undefined) return null;
    if (second !== undefined && o.kind === "call") {
      return first === "values" && more.length === 0 ? ofParseArgs(o, second) : null;
    }
    if (second !== undefined || !isGiven(o)) return null;
    this.#declared ??= declaredIn(this.#program);
    return this.#declared.get(first);
  }

  #needsOf({ on, off, otherwise }: DeclaredOption, wish: ValueConstraint, at: Standing): Requirements {
    const [canBeOn, canBeOff] = [wish.accepts(true), wish.accepts(false)];
    const is = (name: string, unset: boolean) => wishedPresence({ kind: "option", name }, unset);
    const free = this.#ask(otherwise, wish, at);
    let needs = free;
    if (on !== null && !canBeOn) needs = and(needs, is(on, true));
    if (off !== null && !canBeOff) needs = and(needs, is(off, true));
    // what nobody has to give needs nothing
    if (free !== null && free.size === 0) return needs;
    if (on !== null && canBeOn) needs = or(needs, is(on, false));
    if (off !== null && canBeOff) needs = or(needs, is(off, false));
    return needs;
  }
}

/** `(options) => …` in `.action(…)`, `program.opts()`, `yargs(…).argv` */
function isGiven(o: Expr): boolean {
  switch (o.kind) {
    case "param":
      return o.func.passedTo.some(({ call: { callee } }) => callee.kind === "member" && CALLBACKS.has(callee.property));
    case "call":
      return o.callee.kind === "member" && o.arguments.length === 0 && READS.has(o.callee.property);
    case "member":
      return o.property === "argv" && o.object.kind === "call";
    default:
      return false;
  }
}

/** By the member that holds it: `disableTelemetry`, `disable-telemetry`. */
function declaredIn({ callsOfMember }: Program): Map<string, DeclaredOption | null> {
  const declared = new Map<string, DeclaredOption | null>();
  for (const call of [...(callsOfMember.get("option") ?? []), ...(callsOfMember.get("options") ?? [])])
    for (const [key, option] of declaredBy(call)) {
      const known = declared.get(key);
      if (known === undefined) declared.set(key, option);
      else if (known !== null) declared.set(key, option === null ? null : joined(known, option));
    }
  return declared;
}

/** `--telemetry` beside `--no-telemetry` takes its default away. */
function joined(a: DeclaredOption, b: DeclaredOption): DeclaredOption | null {
  const on = a.on ?? b.on;
  const off = a.off ?? b.off;
  const isOne = (x: DeclaredOption) => (x.on ?? on) === on && (x.off ?? off) === off;
  if (!isOne(a) || !isOne(b)) return null;
  const positive = a.on !== null ? a : b;
  return { on, off, otherwise: a.on === b.on && !isSame(a.otherwise, b.otherwise) ? UNDEFINED : positive.otherwise };
}

const isSame = (a: Expr, b: Expr): boolean =>
  a === b || (a.kind === "literal" && b.kind === "literal" && a.value === b.value);

function* declaredBy({ arguments: [first, second, third] }: Call): Generator<[string, DeclaredOption | null]> {
  const described = second === undefined ? undefined : soleDefinition(second);
  if (first?.kind === "object") {
    for (const m of first.members) if (m.kind === "value") yield* ofYargs(m.key, soleDefinition(m.value));
    return;
  }
  if (first?.kind !== "literal" || typeof first.value !== "string") return;
  const [, no, name] = FLAGS.exec(first.value) ?? [];
  if (name !== undefined) {
    const isOff = no !== undefined;
    const otherwise = third ?? (isOff ? TRUE : UNDEFINED);
    const option = { on: isOff ? null : `--${name}`, off: isOff ? `--no-${name}` : null, otherwise };
    for (const key of namesOf(name)) yield [key, option];
  } else if (NAME.test(first.value)) yield* ofYargs(first.value, described);
}

function* ofYargs(name: string, described: Expr | undefined): Generator<[string, DeclaredOption | null]> {
  const option = described?.kind === "object" ? ofDescription(name, described, true) : null;
  for (const key of option === null ? [] : namesOf(name)) yield [key, option];
}

/** `parseArgs({ options: { quiet: { type: "boolean" } } })` of Node. */
function ofParseArgs({ callee, arguments: [told] }: Call, name: string): DeclaredOption | null {
  const called = soleDefinition(callee);
  const isOfNode = called.kind === "member" && called.property === "parseArgs";
  const options = isOfNode && told?.kind === "object" ? memberOf(told, "options") : undefined;
  const described = options?.kind === "object" ? memberOf(options, name) : undefined;
  if (told?.kind !== "object" || described?.kind !== "object") return null;
  return ofDescription(name, described, isTrue(memberOf(told, "allowNegative")));
}

/** `{ type: "boolean", default: true }` */
function ofDescription(name: string, described: ObjectExpr, hasNegative: boolean): DeclaredOption | null {
  const type = memberOf(described, "type");
  const isSwitch = isTrue(memberOf(described, "boolean")) || (type?.kind === "literal" && type.value === "boolean");
  if (!isSwitch) return null;
  const off = hasNegative ? `--no-${name}` : null;
  return { on: `--${name}`, off, otherwise: memberOf(described, "default") ?? UNDEFINED };
}

const isTrue = (e: Expr | undefined): boolean => e?.kind === "literal" && e.value === true;

function memberOf(object: ObjectExpr, key: string): Expr | undefined {
  const found = memberExpr(object, key);
  return found === undefined ? undefined : soleDefinition(found);
}

/** `disable-telemetry`, and as commander and yargs spell it in code. */
const namesOf = (name: string): Set<string> =>
  new Set([name, name.replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase())]);
