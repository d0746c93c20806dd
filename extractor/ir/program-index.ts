import type { Call, Expr } from "./expression.ts";
import { push } from "./multimap.ts";
import { canonical, type ObjectPlace, type Program } from "./program.ts";
import { indexRequired, indexRequiredCall } from "./required-functions.ts";
import { added, type Func, type Variable, type Write } from "./unit.ts";

/** Fills the indexes of a program whose names have their homes: everything is looked at once, for all who ask later. */
export function indexProgram(program: Program): void {
  for (const unit of program.units) {
    for (const call of unit.calls) indexCall(program, call);
    for (const { of, key, expression: e } of unit.resultWrites) push(program.resultWrites, key, { of, expression: e });
    for (const f of unit.functions) indexFunction(program, f);
    for (const v of unit.blockVariables) indexVariable(program, v);
  }
  for (const file of program.files.values()) {
    for (const v of file.names.values()) indexVariable(program, v);
    for (const [name, e] of file.exports) if (e.kind === "ref") nameExported(canonical(e.variable), name);
  }
  for (const v of program.globals.values())
    if (v.writes.length > 0 || v.mutations.length > 0) program.mutatedVariables.push(v);
}

function indexCall(program: Program, call: Call): void {
  const { callee: f, arguments: a } = call;
  for (let index = 0; index < a.length; index++) indexArgument(program, call, index, a[index]!);
  if (a.length > 0) {
    noteLoad(call, a[0]!);
    if (hasStringArgument(a[0]!) || (a.length > 1 && hasStringArgument(a[1]!)))
      program.callsWithStringArgument.push(call);
  }
  switch (f.kind) {
    case "ref":
      push(program.callsOf, canonical(f.variable), call);
      return;
    case "member":
      push(program.callsOfMember, f.property, call);
      if (f.property === "default") indexRequiredCall(program, call);
      if (INDIRECT.has(f.property)) indexIndirectCall(program, call, f.object);
      return;
    case "index":
      push(program.callsOfMember, "", call);
      return;
    case "call":
      program.callsOfResult.set(f, call);
      return;
    case "await":
      if (f.argument.kind === "call") program.callsOfResult.set(f.argument, call);
      return;
    case "module":
      indexRequiredCall(program, call);
      return;
    case "function":
      program.invoked.set(f.func, call);
      return;
    case "class":
      program.invoked.set(f.classDef, call);
      return;
    default:
  }
}

/** What may name a file beside the one that says it. */
const NEARBY = /^(?:\.{0,2}\/|[A-Za-z]:[/\\]~BUN)/;

/** `new Worker("./worker.js")` */
function noteLoad({ unit }: Call, e: Expr): void {
  if (e.kind === "literal" && typeof e.value === "string" && NEARBY.test(e.value)) unit.loads.push(e.value);
}

function hasStringArgument(e: Expr): boolean {
  switch (e.kind) {
    case "literal":
      return typeof e.value === "string";
    case "conditional":
      return hasStringArgument(e.consequent) || hasStringArgument(e.alternate);
    case "ref": {
      const { definitions } = canonical(e.variable);
      return (
        definitions.length === 1 &&
        definitions[0]!.expression.kind === "literal" &&
        hasStringArgument(definitions[0]!.expression)
      );
    }
    default:
      return false;
  }
}

const INDIRECT = new Set(["call", "apply", "bind"]);

function indexArgument(program: Program, call: Call, index: number, e: Expr): void {
  if (e.kind === "member") push(program.membersPassed, e.property, { call, index });
  else if (e.kind === "call") program.resultsPassed.set(e, { call, index });
  else indexObject(program.objects, "argument", call, e);
}

function indexIndirectCall({ indirectCalls: callsThrough }: Program, call: Call, target: Expr): void {
  if (target.kind === "ref") push(callsThrough, canonical(target.variable), call);
  else if (target.kind === "member") push(callsThrough, target.property, call);
}

