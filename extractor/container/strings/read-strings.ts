import type { BinaryString, StringConfidence, StringLayer } from "../../model/binary-string.ts";
import type { ByteSource } from "../bytes.ts";
import type { Section } from "../executables/executable.ts";
import { type CodeFacts, FACTS } from "./code-facts.ts";
import { CodeTracker } from "./code-tracker.ts";
import { decodeFormatTemplate } from "./format-template.ts";
import type { Image } from "./image.ts";
import { Literals } from "./literals.ts";
import type { ARGUMENTS } from "./machine.ts";
import { pointerLiterals } from "./pointers.ts";
import { measureReference } from "./references.ts";
import { isPrintable } from "./stores.ts";
import { INSTRUCTION_BYTES, Instruction } from "./x86-instruction.ts";

const WINDOW = 4 << 20;
/** Below, a string is as often a constant that happens to be text. */
const SHORTEST = 2;

export interface ReadStrings {
  /** One for each text, the best supported, by offset. */
  strings: BinaryString[];
  /** False where a bound was met. */
  isComplete: boolean;
}

/** All strings of a program. */
export async function readStrings(
  source: ByteSource,
  image: Image,
  language: keyof typeof ARGUMENTS,
): Promise<ReadStrings> {
  const literals = new Literals(image.constants);
  const found = new StringSet();
  const slide = image.code[0] === undefined ? 0 : image.code[0].address - image.code[0].offset;
  const add = (pieces: BinaryString["pieces"], layer: StringLayer, at: number, confidence: StringConfidence) => {
    const offset = literals.offset + at;
    const reference = facts.references.get(at);
    found.add({ pieces, layer, confidence, offset, ...(reference && { code: reference.address - slide }) });
  };
  const literal = (layer: StringLayer, at: number, length: number, confidence: StringConfidence) => {
    const text = length < SHORTEST ? null : literals.text(at, length);
    if (text !== null) add([text], layer, at, confidence);
  };

  const facts: CodeFacts = { references: new Map(), vectors: new Map(), inline: [] };
  const pointers = pointerLiterals(image, literals);
  for (const { at, length } of pointers) {
    literals.addBoundary(at);
    literals.addBoundary(at + length);
  }
  const tracker = new CodeTracker(literals, facts, language);
  for (const section of image.code) await sweep(source, section, tracker);
  for (const at of facts.references.keys()) literals.addBoundary(at);
  for (const { at, text } of facts.inline)
    if (at >= 0 && literals.text(at, text.length) === text) {
      literals.addBoundary(at);
      literals.addBoundary(at + text.length);
    }

  for (const { at, length } of pointers) literal("pointer", at, length, "exact");
  for (const at of facts.references.keys()) {
    const template = language === "rust" ? decodeFormatTemplate(literals, at) : null;
    if (template !== null) {
      literals.addBoundary(at + template.length);
      add(template.pieces, "format", at, "exact");
      facts.references.delete(at);
    }
  }
  for (const [at, reference] of facts.references) {
    const measured = measureReference(at, reference, literals);
    if (measured !== null) literal(measured.layer, at, measured.length, measured.confidence);
  }
  const stored = new Set(facts.inline.map((string) => string.at));
  for (const [at, end] of facts.vectors)
    if (!facts.references.has(at) && !stored.has(at) && isPrintable(literals.bytes, at, end))
      literal("vector", at, end - at, "low");
  for (const { text, address, isWhole } of facts.inline) {
    const offset = address - slide;
    found.add({ pieces: [text], layer: "inline", confidence: isWhole ? "exact" : "low", offset, code: offset });
  }
  const isComplete = !literals.isExhausted && facts.references.size < FACTS && facts.inline.length < FACTS;
  return { strings: found.list(), isComplete };
}

async function sweep(source: ByteSource, section: Section, tracker: CodeTracker): Promise<void> {
  const instruction = new Instruction();
  tracker.restart();
  for (let start = 0; start < section.size; ) {
    const wanted = Math.min(WINDOW, section.size - start);
    const bytes = await source.read(section.offset + start, wanted);
    if (bytes.length === 0) break;
    // Room for an instruction that is cut off at the end.
    const code = Buffer.concat([bytes, Buffer.alloc(INSTRUCTION_BYTES + 1)]);
    const isLast = start + bytes.length >= section.size;
    const end = isLast ? bytes.length : bytes.length - INSTRUCTION_BYTES;
    let at = 0;
    for (; at < end; at += instruction.length) {
      instruction.decode(code, at);
      tracker.step(instruction, code, section.address + start + at);
    }
    if (at <= 0) break;
    start += at;
  }
  tracker.restart();
}

const RANK = { exact: 0, partial: 1, low: 2 } satisfies Record<StringConfidence, number>;

/**
 * One entry for each text, the best one; but one for each place of code that builds it, since what stands beside it
 * counts.
 */
class StringSet {
  readonly #byText = new Map<string, BinaryString>();

  add(string: BinaryString): void {
    const text = string.pieces.length === 1 ? string.pieces[0]! : JSON.stringify(string.pieces);
    const key = string.layer === "inline" && string.confidence === "exact" ? `${text}\0${string.code}` : text;
    const known = this.#byText.get(key);
    if (known === undefined || RANK[string.confidence] < RANK[known.confidence]) this.#byText.set(key, string);
  }

  list(): BinaryString[] {
    return [...this.#byText.values()].sort((a, b) => a.offset - b.offset);
  }
}
