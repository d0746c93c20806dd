/** Turns offsets of one text into lines and columns, both from 1. Built at once: the text need not be kept. */
export class LineIndex {
  readonly #starts: Uint32Array;

  constructor(text: string) {
    this.#starts = lineStarts(text);
  }

  /** Position of a UTF-16 offset; lines end at LF, CR, CRLF, U+2028 and U+2029, as the parser counts them. */
  at(offset: number): { line: number; column: number } {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The offset of a position; null where the text has no such line. */
  offsetOf({ line, column }: { line: number; column: number }): number | null {
    const start = this.#starts[line - 1];
    return start === undefined ? null : start + column - 1;
  }
}

const LINE_END = /\r\n?|[\n\u2028\u2029]/g;

function lineStarts(text: string): Uint32Array {
  const starts = [0];
  LINE_END.lastIndex = 0;
  while (LINE_END.test(text)) starts.push(LINE_END.lastIndex);
  return Uint32Array.from(starts);
}
