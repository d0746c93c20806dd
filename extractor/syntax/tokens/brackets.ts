import { Follow, Token } from "./tokens.ts";

/**
 * Kinds of open brackets. Those up to ArrowBody hold statements, those up to Specifiers are braces, those up to
 * ExpressionHead parentheses.
 */
export const BracketKind = {
  Block: 0,
  FunctionExpression: 1,
  ArrowBody: 2,
  ClassDeclaration: 3,
  ClassExpression: 4,
  ObjectLiteral: 5,
  /** Names in braces of import and export, and import attributes: no word in them is a keyword. */
  Specifiers: 6,
  Paren: 7,
  /** The parenthesis of if, for, while, with, switch and catch. */
  Control: 8,
  /** Parameters of a function declaration. */
  DeclarationHead: 9,
  /** Parameters of a function expression. */
  ExpressionHead: 10,
  Bracket: 11,
  Template: 12,
} as const;

/**
 * The kind of the brace that opens after token `last`, when no class head waits for its body; -1 where that is not
 * certain.
 */
export function braceKind(last: number, follow: number, frame: number, lineBroken: boolean): number {
  if (last === Token.DeclarationHead) return BracketKind.Block;
  if (last === Token.ExpressionHead) return BracketKind.FunctionExpression;
  if (follow === Follow.Statement) {
    if (last === Token.Default) return BracketKind.ObjectLiteral;
    if (last === Token.Export) return BracketKind.Specifiers;
    return frame <= BracketKind.Specifiers ? BracketKind.Block : -1;
  }
  if (follow === Follow.Operand) {
    if (last === Token.Arrow) return BracketKind.ArrowBody;
    return last === Token.Import || last === Token.With ? BracketKind.Specifiers : BracketKind.ObjectLiteral;
  }
  if (last === Token.Let) return BracketKind.ObjectLiteral;
  if (last === Token.Await) return lineBroken ? -1 : BracketKind.ObjectLiteral;
  if (frame === BracketKind.ClassDeclaration || frame === BracketKind.ClassExpression)
    return last === Token.CloseParen || last === Token.Static ? BracketKind.Block : -1;
  if (frame === BracketKind.ObjectLiteral) return last === Token.CloseParen ? BracketKind.Block : -1;
  // Two operands in a row, each on its line: a semicolon was left out.
  return frame <= BracketKind.ArrowBody && lineBroken ? BracketKind.Block : -1;
}
