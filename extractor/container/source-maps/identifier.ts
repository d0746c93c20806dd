/** Words that begin an expression and name nothing. */
const KEYWORDS = new Set(["new", "await", "async", "return", "typeof", "void", "yield", "function", "this", "super"]);
const LONGEST = 80;

/**
 * The name that begins at a place in a text: `axios.post` of `await axios.post(url)`; null where no name begins there.
 * @param line 1-based
 * @param column 1-based, in UTF-16 code units
 */
export function identifierAt(text: string, line: number, column: number): string | null {
  const start = lineStart(text, line);
  if (start === null) return null;
  const rest = text.slice(start + column - 1, start + column - 1 + 2 * LONGEST);
  const [, name = ""] =
    /^(?:(?:new|await|void)\s+)*((?:this\.)?#?[\p{L}_$][\p{L}\p{N}_$]*(?:\??\.[\p{L}_$][\p{L}\p{N}_$]*)*)/u.exec(
      rest,
    ) ?? [];
  return name === "" || name.length > LONGEST || KEYWORDS.has(name) ? null : name.replaceAll("?.", ".");
}

function lineStart(text: string, line: number): number | null {
  let start = 0;
  for (let n = 1; n < line; n++) {
    start = text.indexOf("\n", start) + 1;
    if (start === 0) return null;
  }
  return start;
}
