import { literalText, type TextValue, text } from "../../evaluate/domain/value.ts";
import { decode, encode } from "../../evaluate/natives/encoded.ts";
import type { Method } from "../../model/report.ts";
import type { ProgramRule } from "../../model/signatures/program-rule.ts";
import { isAbsoluteLiteral } from "../sinks/url.ts";
import { readArguments } from "./program-arguments.ts";

export interface Operands {
  /** False where the program's verb does nothing with the network. */
  relevant: boolean;
  urls: TextValue[];
  /** Null where the rule says nothing of it. */
  method: Method | null;
}

/** What a program reaches when it is given these arguments, each with its alternatives. */
export function operandUrls(rule: ProgramRule, args: TextValue[][]): Operands {
  const { operands, base, method } = readArguments(rule, args);
  const first = operands[0]?.map(literalText) ?? [];
  const isBefore = first.some((v) => isOneOf(rule.beforeVerb, v));
  const verbs = isBefore ? [...first, ...(operands[1] ?? []).map(literalText)] : first;
  const taken = rule.verbs ? verbs.some((v) => isOneOf(rule.verbs, v)) : true;
  if (!taken) return { relevant: verbs.length === 0 || verbs.includes(null), urls: [], method };
  const isPackage = (t: TextValue) => !isOneOf(rule.verbs, literalText(t)) && !isOneOf(rule.beforeVerb, literalText(t));
  const behind = rule.verbs ? operands.slice(1) : operands;
  const rest = rule.packages ? behind.map((each) => each.filter(isPackage)).filter(({ length }) => length > 0) : behind;
  return { relevant: true, urls: reached(rule, { verbs, rest, base }), method };
}

const isOneOf = (words: readonly string[] | undefined, word: string | null): boolean =>
  word !== null && words?.includes(word) === true;

interface Given {
  verbs: readonly (string | null)[];
  rest: TextValue[][];
  base: TextValue[] | null;
}

function reached(rule: ProgramRule, { verbs, rest, base }: Given): TextValue[] {
  if (rule.host !== undefined) return (rest[0] ?? []).flatMap((t) => hostOf(t, rule.host!));
  if (rule.images) return (rest[0] ?? []).flatMap((t) => imageOf(t, base ?? []));
  if (base !== null) {
    const single = !rule.packages || rule.single === undefined || verbs.some((v) => rule.single!.includes(v ?? ""));
    return (single ? (rest[0] ?? []) : rest.flat()).flatMap((t) => base.flatMap((b) => under(b, t, rule)));
  }
  const whole = rule.kind === "browser" && rest.length === 1;
  return rest
    .flat()
    .flatMap((t) => (rule.scp === undefined ? [t] : copied(t, rule.scp)))
    .filter(
      (t) => isAbsoluteLiteral(t) || (rule.scp !== undefined && schemeOf(t) === rule.scp) || (whole && mayBeUrl(t)),
    );
}

const schemeOf = ({ parts: [first] }: TextValue): string | undefined =>
  typeof first === "string" ? /^([a-z]+):\/\/./.exec(first)?.[1] : undefined;

/** `user@host` and `host`, no option of which the value is unknown. */
function hostOf(t: TextValue, scheme: string): TextValue[] {
  const [first] = t.parts;
  if (schemeOf(t) !== undefined) return [t];
  if (typeof first === "string" && !/^[\w.@-]+$/.test(first)) return [];
  return typeof first === "string" ? [text([`${scheme}://`, ...t.parts])] : [];
}

/** `git@host:owner/name.git`, as ssh writes places; anything else as it is. */
function copied(t: TextValue, scheme: string): TextValue[] {
  const [first, ...rest] = t.parts;
  const [, host, path] =
    (typeof first === "string" && /^((?:[\w.-]+@)?[\w-]+(?:\.[\w-]+)+):(?!\/\/)(.*)$/s.exec(first)) || [];
  return host === undefined ? [t] : [text([`${scheme}://${host}/`, path!.replace(/^\/+/, ""), ...rest])];
}

/** `ghcr.io/owner/name:tag`; a name without a host is one of the registry that the program takes. */
function imageOf(t: TextValue, bases: TextValue[]): TextValue[] {
  const [first, ...rest] = t.parts;
  if (typeof first !== "string" || !/^[a-z0-9]/.test(first)) return [];
  const place = rest.length > 0 ? first : first.replace(/[:@][^/]*$/, "");
  return /^[^/]*[.:][^/]*\/./.test(first)
    ? [text([`https://${place}`, ...rest])]
    : bases.map((b) => text([...b.parts, place, ...rest]));
}

/** One hole that somebody supplies, and nothing else. */
function mayBeUrl({ parts: [first, ...more] }: TextValue): boolean {
  return (
    typeof first === "object" &&
    more.length === 0 &&
    first.kind !== "unknown" &&
    first.kind !== "env" &&
    first.kind !== "loop"
  );
}

/** A package's name; holes are characters of the private area. */
const PACKAGE = /^(@[\w\uf400-\uf7ff.-]+\/)?[\w\uf400-\uf7ff.-]+$/;

function under(base: TextValue, operand: TextValue, rule: ProgramRule): TextValue[] {
  if (isAbsoluteLiteral(operand)) return [operand];
  const { s, holes } = encode(operand.parts);
  // a version or a tag is no part of the address, and a path is no package
  const name = rule.packages ? s.replace(/(?<=.)(?:@|[<>=!~]=|\[).*$/s, "") : s.replace(/^\//, "");
  if (name === "" || (rule.packages ? !PACKAGE.test(name) : /\s/.test(name))) return [];
  const start = base.parts.at(-1);
  const slash = typeof start === "string" && start.endsWith("/") ? [] : ["/"];
  return [text([...base.parts, ...slash, ...decode(name, holes).parts])];
}
