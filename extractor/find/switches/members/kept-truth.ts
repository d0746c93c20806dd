import { isNullish } from "../../../evaluate/domain/nullish.ts";
import {
  type ClassValue,
  type ExportsValue,
  type ModuleValue,
  NOTHING,
  type Value,
} from "../../../evaluate/domain/value.ts";
import { argumentAt, argumentsOf } from "../../../evaluate/engine/call-frames.ts";
import { envOf, newEnv } from "../../../evaluate/engine/env.ts";
import type { Questions } from "../../../evaluate/engine/questions.ts";
import type { Call, Expr, ObjectExpr, Param } from "../../../ir/expression.ts";
import { canonical } from "../../../ir/program.ts";
import type { Definition, Func, Variable } from "../../../ir/unit.ts";
import { FIND_BOUNDS } from "../../bounds.ts";
import { hasArgument } from "../../calls/call-site.ts";
import { ofCheckedEnvironment } from "../checked-environment.ts";
import { CommandOptions } from "../command-options.ts";
import type { ConditionLimits } from "../condition-limits.ts";
import type { ConditionSearch } from "../condition-search.ts";
import { mayFallThrough, predicatesOf } from "../condition-shapes.ts";
import type { EnvironmentObjects } from "../environment-reads.ts";
import { type Ask, returnedAs, type Standing } from "../given.ts";
import {
  and,
  FALSY,
  MISSING,
  NO_REQUIREMENTS,
  ofMissing,
  or,
  partlyOr,
  type Requirements,
  TRUTHY,
  UNREACHABLE,
  type ValueConstraint,
} from "../requirements.ts";
import { runtimePath } from "../transfer-functions.ts";
import { ClassMembers, type InstanceOfClass, isOfClass } from "./class-members.ts";
import { exportedMember } from "./exported-members.ts";
import { GivenConditions } from "./given-conditions.ts";
import { LaterWrites } from "./later-writes.ts";
import { namespaceOf, runsWith } from "./namespaces.ts";
import { ofSettings } from "./settings-file.ts";

/** What has to hold for a member of an object to have a wished value, wherever the object comes from. */
export class KeptTruth {
  readonly given: GivenConditions;
  readonly #ev: Questions;
  readonly #environments: EnvironmentObjects;
  readonly #calledWith: ConditionSearch["calledWith"];
  readonly #ask: Ask;
  readonly #members: ClassMembers;
  readonly #options: CommandOptions;
  readonly #later: LaterWrites;
  readonly #limits: ConditionLimits;
  readonly #busy = new Set<Func>();
  /** Members that are being asked about, by the variable that holds their object. */
  readonly #asked = new Map<Variable, Set<string>>();
  /** Functions whose callers are asked what they give, one further out than the other. */
  #climbed = 0;

  constructor(
    { ev, environments, sitesOf, calledWith, hierarchy }: ConditionSearch,
    { ask, limits }: { ask: Ask; limits: ConditionLimits },
  ) {
    this.#limits = limits;
    this.#ev = ev;
    this.#environments = environments;
    this.given = new GivenConditions(sitesOf, ask);
    this.#calledWith = calledWith;
    this.#ask = ask;
    this.#members = new ClassMembers({ ev, hierarchy });
    this.#options = new CommandOptions(ev.program, ask);
    this.#later = new LaterWrites(ev.program);
  }

