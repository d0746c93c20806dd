import {
  literalText,
  type NativeValue,
  type Piece,
  type TextValue,
  text,
  type Value,
} from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { canonicalPieces } from "../../evaluate/natives/canonical-pieces.ts";
import { encode, isHoleChar } from "../../evaluate/natives/encoded.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Func } from "../../ir/unit.ts";
import { hasArgument } from "../calls/call-site.ts";
import { perContext } from "../calls/per-context-cache.ts";
import { addressed, basesOf, eachOf, hasBase } from "./address-base.ts";
import { rewrittenByHooks } from "./client-defaults.ts";
import { fillPath, routeOf } from "./placeholders.ts";
import { type OptionObjects, option, optionObjects, optionOf } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";
import { onto } from "./url-join.ts";
import { urlOfParts } from "./url-parts.ts";

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Every URL that a sink call may be given, with the base of its client in front of relative ones. */
export const urlValuesOf = perContext((ev: Evaluator, call: SinkCall): TextValue[] =>
  urlsGiven(ev, call).map(({ parts }) => text(canonicalPieces(parts))),
);

function urlsGiven(ev: Evaluator, call: SinkCall): TextValue[] {
  const { sink } = call.found;
  const options = optionObjects(ev, call);
  const { own } = options;
  const direct: TextValue[] = [];
  const { argument: index } = sink.url;
  if (index !== undefined && hasArgument(call.args, index)) {
    for (const v of eachOf(ev, argument(ev, call.args, index))) {
      if (sink.url.route) direct.push(...(v.kind === "object" ? [] : routes(ev, call, options, v)));
      else if (v.kind === "object" || v.kind === "instance") direct.push(...urlOfParts(ev, call, v));
      else if (v.kind === "native" && v.path === "Request()") direct.push(...toTexts(ev, argument(ev, v.args, 0)));
      else if (v.kind === "native" && v.path.endsWith("()")) direct.push(...addressFrom(ev, call, v));
      else if (sink.url.host !== undefined && v.kind === "scalar" && typeof v.value === "number") {
        for (const host of toTexts(
          ev,
          argument(ev, call.args, sink.url.host).filter((h) => h.kind === "text"),
        ))
          direct.push(text([`${sink.url.scheme}://`, ...host.parts, `:${v.value}`]));
      } else if (v.kind !== "function" && v.kind !== "scalar" && !isRequest(v) && sink.url.pair === undefined)
        direct.push(...addressed(ev, call, [v]));
    }
  }
  if (sink.url.option) direct.push(...addressFromOption(ev, call, options, direct.length > 0));
  if (sink.url.path !== undefined) direct.push(...fillPath(ev, call, options, sink.url.path));
  if (!hasBase(sink)) return direct;
  const rewritten = rewrittenByHooks(ev, call, direct);
  const bases = basesOf(ev, call, options);
  const isGiven = index !== undefined && hasArgument(call.args, index);
  if (direct.length === 0 && (own.length > 0 || !isGiven) && sink.url.path === undefined) return bases;
  return rewritten.flatMap((t) => (isRelative(t) && bases.length > 0 ? bases.map((b) => onto(b, t)) : [t]));
}

/** `fetch(new Request(url))`: what the request itself says is found where it is made. */
const isRequest = (v: Value): boolean => v.kind === "response" && v.path.length === 0;

/** `client.getUri(options)`: the address that such a request would go to. */
function addressFrom(ev: Evaluator, { call, found }: SinkCall, v: NativeValue): TextValue[] {
  const { table } = found;
  const sink = table.sinks.find(({ address, callee }) => address && `${callee}()` === v.path);
  return sink
    ? urlValuesOf(ev, { call, found: { table, sink }, client: v.of ?? null, args: [...v.args] })
    : toTexts(ev, [v]);
}

/** A route may be an option of the client as well, for all its calls. */
function addressFromOption(ev: Evaluator, call: SinkCall, options: OptionObjects, isGiven: boolean): TextValue[] {
  const { option: names = [], route } = call.found.sink.url;
  if (!route) return addressed(ev, call, option(ev, options.own, names));
  return isGiven ? [] : optionOf(ev, options, names).flatMap((v) => routes(ev, call, options, v));
}

function routes(ev: Evaluator, call: SinkCall, options: OptionObjects, v: Value): TextValue[] {
  return toTexts(ev, [v]).flatMap((t) => {
    const route = literalText(t);
    return route === null ? [t] : fillPath(ev, call, options, routeOf(route).path);
  });
}

