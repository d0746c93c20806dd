import type { Call, Guard } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import { grouped } from "../../model/group.ts";

/** Places at the top level of files where the program may end: `process.exit()`, under which conditions not. */
export class ProgramExits {
  readonly #program: Program;
  #byFile: Map<string, { guard: Guard; at: number }[]> | null = null;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Conditions under which nothing above a call has ended the program. */
  above({ unit, at }: Call): Guard[] {
    this.#byFile ??= grouped(
      this.#program.units.flatMap(({ file, exits }) => exits.map((exit) => ({ ...exit, file }))),
      ({ file }) => file,
    );
    return (this.#byFile.get(unit.file) ?? []).flatMap((exit) => (exit.at < at ? [exit.guard] : []));
  }
}
