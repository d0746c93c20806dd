import type { GateKind, Report } from "../../model/report.ts";
import type { BlockingAdvice, SwitchSetting } from "../../model/summary.ts";
import type { ChosenSetting } from "../../model/switches/strongest-switch.ts";
import { exampleOf } from "../../model/switches/when.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";

/** Why a host that is told something must not be blocked. */
export const NOT_BLOCKED = {
  model: "the model is there",
  needed: "the tool needs it",
  shared: "other programs need it",
} satisfies Record<BlockingAdvice["not"][number]["why"], string>;

/** What is said where nothing reports on the user: names of events without a request are no proof of silence. */
export const nothingTold = ({ events }: Report): string =>
  events.length === 0
    ? "nothing found that does"
    : `${count(events.length, "event")}, but no request was found that carries them`;

/** `NAME=1`, `setting KEY=false`, `remote flag NAME`: what to set, with a value that is known to act. */
export function settingWords({ kind, name, when }: SwitchSetting): string {
  const value = when === undefined ? null : exampleOf(when);
  return told(kind, `${name}${value === null || kind === "option" ? "" : `=${value}`}`);
}

/** `NAME=1`, `setting KEY=false` */
export const valueWords = ({ kind, name, value }: ChosenSetting): string =>
  told(kind, kind === "option" ? name : `${name}=${value}`);

const told = (kind: GateKind, words: string): string => PREFIXES[kind] + visible(words);

/** What stands before a switch, where its name alone does not tell what it is. */
const PREFIXES = { env: "", config: "setting ", option: "", flag: "remote flag " } satisfies Record<GateKind, string>;
