import { type Machine, RAX, RDX, RSP } from "./machine.ts";
import { opcodesIn } from "./x86-format.ts";
import { type Instruction, int32 } from "./x86-instruction.ts";

/** Where an instruction stands. */
export interface Site {
  code: Buffer;
  address: number;
  /**
   * The number this instruction pushes, and the one before did. `push imm; pop r` is short for loading a small
   * number.
   */
  pushed: number | null;
  pushedBefore: number | null;
}

/** What an instruction does to the machine. */
export type Effect = (machine: Machine, ins: Instruction, site: Site) => void;

/** Opcodes as in x86-format.ts, in hexadecimal. */
type Row = readonly [opcodes: string, effect: Effect];

const nothing: Effect = () => {};
const operand: Effect = (machine, ins) => machine.clobberOperand(ins);
const register: Effect = ({ registers }, ins) => registers.clobber(ins.reg);
const accumulator: Effect = ({ registers }) => registers.clobber(RAX);
const stackPointer: Effect = ({ registers }) => registers.clobber(RSP);
const opcodeRegister: Effect = ({ registers }, ins) => registers.clobber(ins.rm);
const operandAndRegister: Effect = (machine, ins) => {
  machine.clobberOperand(ins);
  machine.registers.clobber(ins.reg);
};
/** Code may go on elsewhere: strings that are being put together end here. */
const branch: Effect = ({ stores }) => stores.flush();
const jump: Effect = (machine) => machine.leave(false);
const stop: Effect = (machine) => machine.restart();

/** The immediate of one byte, sign-extended, or of four. */
const immediate = ({ immediateSize, immediateAt }: Instruction, code: Buffer): number =>
  immediateSize === 4 ? int32(code, immediateAt) : (code[immediateAt]! << 24) >> 24;

/** `xor r, r` is how a register becomes zero. */
const xor =
  (otherwise: Effect): Effect =>
  (machine, ins, site) => {
    if (ins.mod === 3 && ins.reg === ins.rm) machine.registers.setNumber(ins.rm, 0, 0);
    else otherwise(machine, ins, site);
  };

const push: Effect = ({ proximity, registers }, ins, site) => {
  site.pushed = ins.immediateSize === 1 ? immediate(ins, site.code) : int32(site.code, ins.immediateAt);
  proximity.number(site.pushed);
  registers.clobber(RSP);
};

const pop: Effect = ({ registers }, ins, { pushedBefore }) => {
  if (pushedBefore === null) registers.clobber(ins.rm);
  else registers.setNumber(ins.rm, pushedBefore, pushedBefore < 0 ? -1 : 0);
  registers.clobber(RSP);
};

/** `mov r, imm` */
const loadImmediate: Effect = ({ proximity, registers }, ins, { code }) => {
  const low = int32(code, ins.immediateAt);
  registers.setNumber(ins.rm, low, ins.immediateSize === 8 ? int32(code, ins.immediateAt + 4) : 0);
  if (ins.immediateSize === 4) proximity.number(low);
};

/** `add`, `or`, …, and as the last of the group `cmp`, which writes nothing and may compare with a length. */
const arithmeticGroup: Effect = (machine, ins, { code }) => {
  if ((ins.reg & 7) === 7) machine.proximity.number(immediate(ins, code));
  else machine.clobberOperand(ins);
};

/** `test` writes nothing, `not` and `neg` their operand, `mul` and `div` rax and rdx. */
const unaryGroup: Effect = (machine, ins) => {
  const which = ins.reg & 7;
  if (which >= 4) {
    machine.registers.clobber(RAX);
    machine.registers.clobber(RDX);
  } else if (which >= 2) machine.clobberOperand(ins);
};

/** `inc`, `dec`, `call`, `jmp`, `push` */
const indirectGroup: Effect = (machine, ins) => {
  const pair = ins.reg & 6;
  if (pair === 2) machine.call();
  else if (pair === 4) machine.leave(false);
  else if (pair === 0) machine.clobberOperand(ins);
};

/** By prefix: `movss` four bytes, `movsd` eight, `movups` sixteen. */
const scalarBytes = (prefix: number): number => (prefix === 0xf3 ? 4 : prefix === 0xf2 ? 8 : 16);

