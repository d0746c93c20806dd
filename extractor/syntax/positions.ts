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
}

function lineStarts(text: string): Uint32Array {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x0a || c === 0x2028 || c === 0x2029 || (c === 0x0d && text.charCodeAt(i + 1) !== 0x0a))
      starts.push(i + 1);
  }
  return Uint32Array.from(starts);
}
