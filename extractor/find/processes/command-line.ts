import type { TextValue } from "../../evaluate/domain/value.ts";
import { decode, encode } from "../../evaluate/natives/encoded.ts";

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(&&|\|\||[|;&\n])|([^\s"'|;&]+)/g;

/** Words of each command of a shell's command line, quotes taken off. */
export function commandsIn(line: TextValue): TextValue[][] {
  const { s, holes } = encode(line.parts);
  const commands: TextValue[][] = [[]];
  let end = -1;
  let word = "";
  const flush = () => {
    if (end >= 0) commands.at(-1)!.push(decodeWord(word));
    word = "";
    end = -1;
  };
  const decodeWord = (w: string): TextValue => decode(w, holes);
  for (const m of s.matchAll(WORD)) {
    // pieces that touch are one word: --url="x"
    if (m.index !== end) flush();
    if (m[3] !== undefined) {
      flush();
      commands.push([]);
      continue;
    }
    word += m[1] ?? m[2] ?? m[4] ?? "";
    end = m.index + m[0].length;
  }
  flush();
  return commands.filter((c) => c.length > 0);
}
