import { literalText, type TextValue, text } from "../../evaluate/domain/value.ts";
import type { Method } from "../../model/report.ts";
import type { ProgramRule } from "../../model/signatures/program-rule.ts";

/** The arguments of a program told apart. */
export interface ReadArguments {
  operands: TextValue[][];
  /** What operands are relative to; null where the rule has no base. */
  base: TextValue[] | null;
  method: Method | null;
}

/**
 * Options, their values and what is left, each argument with its alternatives. `--name=value` and `-XPOST` are taken
 * apart.
 */
export function readArguments(rule: ProgramRule, args: readonly TextValue[][]): ReadArguments {
  const { valued = [], baseOption } = rule;
  const operands: TextValue[][] = [];
  let base = rule.base === undefined ? null : [text([rule.base])];
  let named: string | null = null;
  let implied: Method | null = null;
  for (let i = 0; i < args.length; i++) {
    const said = args[i]!.map(literalText);
    const options = said.flatMap((s) => (s?.startsWith("-") ? optionIn(rule, s) : []));
    if (options.length === 0) {
      operands.push(args[i]!);
      continue;
    }
    for (const { name, value } of options) {
      const next = () => (value === null ? (args[++i] ?? []) : [text([value])]);
      if (name === baseOption) base = next();
      else if (rule.method?.named?.includes(name)) named = literalText(next()[0]);
      else {
        implied = impliedBy(rule, name) ?? implied;
        if (valued.includes(name) && value === null) i++;
      }
    }
  }
  const verb = operands[0]?.map(literalText)[0];
  const { method } = rule;
  const sent =
    method === undefined ? null : (methodOf(named) ?? implied ?? method.verbs?.[verb ?? ""] ?? method.default);
  return { operands, base, method: sent };
}

const METHODS = new Set<string>(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

function methodOf(said: string | null): Method | null {
  const name = said?.toUpperCase() ?? "";
  return METHODS.has(name) ? (name as Method) : null;
}

function optionIn({ anyCase, method }: ProgramRule, said: string): { name: string; value: string | null }[] {
  const word = anyCase ? said.toLowerCase() : said;
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  if (name !== undefined) return [{ name, value: value! }];
  const short = method?.named?.find((n) => n.length === 2 && word.startsWith(n) && word.length > 2);
  return short === undefined ? [{ name: word, value: null }] : [{ name: short, value: word.slice(2) }];
}

function impliedBy({ method }: ProgramRule, option: string): Method | null {
  for (const [name, options] of Object.entries(method?.implied ?? {}))
    if (options.some((o) => o === option || (isLetter(o) && isCluster(option) && option.endsWith(o[1]!))))
      return name as Method;
  return null;
}

/** `-d`, and `-sSd`, which ends in it. */
const isLetter = (option: string): boolean => /^-[A-Za-z]$/.test(option);
const isCluster = (option: string): boolean => /^-[A-Za-z]{2,6}$/.test(option);
