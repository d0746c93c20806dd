import type { Program } from "../../../ir/program.ts";
import type { Variable } from "../../../ir/unit.ts";
import { grouped } from "../../../model/group.ts";

/** `options.telemetry.enabled = false`, wherever that is written. */
interface LaterWrite {
  variable: Variable;
  name: string;
  /** The member that holds what is written to, `telemetry`; undefined where the variable does. */
  holder: string | undefined;
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
    this.#byName ??= grouped(laterWrites(this.#program), ({ name }) => name);
    const writes = this.#byName.get(path.at(-1)!) ?? [];
    const asked = path.at(-2);
    if (asked === undefined) return writes.length > 0;
    return writes.some(({ variable, holder }) =>
      holder === undefined ? this.#mayBe(variable, asked) : holder === asked,
    );
  }

  /** May a variable be a member of that name: read of it, or given it by a call? */
  #mayBe(v: Variable, name: string): boolean {
    return v.definitions.some(({ expression: e }) => {
      if (e.kind === "param") return this.#program.membersPassed.has(name);
      return e.kind === "member" ? e.property === name : e.kind !== "this";
    });
  }
}

const laterWrites = ({ mutatedVariables }: Program): LaterWrite[] =>
  mutatedVariables
    .filter((v) => !isMade(v))
    .flatMap((variable) =>
      variable.writes.map(({ path }) => ({ variable, name: path.at(-1) ?? "", holder: path.at(-2) })),
    );

/** An object of its own: who holds it looks at what is written to it. */
const isMade = ({ definitions }: Variable): boolean =>
  definitions.length > 0 && definitions.every(({ expression: e }) => OWN.has(e.kind));

const OWN: ReadonlySet<string> = new Set(["object", "array", "function", "class", "literal"]);
