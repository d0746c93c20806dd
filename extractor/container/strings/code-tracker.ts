import type { CodeFacts } from "./code-facts.ts";
import type { Literals } from "./literals.ts";
import { type ARGUMENTS, Machine } from "./machine.ts";
import { ONE_BYTE_EFFECTS, type Site, TWO_BYTE_EFFECTS } from "./x86-effects.ts";
import type { Instruction } from "./x86-instruction.ts";

/** Follows registers through a linear sweep over the code and collects what it says about strings. */
export class CodeTracker {
  readonly #machine: Machine;
  /** Reused for each instruction, since there are tens of millions. */
  readonly #site: Site = { code: Buffer.alloc(0), address: 0, pushed: null, pushedBefore: null };

  constructor(literals: Literals, facts: CodeFacts, language: keyof typeof ARGUMENTS) {
    this.#machine = new Machine(literals, facts, language);
  }

  /** A region of code begins that the last one doesn't run into. */
  restart(): void {
    this.#machine.restart();
  }

  /** The next instruction, decoded from `code`, whose address is `address`. */
  step(instruction: Instruction, code: Buffer, address: number): void {
    this.#machine.proximity.advance();
    if (instruction.isVector) {
      // Compilers for the baseline processor write none of these around strings.
      if (instruction.hasModrm) this.#machine.registers.vector.fill(-1);
      return;
    }
    const site = this.#site;
    site.code = code;
    site.address = address;
    if (instruction.map === 0) {
      site.pushedBefore = site.pushed;
      site.pushed = null;
      ONE_BYTE_EFFECTS[instruction.opcode]!(this.#machine, instruction, site);
    } else if (instruction.map === 1) TWO_BYTE_EFFECTS[instruction.opcode]!(this.#machine, instruction, site);
    else if (instruction.hasModrm) this.#machine.registers.clobberVector(instruction.reg);
  }
}
