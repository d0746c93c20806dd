import { canonical, type Program } from "../../../ir/program.ts";
import type { Variable } from "../../../ir/unit.ts";
import { grouped } from "../../../model/group.ts";

/** `options.telemetry.enabled = false`, wherever that is written. */
interface LaterWrite {
  variable: Variable;
  path: readonly string[];
}

/** What is written to objects after they were made, under whatever name. */
export class LaterWrites {
  readonly #program: Program;
  #byName: ReadonlyMap<string, readonly LaterWrite[]> | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** May somebody set the member at the end of this path, of an object that a function was given? */
  reach(path: readonly string[]): boolean {
    this.#byName ??= grouped(
      this.#program.mutatedVariables
        .filter((v) => !isMade(v))
        .flatMap((variable) => variable.writes.map((w): LaterWrite => ({ variable, path: w.path }))),
      (write) => write.path.at(-1) ?? "",
    );
    const holder = path.at(-2);
    return (this.#byName.get(path.at(-1)!) ?? []).some((write) => {
      const to = write.path.at(-2);
      if (holder === undefined || to !== undefined) return holder === undefined || to === holder;
      return this.#mayBe(write.variable, holder);
    });
  }

  /** May a variable be a member of that name: read of it, or given it by a call? */
  #mayBe(v: Variable, holder: string): boolean {
    return v.definitions.some(({ expression: e }) => {
      if (e.kind === "param") return this.#program.membersPassed.has(holder);
      return e.kind === "member" ? e.property === holder : e.kind !== "this";
    });
  }
}

/** An object of its own: who holds it looks at what is written to it. */
const isMade = (v: Variable): boolean =>
  canonical(v).definitions.every(({ expression: e }) => OWN.has(e.kind)) && canonical(v).definitions.length > 0;

const OWN: ReadonlySet<string> = new Set(["object", "array", "function", "class", "literal"]);
