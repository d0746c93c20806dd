import type { Origin } from "./source-file.ts";

/** How a string of a native binary was found. Findings rank by it. */
export type StringLayer =
  | "pointer" // a (pointer, length) pair in data
  | "reference" // code takes its address; the length comes from an immediate or the next known start
  | "terminated" // code takes its address, and it stands between zeros: linked-in C
  | "format" // a decoded format template: literals and placeholders
  | "vector" // read by vector loads only
  | "inline"; // put together by stores of immediates and vector constants

/** `exact`: start and length are known. `partial`: the length is inferred from neighbours. `low`: it may be spliced. */
export type StringConfidence = "exact" | "partial" | "low";

/** A string of a native binary. */
export interface BinaryString {
  /** Literal pieces; null stands for a placeholder. One piece for a plain string. */
  pieces: readonly (string | null)[];
  layer: StringLayer;
  confidence: StringConfidence;
  /** Where it begins in the file; for `inline` where the code that builds it begins. */
  offset: number;
  /** Where in the file the first code stands that takes its address or builds it, if there is any. */
  code?: number;
}

/** A native binary without a program in text form. */
export interface BinaryFile {
  path: string;
  bytes: number;
  origin: Origin;
  strings: BinaryString[];
}