const isRelative = (t: TextValue): boolean =>
  t.parts.length === 0 || (typeof t.parts[0] === "string" && !SCHEME.test(t.parts[0]));

/**
 * `accounts/:sign`: between the two stands a name, whichever it is, even where a caller is seen to leave it out.
 * `users/:userId/keys`: a name that is put in later.
 */
export function withoutGaps(t: TextValue): TextValue {
  if (!t.parts.some((p) => typeof p === "string" && GAP.test(p))) return t;
  return text(
    t.parts.flatMap((p): Piece[] => {
      if (typeof p !== "string") return [p];
      const [start, ...rest] = p.split(GAP);
      return [start!, ...rest.flatMap((after) => filled(after))];
    }),
  );
}

const GAP = /(?<=[\w-]\/)(?=:[a-z])/;
const PLACEHOLDER = /^:(\w+(?=\/)|\w*(?:id|name|slug)(?![\w-]))/i;

function filled(after: string): Piece[] {
  const [placeholder, name] = PLACEHOLDER.exec(after) ?? [];
  return placeholder === undefined
    ? [{ kind: "unknown", name: "name" }, after]
    : [{ kind: "unknown", name: name! }, after.slice(placeholder.length)];
}

/** Does it begin with a scheme, and with something of a host behind it? */
export const hasHost = ([first]: readonly Piece[]): boolean => typeof first === "string" && /:\/\/./.test(first);

/** Schemes of what is spoken over a network, and not of files, data or code. */
const SPOKEN =
  /^(https?|wss?|ftp|sftp|grpcs?|unix|tcp|tls|udp|rediss?|mqtts?|amqps?|nats|postgres(ql)?|mysql|mongodb(\+srv)?|kafka|smtps?|ssh|ldaps?|memcached|stomp|rtmps?)$/i;

/** A value that can be an address at all: absolute, or beginning with something unknown that may be. */
export function isAddress(t: TextValue): boolean {
  const [first] = t.parts;
  if (typeof first !== "string") return first !== undefined && !first.local;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(first);
  if (!scheme) return false;
  const [, name, rest] = scheme;
  if (!SPOKEN.test(name!)) return false;
  // a host that never resolves (RFC 6761) stands for none
  return rest === "" ? t.parts.length > 1 : name === "unix" || !/^([:/?#]|[^/:?#]*\.invalid([:/?#]|$))/.test(rest!);
}

export const isAbsoluteLiteral = (t: TextValue): boolean =>
  typeof t.parts[0] === "string" && /^(https?|wss?):\/\/./i.test(t.parts[0] + (t.parts.length > 1 ? "x" : ""));

/**
 * The functions whose callers would tell more about the address. An identifier that stands alone between two slashes,
 * or in the query, is as good as it gets: its callers are not asked, unless these tell more of that parameter
 * (`isTold`).
 */
export function openFunctions(t: TextValue, isTold: (f: Func, index: number) => boolean = () => false): Func[] {
  const { s, holes } = encode(t.parts);
  // half a megabyte of data in base64 is no address, and asked about often
  if (holes.length === 0) return [];
  const query = s.indexOf("?");
  const functions: Func[] = [];
  let next = 0;
  for (let i = 0; i < s.length; i++) {
    if (!isHoleChar(s.charCodeAt(i))) continue;
    const h = holes[next++];
    if (!h?.origin || (query >= 0 && i > query)) continue;
    const alone = s[i - 1] === "/" && s[i - 2] !== "/" && s[i + 1] === "/";
    if (!alone || isTold(h.origin.func, h.origin.index)) functions.push(h.origin.func);
  }
  return innerFirst(functions);
}

/**
 * A function inside another is called from there: the calls of the outer one say nothing yet of what the inner one is
 * given.
 */
function innerFirst(functions: Func[]): Func[] {
  if (functions.length < 2) return functions;
  const distinct = new Set(functions);
  const inside = new Map<Func, number>();
  for (const g of distinct)
    for (let f = g.outer; f !== null; f = f.outer) if (distinct.has(f)) inside.set(f, (inside.get(f) ?? 0) + 1);
  return [...distinct].sort((f, g) => (inside.get(f) ?? 0) - (inside.get(g) ?? 0));
}
