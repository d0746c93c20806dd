/** What the token before says about the one that follows, beyond operand or operator. Keywords have their own kinds. */
export const Token = {
  Other: 0,
  Name: 1,
  /** A name a slash on the next line cannot continue with certainty: `var x`, `break label`, `using x`. */
  Declared: 2,
  Dot: 3,
  Comma: 4,
  Arrow: 5,
  CloseParen: 6,
  DeclarationHead: 7,
  ExpressionHead: 8,
  ImportName: 9,
  Let: 10,
  Starter: 11,
  Do: 12,
  LoopEnd: 13,
  Prefix: 14,
  Break: 15,
  With: 16,
  Default: 17,
  From: 18,
  Async: 19,
  Await: 20,
  Static: 21,
  Debugger: 22,
  // From here on: reserved words that begin a statement wherever they follow an operand and a line break.
  Function: 23,
  Class: 24,
  Declare: 25,
  Control: 26,
  Import: 27,
  Export: 28,
  Return: 29,
} as const;

const words: Record<string, number> = {
  let: Token.Let,
  else: Token.Starter,
  try: Token.Starter,
  finally: Token.Starter,
  do: Token.Do,
  while: Token.LoopEnd,
  catch: Token.LoopEnd,
  typeof: Token.Prefix,
  instanceof: Token.Prefix,
  in: Token.Prefix,
  new: Token.Prefix,
  void: Token.Prefix,
  delete: Token.Prefix,
  throw: Token.Prefix,
  case: Token.Prefix,
  extends: Token.Prefix,
  break: Token.Break,
  continue: Token.Break,
  with: Token.With,
  default: Token.Default,
  from: Token.From,
  async: Token.Async,
  await: Token.Await,
  yield: Token.Await,
  of: Token.Await,
  static: Token.Static,
  debugger: Token.Debugger,
  function: Token.Function,
  class: Token.Class,
  var: Token.Declare,
  const: Token.Declare,
  if: Token.Control,
  for: Token.Control,
  switch: Token.Control,
  import: Token.Import,
  export: Token.Export,
  return: Token.Return,
};

// No two of them share length and first two letters: one look-up and one comparison settle a word.
const slots: string[] = Array.from({ length: 9 * 1024 }, () => "");
const kinds = new Uint8Array(9 * 1024);
for (const [word, kind] of Object.entries(words)) {
  const at = slot(word, 0, word.length);
  if (slots[at] !== "") throw new Error(`${word} and ${slots[at]} share a slot`);
  slots[at] = word;
  kinds[at] = kind;
}

function slot(text: string, start: number, length: number): number {
  return ((length - 2) << 10) | ((text.charCodeAt(start) & 31) << 5) | (text.charCodeAt(start + 1) & 31);
}

/** The kind of the keyword that spans `start` to `end`, or 0 for any other word. */
export function keyword(text: string, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > 10) return 0;
  const at = slot(text, start, length);
  const kind = kinds[at]!;
  return kind !== 0 && text.startsWith(slots[at]!, start) ? kind : 0;
}