function indexFunction(program: Program, f: Func): void {
  for (const name of f.aliases) push(program.functionsNamed, name, f);
  for (const { path, key, expression: e } of f.thisWrites)
    if (path.length === 1 && key === null) indexStored(program, path[0]!, e);
  indexComputedNames(program, f.thisWrites);
  for (const v of f.variables) indexVariable(program, v);
  for (const { expression: e } of f.returns) {
    if (e.kind === "member") program.returnedMembers.add(e.property);
    else if (e.kind === "ref") noteReturned(program, canonical(e.variable));
    else indexObject(program.objects, "returned", f, e);
  }
}

function indexVariable(program: Program, v: Variable): void {
  for (const { expression: e } of v.definitions) {
    switch (e.kind) {
      case "function":
        push(program.holders, e.func, v);
        break;
      case "class":
        push(program.holders, e.classDef, v);
        break;
      case "ref":
      case "choice":
      case "conditional":
      case "default":
        for (const arm of armsOf(e)) {
          if (arm.kind === "ref") push(program.heldBy, canonical(arm.variable), v);
          // `const send = off ? () => {} : post`
          else if (arm.kind === "function") push(program.holders, arm.func, v);
          else if (arm.kind === "class") push(program.holders, arm.classDef, v);
        }
        if (e.kind !== "ref") indexObject(program.objects, "defined", v, e);
        break;
      case "member":
        push(program.destructuredFrom, e.property, v);
        indexRequired(program, v, e);
        break;
      case "module":
        indexRequired(program, v, e);
        break;
      case "call":
        program.results.set(e, v);
        break;
      case "await":
        // promises are transparent
        if (e.argument.kind === "call") program.results.set(e.argument, v);
        break;
      default:
        indexObject(program.objects, "defined", v, e);
    }
  }
  if (v.passedTo.length > 0) noteReturned(program, v);
  indexComputedNames(program, v.writes);
  if (v.writes.length > 0 || v.mutations.length > 0) program.mutatedVariables.push(v);
}

function indexComputedNames({ computedNames }: Program, writes: readonly Write[]): void {
  for (const { key, expression: e } of writes)
    if (key !== null && e.kind === "function") push(computedNames, e.func, key);
}

/** What is given is what the variable was read from. */
function noteReturned({ returnedMembers: handedOn }: Program, { definitions }: Variable): void {
  for (const { expression: e } of definitions) {
    if (e.kind !== "member") continue;
    handedOn.add(e.property);
    return;
  }
}

function indexObject<K extends ObjectPlace["kind"]>(
  objects: ObjectPlace[],
  kind: K,
  of: Extract<ObjectPlace, { kind: K }>["of"],
  e: Expr,
): void {
  if (mayYieldObject(e)) objects.push({ kind, of, expression: e } as ObjectPlace);
}

function mayYieldObject(e: Expr): boolean {
  switch (e.kind) {
    case "object":
      return e.members.length > 0;
    case "conditional":
      return mayYieldObject(e.consequent) || mayYieldObject(e.alternate);
    case "choice":
      return mayYieldObject(e.right);
    default:
      return false;
  }
}

function indexStored(program: Program, name: string, e: Expr): void {
  for (const arm of armsOf(e)) {
    if (arm.kind === "ref") push(program.storedAs, canonical(arm.variable), name);
    else if (arm.kind === "member" && arm.property !== name) push(program.storedAs, arm.property, name);
  }
}

/** The expressions one of which is what an expression yields. */
function armsOf(e: Expr, arms: Expr[] = []): readonly Expr[] {
  const [one, other] =
    e.kind === "choice"
      ? [e.left, e.right]
      : e.kind === "conditional"
        ? [e.consequent, e.alternate]
        : e.kind === "default"
          ? [e.expression, e.fallback]
          : [];
  if (one === undefined || other === undefined) arms.push(e);
  else {
    armsOf(one, arms);
    armsOf(other, arms);
  }
  return arms;
}

/** `export { f as open }`: other files know it as a member of that name. */
function nameExported(v: Variable, name: string): void {
  if (!v.aliases.includes(name)) v.aliases = added(v.aliases, name);
}
