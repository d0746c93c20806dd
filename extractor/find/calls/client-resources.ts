import type { Call, Expr } from "../../ir/expression.ts";
import { push } from "../../ir/multimap.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { type ClassDef, classOf, type Func, isConstructor, type Variable, type Write } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";

/** A member of a client that holds one of its resources. */
interface ResourcePlace {
  name: string;
  /** The class whose instances have the member. */
  of: ClassDef;
}

interface Resources {
  /** By the class of the resource. */
  places: Map<ClassDef, ResourcePlace[]>;
  /** Calls that make one for such a member. */
  made: Set<Call>;
}

/**
 * Resources of generated clients, `class Threads { notes = new Notes(this._client) }`: by the members that hold them
 * a call on a client nothing else is known of tells which method it means, and a method that no such call names is
 * one that nothing calls.
 */
export class ClientResources {
  readonly #program: Program;
  #places: Map<ClassDef, ResourcePlace[]> | null = null;
  readonly #held = new Map<string, ClassDef[]>();
  #computed: Map<string, Expr[]> | null = null;
  readonly #parents = new Set<ClassDef>();
  readonly #handedOn = new Set<ClassDef>();
  readonly #unused = new Map<Func, boolean>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Does the call, of a member of something unknown, lead through the members that hold the method's class? */
  means({ callee: f }: Call, method: Func): boolean {
    const c = this.#resourceOf(method);
    return c !== null && f.kind === "member" && this.#leadsTo(f.object, c);
  }

  /** Does the code stand in a method that nothing calls? */
  isUnusedIn(within: Func | null): boolean {
    return within !== null && this.#isUnused(around(within));
  }

  /** A method of a resource whose name no call says behind the member that holds the resource. */
  #isUnused(method: Func): boolean {
    let unused = this.#unused.get(method);
    if (unused !== undefined) return unused;
    // methods that call each other are used once one of them is
    this.#unused.set(method, true);
    const c = this.#resourceOf(method);
    unused =
      c !== null &&
      !this.#parents.has(c) &&
      !this.#handedOn.has(c) &&
      !method.aliases.some((name) => this.#isSaid(name, c));
    this.#unused.set(method, unused);
    return unused;
  }

  #isSaid(name: string, c: ClassDef): boolean {
    const { callsOfMember, indirectCalls: callsThrough, destructuredFrom: readFrom } = this.#program;
    return (
      (callsOfMember.get(name) ?? []).some(({ callee: f, within }) => {
        if (f.kind !== "member") return false;
        if (f.object.kind === "this") return classOf(f.object.func) === c && !this.isUnusedIn(within);
        return this.#leadsTo(f.object, c);
      }) ||
      this.#isComputed(c) ||
      (callsThrough.get(name) ?? []).some(
        ({ callee: f }) => f.kind === "member" && f.object.kind === "member" && this.#leadsTo(f.object.object, c),
      ) ||
      (readFrom.get(name) ?? []).some((v) =>
        v.definitions.some(({ expression: e }) => e.kind === "member" && this.#leadsTo(e.object, c)),
      )
    );
  }

