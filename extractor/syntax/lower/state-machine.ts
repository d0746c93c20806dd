import type * as t from "@babel/types";

/** The function of a state machine, with its steps one after the other, and what they wait for by position. */
export interface StateMachine {
  /** The parameter by which it is told the state. */
  state: string;
  dialect: Dialect;
  body: t.FunctionExpression;
  waits: { end: number; name: string }[];
}

type Told = Omit<StateMachine, "body">;

/** What a step tells the one who runs the machine. */
type Operation =
  | { kind: "returned"; value: t.Expression | null }
  | { kind: "awaited"; value: t.Expression }
  | { kind: "jump"; to: number | null }
  | { kind: "none" };

/** How a compiler writes a state machine. */
interface Dialect {
  /** Members of the state that say which step is next. */
  next: readonly string[];
  /** The member that holds what was waited for, or the method that yields it. */
  sent: { names: readonly string[]; isCalled: boolean };
  operation: (e: t.Expression | null | undefined, state: string) => Operation;
}

const OPERATION = { returned: 2, jump: 3, awaited: 4, delegated: 5 };

/** TypeScript's: `case 0: return [4, a()]; case 1: s.sent(); return [2, b]` */
const TUPLES: Dialect = {
  next: ["label"],
  sent: { names: ["sent"], isCalled: true },
  operation: (e) => {
    if (e?.type !== "ArrayExpression" || e.elements[0]?.type !== "NumericLiteral")
      return { kind: "returned", value: e ?? null };
    const [{ value: code }, second] = e.elements as [t.NumericLiteral, t.Expression | t.SpreadElement | undefined];
    if (code === OPERATION.returned) return { kind: "returned", value: (second as t.Expression | undefined) ?? null };
    if (code === OPERATION.jump) return { kind: "jump", to: numberOf(second) };
    const waits = code === OPERATION.awaited || code === OPERATION.delegated;
    return waits && second && second.type !== "SpreadElement" ? { kind: "awaited", value: second } : { kind: "none" };
  },
};

/**
 * Babel's: `case 0: s.next = 2; return a(); case 2: s.sent; return s.abrupt("return", b)`, and since 7.28 `s.n`, `s.v`,
 * `s.a(2, b)`.
 */
const REGENERATOR: Dialect = {
  next: ["next", "n"],
  sent: { names: ["sent", "v"], isCalled: false },
  operation: (e, state) => {
    const method = e?.type === "CallExpression" ? methodOf(e.callee, state) : null;
    if (e?.type !== "CallExpression" || method === null) return e ? { kind: "awaited", value: e } : { kind: "none" };
    const [first, second] = e.arguments as t.Expression[];
    const isReturn =
      method === "abrupt" ? first?.type === "StringLiteral" && first.value === "return" : numberOf(first) === 2;
    if ((method === "abrupt" || method === "a") && isReturn) return { kind: "returned", value: second ?? null };
    if (method === "delegateYield" && first) return { kind: "awaited", value: first };
    const [values] = method === "d" && first?.type === "CallExpression" ? (first.arguments as t.Expression[]) : [];
    return values ? { kind: "awaited", value: values } : { kind: "none" };
  },
};

/**
 * What compilers make of a generator for ES5: `helper(this, function (s) { switch (s.label) {…} })`,
 * `runtime.wrap(function (s) { while (1) switch (s.prev = s.next) {…} }, f, this)`. A jump forwards under a condition
 * is the opposite condition around what it leaves out; others are left out themselves.
 */
export function stateMachineOf(node: t.Node): StateMachine | null {
  const found = stepsOf(node);
  if (found === null) return null;
  const { state, body, steps, dialect, around } = found;
  const machine: Told = { state, dialect, waits: [] };
  const statements = body.body.body.flatMap((s) => (s === around ? new Steps(machine, steps).all() : [s]));
  return { ...machine, body: { ...body, params: [], body: { ...body.body, body: statements } } };
}

