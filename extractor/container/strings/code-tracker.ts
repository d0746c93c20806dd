import type { CodeFacts } from "./code-facts.ts";
import type { Literals } from "./literals.ts";
import { type ARGUMENTS, Machine, RAX, RDX, RSP } from "./machine.ts";
import { type Instruction, int32 } from "./x86-instruction.ts";

/** Follows registers through a linear sweep over the code and collects what it says about strings. */
export class CodeTracker {
  readonly #machine: Machine;
  /** `push imm` whose `pop` may follow: short code for loading a small number. */
  #pushed: number | null = null;

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
    if (instruction.map === 0) this.#oneByte(instruction, code, address);
    else if (instruction.map === 1) this.#twoByte(instruction, address);
    else if (instruction.hasModrm) this.#machine.registers.clobberVector(instruction.reg);
  }

  #oneByte(ins: Instruction, code: Buffer, address: number): void {
    const { opcode } = ins;
    const { registers } = this.#machine;
    const wasPushed = this.#pushed;
    this.#pushed = null;
    if (opcode < 0x40) {
      const form = opcode & 7;
      if (form >= 6 || opcode >= 0x38) return; // comparisons write nothing
      // xor r, r is how a register becomes zero
      if ((opcode & 0x3d) === 0x31 && ins.mod === 3 && ins.reg === ins.rm) {
        registers.setNumber(ins.rm, 0, 0);
        return;
      }
      if (form < 2) this.#machine.clobberOperand(ins);
      else registers.clobber(form < 4 ? ins.reg : RAX);
      return;
    }
    if (opcode >= 0x50 && opcode < 0x58) {
      registers.clobber(RSP);
      return;
    }
    if (opcode >= 0x58 && opcode < 0x60) {
      if (wasPushed !== null) registers.setNumber(ins.rm, wasPushed, wasPushed < 0 ? -1 : 0);
      else registers.clobber(ins.rm);
      registers.clobber(RSP);
      return;
    }
    if (opcode >= 0x70 && opcode < 0x80) {
      this.#machine.stores.flush();
      return;
    }
    if (opcode >= 0xb8 && opcode < 0xc0) {
      const low = int32(code, ins.immediateAt);
      registers.setNumber(ins.rm, low, ins.immediateSize === 8 ? int32(code, ins.immediateAt + 4) : 0);
      if (ins.immediateSize === 4) this.#machine.proximity.number(low);
      return;
    }
    if (opcode >= 0xb0 && opcode < 0xb8) {
      registers.clobber(ins.rm);
      return;
    }
    switch (opcode) {
      case 0x8d:
        this.#machine.loadAddress(ins, address);
        return;
      case 0x88:
      case 0x89:
        this.#machine.store(ins, address);
        return;
      case 0x8b:
        this.#machine.load(ins, address);
        return;
      case 0xc6:
      case 0xc7:
        this.#machine.storeImmediate(ins, code, address);
        return;
      case 0x6a:
      case 0x68:
        this.#pushed = ins.immediateSize === 1 ? (code[ins.immediateAt]! << 24) >> 24 : int32(code, ins.immediateAt);
        this.#machine.proximity.number(this.#pushed);
        registers.clobber(RSP);
        return;
      case 0x80:
      case 0x81:
      case 0x83:
        if ((ins.reg & 7) !== 7) {
          this.#machine.clobberOperand(ins);
          return;
        }
        this.#machine.proximity.number(
          ins.immediateSize === 4 ? int32(code, ins.immediateAt) : (code[ins.immediateAt]! << 24) >> 24,
        );
        return;
      case 0xe8:
        this.#machine.call();
        return;
      case 0xc3:
        this.#machine.leave(true);
        return;
      case 0xe9:
      case 0xeb:
        this.#machine.leave(false);
        return;
      case 0xcc:
      case 0xf4:
        this.restart();
        return;
      case 0xff:
        if ((ins.reg & 6) === 2) {
          this.#machine.call();
          return;
        }
        if ((ins.reg & 6) === 4) {
          this.#machine.leave(false);
          return;
        }
        if ((ins.reg & 7) < 2) this.#machine.clobberOperand(ins);
        return;
      case 0x84:
      case 0x85:
      case 0xa8:
      case 0xa9:
      case 0x90:
        return;
      case 0x63:
      case 0x69:
      case 0x6b:
      case 0x8a:
        registers.clobber(ins.reg);
        return;
      case 0xf6:
      case 0xf7:
        if ((ins.reg & 7) >= 4) {
          registers.clobber(RAX);
          registers.clobber(RDX);
        } else if ((ins.reg & 7) >= 2) this.#machine.clobberOperand(ins);
        return;
      default:
        if (ins.hasModrm) this.#machine.clobberOperand(ins);
        if (opcode === 0x86 || opcode === 0x87) registers.clobber(ins.reg);
        if (opcode >= 0x91 && opcode <= 0x99) registers.clobber(RAX);
    }
  }

  #twoByte(ins: Instruction, address: number): void {
    const { opcode, prefix } = ins;
    const { registers } = this.#machine;
    if (opcode >= 0x80 && opcode < 0x90) {
      this.#machine.stores.flush();
      return;
    }
    if (opcode === 0x0b) {
      this.restart();
      return;
    }
    switch (opcode) {
      case 0x10:
        this.#machine.loadVector(ins, address, prefix === 0xf3 ? 4 : prefix === 0xf2 ? 8 : 16);
        return;
      case 0x28:
        this.#machine.loadVector(ins, address, 16);
        return;
      case 0x6f:
        if (prefix !== 0) this.#machine.loadVector(ins, address, 16);
        return;
      case 0x7e:
        if (prefix === 0xf3) {
          this.#machine.loadVector(ins, address, 8);
          return;
        }
        this.#machine.clobberOperand(ins);
        return;
      case 0x11:
        this.#machine.storeVector(ins, address, prefix === 0xf3 ? 4 : prefix === 0xf2 ? 8 : 16);
        return;
      case 0x29:
        this.#machine.storeVector(ins, address, 16);
        return;
      case 0x7f:
        if (prefix !== 0) this.#machine.storeVector(ins, address, 16);
        return;
      case 0xd6:
        this.#machine.storeVector(ins, address, 8);
        return;
      case 0x74:
      case 0xef:
      case 0x57: {
        const at = this.#machine.constant(ins, address);
        if (at >= 0) this.#machine.proximity.vectorRead(at, 16);
        registers.clobberVector(ins.reg);
        return;
      }
    }
    if (!ins.hasModrm) {
      if (opcode >= 0xc8) registers.clobber(ins.rm);
      return;
    }
    const general =
      (opcode >= 0x40 && opcode < 0x50) ||
      (opcode >= 0xb6 && opcode < 0xc0) ||
      opcode === 0xaf ||
      opcode === 0x2c ||
      opcode === 0x2d;
    if (general || opcode === 0x50 || opcode === 0xd7) registers.clobber(ins.reg);
    else if (opcode >= 0x90 && opcode < 0xb6) this.#machine.clobberOperand(ins);
    else if (opcode === 0xc0 || opcode === 0xc1) {
      this.#machine.clobberOperand(ins);
      registers.clobber(ins.reg);
    } else registers.clobberVector(ins.reg);
  }
}