  /** `client.notes[name](…)`: any of its methods may be meant. */
  #isComputed(c: ClassDef): boolean {
    const indexed = this.#program.callsOfMember.get("") ?? [];
    this.#computed ??= grouped(
      indexed.flatMap(({ callee: f }) => (f.kind === "index" ? [f.object] : [])),
      (o) => memberRead(o)?.property ?? "",
    );
    const computed = this.#computed;
    const own = (computed.get("") ?? []).some((o) => o.kind === "this" && classOf(o.func) === c);
    const names = (this.#places?.get(c) ?? []).map(({ name }) => name);
    return own || names.some((name) => (computed.get(name) ?? []).some((o) => this.#leadsTo(o, c)));
  }

  /** `….notes`, and where another resource holds that one, `….threads.notes`. */
  #leadsTo(o: Expr, c: ClassDef): boolean {
    const last = memberRead(o);
    if (last === null) return false;
    const places = (this.#places?.get(c) ?? []).filter(({ name }) => name === last.property);
    if (places.length === 0) return false;
    const before = memberRead(last.object);
    const holders = before === null ? undefined : this.#held.get(before.property);
    return (
      holders === undefined ||
      !holders.some((h) => this.#has(h, last.property)) ||
      places.some(({ of }) => holders.includes(of))
    );
  }

  #has(c: ClassDef, name: string): boolean {
    return (this.#held.get(name) ?? []).some((held) =>
      this.#places?.get(held)?.some((p) => p.of === c && p.name === name),
    );
  }

  /** The class, where all of its instances are such members. */
  #resourceOf(method: Func): ClassDef | null {
    const c = classOf(method) ?? classThatKeeps(method);
    if (c === null || method.static || isConstructor(method)) return null;
    this.#places ??= this.#collect();
    return (this.#places.get(c)?.length ?? 0) > 0 ? c : null;
  }

  #collect(): Map<ClassDef, ResourcePlace[]> {
    const { units, classes, holders, callsOf, returnedMembers: handedOn, membersPassed } = this.#program;
    const resources: Resources = { places: new Map(), made: new Set() };
    const { places, made: kept } = resources;
    for (const { functions } of units) {
      for (const f of functions) {
        const c = classOf(f);
        if (c === null) continue;
        for (const { path, expression: e } of f.thisWrites)
          if (path.length === 1) this.#keep(resources, { name: path[0]!, of: c }, e);
      }
    }
    for (const c of classes) {
      for (const [name, m] of c.methods) if (m.kind === "field") this.#keep(resources, { name, of: c }, m.expression);
      for (const parent of c.parent === null ? [] : classesOf(c.parent)) this.#parents.add(parent);
    }
    // `logged(client.notes)`: its methods may be called wherever that leads to
    for (const [name, held] of this.#held)
      if (handedOn.has(name) || membersPassed.has(name)) for (const c of held) this.#handedOn.add(c);
    for (const c of places.keys()) {
      const made = (holders.get(c) ?? []).flatMap((v) => (callsOf.get(v) ?? []).filter(({ construct }) => construct));
      if (made.some((call) => !kept.has(call))) places.delete(c);
    }
    return places;
  }

  #keep({ places, made }: Resources, place: ResourcePlace, e: Expr): void {
    if (e.kind !== "call" || !e.construct || e.arguments.length !== 1 || !isOwnClient(e.arguments[0]!)) return;
    made.add(e);
    for (const c of classesOf(e.callee)) {
      push(places, c, place);
      push(this.#held, place.name, c);
    }
  }
}

/** The method that a function is written in; a function that a constructor keeps under a name is one too. */
function around(f: Func): Func {
  let g = f;
  while (g.outer !== null && classOf(g) === null && classThatKeeps(g) === null) g = g.outer;
  return g;
}

/** `constructor() { this.list = (page) => …; }` */
function classThatKeeps(f: Func): ClassDef | null {
  if (f.outer === null || !isConstructor(f.outer)) return null;
  const isKept = ({ path, key, expression: e }: Write): boolean =>
    path.length === 1 && key === null && e.kind === "function" && e.func === f;
  return f.outer.thisWrites.some(isKept) ? classOf(f.outer) : null;
}

/** `this`, `this._client` */
const isOwnClient = (e: Expr): boolean => e.kind === "this" || (e.kind === "member" && e.object.kind === "this");

/** `o.name`, also where a variable holds it: `const { threads } = client`. */
export function memberRead(e: Expr): { object: Expr; property: string } | null {
  if (e.kind === "member") return e;
  const read =
    e.kind === "ref"
      ? canonical(e.variable)
          .definitions.map((d) => d.expression)
          .find((d) => d.kind === "member")
      : undefined;
  return read?.kind === "member" ? read : null;
}

/** Classes that a variable holds, however bundlers write that. */
function classesOf(e: Expr): ClassDef[] {
  if (e.kind === "class") return [e.classDef];
  return e.kind === "ref" ? definedAs(canonical(e.variable)) : [];
}

const definedAs = (v: Variable): ClassDef[] =>
  v.definitions.flatMap(({ expression: e }) =>
    e.kind === "class" ? [e.classDef] : e.kind === "ref" ? definedOnce(canonical(e.variable)) : [],
  );

const definedOnce = (v: Variable): ClassDef[] =>
  v.definitions.flatMap(({ expression: e }) => (e.kind === "class" ? [e.classDef] : []));
