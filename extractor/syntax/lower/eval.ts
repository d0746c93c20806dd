import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { Context } from "../context.ts";
import { parse } from "../parse.ts";
import { lowerExpression } from "./expression.ts";
import { lowerStatement } from "./statement.ts";

/** Code as a text, and where that text begins in the file: what is decoded is never longer than what was written. */
interface CodeText {
  code: string;
  at: number;
}

type Calling = t.CallExpression | t.OptionalCallExpression | t.NewExpression;

/** Methods and constructors of `node:vm` that take code, and the members that hold a runtime's own path. */
const RUNS = new Set(["runInThisContext", "runInNewContext", "runInContext", "compileFunction"]);
const HOLDS = new Set(["Script", "SourceTextModule"]);
const GLOBALS = new Set(["globalThis", "window", "global", "self"]);
/** Options of runtimes on the command line that are followed by code. */
const CODE_OPTIONS = new Set(["-e", "--eval", "-p", "--print", "-pe"]);
const RUNTIME = /(?:^|[/\\])(?:node|bun|deno)(?:\.exe)?$/;
const DATA_URL = /^data:(?:text|application)\/(?:java|ecma)script[^,]*?(;base64)?,/i;

/**
 * `eval("…")` and `new Function("a", "…")`: what the code yields, lowered where the call stands. Code that another
 * way runs (`vm`, a worker, a module in a data URL, `node -e`) is lowered beside the call, which stays what it is.
 * Code that isn't written out is counted.
 * @returns null where the call is to be lowered like any other
 */
export function lowerCodeText(ctx: Context, node: Calling): Expr | null {
  const [first] = node.arguments;
  if (isGlobal(node.callee, "eval") && node.type !== "NewExpression" && first !== undefined) {
    const text = constantText(ctx, first);
    return text === null ? uncounted(ctx, node, "eval") : evaluated(ctx, text);
  }
  if (isGlobal(node.callee, "Function") && first !== undefined) return madeFunction(ctx, node);
  const code = codeGiven(node);
  if (code === null) return null;
  const text = constantText(ctx, code);
  if (text === null) return uncounted(ctx, node, "code");
  runBeside(ctx, text);
  return null;
}

/** `import("data:text/javascript,…")` */
export function lowerDataModule(ctx: Context, specifier: string, at: number): void {
  const [start, base64] = DATA_URL.exec(specifier) ?? [];
  if (start === undefined) return;
  const body = specifier.slice(start.length);
  try {
    runBeside(ctx, { code: base64 ? Buffer.from(body, "base64").toString() : decodeURIComponent(body), at });
  } catch {
    ctx.codeTexts.push({ at, what: "a data URL that is not decoded" });
  }
}

/** Statements of `eval("…")` that stands alone, in the scope they run in; false where it is none. */
export function lowerEvalStatement(ctx: Context, node: t.Expression): boolean {
  if (node.type !== "CallExpression" || !isGlobal(node.callee, "eval") || node.arguments.length === 0) return false;
  const text = constantText(ctx, node.arguments[0]!);
  if (text === null) return false;
  const code = parsed(ctx, text, ["", ""]);
  if (code === null) return true;
  ctx.from(code.base, () => {
    for (const statement of code.body) lowerStatement(ctx, statement);
  });
  return true;
}

function uncounted(ctx: Context, node: Calling, what: string): null {
  ctx.codeTexts.push({ at: ctx.at(node), what: `${what} that is put together while the program runs` });
  return null;
}

function evaluated(ctx: Context, text: CodeText): Expr | null {
  const one = parsed(ctx, text, ["(", "\n)"]) ?? parsed(ctx, text, ["(() => {", "\n})()"]);
  return one === null ? null : loweredExpression(ctx, one);
}

function madeFunction(ctx: Context, node: Calling): Expr | null {
  const texts = node.arguments.map((argument) => constantText(ctx, argument));
  const body = texts.at(-1);
  if (!body || !texts.every((each) => each !== null)) return uncounted(ctx, node, "Function");
  const names = texts.slice(0, -1).map((each) => each!.code);
  const made = parsed(ctx, body, [`(function (${names.join(",")}\n) {`, "\n})"]);
  return made === null ? null : loweredExpression(ctx, made);
}

function runBeside(ctx: Context, text: CodeText): void {
  const run = parsed(ctx, text, ["(async () => {", "\n})()"]);
  if (run !== null) loweredExpression(ctx, run);
}

/** `base`: what is added to the places in the tree to have them in the file. */
interface ParsedText {
  body: t.Statement[];
  base: number;
}

function loweredExpression(ctx: Context, { body: [statement], base }: ParsedText): Expr | null {
  if (statement?.type !== "ExpressionStatement") return null;
  return ctx.from(base, () => lowerExpression(ctx, statement.expression));
}

