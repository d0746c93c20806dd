import type { Expr, ObjectExpr } from "../../ir/expression.ts";
import type { BundledModule } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Variable } from "../../ir/unit.ts";
import { SETTINGS_FILE } from "../domain/set-by-user.ts";
import {
  type ExportsValue,
  hole,
  type InstanceValue,
  join,
  joinAll,
  joinOf,
  literalText,
  NOTHING,
  type ObjectValue,
  type OpenHole,
  onlyHole,
  scalar,
  type TextValue,
  UNDEFINED,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import type { Look } from "../engine/look.ts";
import { nativeMember } from "../natives/globals.ts";
import { urlMember } from "../natives/url.ts";
import { callFunction } from "../transfer/call.ts";
import { arrayMember, elementsOf } from "./array.ts";
import { classMember, instanceMember } from "./class.ts";
import { afterReplacing } from "./conditional-replacements.ts";
import { orElse } from "./fallback-writes.ts";
import { memberNames } from "./member-names.ts";
import { methodWrites } from "./method-writes.ts";
import { moduleMember } from "./module-member.ts";
import { writtenProperty, writtenPropertyParts, writtenUnderAnyName } from "./property-writes.ts";
import { ofReceiver } from "./remade-objects.ts";
import { resultWrites } from "./result-writes.ts";

/** `o.key` for every value of `o`. */
export function memberOf(ev: Evaluator, objects: Values, key: string): Values {
  return joinOf(objects, (v) => oneMember(ev, v, key));
}

/** `o[k]`: every member that `k` may name; all of them where nothing is known of `k`. */
export function membersAt(ev: Evaluator, objects: Values, keys: Values): Values {
  if (keys.length === 0) {
    // a place nothing is known of, as the state of a component: one of the list
    const lists = objects.filter((o) => o.kind === "array");
    return elementsOf(ev, lists, false);
  }
  // of `TABLE[process.env.X ?? "eu"]` the member that is named comes first
  const named = keys.filter((k) => literalText(k) !== null);
  return join(
    ...[...named, ...keys.filter((k) => literalText(k) === null)].map((k) => {
      const key = literalText(k);
      return key !== null ? memberOf(ev, objects, key) : join(...objects.map((o) => anyMember(ev, o, k)));
    }),
  );
}

function oneMember(ev: Evaluator, v: Value, key: string): Values {
  switch (v.kind) {
    case "text": {
      const h = onlyHole(v);
      if (h === null) return [key === "length" ? lengthOf(v) : UNDEFINED];
      return [memberOfHole(h, key)];
    }
    case "scalar":
      // `undefined.x` throws: nothing comes of it
      return [];
    case "object":
      return ofReceiver(ev, v, key) ?? ofObject(ev, v, key) ?? beforeWrites(ev, v, key);
    case "array":
      return arrayMember(ev, v, key);
    case "function":
      return writtenProperty(ev, v.writers, key).values;
    case "class":
      return join(writtenProperty(ev, v.writers, key).values, classMember(ev, v, key));
    case "instance":
      return ev.readField(v, key, memberOfInstance);
    case "native": {
      const { values, isStrong: certain } = writtenProperty(ev, v.writers, key);
      return certain ? values : join(values, nativeMember(ev, v, key));
    }
    case "module":
      return moduleMember(ev, v.file, key);
    case "exports":
      return ev.readProperty(v, v.module.factory, key, IN_EXPORTS);
    case "interop":
      return key === "default" ? interopDefault(ev, v.of) : memberOf(ev, v.of, key);
    case "url":
      return urlMember(v, key);
    case "response":
      return [{ ...v, path: [...v.path, key] }];
    case "regexp":
      return [UNDEFINED];
  }
}

/** Null where the object is made of itself, and the same is being asked of it already. */
const ofObject = (ev: Evaluator, v: ObjectValue, key: string): Values | null =>
  isLiteral(ev, v)
    ? ev.readLiteralProperty(v, v.node!, key, literalMember)
    : ev.readProperty(v, v.node ?? v, key, IN_OBJECT);

/** `o.path = "/v1" + o.path`: what a write to the member reads of it is what the object was made with. */
const beforeWrites = (ev: Evaluator, v: ObjectValue, key: string): Values =>
  v.writers.length === 0 ? NOTHING : (objectMember(ev, { ...v, writers: [] }, key) ?? NOTHING);

function lengthOf(v: TextValue): Value {
  const whole = literalText(v);
  return whole === null ? hole("unknown", "length") : scalar(whole.length);
}

/**
 * A member of something unknown is as unknown, and known by the member's name; one of a file of settings by its key as
 * a person writes it, one of a variable or flag by what is set.
 */
function memberOfHole(h: OpenHole, key: string): Value {
  const isOwn = h.kind === "env" || h.kind === "flag" || /^\d+$/.test(key) || key === "";
  return { kind: "text", parts: [{ ...h, name: isOwn ? h.name : h.kind === "config" ? keyIn(h.name, key) : key }] };
}

/** `telemetry.enabled`; an object that is followed from one to the next has no end. */
function keyIn(name: string, key: string): string {
  const keys = name === SETTINGS_FILE ? [] : name.split(".");
  return [...keys, key].slice(-BOUNDS.settingKeys).join(".");
}

/** What the literal says: nobody writes to the object, and nothing in it leads back to it. */
function literalMember(ev: Evaluator, v: ObjectValue, key: string): Values {
  const e = literalMembers(ev, v.node!)!.get(key);
  const own = e === undefined ? NOTHING : ev.evaluate(e, v.env);
  const values = join(own, methodWrites(ev, v, key), resultWrites(ev, v, key));
  return values.length > 0 || e !== undefined ? values : [UNDEFINED];
}

const isLiteral = (ev: Evaluator, { node, writers, without }: ObjectValue): boolean =>
  node !== null && writers.length === 0 && without.length === 0 && literalMembers(ev, node) !== null;

const literals = new CacheKey<ObjectExpr, ReadonlyMap<string, Expr> | null>();

/** The last of each name; null where some are computed, spread or got by a function. */
function literalMembers({ program }: Evaluator, node: ObjectExpr): ReadonlyMap<string, Expr> | null {
  return program.cache.once(literals, node, () =>
    node.members.every((m) => m.kind === "value") ? new Map(node.members.map((m) => [m.key, m.value] as const)) : null,
  );
}

const IN_OBJECT: Look<ObjectValue, Values | null> = { read: objectMember, again: null };

function objectMember(ev: Evaluator, v: ObjectValue, key: string): Values {
  if (v.without.includes(key)) return [UNDEFINED];
  const { values, isStrong: certain, fallbacks: standIns, replacements } = writtenPropertyParts(ev, v.writers, key);
  if (certain) return values;
  let own: Values = [];
  // what something unknown may hold beside it
  let guessed: Values = [];
  let found = false;
  let missing = false;
  for (const [name, given] of v.computed ?? []) if (name === key) own = join(own, given);
  const members = v.node?.members ?? [];
  for (let i = members.length - 1; i >= 0 && !found; i--) {
    const m = members[i]!;
    if (m.kind === "value" && m.key === key) {
      own = join(own, ev.evaluate(m.value, v.env));
      found = true;
    } else if (m.kind === "getter" && m.key === key) {
      own = join(
        own,
        callFunction(
          ev,
          { kind: "function", func: m.func, env: v.env, self: null, bound: [], writers: [] },
          { args: [], self: [v] },
          0,
        ),
      );
      found = true;
    } else if (m.kind === "spread") {
      const spread = spreadMember(ev, m.value, v.env, key);
      own = join(own, spread.values);
      guessed = join(guessed, spread.guessed);
      found = spread.certain;
      missing ||= spread.values.length > 0 && !found;
    } else if (m.kind === "computed") {
      const names = ev.evaluate(m.key, v.env).map(literalText);
      if (names.includes(key) || names.includes(null)) own = join(own, ev.evaluate(m.value, v.env));
      found = names.length === 1 && names[0] === key;
    }
  }
  own = join(own, methodWrites(ev, v, key), resultWrites(ev, v, key));
  if (replacements.length > 0) own = afterReplacing(own, replacements);
  const given = found || values.length > 0 || own.length > 0 ? join(values, own) : guessed;
  if (standIns.length > 0) return orElse(given, standIns, missing && !found);
  if (given.length > 0 || found) return given;
  // a name that a caller says may be another
  return join(writtenUnderAnyName(ev, v.writers), [UNDEFINED]);
}

interface Spread {
  values: Values;
  /** Members of something that nobody will tell more of: told only where the key is given nowhere else. */
  guessed: Values;
  certain: boolean;
}

/** `{...e}`: what `e` says of the key, where it says anything. `e && {…}` may spread nothing. */
function spreadMember(ev: Evaluator, e: Expr, env: Env | null, key: string): Spread {
  const sources = ev.evaluate(e, env);
  const values: Values[] = [];
  const guessed: Values[] = [];
  let certain = sources.length > 0;
  let others = false;
  for (const source of sources) {
    const found = spreadOf(ev, source, key);
    if (found === null) continue;
    others = true;
    const given = found.filter((x) => !(x.kind === "scalar" && x.value === undefined));
    if (given.length === 0 || given.length < found.length || source.kind === "text") certain = false;
    (source.kind === "text" && !isTold(source) ? guessed : values).push(given);
  }
  return { values: joinAll(values), guessed: joinAll(guessed), certain: certain && others };
}

/** A caller tells more of it, or a person who writes the file. */
function isTold(source: TextValue): boolean {
  const h = onlyHole(source);
  return h?.origin !== undefined || h?.kind === "config";
}

/** What one source says of the key; null where that is the object itself, `options = {...options}`. */
function spreadOf(ev: Evaluator, source: Value, key: string): Values | null {
  if (source.kind === "object") return ofObject(ev, source, key);
  if (source.kind === "scalar" || (source.kind === "text" && onlyHole(source) === null)) return NOTHING;
  return oneMember(ev, source, key);
}

function memberOfInstance(ev: Evaluator, v: InstanceValue, key: string): Values {
  const { values, isStrong: certain } = writtenProperty(ev, v.writers, key);
  return certain ? values : join(values, resultWrites(ev, v, key), instanceMember(ev, v, key));
}

function anyMember(ev: Evaluator, v: Value, key: Value): Values {
  if (v.kind === "object" && v.node !== null) {
    const names = memberNames(ev, v);
    if (names.length > BOUNDS.members)
      ev.log.add("cut-alternatives", `an object of more than ${BOUNDS.members} members`);
    const values = join(...names.slice(0, BOUNDS.members).map((name) => oneMember(ev, v, name)));
    const any = values.length > 0 ? values : writtenUnderAnyName(ev, v.writers);
    // a name that nobody knows may be none of them
    if (any.length > 0) return join(any, [UNDEFINED]);
  }
  if (v.kind === "array") {
    const items = arrayMember(ev, v, null);
    return items.length > 0 ? join(items, [UNDEFINED]) : items;
  }
  if (v.kind === "native" && v.path === "process.env") {
    const h = onlyHole(key);
    return [h ? { kind: "text", parts: [{ ...h, kind: h.origin ? h.kind : "env" }] } : hole("env", "any")];
  }
  const h = onlyHole(v) ?? onlyHole(key);
  return [h ? { kind: "text", parts: [h] } : hole("unknown", "")];
}

/** Members of a CommonJS module inside a bundle; see `BundledModule`. */
const IN_EXPORTS: Look<ExportsValue, Values> = { read: exportsMember, again: NOTHING };

function exportsMember(ev: Evaluator, v: ExportsValue, key: string): Values {
  const { factory, exports } = v.module;
  let values: Values = [];
  const own = factory.paramVariables[exports];
  if (own) values = writtenProperty(ev, [{ variable: own, env: null, at: [] }], key).values;
  values = join(values, memberOf(ev, wholeExports(ev, v.module), key));
  return values.length > 0 || !own || key === "default" ? values : memberOf(ev, starExports(ev, own), key);
}

/** `__exportStar(require("./x"), exports)`: modules whose members a CommonJS module hands on. */
function starExports(ev: Evaluator, own: Variable): Values {
  return join(
    ...own.passedTo.flatMap(({ call, index }) => {
      const other = call.arguments.length === 2 && !call.construct ? call.arguments[1 - index] : undefined;
      if (other?.kind !== "call" && other?.kind !== "ref") return [];
      return [
        ev.evaluate(other, null).filter((v) => v.kind === "exports" || v.kind === "interop" || v.kind === "module"),
      ];
    }),
  );
}

/** `module.exports = e` inside a bundled module. */
export function wholeExports(ev: Evaluator, bundled: BundledModule): Values {
  const module = bundled.factory.paramVariables[bundled.module];
  return module ? writtenProperty(ev, [{ variable: module, env: null, at: [] }], "exports").values : [];
}

function interopDefault(ev: Evaluator, of: Values): Values {
  const given = memberOf(ev, of, "default").filter((v) => !(v.kind === "scalar" && v.value === undefined));
  return join(
    given,
    of.flatMap((v): Values => (v.kind === "exports" ? join(wholeExports(ev, v.module), [v]) : [v])),
  );
}
