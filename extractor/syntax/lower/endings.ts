import type * as t from "@babel/types";

/** Control never reaches the statement after it, or the next arm of a `switch`. */
export function ends(node: t.Statement): boolean {
  switch (node.type) {
    case "ReturnStatement":
    case "ThrowStatement":
    case "ContinueStatement":
    case "BreakStatement":
      return true;
    case "ExpressionStatement":
      return exits(node.expression);
    case "BlockStatement":
      return node.body.some(ends);
    case "IfStatement":
      return node.alternate != null && ends(node.consequent) && ends(node.alternate);
    default:
      return false;
  }
}

/** `process.exit(…)` never returns. */
export function exits(node: t.Expression): boolean {
  if (node.type === "SequenceExpression") return exits(node.expressions.at(-1)!);
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const { object, property, computed } = node.callee;
  const isProcess = object.type === "Identifier" && object.name === "process";
  return isProcess && !computed && property.type === "Identifier" && EXITS.has(property.name);
}

const EXITS = new Set(["exit", "reallyExit", "abort"]);

/** Nothing but what is called in it throws. */
export const isPlain = ({ type }: t.Statement): boolean =>
  type === "ReturnStatement" || type === "ExpressionStatement" || type === "VariableDeclaration";
