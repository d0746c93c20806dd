import { addNumber, type CodeFacts, FACTS } from "./code-facts.ts";

/** A shorter run of characters is as often a number. */
const TEXT_BYTES = 5;
/** What fills an allocation is a text though it is short. */
const WHOLE_BYTES = 3;
/** More stores than a straight piece of code has; a bound for hostile ones. */
const STORES = 4096;

interface TextStore {
  /** Value number of the base register: equal numbers mean equal addresses. */
  base: number;
  displacement: number;
  bytes: Buffer;
  /** Position in the constants they come from, or -1. */
  at: number;
  address: number;
}

/**
 * The stores of one straight piece of code. At its end, stores beside each other become a string, and an address
 * beside a number becomes a reference with its length.
 */
export class Stores {
  readonly #facts: CodeFacts;
  /** Value number of an allocation -> its size. */
  readonly #allocations = new Map<number, number>();
  #texts: TextStore[] = [];
  #addresses: { base: number; displacement: number; at: number }[] = [];
  #numbers: { base: number; displacement: number; value: number }[] = [];

  constructor(facts: CodeFacts) {
    this.#facts = facts;
  }

  allocate(base: number, size: number): void {
    if (this.#allocations.size > STORES) this.#allocations.clear();
    this.#allocations.set(base, size);
  }

  /** Printable bytes that are written. */
  text(store: TextStore): void {
    if (this.#texts.length < STORES) this.#texts.push(store);
  }

  address(base: number, displacement: number, at: number): void {
    if (this.#addresses.length < STORES) this.#addresses.push({ base, displacement, at });
  }

  number(base: number, displacement: number, value: number): void {
    if (this.#numbers.length < STORES) this.#numbers.push({ base, displacement, value });
  }

  /** The straight piece of code ends. */
  flush(): void {
    if (this.#addresses.length > 0) {
      for (const { base, displacement, at } of this.#addresses)
        for (const number of this.#numbers)
          if (number.base === base && number.displacement === displacement + 8) this.#pair(at, number.value);
      this.#addresses = [];
    }
    if (this.#numbers.length > 0) this.#numbers = [];
    if (this.#texts.length > 0) {
      this.#join(this.#texts);
      this.#texts = [];
    }
  }

  #pair(at: number, value: number): void {
    const reference = this.#facts.references.get(at);
    if (reference !== undefined) addNumber(reference.paired, value);
  }

  #join(texts: TextStore[]): void {
    // A sort is stable: of two stores to one place the later stays later.
    texts.sort((a, b) => a.base - b.base || a.displacement - b.displacement);
    let run: TextStore[] = [];
    let bytes = "";
    for (const store of texts) {
      const first = run[0];
      const from = first === undefined ? 0 : store.displacement - first.displacement;
      const text = store.bytes.toString("latin1");
      const overlap = bytes.slice(from, from + text.length);
      if (first !== undefined && first.base === store.base && from <= bytes.length && text.startsWith(overlap)) {
        bytes += text.slice(overlap.length);
        run.push(store);
        continue;
      }
      this.#take(run, bytes);
      run = [store];
      bytes = text;
    }
    this.#take(run, bytes);
  }

  #take(run: TextStore[], text: string): void {
    const first = run[0];
    if (first === undefined || this.#facts.inline.length >= FACTS) return;
    const isWhole = first.displacement === 0 && this.#allocations.get(first.base) === text.length;
    if (text.length < (isWhole ? WHOLE_BYTES : TEXT_BYTES)) return;
    const address = run.reduce((least, store) => Math.min(least, store.address), first.address);
    this.#facts.inline.push({ text, at: first.at, address, isWhole });
  }
}

/** Whether all of `[from, to)` is printable ASCII: anything else isn't part of a text. */
export function isPrintable(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! < 0x20 || bytes[i]! > 0x7e) return false;
  return to <= bytes.length;
}