  /** `o.a.b`, for the path a, b. */
  ofMember(o: Expr, path: readonly string[], wish: ValueConstraint, at: Standing): Requirements {
    const { env } = at;
    const depth = at.depth + 1;
    if (this.#limits.isTooDeep(depth)) return NO_REQUIREMENTS;
    const next = { env, depth };
    const option = this.#options.of(o, path, wish, next);
    if (option !== null) return option.needs;
    switch (o.kind) {
      case "object":
        return this.#ofLiteral(o, path, wish, next);
      case "await":
        return this.ofMember(o.argument, path, wish, next);
      case "member":
        return this.ofMember(o.object, [o.property, ...path], wish, next);
      case "conditional":
        return or(
          and(this.#ask(o.test, TRUTHY, next), this.ofMember(o.consequent, path, wish, next)),
          and(this.#ask(o.test, FALSY, next), this.ofMember(o.alternate, path, wish, next)),
        );
      case "choice": {
        const passes = { "||": FALSY, "&&": TRUTHY, "??": MISSING }[o.operator];
        const right = and(this.#ask(o.left, passes, next), this.ofMember(o.right, path, wish, next));
        // `a && b` is a only where that has no members
        const left =
          o.operator === "&&"
            ? and(this.#ask(o.left, FALSY, next), ofMissing(wish))
            : this.ofMember(o.left, path, wish, next);
        return or(left, right);
      }
      case "default":
        return or(
          this.ofMember(o.expression, path, wish, next),
          and(this.#ask(o.expression, MISSING, next), this.ofMember(o.fallback, path, wish, next)),
        );
      case "ref":
        return this.#ofVariable(canonical(o.variable), path, wish, next);
      case "param": {
        const whole = namespaceOf(this.#ev.program, o);
        if (whole !== null) return this.ofMember(whole, path, wish, next);
        const args = envOf(env, o.func)?.args;
        const a = o.rest || !args ? undefined : argumentAt(args, o.index);
        if (a !== undefined && "expression" in a) return this.ofMember(a.expression, path, wish, { env: a.env, depth });
        return args || o.rest ? this.#ofValues(o, path, wish, next) : this.#ofArgument(o, path, wish, next);
      }
      case "call":
        if (runtimePath(o.callee) === "Object.freeze" && o.arguments[0] !== undefined)
          return this.ofMember(o.arguments[0], path, wish, next);
        return o.construct ? this.#ofValues(o, path, wish, next) : this.#ofCall(o, path, wish, next);
      case "literal":
        // nothing is there, and to ask for a member of it throws
        return o.value === null || o.value === undefined ? ofMissing(wish) : NO_REQUIREMENTS;
      default:
        return this.#ofValues(o, path, wish, next);
    }
  }

  /**
   * Of what a function was given: what the evaluator knows, or else what all of the callers give, where these can be
   * seen and nobody sets such a member later.
   */
  #ofArgument(o: Param, path: readonly string[], wish: ValueConstraint, at: Standing): Requirements {
    const needs = this.#ofValues(o, path, wish, at);
    if (needs === null || needs.size > 0 || this.#busy.has(o.func) || this.#later.reach(path)) return needs;
    const calls = this.#climbed >= FIND_BOUNDS.conditionClimbs ? null : this.#calledWith(o.func);
    if (calls === null) return needs;
    this.#climbed++;
    this.#busy.add(o.func);
    try {
      let given: Requirements = UNREACHABLE;
      for (const args of calls) {
        if (!hasArgument(args, o.index)) {
          given = partlyOr(given, ofMissing(wish));
          continue;
        }
        const a = argumentAt(args, o.index);
        if (a === undefined || !("expression" in a)) return NO_REQUIREMENTS;
        given = partlyOr(given, this.ofMember(a.expression, path, wish, { env: a.env, depth: at.depth }));
      }
      return given;
    } finally {
      this.#climbed--;
      this.#busy.delete(o.func);
    }
  }

  #below(e: Expr, rest: readonly string[], wish: ValueConstraint, at: Standing): Requirements {
    return rest.length === 0 ? this.#ask(e, wish, at) : this.ofMember(e, rest, wish, at);
  }

  /** The last that has the member says what it is: `{ enabled: true, ...options }`. */
  #ofLiteral(o: ObjectExpr, [key, ...rest]: readonly string[], wish: ValueConstraint, at: Standing): Requirements {
    let needs: Requirements = UNREACHABLE;
    // none of those behind it has the member
    let passed: Requirements = NO_REQUIREMENTS;
    for (const m of o.members.toReversed()) {
      if (m.kind === "value" && m.key === key) return or(needs, and(passed, this.#below(m.value, rest, wish, at)));
      if (m.kind === "getter" && m.key === key) return or(needs, and(passed, this.#gotten(m.func, rest, wish, at)));
      if (m.kind === "computed") return NO_REQUIREMENTS;
      if (m.kind === "spread") {
        needs = or(needs, and(passed, this.ofMember(m.value, [key!, ...rest], wish, at)));
        passed = and(passed, this.ofMember(m.value, [key!], MISSING, at));
      }
      if (passed === UNREACHABLE || (needs !== null && needs.size === 0)) return needs;
    }
    return or(needs, and(passed, ofMissing(wish)));
  }

  #ofVariable(v: Variable, path: readonly string[], wish: ValueConstraint, { env, depth }: Standing): Requirements {
    const [key, ...rest] = path as [string, ...string[]];
    const asked = this.#asked.get(v) ?? new Set();
    if (v.definitions.length === 0 || asked.has(key)) return NO_REQUIREMENTS;
    const here = envOf(env, v.owner);
    const writes = v.writes.filter((w) => w.path.length === 0 || w.path[0] === key);
    if (writes.some((w) => w.key !== null || w.path.length !== 1)) return NO_REQUIREMENTS;
    this.#asked.set(v, asked.add(key));
    try {
      // `Flags.off = …` below `Flags = {}`: nobody sees it missing
      const isSet = ({ expression: e, within }: Definition): boolean =>
        e.kind === "object" &&
        e.members.length === 0 &&
        writes.some((w) => w.guard === null && runsWith(this.#ev.program, w.within, within));
      const before = v.definitions
        .filter((one) => !isSet(one))
        .map(({ expression, guard }) => ({ expression, guard, env: here, replaces: false }));
      const later = writes.map((w) => ({
        expression: w.expression,
        guard: w.guard,
        env: here,
        replaces: w.guard !== null && w.within === v.owner,
      }));
      const written = new Set<Expr>(later.map((w) => w.expression));
      return this.given.ofAny([...before, ...later], depth, (e, at) =>
        written.has(e) ? this.#below(e, rest, wish, at) : this.ofMember(e, path, wish, at),
      );
    } finally {
      asked.delete(key);
    }
  }

  #ofCall(e: Call, path: readonly string[], wish: ValueConstraint, at: Standing): Requirements {
    const callees = predicatesOf(this.#ev, e, at.env);
    const checked = callees.length > 0 ? null : ofCheckedEnvironment(e, path, wish, this.#environments);
    if (checked !== null) return checked.needs;
    if (callees.length === 0) return this.#ofValues(e, path, wish, at);
    let needs: Requirements = UNREACHABLE;
    for (const { func, outer, self } of callees) {
      const env = newEnv(func, outer, { args: argumentsOf(e, at.env), self }, 1);
      needs = or(needs, this.#returnedBy(func, path, wish, { env, depth: at.depth }));
    }
    return needs;
  }

  #gotten(f: Func, rest: readonly string[], wish: ValueConstraint, { env, depth }: Standing): Requirements {
    return this.#returnedBy(f, rest, wish, { env: newEnv(f, env, { args: [], self: null }, 1), depth });
  }

  #returnedBy(f: Func, path: readonly string[], wish: ValueConstraint, { env, depth }: Standing): Requirements {
    if (f.generator || f.returns.length > FIND_BOUNDS.conditionGiven || this.#busy.has(f)) return NO_REQUIREMENTS;
    this.#busy.add(f);
    try {
      const returned = this.given.ofAny(returnedAs(f, env), depth, (e, at) => this.#below(e, path, wish, at));
      return mayFallThrough(f) ? or(returned, ofMissing(wish)) : returned;
    } finally {
      this.#busy.delete(f);
    }
  }

  /** What the evaluator knows of the object: literals, instances and classes in the calls that they stand in. */
  #ofValues(o: Expr, path: readonly string[], wish: ValueConstraint, { env, depth }: Standing): Requirements {
    const values = this.#ev.tryWithin((ev) => ev.evaluate(o, env), NOTHING).filter((v) => !isNullish(v));
    if (values.length === 0 || values.length > FIND_BOUNDS.conditionObjects) return NO_REQUIREMENTS;
    let needs: Requirements = UNREACHABLE;
    for (const v of values) needs = or(needs, this.#ofValue(v, path, wish, depth));
    return needs;
  }

  #ofValue(v: Value, path: readonly string[], wish: ValueConstraint, depth: number): Requirements {
    if (v.kind === "object")
      return v.node === null || v.writers.some((w) => w.variable.writes.length > 0)
        ? NO_REQUIREMENTS
        : this.#ofLiteral(v.node, path, wish, { env: v.env, depth });
    if (v.kind === "module" || v.kind === "exports") return this.#ofModule(v, path, wish, depth);
    if (v.kind === "text") return ofSettings(this.#ev, v, path, wish);
    if (v.kind === "interop") {
      const [key, ...rest] = path;
      const inside = key === "default" ? rest : path;
      let needs: Requirements = UNREACHABLE;
      for (const one of inside.length > 0 ? v.of : []) needs = or(needs, this.#ofValue(one, inside, wish, depth + 1));
      return needs ?? NO_REQUIREMENTS;
    }
    return v.kind === "class" || isOfClass(v) ? this.#ofClass(v, path, wish, depth) : NO_REQUIREMENTS;
  }

  #ofModule(
    v: ModuleValue | ExportsValue,
    [key, ...rest]: readonly string[],
    wish: ValueConstraint,
    depth: number,
  ): Requirements {
    const member = this.#limits.isTooDeep(depth) ? null : exportedMember(v, key!);
    if (member === null) return NO_REQUIREMENTS;
    const own = this.given.ofAny(member.own, depth, (e, at) => this.#below(e, rest, wish, at));
    return or(
      own,
      this.given.ofAny(member.whole, depth, (e, at) => this.ofMember(e, [key!, ...rest], wish, at)),
    );
  }

  /** A member of an object of a class, or of the class itself; else the parent's. */
  #ofClass(
    self: InstanceOfClass | ClassValue,
    path: readonly string[],
    wish: ValueConstraint,
    depth: number,
  ): Requirements {
    const [key, ...rest] = path as [string, ...string[]];
    const member = this.#members.of(self, key, (v) => this.#asked.get(v)?.has(key) === true);
    if (member === "unknown") return NO_REQUIREMENTS;
    if (member !== null && "getter" in member)
      return this.#returnedBy(member.getter, rest, wish, { env: member.env, depth });
    if (member !== null) return this.given.ofAny(member.given, depth, (e, at) => this.#below(e, rest, wish, at));
    const parent = this.#limits.isTooDeep(depth) ? null : this.#members.parentOf(self);
    return parent === null ? NO_REQUIREMENTS : this.#ofClass(parent, path, wish, depth + 1);
  }
}
