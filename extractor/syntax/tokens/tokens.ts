/**
 * What may follow a token: a statement, an operand (a slash opens a regular expression), an operator (a slash
 * divides), or either of the last two.
 */
export const Follow = { Statement: 0, Operand: 1, Operator: 2, Unclear: 3 } as const;

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

interface Keyword {
  token: number;
  follow: number;
}

const { Statement, Operand, Operator, Unclear } = Follow;

const keywords: Record<string, Keyword> = {
  let: { token: Token.Let, follow: Unclear },
  else: { token: Token.Starter, follow: Statement },
  try: { token: Token.Starter, follow: Statement },
  finally: { token: Token.Starter, follow: Statement },
  do: { token: Token.Do, follow: Statement },
  while: { token: Token.LoopEnd, follow: Statement },
  catch: { token: Token.LoopEnd, follow: Statement },
  typeof: { token: Token.Prefix, follow: Operand },
  instanceof: { token: Token.Prefix, follow: Operand },
  in: { token: Token.Prefix, follow: Operand },
  new: { token: Token.Prefix, follow: Operand },
  void: { token: Token.Prefix, follow: Operand },
  delete: { token: Token.Prefix, follow: Operand },
  throw: { token: Token.Prefix, follow: Operand },
  case: { token: Token.Prefix, follow: Operand },
  extends: { token: Token.Prefix, follow: Operand },
  break: { token: Token.Break, follow: Operand },
  continue: { token: Token.Break, follow: Operand },
  with: { token: Token.With, follow: Operand },
  default: { token: Token.Default, follow: Statement },
  from: { token: Token.From, follow: Operator },
  async: { token: Token.Async, follow: Operator },
  await: { token: Token.Await, follow: Unclear },
  yield: { token: Token.Await, follow: Unclear },
  of: { token: Token.Await, follow: Unclear },
  static: { token: Token.Static, follow: Operator },
  debugger: { token: Token.Debugger, follow: Unclear },
  function: { token: Token.Function, follow: Operand },
  class: { token: Token.Class, follow: Operand },
  var: { token: Token.Declare, follow: Operand },
  const: { token: Token.Declare, follow: Operand },
  if: { token: Token.Control, follow: Statement },
  for: { token: Token.Control, follow: Statement },
  switch: { token: Token.Control, follow: Statement },
  import: { token: Token.Import, follow: Operand },
  export: { token: Token.Export, follow: Statement },
  return: { token: Token.Return, follow: Operand },
};

// No two of them share length and first two letters: one look-up and one comparison settle a word.
const slots: string[] = Array.from({ length: 9 * 1024 }, () => "");
const tokens = new Uint8Array(9 * 1024);
const follows = new Uint8Array(32);
for (const [word, { token, follow }] of Object.entries(keywords)) {
  const at = slot(word, 0, word.length);
  if (slots[at] !== "") throw new Error(`${word} and ${slots[at]} share a slot`);
  slots[at] = word;
  tokens[at] = token;
  follows[token] = follow;
}

function slot(text: string, start: number, length: number): number {
  return ((length - 2) << 10) | ((text.charCodeAt(start) & 31) << 5) | (text.charCodeAt(start + 1) & 31);
}

/** The token of the keyword that spans `start` to `end`, or 0 for any other word. */
export function keyword(text: string, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > 10) return 0;
  const at = slot(text, start, length);
  const token = tokens[at]!;
  return token !== 0 && text.startsWith(slots[at]!, start) ? token : 0;
}

/** What may follow the keyword. */
export function followOf(token: number): number {
  return follows[token]!;
}

/**
 * A name a slash on the next line cannot continue with certainty: a declared one, or a contextual keyword in a name's
 * place.
 */
export function mayEndWithItsLine(last: number): boolean {
  return last === Token.Declared || last === Token.Async || last === Token.From || last === Token.Static;
}