function stepsOf(node: t.Node | null | undefined) {
  if (node?.type !== "CallExpression") return null;
  const isWrapped = node.callee.type === "MemberExpression" && WRAPS.some((name) => isNamed(node.callee, name));
  const [self, second] = node.arguments;
  const body = isWrapped ? self : node.arguments.length === 2 && self?.type === "ThisExpression" ? second : null;
  if (body?.type !== "FunctionExpression" || body.generator) return null;
  const [parameter, ...others] = body.params;
  if (parameter?.type !== "Identifier" || others.length > 0) return null;
  const state = parameter.name;
  for (const around of body.body.body) {
    const steps = switchIn(around);
    if (steps === null) continue;
    const dialect = dialectOf(steps.discriminant, state);
    if (dialect !== null) return { state, body, steps, dialect, around };
  }
  return null;
}

const WRAPS = ["wrap", "w"];

/** `switch (…) {…}`, `while (1) switch (…) {…}`, `for (;;) switch (…) {…}` */
function switchIn(s: t.Statement): t.SwitchStatement | null {
  if (s.type === "SwitchStatement") return s;
  if (s.type === "WhileStatement" || s.type === "ForStatement") return switchIn(s.body);
  return s.type === "BlockStatement" && s.body.length === 1 ? switchIn(s.body[0]!) : null;
}

/** `s.label`, `s.prev = s.next`, `s.n` */
function dialectOf(told: t.Expression, state: string): Dialect | null {
  const e = told.type === "AssignmentExpression" ? told.right : told;
  return [TUPLES, REGENERATOR].find(({ next }) => next.some((name) => isMember(e, state, name))) ?? null;
}

/** `function () { var url; return helper(this, function (s) {…}); }` */
export const isMachineBody = ({ body, params }: t.FunctionExpression): boolean => {
  const last = body.body.at(-1);
  if (last?.type !== "ReturnStatement") return false;
  const steps = stepsOf(last.argument);
  return steps !== null && (params.length === 0 || steps.dialect === REGENERATOR);
};

/** The name of what `s.sent()` or `s.sent` yields there: what was waited for last. */
export function sentAt({ state, dialect, waits }: StateMachine, node: t.Node): string | null {
  const e = dialect.sent.isCalled ? (node.type === "CallExpression" ? node.callee : null) : node;
  if (e === null || !dialect.sent.names.some((name) => isMember(e, state, name))) return null;
  // the last that ends before: they stand in the order of the file
  let [from, to] = [0, waits.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (waits[middle]!.end <= node.start!) from = middle + 1;
    else to = middle;
  }
  return waits[from - 1]?.name ?? null;
}

const isMember = (e: t.Node, object: string, property: string): boolean =>
  isNamed(e, property) && e.object.type === "Identifier" && e.object.name === object;

const isNamed = (e: t.Node, property: string): e is t.MemberExpression =>
  e.type === "MemberExpression" && !e.computed && e.property.type === "Identifier" && e.property.name === property;

const methodOf = (e: t.Node, state: string): string | null =>
  e.type === "MemberExpression" && e.property.type === "Identifier" && isMember(e, state, e.property.name)
    ? e.property.name
    : null;

const numberOf = (e: t.Node | null | undefined): number | null => (e?.type === "NumericLiteral" ? e.value : null);

/** Nested deeper, jumps are left out. */
const MOST_NESTED = 40;

/** The steps of a machine as statements, in their order. */
class Steps {
  readonly #machine: Told;
  readonly #list: (t.Statement | number)[];
  /** Where each step begins. */
  readonly #begins = new Map<number, number>();

