import { isNullish } from "../../evaluate/domain/nullish.ts";
import { literalText, type TextValue, type Value, type Values } from "../../evaluate/domain/value.ts";
import type { Frame } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { eachOpenParameter, firstOpenParameter } from "../../evaluate/engine/open-holes.ts";
import { elementsOf, itemsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Func } from "../../ir/unit.ts";
import type { EndpointKind, Method } from "../../model/report.ts";
import type { ProgramRule } from "../../model/signatures/program-rule.ts";
import { perContext } from "../calls/per-context-cache.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";
import { isAbsoluteLiteral, openFunctions } from "../sinks/url.ts";
import { commandsIn } from "./command-line.ts";
import { operandUrls } from "./program-operands.ts";
import { taggedText } from "./tagged-text.ts";

export interface Spawned {
  urls: { url: TextValue; kind: EndpointKind; method: Method | null }[];
  /** Functions whose callers say more about the program or its arguments. */
  open: Func[];
  /** A known program that has nothing to do with the network, as it is called here. */
  harmless: boolean;
}

/**
 * URLs among the arguments of a spawned program: `git clone URL`, `open URL`. What the program is decides what a URL
 * is; programs the table doesn't name are not looked at.
 */
export const programsOf = perContext(programsRun);

function programsRun(ev: Evaluator, c: SinkCall): Spawned {
  const { sink } = c.found;
  const programs = sink.programs ?? {};
  const { argument: index } = sink.url;
  const list: Values = index !== undefined && index < c.args.length ? argument(ev, c.args, index) : [];
  const template = sink.tag ? taggedText(ev, c) : [];
  if (template.length > 0) return commandLines(ev, programs, template);
  if (sink.commandLine) return commandLines(ev, programs, list);
  if (sink.argv) return argumentVectors(ev, c, programs, list);
  const names = argument(ev, c.args, 0);
  const all = names.flatMap((v) => ruleOf(programs, v) ?? []);
  const rules = new Set(all.filter((rule) => isToldTo(ev, rule, c)));
  const open: Func[] = [];
  if (rules.size === 0) {
    // a wrapper that is told what to run, or in which environment
    eachOpenParameter(names, ({ func: f }) => open.push(f));
    if (all.length > 0)
      for (const i of c.args.keys()) eachOpenParameter(argument(ev, c.args, i), ({ func: f }) => open.push(f));
    return { urls: [], open, harmless: false };
  }
  const urls: Spawned["urls"] = [];
  let harmless = list.length > 0 && list.every((v) => v.kind === "array");
  for (const v of list) {
    if (v.kind !== "array") continue;
    const items = itemsOf(ev, v).items;
    for (const rule of rules) {
      const found = runOf(
        ev,
        programs,
        rule,
        items.map((i) => toTexts(ev, i)),
      );
      if (!found.relevant) continue;
      harmless = false;
      urls.push(...found.urls);
      // a program is given one address: once that is known, its other arguments are of no interest
      if (!found.urls.some(({ url: u }) => isAbsoluteLiteral(u) && openFunctions(u).length === 0)) {
        eachOpenParameter(elementsOf(ev, [v], false), ({ func: f }) => open.push(f));
      }
    }
  }
  eachOpenParameter(list, ({ func: f }) => open.push(f));
  return { urls, open, harmless };
}

/** What one program reaches: a shell whatever its command line does, `python -m pip` what `pip` does. */
function runOf(
  ev: Evaluator,
  programs: Record<string, ProgramRule>,
  rule: ProgramRule,
  args: TextValue[][],
): { relevant: boolean; urls: Spawned["urls"] } {
  const { prefix, shell } = rule;
  if (shell !== undefined) {
    const at = args.findIndex((texts) => texts.some((t) => shell.includes(literalText(t)?.toLowerCase() ?? "")));
    const [line = [], ...more] = at < 0 ? [] : args.slice(at + 1);
    const rules = more.length === 0 ? [] : line.flatMap((name) => ruleOf(programs, name) ?? []);
    const told = rules.flatMap((inner) => runOf(ev, programs, inner, more).urls);
    return { relevant: at >= 0, urls: told.length > 0 ? told : commandLines(ev, programs, line).urls };
  }
  if (prefix?.some((word, i) => !args[i]?.some((t) => literalText(t) === word))) return { relevant: false, urls: [] };
  const { relevant, urls, method } = operandUrls(rule, args.slice(prefix?.length ?? 0));
  return { relevant, urls: urls.map((url) => ({ url, kind: rule.kind, method })) };
}

