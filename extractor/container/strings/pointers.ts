import { readU64 } from "../bytes.ts";
import { type Image, type Region, wordAt } from "./image.ts";
import { LITERAL_BYTES, type Literals } from "./literals.ts";

/** A string at a position of the constants. */
export interface PointedText {
  at: number;
  length: number;
}

/**
 * Pairs of a pointer into the constants and a length. In a relocatable program the relocations say which words are
 * pointers; in one linked to a fixed address any aligned word that could be one is tried.
 */
export function pointerLiterals(image: Image, literals: Literals): PointedText[] {
  const found: PointedText[] = [];
  const seen = new Set<number>();
  const take = (target: number, length: number | null) => {
    const at = literals.position(target);
    if (at < 0 || length === null || length < 1 || length > LITERAL_BYTES) return;
    const key = at * (LITERAL_BYTES + 1) + length;
    if (seen.has(key) || literals.text(at, length) === null) return;
    seen.add(key);
    found.push({ at, length });
  };
  const { sites, targets } = image.relocations;
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i]!;
    // A pointer in the next word means a table of pointers.
    if (sites[i + 1] !== site + 8 && literals.position(targets[i]!) >= 0)
      take(targets[i]!, wordAt(image.data, site + 8));
  }
  if (sites.length === 0) for (const region of [...image.data, image.constants]) scan(region, take);
  return found;
}

function scan(region: Region, take: (target: number, length: number) => void): void {
  const { bytes } = region;
  for (let at = (8 - (region.address % 8)) % 8; at + 16 <= bytes.length; at += 8) {
    // Cheap refusal first: lengths are small, so the upper half is zero.
    if (bytes[at + 12] !== 0 || bytes[at + 11] !== 0 || bytes[at + 15] !== 0) continue;
    take(readU64(bytes, at), readU64(bytes, at + 8));
  }
}
