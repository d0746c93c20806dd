import type { Call, Expr } from "./expression.ts";
import { homeOf, type ObjectPlace, type Program } from "./program.ts";
import { added, type Func, type Variable } from "./unit.ts";

/** Fills the indexes of a program whose names have their homes: everything is looked at once, for all who ask later. */
export function indexProgram(program: Program): void {
  for (const unit of program.units) {
    for (const call of unit.calls) indexCall(program, call);
    for (const { of, key, e } of unit.resultWrites) push(program.resultWrites, key, { of, e });
    for (const f of unit.functions) indexFunction(program, f);
  }
  for (const file of program.files.values()) {
    for (const v of file.names.values()) indexVariable(program, v);
    for (const [name, e] of file.exports) if (e.k === "ref") nameExported(homeOf(e.v), name);
  }
  for (const v of program.globals.values()) if (v.writes.length > 0 || v.mutations.length > 0) program.changed.push(v);
}

function indexCall(program: Program, call: Call): void {
  const { f, a } = call;
  for (let index = 0; index < a.length; index++) indexArgument(program, call, index, a[index]!);
  if (a.length > 0) {
    noteLoad(call, a[0]!);
    if (isWorded(a[0]!) || (a.length > 1 && isWorded(a[1]!))) program.worded.push(call);
  }
  switch (f.k) {
    case "ref":
      push(program.callsOf, homeOf(f.v), call);
      return;
    case "member":
      push(program.callsOfMember, f.p, call);
      if (INDIRECT.has(f.p)) indexThrough(program, call, f.o);
      return;
    case "index":
      push(program.callsOfMember, "", call);
      return;
    case "call":
      program.callsOfResult.set(f, call);
      return;
    case "await":
      if (f.e.k === "call") program.callsOfResult.set(f.e, call);
      return;
    case "function":
      program.invoked.set(f.f, call);
      return;
    case "class":
      program.invoked.set(f.c, call);
      return;
    default:
  }
}

/** What may name a file beside the one that says it. */
const NEARBY = /^(?:\.{0,2}\/|[A-Za-z]:[/\\]~BUN)/;

/** `new Worker("./worker.js")` */
function noteLoad({ unit }: Call, e: Expr): void {
  if (e.k === "literal" && typeof e.v === "string" && NEARBY.test(e.v)) unit.loads.push(e.v);
}

function isWorded(e: Expr): boolean {
  switch (e.k) {
    case "literal":
      return typeof e.v === "string";
    case "conditional":
      return isWorded(e.yes) || isWorded(e.no);
    case "ref": {
      const { definitions } = homeOf(e.v);
      return definitions.length === 1 && definitions[0]!.e.k === "literal" && isWorded(definitions[0]!.e);
    }
    default:
      return false;
  }
}

const INDIRECT = new Set(["call", "apply", "bind"]);

function indexArgument(program: Program, call: Call, index: number, e: Expr): void {
  if (e.k === "member") push(program.membersPassed, e.p, { call, index });
  else indexObject(program.objects, "argument", call, e);
}

function indexThrough({ callsThrough }: Program, call: Call, target: Expr): void {
  if (target.k === "ref") push(callsThrough, homeOf(target.v), call);
  else if (target.k === "member") push(callsThrough, target.p, call);
}

function indexFunction(program: Program, f: Func): void {
  for (const name of f.aliases) push(program.functionsNamed, name, f);
  for (const { path, e } of f.thisWrites) if (path.length === 1) indexKept(program, path[0]!, e);
  for (const v of f.variables) indexVariable(program, v);
  for (const { e } of f.returns) {
    if (e.k === "member") program.handedOn.add(e.p);
    else if (e.k === "ref") handOn(program, homeOf(e.v));
    else indexObject(program.objects, "returned", f, e);
  }
}

function indexVariable(program: Program, v: Variable): void {
  for (const { e } of v.definitions) {
    switch (e.k) {
      case "function":
        push(program.holders, e.f, v);
        break;
      case "class":
        push(program.holders, e.c, v);
        break;
      case "ref":
        push(program.heldBy, homeOf(e.v), v);
        break;
      case "member":
        push(program.readFrom, e.p, v);
        break;
      case "call":
        program.results.set(e, v);
        break;
      case "await":
        // promises are transparent
        if (e.e.k === "call") program.results.set(e.e, v);
        break;
      default:
        indexObject(program.objects, "defined", v, e);
    }
  }
  if (v.passedTo.length > 0) handOn(program, v);
  if (v.writes.length > 0 || v.mutations.length > 0) program.changed.push(v);
}

/** What is given is what the variable was read from. */
function handOn({ handedOn }: Program, { definitions }: Variable): void {
  for (const { e } of definitions) {
    if (e.k !== "member") continue;
    handedOn.add(e.p);
    return;
  }
}

function indexObject<K extends ObjectPlace["k"]>(
  objects: ObjectPlace[],
  k: K,
  of: Extract<ObjectPlace, { k: K }>["of"],
  e: Expr,
): void {
  if (mayYieldObject(e)) objects.push({ k, of, e } as ObjectPlace);
}

function mayYieldObject(e: Expr): boolean {
  switch (e.k) {
    case "object":
      return e.members.length > 0;
    case "conditional":
      return mayYieldObject(e.yes) || mayYieldObject(e.no);
    case "choice":
      return mayYieldObject(e.r);
    default:
      return false;
  }
}

function indexKept(program: Program, name: string, e: Expr): void {
  if (e.k === "choice") for (const arm of [e.l, e.r]) indexKept(program, name, arm);
  else if (e.k === "ref") push(program.keptUnder, homeOf(e.v), name);
  else if (e.k === "member" && e.p !== name) push(program.keptUnder, e.p, name);
}

/** `export { f as open }`: other files know it as a member of that name. */
function nameExported(v: Variable, name: string): void {
  if (!v.aliases.includes(name)) v.aliases = added(v.aliases, name);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