/** Vectors are compared, or cleared by `pxor`; an operand among the constants is read. */
const vectorConstant: Effect = (machine, ins, { address }) => {
  const at = machine.constant(ins, address);
  if (at >= 0) machine.proximity.vectorRead(at, 16);
  machine.registers.clobberVector(ins.reg);
};

/** `movdqa` and `movdqu`; without a prefix an instruction of MMX. */
const loadWhole: Effect = (machine, ins, { address }) => {
  if (ins.prefix !== 0) machine.loadVector(ins, address, 16);
};
const storeWhole: Effect = (machine, ins, { address }) => {
  if (ins.prefix !== 0) machine.storeVector(ins, address, 16);
};

/** `movq xmm, m` after F3, else `mov r/m, xmm`. */
const moveQuad: Effect = (machine, ins, { address }) => {
  if (ins.prefix === 0xf3) machine.loadVector(ins, address, 8);
  else machine.clobberOperand(ins);
};

const ONE_BYTE: readonly Row[] = [
  ["00-01 08-09 10-11 18-19 20-21 28-29 30", operand],
  ["02-03 0a-0b 12-13 1a-1b 22-23 2a-2b 32", register],
  ["04-05 0c-0d 14-15 1c-1d 24-25 2c-2d 34-35", accumulator],
  ["31", xor(operand)],
  ["33", xor(register)],
  ["06-07 0e-0f 16-17 1e-1f 26-27 2e-2f 36-3f", nothing], // comparisons, and opcodes that 64-bit code has not
  ["50-57", stackPointer],
  ["58-5f", pop],
  ["63 69 6b 8a", register],
  ["68 6a", push],
  ["70-7f", branch],
  ["80-81 83", arithmeticGroup],
  ["84-85 90 a8-a9", nothing],
  ["86-87", operandAndRegister],
  ["88-89", (machine, ins, { address }) => machine.store(ins, address)],
  ["8b", (machine, ins, { address }) => machine.load(ins, address)],
  ["8d", (machine, ins, { address }) => machine.loadAddress(ins, address)],
  ["91-99", accumulator],
  ["b0-b7", opcodeRegister],
  ["b8-bf", loadImmediate],
  ["c3", (machine) => machine.leave(true)],
  ["c6-c7", (machine, ins, { code, address }) => machine.storeImmediate(ins, code, address)],
  ["cc f4", stop],
  ["e8", (machine) => machine.call()],
  ["e9 eb", jump],
  ["f6-f7", unaryGroup],
  ["ff", indirectGroup],
];

/** After 0F. */
const TWO_BYTE: readonly Row[] = [
  ["0b", stop],
  ["10", (machine, ins, { address }) => machine.loadVector(ins, address, scalarBytes(ins.prefix))],
  ["11", (machine, ins, { address }) => machine.storeVector(ins, address, scalarBytes(ins.prefix))],
  ["28", (machine, ins, { address }) => machine.loadVector(ins, address, 16)],
  ["29", (machine, ins, { address }) => machine.storeVector(ins, address, 16)],
  ["2c-2d 40-50 af b6-bf d7", register],
  ["57 74 ef", vectorConstant],
  ["6f", loadWhole],
  ["7e", moveQuad],
  ["7f", storeWhole],
  ["80-8f", branch],
  ["90-9f a3-a7 ab-ae b0-b5", operand],
  ["c0-c1", operandAndRegister],
  ["d6", (machine, ins, { address }) => machine.storeVector(ins, address, 8)],
];

/** What no row names: its operand is written if it has one. */
const UNLISTED: Effect = (machine, ins) => {
  if (ins.hasModrm) machine.clobberOperand(ins);
};
/** What no row names after 0F: a vector register is written, or from C8 on (`bswap`) the opcode's register. */
const UNLISTED_TWO_BYTE: Effect = ({ registers }, ins) => {
  if (ins.hasModrm) registers.clobberVector(ins.reg);
  else if (ins.opcode >= 0xc8) registers.clobber(ins.rm);
};

export const ONE_BYTE_EFFECTS = byOpcode(ONE_BYTE, UNLISTED);
export const TWO_BYTE_EFFECTS = byOpcode(TWO_BYTE, UNLISTED_TWO_BYTE);

function byOpcode(rows: readonly Row[], unlisted: Effect): readonly Effect[] {
  const effects = new Array<Effect>(256).fill(unlisted);
  for (const [opcodes, effect] of rows) for (const opcode of opcodesIn(opcodes)) effects[opcode] = effect;
  return effects;
}
