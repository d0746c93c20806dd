import { builtinModule } from "../../ir/builtin-modules.ts";
import { symbolName } from "../../ir/class-members.ts";
import {
  type Argument,
  arrayOf,
  hole,
  join,
  joinOf,
  literalText,
  localHole,
  madeOf,
  type NativeValue,
  native,
  onlyHole,
  scalar,
  string,
  text,
  UNDEFINED,
  type Values,
} from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { elementsOf, entriesOf, itemsOf } from "../objects/array.ts";
import { memberOf } from "../objects/member.ts";
import { memberNames } from "../objects/member-names.ts";
import { apply, construct } from "../transfer/call.ts";
import { argument, argumentList } from "../transfer/compute.ts";
import { combinations } from "../transfer/concat.ts";
import { lastName, toTexts } from "../transfer/to-text.ts";
import { assigned } from "./assigned.ts";
import { asyncStorage } from "./async-storage.ts";
import { adaptsModule, givesBack, mergesObjects } from "./compiler-runtime.ts";
import { parseJson, readFile } from "./data-file.ts";
import { formatted, formattedUrl } from "./formatted.ts";
import { fromEntries } from "./from-entries.ts";
import { inBase } from "./in-base.ts";
import { promised, settled } from "./promise.ts";
import { isProxy, proxied, proxyCall } from "./proxy.ts";
import { mapped } from "./strings.ts";
import { newUrl } from "./url.ts";

type NativeCall = (ev: Evaluator, args: readonly Argument[], env: Env | null) => Values;

const first: NativeCall = (ev, args) => (args.length > 0 ? argument(ev, args, 0) : []);
const time: NativeCall = () => [hole("time", "time")];
const random: NativeCall = () => [hole("time", "id")];
const packed: NativeCall = (_ev, args) => [madeOf("packed", args.slice(0, 1))];
const made =
  (path: string): NativeCall =>
  (_ev, args) => [native(path, args)];

/** What calls into the runtime yield. Anything else of the runtime yields a hole named after the function. */
const CALLS: Record<string, NativeCall> = {
  "new URL": (ev, args) => newUrl(ev, args),
  "URL.parse": (ev, args) => newUrl(ev, args),
  // its second argument says how the query is read
  "node:url#parse": (ev, args) => newUrl(ev, args.slice(0, 1)),
  "node:url#resolve": (ev, [base, path]) => (base && path ? toTexts(ev, newUrl(ev, [path, base])) : []),
  "node:url#format": formattedUrl,
  "new URLSearchParams": made("URLSearchParams"),
  "new Headers": made("Headers"),
  "new Map": made("Map"),
  "new Set": made("Set"),
  "new WeakMap": made("WeakMap"),
  "new WeakRef": made("WeakRef"),
  "new Promise": promised,
  "new String": first,
  "new Array": (_ev, args) => [arrayOf([], args.length > 0)],
  "new Date": time,
  String: (ev, args) => toTexts(ev, first(ev, args, null)),
  Number: (ev, args) => first(ev, args, null),
  Boolean: () => [scalar(true), scalar(false)],
  encodeURIComponent: encoded(encodeURIComponent),
  encodeURI: encoded(encodeURI),
  decodeURIComponent: encoded(decodeURIComponent),
  decodeURI: encoded(decodeURI),
  atob: encoded(base64),
  btoa: (ev, args) => toTexts(ev, first(ev, args, null)).map((t) => inBase(t, "base64")),
  "Buffer.from": bufferFrom,
  "new Uint8Array": bufferFrom,
  "Uint8Array.from": bufferFrom,
  "new TextDecoder": made("TextDecoder"),
  "String.fromCharCode": (ev, args) => characters(ev, args, String.fromCharCode),
  "String.fromCodePoint": (ev, args) => characters(ev, args, String.fromCodePoint),
  "String.raw": (ev, args) => rawTemplate(ev, args),
  "Object.freeze": first,
  "Object.seal": first,
  "Object.create": first,
  "Object.preventExtensions": first,
  "Object.defineProperty": first,
  "Object.defineProperties": first,
  "Object.setPrototypeOf": first,
  "Object.fromEntries": (ev, args) => fromEntries(ev, first(ev, args, null)),
  "Object.assign": (ev, args) => assigned(ev, args),
  "Object.keys": (ev, args) => [
    arrayOf(
      namesOf(ev, args).map((n) => [string(n)]),
      true,
    ),
  ],
  "Object.values": (ev, args) => [
    arrayOf(
      entries(ev, args).map(([, v]) => v),
      true,
    ),
  ],
  "Object.entries": (ev, args) => [
    arrayOf(
      entries(ev, args).map(([k, v]) => [arrayOf([[string(k)], v])]),
      true,
    ),
  ],
  "Array.from": listFrom,
  "Array.isArray": () => [scalar(true), scalar(false)],
  "Promise.resolve": (ev, args) => argument(ev, args, 0),
  "Promise.all": first,
  "Promise.allSettled": (ev, args) => settled(ev, args),
  "Promise.race": (ev, args) => elementsOf(ev, first(ev, args, null), false),
  "Promise.any": (ev, args) => elementsOf(ev, first(ev, args, null), false),
  structuredClone: first,
  "JSON.parse": parseJson,
  // still to be seen into where it is a request's body
  "JSON.stringify": made("json"),
  "Date.now": time,
  "performance.now": time,
  "Math.random": random,
  "crypto.randomUUID": random,
  "node:crypto#randomUUID": random,
  "node:crypto#randomBytes": random,
  "node:fs#readFileSync": readFile,
  "node:fs#readFile": readFile,
  "node:fs#promises.readFile": readFile,
  "node:fs/promises#readFile": readFile,
  "node:module#createRequire": () => [native("require")],
  require: (ev, args) => required(ev, args),
  "node:util#format": formatted,
  "node:util#promisify": first,
  "node:path#dirname": ownPlace("dirname"),
  "node:url#fileURLToPath": ownPlace("fileURLToPath"),
  "node:path#join": joinedPath,
  "node:path#posix.join": joinedPath,
  "node:path#resolve": joinedPath,
  "Reflect.apply": (ev, args, env) =>
    joinOf(first(ev, args, env), (f) => apply(ev, f, { args: listed(args[2]), self: argument(ev, args, 1) }, env)),
  "Reflect.construct": (ev, args) => joinOf(first(ev, args, null), (f) => construct(ev, f, listed(args[1]))),
  "Reflect.get": (ev, args) =>
    join(...argument(ev, args, 1).map((k) => memberOf(ev, first(ev, args, null), literalText(k) ?? ""))),
  Symbol: symbol,
  "Symbol.for": symbol,
  "new Proxy": proxied,
  "new node:async_hooks#AsyncLocalStorage": asyncStorage,
  "Array.of": (ev, args) => (args.length === 0 ? [arrayOf([])] : argumentList(ev, args)),
};