/** `Bun.spawn([program, ...args])` and `Bun.spawn({ cmd: [program, ...args] })`. */
function argumentVectors(ev: Evaluator, c: SinkCall, programs: Record<string, ProgramRule>, given: Values): Spawned {
  const urls: Spawned["urls"] = [];
  const open: Func[] = [];
  const { option: names = [] } = c.found.sink.url;
  const lists = given.flatMap((v) => (v.kind === "object" ? names.flatMap((name) => memberOf(ev, [v], name)) : [v]));
  eachOpenParameter(lists, ({ func: f }) => open.push(f));
  for (const list of lists) {
    if (list.kind !== "array") continue;
    const [program = [], ...args] = itemsOf(ev, list).items;
    for (const rule of new Set(program.flatMap((v) => ruleOf(programs, v) ?? []))) {
      if (!isToldTo(ev, rule, c)) continue;
      const found = runOf(
        ev,
        programs,
        rule,
        args.map((i) => toTexts(ev, i)),
      );
      if (found.relevant) urls.push(...found.urls);
    }
    eachOpenParameter(elementsOf(ev, [list], false), ({ func: f }) => open.push(f));
  }
  return { urls, open, harmless: false };
}

/** Some programs are another one where a variable in the environment they are given says so. */
function isToldTo(ev: Evaluator, { environment }: ProgramRule, { args }: SinkCall): boolean {
  if (environment === undefined) return true;
  return args.some((_, i) => {
    const options = argument(ev, args, i).filter((v) => v.kind === "object");
    return memberOf(ev, memberOf(ev, options, "env"), environment).some((v) => (literalText(v) ?? "") !== "");
  });
}

function commandLines(ev: Evaluator, programs: Record<string, ProgramRule>, lines: Values): Spawned {
  const urls: Spawned["urls"] = [];
  const open: Func[] = [];
  for (const line of toTexts(ev, lines)) {
    for (const [name, ...args] of commandsIn(line)) {
      const rule = name && ruleOf(programs, name);
      if (!rule) {
        if (name && literalText(name) === null) eachOpenParameter([name], ({ func: f }) => open.push(f));
        continue;
      }
      const found = runOf(
        ev,
        programs,
        rule,
        args.map((a) => [a]),
      );
      if (!found.relevant) continue;
      urls.push(...found.urls);
      eachOpenParameter(args, ({ func: f }) => open.push(f));
    }
  }
  return { urls, open, harmless: false };
}

/** What a caller makes of a call that runs what its function is told to. */
export type ToldOperands =
  /** A program of the table, with these arguments: the call is a sink of its own, whatever lies in between. */
  | { program: SinkCall }
  | "maybe"
  /** A wrapper around `spawn` has hundreds of callers, most of which run something that is of no interest. */
  | "never";

/** @param frame what one caller gives `f`, whose parameters the call `c` waits for */
export function toldBy(ev: Evaluator, c: SinkCall, f: Func, { args }: Frame): ToldOperands {
  const programs = c.found.sink.programs ?? {};
  if (c.found.sink.commandLine || c.found.sink.argv || args === null) return "maybe";
  const programNames = argument(ev, c.args, 0);
  const names = positionsOf(f, programNames);
  if (names.length === 0) return "maybe";
  // told nothing, it runs a program of its own: `command = app ?? "xdg-open"`
  const hasOwn = programNames.some((v) => ruleOf(programs, v) !== undefined);
  const name = names.find((i) =>
    argument(ev, args, i).some((v) =>
      isNullish(v) ? hasOwn : programNameOf(v) === null || ruleOf(programs, v) !== undefined,
    ),
  );
  if (name === undefined) return "never";
  const told = argument(ev, args, name);
  const list = name + 1;
  const isWhole = !args.slice(0, list + 1).some((a) => "rest" in a) && !isOpen(told);
  const isProgram = told.some((v) => ruleOf(programs, v) !== undefined);
  if (!isWhole || !isProgram || !argument(ev, args, list).some((v) => v.kind === "array")) return "maybe";
  return { program: { ...c, args: [args[name]!, args[list]!, ...c.args.slice(2)] } };
}

const isOpen = (values: Values): boolean => firstOpenParameter(values) !== undefined;

function positionsOf(f: Func, values: Values): number[] {
  const positions: number[] = [];
  eachOpenParameter(values, (origin) => {
    if (origin.func === f && origin.index >= 0) positions.push(origin.index);
  });
  return positions;
}

const programNameOf = (v: Value): string | null =>
  v.kind === "native" ? v.path : v.kind === "scalar" ? "" : literalText(v);

function ruleOf(programs: Record<string, ProgramRule>, v: Value): ProgramRule | undefined {
  const name = programNameOf(v);
  if (name === null) return undefined;
  const key = v.kind === "native" ? name : programName(name);
  return Object.hasOwn(programs, key) ? programs[key] : undefined;
}

/** `C:\\bin\\curl.exe`, `/usr/bin/curl` */
const programName = (path: string): string =>
  path
    .replace(/^.*[\\/]/, "")
    .toLowerCase()
    .replace(/\.(exe|cmd|bat)$/, "");
