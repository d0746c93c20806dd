import type { SwitchSetting } from "../../model/summary.ts";
import { exampleOf } from "../../model/when.ts";
import { visible } from "../terminal.ts";

/** `NAME=1`, `setting KEY=false`, `remote flag NAME`: what to set, with a value that is known to act. */
export function settingWords({ kind, name, when }: SwitchSetting): string {
  const value = when === undefined ? null : exampleOf(when);
  const told = `${visible(name)}${value === null ? "" : `=${visible(value)}`}`;
  return kind === "env" ? told : `${kind === "config" ? "setting" : "remote flag"} ${told}`;
}
