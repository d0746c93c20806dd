import type * as t from "@babel/types";

/**
 * Where trees of ESTree parsers differ from Babel's, beside what `ChainExpression` and `Literal` stand for. All other nodes are
 * the same as far as lowering looks at them.
 */
export interface Estree {
  Literal: At & {
    type: "Literal";
    value: string | number | boolean | bigint | RegExp | null;
    regex?: { pattern: string; flags: string };
  };
  /** Around `a?.b()`, whose parts are plain members and calls. */
  ChainExpression: At & { type: "ChainExpression"; expression: t.Expression };
  /** Of an object. Methods, getters and setters have a function as their value. */
  Property: Keyed & { type: "Property"; value: t.Node; kind: "init" | "get" | "set"; method: boolean };
  MethodDefinition: Keyed & {
    type: "MethodDefinition";
    value: t.FunctionExpression;
    kind: "constructor" | "method" | "get" | "set";
    static: boolean;
  };
  PropertyDefinition: Keyed & { type: "PropertyDefinition"; value: t.Expression | null; static: boolean };
  AccessorProperty: Keyed & { type: "AccessorProperty"; value: t.Expression | null; static: boolean };
  PrivateIdentifier: At & { type: "PrivateIdentifier"; name: string };
}

interface At {
  start?: number | null;
}

interface Keyed extends At {
  key: t.Node;
  computed: boolean;
}

export type Node = t.Node | Estree[keyof Estree];

/** The string or number that is written; undefined for any other node. */
export function writtenValue(node: Node | null | undefined): string | number | undefined {
  if (node?.type === "StringLiteral" || node?.type === "NumericLiteral") return node.value;
  if (node?.type !== "Literal") return undefined;
  return typeof node.value === "string" || typeof node.value === "number" ? node.value : undefined;
}

/** The string that is written; null for any other node. */
export function writtenText(node: Node | null | undefined): string | null {
  const value = writtenValue(node);
  return typeof value === "string" ? value : null;
}

export const isNull = (node: Node): boolean =>
  node.type === "NullLiteral" || (node.type === "Literal" && node.value === null && node.regex === undefined);

/** `"use strict"`: Babel keeps these apart, others among the statements. */
export const isDirective = (node: t.Statement): boolean => node.type === "ExpressionStatement" && "directive" in node;
