import type { ByteSource } from "../bytes.ts";

/** What the readers of embedded programs need to know of an executable, whichever system it is for. */
export interface Executable {
  format: "ELF" | "Mach-O" | "PE";
  /** `x64`, `arm64`, or the format's own number for anything else. */
  machine: string;
  sections: Section[];
  segments: Segment[];
  /** Content of the ELF note, Mach-O section or PE resource of that name: how a blob is injected after linking. */
  injected(name: string): Promise<Range | null>;
}

/** A range of the file. */
export interface Range {
  offset: number;
  size: number;
}

export interface Section extends Range {
  name: string;
  /** Where it is mapped; 0 for a section that isn't. */
  address: number;
  /** The format's own type number: 8 (no bits in the file) is all that matters, for ELF. */
  type: number;
}

/** A range of the file that is mapped into memory. */
export interface Segment extends Range {
  address: number;
  executable: boolean;
  type: number;
}

/** `null` where the header doesn't hold together; the caller says so in a diagnostic. */
export type ExecutableReader = (source: ByteSource) => Promise<Executable | null>;

/** The section of that name, if all its bytes are in the file. */
export function section(executable: Executable, name: string, size: number): Section | null {
  const found = executable.sections.find((s) => s.name === name);
  return found !== undefined && found.offset + found.size <= size ? found : null;
}

/** A zero-padded name of at most `length` bytes. */
export function fixedName(bytes: Buffer, offset: number, length: number): string {
  const end = bytes.indexOf(0, offset);
  return bytes.toString("latin1", offset, end < 0 || end > offset + length ? offset + length : end);
}