/** @param around what stands around the code, and is no part of any place */
function parsed(ctx: Context, { code, at }: CodeText, around: readonly [string, string]): ParsedText | null {
  const [before, after] = around;
  const { file, problems } = parse(before + code + after, "text.js");
  if (file === null || problems.length > 0) {
    if (before !== "(") ctx.codeTexts.push({ at, what: "code in a text that cannot be parsed" });
    return null;
  }
  return { body: file.program.body, base: at - before.length };
}

function isGlobal(callee: t.Node, name: string): boolean {
  if (callee.type === "Identifier") return callee.name === name;
  // `(0, eval)(…)`
  if (callee.type === "SequenceExpression") return isGlobal(callee.expressions.at(-1)!, name);
  if (callee.type === "ParenthesizedExpression") return isGlobal(callee.expression, name);
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    GLOBALS.has(callee.object.name) &&
    nameOf(callee) === name
  );
}

/** The member or the variable that is called. */
function nameOf(callee: t.Node): string {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" && callee.type !== "OptionalMemberExpression") return "";
  return !callee.computed && callee.property.type === "Identifier" ? callee.property.name : "";
}

/** The argument that is code. */
function codeGiven({ type, callee, arguments: args }: Calling): t.Node | null {
  const name = nameOf(callee);
  const [first, second] = args;
  if (first === undefined) return null;
  if (type === "NewExpression") {
    if (HOLDS.has(name) && callee.type === "MemberExpression") return first;
    return name === "Worker" && isTrue(second, "eval") ? first : null;
  }
  if (RUNS.has(name) && callee.type !== "Identifier") return isMade(callee) ? null : first;
  return second?.type === "ArrayExpression" && isRuntime(first) ? codeOption(second) : null;
}

/** `new Script(code).runInThisContext(options)`: the code was given before. */
const isMade = (callee: t.Node): boolean => "object" in callee && (callee.object as t.Node).type === "NewExpression";

const isRuntime = (node: t.Node): boolean =>
  nameOf(node) === "execPath" || (node.type === "StringLiteral" && RUNTIME.test(node.value));

function codeOption({ elements }: t.ArrayExpression): t.Node | null {
  const at = elements.findIndex((each) => each?.type === "StringLiteral" && CODE_OPTIONS.has(each.value));
  return at < 0 ? null : (elements[at + 1] ?? null);
}

const isTrue = (options: t.Node | undefined, name: string): boolean =>
  options?.type === "ObjectExpression" &&
  options.properties.some(
    (one) =>
      one.type === "ObjectProperty" &&
      (one.key.type === "Identifier" ? one.key.name : one.key.type === "StringLiteral" ? one.key.value : "") === name &&
      one.value.type === "BooleanLiteral" &&
      one.value.value,
  );

/** A text that is written out, in one piece or several, here or in a constant of the unit. */
function constantText(ctx: Context, node: t.Node): CodeText | null {
  const at = ctx.at(node) + 1;
  switch (node.type) {
    case "StringLiteral":
      return { code: node.value, at };
    case "TemplateLiteral": {
      const [only, more] = node.quasis;
      return more === undefined && only !== undefined ? { code: only.value.cooked ?? "", at } : null;
    }
    case "BinaryExpression":
      return addedTexts(ctx, node);
    case "CallExpression":
      return joinedLines(ctx, node);
    case "Identifier":
      return ctx.constants.get(node.name) ?? null;
    default:
      return null;
  }
}

/** `"…" + "…"`, of any length. */
function addedTexts(ctx: Context, node: t.BinaryExpression): CodeText | null {
  const pieces: string[] = [];
  let left: t.Node = node;
  for (; left.type === "BinaryExpression" && left.operator === "+"; left = left.left) {
    const right = left.right.type === "BinaryExpression" ? null : constantText(ctx, left.right);
    if (right === null) return null;
    pieces.push(right.code);
  }
  const first = left.type === "BinaryExpression" ? null : constantText(ctx, left);
  return first === null ? null : { code: first.code + pieces.reverse().join(""), at: first.at };
}

/** `["…", "…"].join("\n")` */
function joinedLines(ctx: Context, { callee, arguments: [by] }: t.CallExpression): CodeText | null {
  if (callee.type !== "MemberExpression" || callee.object.type !== "ArrayExpression" || nameOf(callee) !== "join")
    return null;
  const between = by === undefined ? "," : (constantText(ctx, by)?.code ?? null);
  const lines = callee.object.elements.map((each) => (each === null ? null : constantText(ctx, each)));
  if (between === null || !lines.every((line) => line !== null)) return null;
  return { code: lines.map((line) => line!.code).join(between), at: ctx.at(callee.object) + 1 };
}

/** Remembers a constant that may be code. */
export function noteConstant(ctx: Context, { id, init }: t.VariableDeclarator): void {
  if (id.type !== "Identifier" || !init) return;
  const isText = init.type === "StringLiteral" || init.type === "TemplateLiteral" || init.type === "BinaryExpression";
  const text = isText || init.type === "CallExpression" ? constantText(ctx, init) : null;
  if (text !== null && /[(;]/.test(text.code)) ctx.constants.set(id.name, text);
}
