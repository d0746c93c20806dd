import {
  hole,
  literalText,
  onlyHole,
  type TextValue,
  text,
  type Value,
  type Values,
} from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { decode, encode } from "../../evaluate/natives/encoded.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Sink } from "../../model/signatures/sink.ts";
import { hasArgument } from "../calls/call-site.ts";
import { envelopeUrl } from "../literals/dsn.ts";
import { fillPath } from "./placeholders.ts";
import { type OptionObjects, optionOf } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";
import { onto } from "./url-join.ts";
import { urlOfParts } from "./url-parts.ts";

export const hasBase = ({ url }: Sink): boolean =>
  url.base !== undefined || url.baseArgument !== undefined || url.default !== undefined;

/**
 * What goes in front of a relative address: by the options, by what the client was made with, else the row's default.
 */
export function basesOf(ev: Evaluator, call: SinkCall, options: OptionObjects): TextValue[] {
  const { base = [], default: fallback, environment } = call.found.sink.url;
  const told = addressed(ev, call, optionOf(ev, options, base));
  if (told.length > 0) return told;
  const made = [...madeWith(ev, call), ...pairsOf(ev, call)];
  if (made.length > 0) return made;
  if (fallback === undefined) return [];
  const named = environment === undefined ? [] : toTexts(ev, [hole("env", environment)]);
  return [...fillPath(ev, call, options, fallback), ...named];
}

/** `InstrumentationKey=k;IngestionEndpoint=https://host/` */
function pairsOf(ev: Evaluator, { args, found }: SinkCall): TextValue[] {
  const { argument: index, pair } = found.sink.url;
  if (pair === undefined || index === undefined || !hasArgument(args, index)) return [];
  return toTexts(ev, argument(ev, args, index)).flatMap((t) => {
    // what callers tell stays what it is until they are asked
    if (onlyHole(t)?.origin !== undefined) return [t];
    const { s, holes } = encode(t.parts);
    const named = s.split(";").find((each) => each.trim().toLowerCase().startsWith(`${pair.toLowerCase()}=`));
    return named === undefined ? [] : [decode(named.slice(named.indexOf("=") + 1), holes)];
  });
}

function madeWith(ev: Evaluator, call: SinkCall): TextValue[] {
  const { baseArgument, scheme } = call.found.sink.url;
  const args = [...(call.client?.args ?? [])];
  if (baseArgument === undefined) return [];
  const at = (i: number) => {
    const given = i < args.length ? argument(ev, args, i).filter((v) => isAddress(v, scheme)) : [];
    return given.length > 0 ? addressed(ev, call, given) : [];
  };
  if (typeof baseArgument === "number") return at(baseArgument);
  // the first maker's address is the last argument
  const all = args.flatMap((_, i) => [at(args.length - 1 - i)]).filter((texts) => texts.length > 0);
  if (baseArgument === "any")
    return all.flat().filter((t) => typeof t.parts[0] !== "string" || t.parts[0].includes("://"));
  return all.reduce<TextValue[]>(
    (bases, next) => (bases.length === 0 ? next : next.flatMap((t) => bases.map((b) => onto(b, t)))),
    [],
  );
}

/** A whole address, or `{host, port}` where the scheme is known. */
const isAddress = ({ kind }: Value, scheme: string | undefined): boolean =>
  kind === "text" || kind === "url" || (kind === "object" && scheme !== undefined);

/** Addresses, in the sink's scheme where they are in none; of a DSN where its envelopes go, of `{host, port}` these. */
export function addressed(ev: Evaluator, call: SinkCall, values: Values): TextValue[] {
  const { url, kind } = call.found.sink;
  const { scheme, dsn } = url;
  return eachOf(ev, values).flatMap((v): TextValue[] => {
    if (v.kind === "object" && scheme !== undefined) return urlOfParts(ev, call, v);
    const texts = toTexts(ev, [v]);
    if (dsn) return texts.flatMap(envelopesOf);
    if (kind !== "socket" || scheme === undefined) return texts;
    return texts.map((t) => (isWhole(t) ? t : text([`${scheme}://`, ...t.parts])));
  });
}

/** A DSN that callers tell stays what it is until they are asked. */
function envelopesOf(dsn: TextValue): TextValue[] {
  const said = literalText(dsn);
  if (said === null) return [dsn];
  const url = envelopeUrl(said);
  return url === null ? [] : [text([url])];
}

/** In a scheme, unknown, or the path of a pipe or a socket in a folder. */
const isWhole = ({ parts: [first] }: TextValue): boolean =>
  typeof first !== "string" || first.includes("://") || /^[./\\]/.test(first);

/** Of lists their items. */
export const eachOf = (ev: Evaluator, values: Values): Values =>
  values.some((v) => v.kind === "array")
    ? values.flatMap((v): Values => (v.kind === "array" ? elementsOf(ev, [v], false) : [v]))
    : values;