  constructor(machine: Told, { cases }: t.SwitchStatement) {
    this.#machine = machine;
    this.#list = cases.flatMap(({ test, consequent }) => [numberOf(test) ?? -1, ...consequent]);
    this.#list.forEach((item, i) => {
      if (typeof item === "number") this.#begins.set(item, i);
    });
  }

  all(): t.Statement[] {
    return this.#between(0, this.#list.length, 0);
  }

  #between(from: number, to: number, nested: number): t.Statement[] {
    const statements: t.Statement[] = [];
    for (let i = from; i < to; i++) {
      const item = this.#list[i]!;
      if (typeof item === "number") continue;
      const jump = nested < MOST_NESTED ? this.#jumpOf(item) : null;
      const at = jump === null ? -1 : (this.#begins.get(jump.to) ?? -1);
      if (jump === null || at <= i || at > to) {
        statements.push(this.#inOrder(item));
        continue;
      }
      const body = this.#between(i + 1, at, nested + 1);
      const { start, end, loc } = item;
      const place = { start, end, loc };
      const test = { type: "UnaryExpression", operator: "!", prefix: true, argument: jump.test, ...place };
      const consequent = { type: "BlockStatement", body, directives: [], ...place };
      statements.push({ type: "IfStatement", test, consequent, alternate: null, ...place } as unknown as t.Statement);
      i = at;
    }
    return statements.map((s, i) => (s.type === "ReturnStatement" && i + 1 < statements.length ? perhaps(s) : s));
  }

  /** `if (!off) { s.next = 3; break; }`, `if (!off) return [3, 3];` */
  #jumpOf(s: t.Statement): { test: t.Expression; to: number } | null {
    if (s.type !== "IfStatement" || s.alternate) return null;
    const body = s.consequent.type === "BlockStatement" ? s.consequent.body : [s.consequent];
    const { state, dialect } = this.#machine;
    const [first, second] = body;
    if (first?.type === "ReturnStatement") {
      const told = dialect.operation(first.argument, state);
      return told.kind === "jump" && told.to !== null ? { test: s.test, to: told.to } : null;
    }
    if (body.length !== 2 || second?.type !== "BreakStatement" || first?.type !== "ExpressionStatement") return null;
    const { expression: e } = first;
    const isNext = e.type === "AssignmentExpression" && dialect.next.some((name) => isMember(e.left, state, name));
    const to = isNext ? numberOf(e.right) : null;
    return to === null ? null : { test: s.test, to };
  }

  #inOrder = (s: t.Statement): t.Statement => {
    switch (s.type) {
      case "BlockStatement":
        return { ...s, body: s.body.map(this.#inOrder) };
      case "IfStatement": {
        const { consequent, alternate } = s;
        return {
          ...s,
          consequent: this.#inOrder(consequent),
          alternate: alternate ? this.#inOrder(alternate) : alternate,
        };
      }
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "WhileStatement":
        return { ...s, body: this.#inOrder(s.body) };
      case "ReturnStatement":
        return this.#step(s);
      default:
        return s;
    }
  };

  /** `return [4, a()]`, and what minifiers make of it: `return s.sent(), [4, a()]`, `return b ? [4, a()] : [3, 2]`. */
  #step({ argument, start, end, loc }: t.ReturnStatement): t.Statement {
    const place = { start, end, loc };
    const step = ({ start, end, loc }: t.Expression, argument: t.Expression): t.Statement =>
      this.#step({ type: "ReturnStatement", argument, start, end, loc } as t.ReturnStatement);
    if (argument?.type === "SequenceExpression") {
      const before = argument.expressions.slice(0, -1);
      const statements = before.map((expression) => ({ ...expression, type: "ExpressionStatement", expression }));
      const last = argument.expressions.at(-1)!;
      const body = [...statements, step(last, last)];
      return { type: "BlockStatement", body, directives: [], ...place } as unknown as t.BlockStatement;
    }
    const { state, dialect, waits } = this.#machine;
    if (argument?.type === "ConditionalExpression" && dialect === TUPLES) {
      const { test, consequent, alternate } = argument;
      const [yes, no] = [step(consequent, consequent), step(alternate, alternate)];
      return { type: "IfStatement", test, consequent: yes, alternate: no, ...place };
    }
    const told = dialect.operation(argument, state);
    if (told.kind === "returned") return { type: "ReturnStatement", argument: told.value, ...place };
    if (told.kind !== "awaited") return { type: "EmptyStatement", ...place };
    const name = `sent ${start}`;
    waits.push({ end: end!, name });
    const init = { type: "AwaitExpression", argument: told.value, ...place };
    const declarations = [{ type: "VariableDeclarator", id: { type: "Identifier", name, ...place }, init, ...place }];
    return { type: "VariableDeclaration", kind: "var", declarations, ...place } as unknown as t.VariableDeclaration;
  }
}

/** A return that a jump may have led past. */
function perhaps(s: t.ReturnStatement): t.IfStatement {
  const { start, end, loc } = s;
  const test = { type: "Identifier", name: `reached ${start}`, start, end, loc } as t.Identifier;
  return { type: "IfStatement", test, consequent: s, alternate: null, start, end, loc };
}
