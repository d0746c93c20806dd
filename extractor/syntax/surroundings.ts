import type { File, Node } from "@babel/types";
import type { Surroundings } from "../model/explanation.ts";
import { parse } from "./parse.ts";
import { groupStatements, splitStatements } from "./tokens/split.ts";

/** Keys that bundlers give modules: paths, and numbers. */
const MODULE_KEY = /^(?:\d+|.*\/.*|.*\.[cm]?[jt]sx?)$/;

/**
 * What is around places of a file: the nearest function or method with a name, its class, and the module where a
 * bundler wrapped one. Only statements that hold a place are parsed.
 *
 *     class Client { send(url) { return [url].map((u) => fetch(u)); } }    // around `fetch(u)`: Client.send
 *
 * @param offsets in UTF-16 units; those in no statement that can be parsed get no answer
 */
export function surroundingsIn(text: string, path: string, offsets: readonly number[]): Map<number, Surroundings> {
  const found = new Map<number, Surroundings>();
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  let next = 0;
  for (const { start, end } of statementsOf(text, path)) {
    const here: number[] = [];
    for (; next < sorted.length && sorted[next]! < end; next++) here.push(sorted[next]!);
    const { file } = here.length === 0 ? { file: null } : parse(text.slice(start, end), path);
    if (file !== null) for (const offset of here) found.set(offset, around(file, offset - start));
  }
  return found;
}

function statementsOf(text: string, path: string): { start: number; end: number }[] {
  const split = /\.[cm]?js$/.test(path) || !/\.[a-z]+$/i.test(path) ? splitStatements(text) : null;
  return split?.kind === "split" ? groupStatements(split.ends, 1) : [{ start: 0, end: text.length }];
}

/** From the outermost node inwards, which takes as long as the place is deep. */
function around(file: File, offset: number): Surroundings {
  let name: string | null = null;
  let module: string | null = null;
  let className: string | null = null;
  let given: string | null = null;
  for (let node: Node | null = file.program; node !== null; node = childAt(node, offset)) {
    const own: string | null = ownName(node) ?? given;
    if (isClass(node)) className = own;
    if (isFunction(node) && own !== null) {
      if (isModuleKey(node, given)) {
        module = own;
        name = null;
      } else name = className === null ? own : `${className}.${own}`;
      className = null;
    }
    // a field of a class keeps the class: `send = () => …`
    given = givenName(node);
  }
  const around = name ?? className;
  return { ...(around === null ? {} : { name: around }), ...(module === null ? {} : { module }) };
}

const isClass = ({ type }: Node): boolean => type === "ClassDeclaration" || type === "ClassExpression";

const isFunction = ({ type }: Node): boolean =>
  /^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression|(?:Object|Class|ClassPrivate)Method)$/.test(type);

/** `"./src/a.js": function (module, exports) {…}`, and `"./src/a.js"(exports) {…}`. */
const isModuleKey = (node: Node, given: string | null): boolean =>
  node.type === "ObjectMethod"
    ? node.key.type !== "Identifier" && MODULE_KEY.test(keyName(node) ?? "")
    : given !== null && MODULE_KEY.test(given);

/** What a function or class is called by itself. */
function ownName(node: Node): string | null {
  if ("id" in node && node.id?.type === "Identifier" && (isFunction(node) || isClass(node))) return node.id.name;
  const isMethod = node.type === "ObjectMethod" || node.type === "ClassMethod" || node.type === "ClassPrivateMethod";
  return isMethod ? keyName(node) : null;
}

/** What a declaration, an assignment or a member calls the function or class in it. */
function givenName(node: Node): string | null {
  if (node.type === "VariableDeclarator") return node.id.type === "Identifier" ? node.id.name : null;
  if (node.type === "AssignmentExpression") return targetName(node.left);
  const isMember = /^(?:ObjectProperty|ClassProperty|ClassPrivateProperty|ClassAccessorProperty)$/.test(node.type);
  return isMember ? keyName(node as Keyed) : null;
}

function targetName(node: Node): string | null {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return null;
  const { property, computed } = node;
  if (property.type === "PrivateName") return `#${property.id.name}`;
  return property.type === "Identifier" && !computed ? property.name : null;
}

type Keyed = Node & { key: Node; computed?: boolean };

function keyName(node: Node): string | null {
  const { key, computed } = node as Keyed;
  if (key.type === "Identifier") return computed === true ? null : key.name;
  if (key.type === "PrivateName") return `#${key.id.name}`;
  return key.type === "StringLiteral" || key.type === "NumericLiteral" ? String(key.value) : null;
}

function childAt(node: Node, offset: number): Node | null {
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child) && child.start! <= offset && offset < child.end!) return child;
  return null;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && "start" in value && "end" in value;