const PACKS = /^node:zlib#(gzip|deflate|deflateRaw|brotliCompress|zstdCompress)(Sync)?$/;

export function callNative(ev: Evaluator, f: NativeValue, args: readonly Argument[], env: Env | null): Values {
  if (isProxy(f)) return proxyCall(ev, f, args, env);
  const path = f.path.replace(/^globalThis\./, "");
  const known = Object.hasOwn(CALLS, path) ? CALLS[path] : undefined;
  if (known) return known(ev, args, env);
  if (adaptsModule(path)) return [{ kind: "interop", of: first(ev, args, env) }];
  if (mergesObjects(path)) return assigned(ev, args);
  if (givesBack(path)) return first(ev, args, env);
  if (PACKS.test(path)) return packed(ev, args, env);
  const makes = ev.options.makes(path);
  // a client that was made has options, even if none were given: the one that a library offers to everybody has not
  if (makes !== undefined) {
    const own = makes.same ? [] : args.length > 0 ? args : [{ values: [UNDEFINED] }];
    return [{ ...native(makes.client, [...own, ...f.args]), writers: f.writers }];
  }
  if (ev.options.responds(path)) return [{ kind: "response", url: args[0] ?? null, path: [] }];
  if (path.startsWith("new ")) return [{ ...native(`${path.slice(4)}()`, args), writers: f.writers }];
  if (path.includes("#") && !path.startsWith("node:"))
    return [{ ...native(`${path}()`, args), ...(f.of === undefined ? {} : { of: f.of }) }];
  return [hole("unknown", lastName(path))];
}

/** `Array.from(list, f)`; of `{ length: 3 }` nothing but what `f` makes is known. */
function listFrom(ev: Evaluator, args: readonly Argument[], env: Env | null): Values {
  const items = elementsOf(ev, first(ev, args, env), false);
  const makers = args.length > 1 ? argument(ev, args, 1) : [];
  const made = makers.map((f) => apply(ev, f, { args: [{ values: items }], self: null }, env));
  return [arrayOf([makers.length > 0 ? join(...made) : items], true)];
}

/** A symbol is one of its kind: as the name of a member, its description tells it apart. */
function symbol(ev: Evaluator, args: readonly Argument[]): Values {
  const described = args.length === 0 ? [string("")] : argument(ev, args, 0);
  return described.map((v) => string(symbolName(literalText(v) ?? "")));
}

