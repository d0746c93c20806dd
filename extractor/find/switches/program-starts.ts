import type { Call, Expr } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";

/** What may name a file of code beside the one that says it. */
const FILE_NAME = /^[\w@./-]{1,200}$/;
const CODE = /\.[cm]?js$/;
const NEARBY = /^\.{1,2}\//;

/**
 * Files that nobody imports and that a call is told the path of: programs of their own, which that call starts.
 *
 * ```js
 * spawn(process.execPath, [join(__dirname, "send.js"), JSON.stringify(event)], { detached: true }).unref();
 * ```
 */
export class ProgramStarts {
  readonly #program: Program;
  #byFile: ReadonlyMap<string, Call[]> | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * Calls that are told the path of a file, or its path in a constant; empty for files that are imported, and for the
   * first.
   */
  of(file: string): readonly Call[] {
    this.#byFile ??= this.#find();
    return this.#byFile.get(file) ?? [];
  }

  #find(): Map<string, Call[]> {
    const loads = new Map<string, number>();
    const counted = (file: string, by: number) => loads.set(file, (loads.get(file) ?? 0) + by);
    const starts = new Map<string, Call[]>();
    for (const unit of this.#program.units) {
      const specifiers = [
        ...unit.loads,
        ...unit.imports.map(({ specifier }) => specifier),
        ...unit.exports.flatMap((e) => (e.kind === "value" ? [] : [e.specifier])),
      ];
      for (const specifier of specifiers) {
        const loaded = this.#program.resolve(unit.file, specifier);
        if (loaded !== null) counted(loaded.path, 1);
      }
      for (const call of unit.calls)
        for (const e of [...call.arguments, ...joined(call)])
          for (const name of namesIn(e, 1)) {
            const isNearby = NEARBY.test(name);
            if (!FILE_NAME.test(name) || !(isNearby || CODE.test(name))) continue;
            const file = this.#program.resolve(unit.file, isNearby ? name : `./${name.replace(/^\/+/, "")}`);
            if (file === null || file.path === unit.file) continue;
            // linking counts it among what is loaded
            if (isNearby && call.arguments.includes(e) && e.kind === "literal") counted(file.path, -1);
            starts.set(file.path, [...(starts.get(file.path) ?? []), ...this.#users(call)]);
          }
    }
    return new Map([...starts].filter(([file]) => (loads.get(file) ?? 0) <= 0));
  }

  /** `const FILE = join(__dirname, "send.js")` at the top level starts nothing: calls that are given it do. */
  #users(call: Call): Call[] {
    if (call.within !== null) return [call];
    const users = this.#program.results.get(call)?.passedTo.map((use) => use.call) ?? [];
    return users.length > 0 ? users : [call];
  }
}

/** `join(__dirname, "scripts", "send.js")` */
function joined({ arguments: given, at }: Call): Expr[] {
  const last = given.slice(given.findLastIndex((e) => e.kind !== "literal" || typeof e.value !== "string") + 1);
  const names = last.map((e) => (e.kind === "literal" ? String(e.value) : ""));
  return names.length > 1 ? [{ kind: "literal", value: names.join("/"), at }] : [];
}

function namesIn(e: Expr, depth: number): string[] {
  if (e.kind === "literal") return typeof e.value === "string" ? [e.value] : [];
  if (e.kind === "array" && depth > 0) return e.items.flatMap((item) => namesIn(item, depth - 1));
  const last = e.kind === "concat" ? e.parts.at(-1) : undefined;
  return last === undefined ? [] : namesIn(last, 0);
}
