import type * as t from "@babel/types";

/** The function of a state machine, with its steps one after the other, and what they wait for by position. */
export interface StateMachine {
  /** The parameter by which it is told the state. */
  state: string;
  body: t.FunctionExpression;
  waits: { end: number; name: string }[];
}

const OPERATION = { returned: 2, awaited: 4, delegated: 5 };

/**
 * What compilers make of a generator for ES5: `helper(this, function (s) { switch (s.label) { case 0: return [4, a()];
 * case 1: s.sent(); return [2, b]; } })`. Jumps between the steps are left out.
 */
export function stateMachineOf(node: t.Node): StateMachine | null {
  const found = stepsOf(node);
  if (found === null) return null;
  const { state, body, steps } = found;
  const waits: StateMachine["waits"] = [];
  const statements = body.body.body.flatMap((s) =>
    s === steps ? steps.cases.flatMap(({ consequent }) => consequent.map((one) => inOrder(one, waits))) : [s],
  );
  return { state, waits, body: { ...body, params: [], body: { ...body.body, body: statements } } };
}

function stepsOf(node: t.Node | null | undefined) {
  if (node?.type !== "CallExpression" || node.arguments.length !== 2) return null;
  const [self, body] = node.arguments;
  if (self?.type !== "ThisExpression" || body?.type !== "FunctionExpression" || body.generator) return null;
  const [parameter, ...others] = body.params;
  if (parameter?.type !== "Identifier" || others.length > 0) return null;
  const steps = body.body.body.find((s) => s.type === "SwitchStatement");
  if (steps === undefined || !isMember(steps.discriminant, parameter.name, "label")) return null;
  return { state: parameter.name, body, steps };
}

/** `function () { var url; return helper(this, function (s) {…}); }` */
export const isMachineBody = ({ body, params }: t.FunctionExpression): boolean => {
  const last = body.body.at(-1);
  return params.length === 0 && last?.type === "ReturnStatement" && stepsOf(last.argument) !== null;
};

/** The name of what `s.sent()` yields there: what was waited for last. */
export function sentAt({ state, waits }: StateMachine, { callee, start }: t.CallExpression): string | null {
  if (!isMember(callee, state, "sent")) return null;
  // the last that ends before: they stand in the order of the file
  let [from, to] = [0, waits.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (waits[middle]!.end <= start!) from = middle + 1;
    else to = middle;
  }
  return waits[from - 1]?.name ?? null;
}

const isMember = (e: t.Node, object: string, property: string): boolean =>
  e.type === "MemberExpression" &&
  !e.computed &&
  e.object.type === "Identifier" &&
  e.object.name === object &&
  e.property.type === "Identifier" &&
  e.property.name === property;

function inOrder(s: t.Statement, waits: StateMachine["waits"]): t.Statement {
  const inside = (one: t.Statement): t.Statement => inOrder(one, waits);
  switch (s.type) {
    case "BlockStatement":
      return { ...s, body: s.body.map(inside) };
    case "IfStatement":
      return { ...s, consequent: inside(s.consequent), alternate: s.alternate ? inside(s.alternate) : s.alternate };
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
      return { ...s, body: inside(s.body) };
    case "ReturnStatement":
      return stepOf(s, waits);
    default:
      return s;
  }
}

/** `return [4, a()]`, and what minifiers make of it: `return s.sent(), [4, a()]`, `return b ? [4, a()] : [3, 2]`. */
function stepOf({ argument, start, end, loc }: t.ReturnStatement, waits: StateMachine["waits"]): t.Statement {
  const place = { start, end, loc };
  const step = (e: t.Expression): t.Statement =>
    stepOf(
      { type: "ReturnStatement", argument: e, start: e.start, end: e.end, loc: e.loc } as t.ReturnStatement,
      waits,
    );
  if (argument?.type === "SequenceExpression") {
    const before = argument.expressions.slice(0, -1);
    const statements = before.map((expression) => ({ ...expression, type: "ExpressionStatement", expression }));
    const body = [...statements, step(argument.expressions.at(-1)!)];
    return { type: "BlockStatement", body, directives: [], ...place } as unknown as t.BlockStatement;
  }
  if (argument?.type === "ConditionalExpression") {
    const { test, consequent, alternate } = argument;
    return { type: "IfStatement", test, consequent: step(consequent), alternate: step(alternate), ...place };
  }
  const [operation, value] = argument?.type === "ArrayExpression" ? argument.elements : [];
  if (operation?.type !== "NumericLiteral") return { type: "ReturnStatement", argument, ...place };
  if (operation.value === OPERATION.returned)
    return { type: "ReturnStatement", argument: (value as t.Expression | undefined) ?? null, ...place };
  const waitsFor = operation.value === OPERATION.awaited || operation.value === OPERATION.delegated;
  if (!waitsFor || !value || value.type === "SpreadElement") return { type: "EmptyStatement", ...place };
  const name = `sent ${start}`;
  waits.push({ end: end!, name });
  const init = { type: "AwaitExpression", argument: value, ...place };
  const declarations = [{ type: "VariableDeclarator", id: { type: "Identifier", name, ...place }, init, ...place }];
  return { type: "VariableDeclaration", kind: "var", declarations, ...place } as unknown as t.VariableDeclaration;
}