function encoded(encode: (s: string) => string): NativeCall {
  return (ev, args) =>
    toTexts(ev, first(ev, args, null)).map((t) =>
      text(t.parts.map((p) => (typeof p === "string" ? safely(encode, p) : p))),
    );
}

/** Bytes are the text that they spell in UTF-8. */
function bufferFrom(ev: Evaluator, args: readonly Argument[]): Values {
  const spelled = spelledOut(args[0]);
  if (spelled !== null) return [string(new TextDecoder().decode(Uint8Array.from(spelled)))];
  const encoding = args.length > 1 ? literalText(argument(ev, args, 1)[0]) : null;
  const decoded = encoding === null || !Object.hasOwn(DECODERS, encoding) ? undefined : DECODERS[encoding];
  return decoded ? encoded(decoded)(ev, args, null) : toTexts(ev, first(ev, args, null));
}

const DECODERS: Record<string, (s: string) => string> = { base64, base64url: base64, hex };

function hex(s: string): string {
  const pairs = s.match(/[\da-f]{2}/gi) ?? [];
  return new TextDecoder().decode(Uint8Array.from(pairs, (p) => Number.parseInt(p, 16)));
}

/** `[104, 116]`, written out: of any length, for a list of numbers is one text. */
function spelledOut(a: Argument | undefined): number[] | null {
  if (a === undefined || !("expression" in a) || a.expression.kind !== "array") return null;
  const numbers = a.expression.items.map((e) => (e.kind === "literal" && typeof e.value === "number" ? e.value : null));
  return numbers.length > 0 && numbers.every((n) => n !== null) ? numbers : null;
}

function characters(ev: Evaluator, args: readonly Argument[], spell: (...codes: number[]) => string): Values {
  const codes = args.flatMap((a, i): (number | null)[] => {
    if ("rest" in a) return spelledOut({ expression: a.rest, env: a.env }) ?? [null];
    const [only, ...more] = argument(ev, args, i);
    return [only?.kind === "scalar" && typeof only.value === "number" && more.length === 0 ? only.value : null];
  });
  return codes.every((c) => c !== null && c >= 0 && c <= 0x10ffff)
    ? [string(codes.map((c) => spell(c!)).join(""))]
    : [hole("unknown", "character")];
}

/** `String.raw({ raw: ["/a/", ""] }, id)` */
function rawTemplate(ev: Evaluator, args: readonly Argument[]): Values {
  const [strings] = memberOf(ev, first(ev, args, null), "raw");
  if (strings?.kind !== "array")
    return [hole("unknown", "template", strings === undefined ? undefined : onlyHole(strings)?.origin)];
  const { items } = itemsOf(ev, strings);
  const parts = items.flatMap((item, i) => (i + 1 < items.length ? [item, i + 1] : [item]));
  return combinations(ev, parts, (part) => (typeof part === "number" ? argument(ev, args, part) : part));
}

const listed = (list: Argument | undefined): Argument[] =>
  list !== undefined && "expression" in list ? [{ rest: list.expression, env: list.env }] : [];

function base64(s: string): string {
  const bytes = Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function safely(encode: (s: string) => string, s: string): string {
  try {
    return encode(s);
  } catch {
    // half a surrogate pair, or no encoding at all
    return s;
  }
}

/** What is computed from where the program lies is such a place too. */
function ownPlace(name: string): NativeCall {
  return (ev, args) => {
    const starts = toTexts(ev, first(ev, args, null)).map(({ parts: [piece] }) => piece);
    const isLocal = starts.length > 0 && starts.every((piece) => typeof piece === "object" && piece.local);
    return [isLocal ? localHole(name) : hole("unknown", name)];
  };
}

function joinedPath(ev: Evaluator, args: readonly Argument[]): Values {
  const parts = args.flatMap((_a, i) => (i > 0 ? ["/", i] : [i]));
  const joined = combinations(ev, parts, (part) => {
    const values = typeof part === "string" ? [] : argument(ev, args, part);
    return values.length > 0 ? values : [string(typeof part === "string" ? part : "")];
  });
  return joined.map((v) => (v.kind === "text" ? mapped(v, (s) => s.replace(/(?<!:)\/{2,}/g, "/")) : v));
}

const namesOf = (ev: Evaluator, args: readonly Argument[]): string[] =>
  first(ev, args, null).flatMap((v) => memberNames(ev, v));
const entries = (ev: Evaluator, args: readonly Argument[]): [string, Values][] =>
  first(ev, args, null).flatMap((v) => (v.kind === "text" && onlyHole(v) ? [["", [v]]] : entriesOf(ev, v)));

function required(ev: Evaluator, args: readonly Argument[]): Values {
  return first(ev, args, null).map((v) => {
    const specifier = literalText(v);
    return specifier === null ? hole("unknown", "module") : native(builtinModule(specifier));
  });
}
