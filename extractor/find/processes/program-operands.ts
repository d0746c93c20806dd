import { literalText, type TextValue, text } from "../../evaluate/domain/value.ts";
import { decode, encode } from "../../evaluate/natives/encoded.ts";
import type { ProgramRule } from "../../model/program-rule.ts";
import { isAbsoluteLiteral } from "../sinks/url.ts";

/** What a program reaches when it is given these arguments (each with its alternatives); irrelevant where its verb does nothing with the network. */
export function operandUrls(rule: ProgramRule, args: TextValue[][]): { relevant: boolean; urls: TextValue[] } {
  const operands: TextValue[][] = [];
  let bases: TextValue[] = rule.base === undefined ? [] : [text([rule.base])];
  for (let i = 0; i < args.length; i++) {
    const names = args[i]!.map(literalText);
    if (names.some((n) => n !== null && n === rule.baseOption)) bases = args[++i] ?? bases;
    else if (names.some((n) => n !== null && rule.valued?.includes(n))) i++;
    else if (!names.every((n) => n?.startsWith("-"))) operands.push(args[i]!);
  }
  const verbs = operands[0]?.map(literalText) ?? [];
  const taken = rule.verbs ? verbs.some((v) => v !== null && rule.verbs?.includes(v)) : true;
  if (!taken) return { relevant: verbs.length === 0 || verbs.includes(null), urls: [] };
  const rest = rule.verbs ? operands.slice(1) : operands;
  if (rule.base !== undefined)
    return { relevant: true, urls: (rest[0] ?? []).flatMap((t) => bases.flatMap((b) => under(b, t, rule))) };
  const whole = rule.kind === "browser" && rest.length === 1;
  return { relevant: true, urls: rest.flat().filter((t) => isAbsoluteLiteral(t) || (whole && mayBeUrl(t))) };
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
  const name = rule.packages ? s.replace(/(?<=.)@.*$/s, "") : s.replace(/^\//, "");
  if (name === "" || (rule.packages ? !PACKAGE.test(name) : /\s/.test(name))) return [];
  const start = base.parts.at(-1);
  const slash = typeof start === "string" && start.endsWith("/") ? [] : ["/"];
  return [text([...base.parts, ...slash, ...decode(name, holes).parts])];
}
