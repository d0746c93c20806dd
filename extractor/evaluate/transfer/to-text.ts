import { isSymbolName } from "../../ir/class-members.ts";
import { printTemplate } from "../../model/template.ts";
import { isNullish } from "../domain/nullish.ts";
import {
  hole,
  join,
  literalText,
  localHole,
  madeOf,
  type OpenHole,
  type Piece,
  type ResponseValue,
  string,
  type TextValue,
  type Value,
  type Values,
} from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { queryText, spelledUrl } from "../natives/url.ts";
import { elementsOf } from "../objects/array.ts";
import { memberOf } from "../objects/member.ts";
import { callFunction } from "./call.ts";
import { argument } from "./compute.ts";

/** What values read as when they become part of a string. Missing ones count only where there is nothing else. */
export function toTexts(ev: Evaluator, values: Values): TextValue[] {
  const texts: TextValue[] = [];
  let missing = false;
  for (const v of values) {
    if (isNullish(v)) missing = true;
    else texts.push(...textsOf(ev, v));
  }
  const out = join(texts) as TextValue[];
  return out.length > 0 ? out : missing ? [hole("unknown", "")] : [];
}

function textsOf(ev: Evaluator, v: Value): TextValue[] {
  switch (v.kind) {
    case "text":
      return isSymbolName(literalText(v) ?? "") ? [hole("unknown", "symbol")] : [v];
    case "scalar":
      return [string(String(v.value))];
    case "url":
      return [spelledUrl(v)];
    case "response":
      return [responseText(ev, v)];
    case "native":
      return [nativeText(ev, v)];
    case "array": {
      const only = v.items === null && !v.open ? elementsOf(ev, [v], false) : [];
      const plain = only.length > 0 && only.length <= 4 && only.every((x) => x.kind === "text");
      return plain ? (only as TextValue[]) : [hole("unknown", "list")];
    }
    case "instance":
    case "object": {
      const functions = memberOf(ev, [v], "toString").filter((m) => m.kind === "function");
      const texts = functions.flatMap((f) =>
        f.kind === "function" ? callFunction(ev, f, { args: [], self: [v] }, 0) : [],
      );
      const found = texts.filter((t): t is TextValue => t.kind === "text");
      return found.length > 0 ? found : [hole("unknown", "")];
    }
    default:
      return [hole("unknown", "")];
  }
}

function nativeText(ev: Evaluator, v: Extract<Value, { kind: "native" }>): TextValue {
  if (v.path === "URLSearchParams") return { kind: "text", parts: queryText(ev, v) };
  if (v.path === "json") return madeOf(v.path, v.args.slice(0, 1));
  return OWN_PLACE.test(v.path) ? localHole(lastName(v.path)) : hole("unknown", lastName(v.path));
}

const OWN_PLACE =
  /^(__dirname|__filename|import\.meta\.(url|dirname|filename)|location\.href|document\.currentScript\.src)$/;

export const lastName = (path: string): string => /[\w$]+$/.exec(path)?.[0] ?? "";

/** First members of an answer that only unwrap it. */
const WRAPPERS = new Set(["json", "text", "data", "body", "result"]);

function responseText(ev: Evaluator, v: ResponseValue): TextValue {
  const path = v.path.filter((key, i) => i > 0 || !WRAPPERS.has(key));
  const piece: OpenHole = { kind: "response", name: path.join(".") || "body" };
  const from = v.url ? printedUrl(argument(ev, [v.url], 0)) : null;
  if (from !== null) piece.from = from;
  return { kind: "text", parts: [piece] };
}

function printedUrl(values: Values): string | null {
  const [first] = values.filter((v) => v.kind === "text" || v.kind === "url");
  if (first === undefined) return null;
  const pieces: readonly Piece[] = first.kind === "text" ? first.parts : first.kind === "url" ? first.href : [];
  return printTemplate(pieces);
}
