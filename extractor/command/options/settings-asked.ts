import { remaining } from "../../compare/check/remaining.ts";
import type { GateKind, Report } from "../../model/report.ts";
import { count } from "../../render/count.ts";
import { didYouMean } from "./did-you-mean.ts";

/** Switches as a person sets them on the command line. */
export interface SettingOptions {
  env?: Map<string, string>;
  setting?: Map<string, string>;
  option?: Map<string, string>;
  flag?: Map<string, string>;
}

/** What is left with them, and what to tell the person about it: nothing where none is set. */
export function withSettings(report: Report, options: SettingOptions): { report: Report; remarks: string[] } {
  const asked: [option: string, kind: GateKind, Map<string, string> | undefined][] = [
    ["--env", "env", options.env],
    ["--setting", "config", options.setting],
    ["--option", "option", options.option],
    ["--flag", "flag", options.flag],
  ];
  const set = asked.flatMap(([option, kind, values]) => (values === undefined ? [] : [{ option, kind, values }]));
  if (set.length === 0) return { report, remarks: [] };
  const left = remaining(report, Object.fromEntries(set.map(({ kind, values }) => [kind, values])));
  const names = set.flatMap(({ option, values }) => [...values.keys()].map((name) => `${option} ${name}`));
  const fewer = (before: readonly unknown[], after: readonly unknown[], noun: string) =>
    before.length === after.length ? [] : [count(before.length - after.length, noun)];
  const changes = [
    ...fewer(report.endpoints, left.endpoints, "endpoint"),
    ...fewer(report.events, left.events, "event"),
  ];
  const told = changes.length === 0 ? "nothing stops by it" : `${changes.join(" and ")} fewer`;
  return {
    report: left,
    remarks: [
      `${names.join(", ")}: ${told}`,
      ...set.flatMap(({ kind, values }) => [...values.keys()].flatMap((name) => unknownName(name, kind, report))),
    ],
  };
}

function unknownName(name: string, kind: GateKind, { environment, endpoints, events }: Report): string[] {
  const gates = [...endpoints, ...events].flatMap(({ gates }) => gates.filter((gate) => gate.kind === kind));
  const known = new Set([
    ...gates.map((gate) => gate.name),
    ...(kind === "env" ? environment.map((variable) => variable.name) : []),
  ]);
  if (known.has(name)) return [];
  const near = didYouMean(name, [...known]);
  return [`warning: the program was not seen to read ${name}${near === null ? "" : `; ${near}`}`];
}
