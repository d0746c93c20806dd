import { literalText, type Piece, type TextValue, text, type Value } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Expr, ObjectExpr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { option } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";

/** `{protocol, hostname, port, path}` as node:http takes it. */
export function urlOfParts(ev: Evaluator, { call, found }: SinkCall, v: Value): TextValue[] {
  const { scheme } = found.sink.url;
  if (scheme === undefined) return [];
  if (opensTunnel(ev, v)) return tunnelled(ev, v);
  const whole = takenApart(ev, v);
  if (whole.length === 0) return joined(ev, v, scheme);
  // `(u.protocol === "http:" ? http : https).request(…)`: of the two, the one that the address is for
  const chosen = ev.evaluate(call.callee, null).filter(({ kind: t }) => t === "native").length > 1;
  return whole.filter(({ parts: [first] }) => !chosen || typeof first !== "string" || first.startsWith(`${scheme}:`));
}

/** `{host: proxy, method: "CONNECT", path: "example.com:443"}`: the path is the host that a proxy is asked to reach. */
function opensTunnel(ev: Evaluator, v: Value): boolean {
  const methods = toTexts(ev, option(ev, [v], ["method"]));
  return methods.length > 0 && methods.every((m) => literalText(m)?.toUpperCase() === "CONNECT");
}

const tunnelled = (ev: Evaluator, v: Value): TextValue[] =>
  toTexts(ev, option(ev, [v], ["path"])).map(({ parts }) => text(["tcp://", ...parts]));

function joined(ev: Evaluator, v: Value, scheme: string): TextValue[] {
  const one = (names: string[]): TextValue[] => toTexts(ev, option(ev, [v], names)).slice(0, 4);
  const hosts = one(["hostname", "host"]);
  if (hosts.length === 0) return [];
  const [protocol] = one(["protocol"]);
  const named =
    protocol?.parts.length === 1 && typeof protocol.parts[0] === "string" ? protocol.parts[0].replace(/:$/, "") : null;
  const [port] = one(["port"]);
  // of a plain socket, `path` is a file to connect to instead
  const paths = isSocket(scheme) ? [] : one(["path", "pathname"]);
  const portPieces: Piece[] =
    port &&
    port.parts.length > 0 &&
    !(/^https?$/.test(named ?? scheme) && (port.parts[0] === "443" || port.parts[0] === "80"))
      ? [":", ...port.parts]
      : [];
  return hosts.flatMap((host) =>
    (paths.length > 0 ? paths : [text([])]).map((path) => {
      const start = path.parts[0];
      const slash = typeof start === "string" && !start.startsWith("/") ? ["/"] : [];
      return text([`${named ?? scheme}://`, ...bracketed(host), ...portPieces, ...slash, ...path.parts]);
    }),
  );
}

/** `fd00:ec2::254`: in an address it stands in brackets. */
const bracketed = ({ parts }: TextValue): readonly Piece[] =>
  parts.length === 1 && typeof parts[0] === "string" && /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(parts[0])
    ? [`[${parts[0]}]`]
    : parts;

const isSocket = (scheme: string): boolean => !/^(https?|wss?)$/.test(scheme);

/** `{hostname: u.hostname, port: u.port, path: u.pathname + u.search}`: the address that all of it is taken from. */
function takenApart(ev: Evaluator, v: Value): TextValue[] {
  if (v.kind !== "object" || v.node === null) return [];
  const host = memberOfNode(v.node, HOST);
  const path = memberOfNode(v.node, PATH);
  if (host === undefined || path === undefined) return [];
  const [of, ...others] = [...partsIn(host), ...partsIn(path)];
  if (of?.of == null || !HOST.has(of.part)) return [];
  const whole = of.of;
  if (others.some((o) => o.of === null || !isSamePlace(o.of, whole) || !PATH.has(o.part))) return [];
  const hasQuery = others.some((o) => o.part === "search" || o.part === "path");
  return ev
    .evaluate(whole, v.env)
    .flatMap((u) => (u.kind === "url" ? [text(hasQuery ? u.href : hrefWithoutQuery(u.href))] : []));
}

const HOST = new Set(["hostname", "host"]);
const PATH = new Set(["path", "pathname", "search"]);

function memberOfNode({ members }: ObjectExpr, names: ReadonlySet<string>): Expr | undefined {
  for (const m of members) if (m.kind === "value" && names.has(m.key)) return m.value;
  return undefined;
}

/** What an expression joins members of; one of an unknown part where it is made of anything else. */
function partsIn(e: Expr): { of: Expr | null; part: string }[] {
  if (e.kind === "concat") return e.parts.flatMap(partsIn);
  if (e.kind === "member" && isPlace(e.object)) return [{ of: e.object, part: e.property }];
  return [{ of: null, part: "" }];
}

/** `u`, `this.url`, `options.url` */
const isPlace = (e: Expr): boolean =>
  e.kind === "ref" || e.kind === "this" || (e.kind === "member" && isPlace(e.object));

function isSamePlace(a: Expr, b: Expr): boolean {
  if (a.kind === "ref" && b.kind === "ref") return canonical(a.variable) === canonical(b.variable);
  if (a.kind === "this" && b.kind === "this") return a.func === b.func;
  return a.kind === "member" && b.kind === "member" && a.property === b.property && isSamePlace(a.object, b.object);
}

function hrefWithoutQuery(href: readonly Piece[]): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of href) {
    const end = typeof piece === "string" ? piece.search(/[?#]/) : -1;
    if (end < 0) pieces.push(piece);
    else return [...pieces, (piece as string).slice(0, end)];
  }
  return pieces;
}
