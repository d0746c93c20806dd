import { addNumber, type CodeFacts, FACTS } from "./code-facts.ts";
import { LITERAL_BYTES } from "./literals.ts";

/** Things that belong together stand within this many instructions. */
const NEAR = 12;
const RING = 8;

/** Notes references with the numbers around them, and vector operands that make up one literal. */
export class Proximity {
  readonly #facts: CodeFacts;
  #count = 0;
  /** The last references and numbers, each with the count of instructions when it was seen. */
  readonly #references = Array.from({ length: RING }, () => ({ at: -1, count: -NEAR - 1 }));
  readonly #numbers = Array.from({ length: RING }, () => ({ value: 0, count: -NEAR - 1 }));
  #referenceIndex = 0;
  #numberIndex = 0;
  #vector = { start: 0, end: -1, count: 0 };

  constructor(facts: CodeFacts) {
    this.#facts = facts;
  }

  /** The next instruction. */
  advance(): void {
    this.#count++;
  }

  /** The address of a position is taken by the instruction at `address`. */
  reference(at: number, address: number): void {
    let reference = this.#facts.references.get(at);
    if (reference === undefined) {
      if (this.#facts.references.size >= FACTS) return;
      reference = { address, paired: [], near: [] };
      this.#facts.references.set(at, reference);
    }
    for (const { value, count } of this.#numbers) if (this.#count - count <= NEAR) addNumber(reference.near, value);
    const slot = this.#references[this.#referenceIndex++ % RING]!;
    slot.at = at;
    slot.count = this.#count;
  }

  number(value: number): void {
    if (value < 1 || value > 2 * LITERAL_BYTES) return;
    for (const { at, count } of this.#references)
      if (at >= 0 && this.#count - count <= NEAR) this.#add("near", at, value);
    const slot = this.#numbers[this.#numberIndex++ % RING]!;
    slot.value = value;
    slot.count = this.#count;
  }

  /** An address goes along with a number where a length belongs. */
  pair(at: number, length: number): void {
    if (length >= 1 && length <= 2 * LITERAL_BYTES) this.#add("paired", at, length);
  }

  #add(where: "paired" | "near", at: number, value: number): void {
    const reference = this.#facts.references.get(at);
    if (reference !== undefined) addNumber(reference[where], value);
  }

  /** Operands that overlap or touch, read by instructions close to each other, are one literal. */
  vectorRead(at: number, width: number): void {
    const { vectors } = this.#facts;
    if (vectors.size >= FACTS) return;
    const last = this.#vector;
    const touches = this.#count - last.count <= NEAR && at <= last.end && at + width >= last.start;
    const start = touches ? Math.min(at, last.start) : at;
    const end = Math.max(at + width, touches ? last.end : 0, vectors.get(start) ?? 0);
    if (touches && start !== last.start) vectors.delete(last.start);
    vectors.set(start, end);
    this.#vector = { start, end, count: this.#count };
  }
}
