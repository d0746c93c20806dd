/** What the code of a binary says about its strings. Positions are in the constants. */
export interface CodeFacts {
  /** By position: code takes its address. */
  references: Map<number, TextReference>;
  /** What vector instructions beside each other read: start -> end. */
  vectors: Map<number, number>;
  inline: InlineString[];
}

export interface TextReference {
  /** Of the first instruction that takes the address. */
  address: number;
  /** Numbers that stand where the length goes: the argument or field after the address. */
  paired: number[];
  /** Other small numbers in the instructions around. */
  near: number[];
}

/** A string that code puts together by stores. */
export interface InlineString {
  text: string;
  /** Position of its first bytes where they are copied from the constants, else -1. */
  at: number;
  /** Address of the code that stores its first bytes. */
  address: number;
  /** It fills a block of memory that was allocated for just that many bytes. */
  isWhole: boolean;
}

/**
 * References, vector operands and inline strings of one binary; real ones have a tenth. Beyond, the rest is dropped.
 */
export const FACTS = 1 << 20;

/** Numbers kept with one reference: the first ones are as good as any. */
const NUMBERS = 12;

export function addNumber(numbers: number[], value: number): void {
  if (numbers.length < NUMBERS && !numbers.includes(value)) numbers.push(value);
}
