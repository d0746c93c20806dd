import { InvalidArgumentError } from "commander";

/** Parser of a repeatable `--env NAME=VALUE`. Values may be secret: results name the variable only. */
export function environment(text: string, before: Map<string, string> | undefined): Map<string, string> {
  const equals = text.indexOf("=");
  if (equals <= 0) throw new InvalidArgumentError("Expected NAME=VALUE.");
  return new Map([...(before ?? []), [text.slice(0, equals), text.slice(equals + 1)]]);
}

/** Parses a repeatable `NAME=VALUE` of which each stands for itself: `--switch A=1 --switch A=0`. */
export const eachSetting = (
  text: string,
  before: readonly (readonly [string, string])[] | undefined,
): (readonly [string, string])[] => [...(before ?? []), ...environment(text, undefined)];

/** Parses a repeatable option of the program's own command line, `NAME` or `NAME=VALUE`, with dashes or without. */
export function optionGiven(text: string, before: Map<string, string> | undefined): Map<string, string> {
  const [, dashes = "", name, value = "true"] = /^(--?)?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("Expected the name of an option, such as no-telemetry.");
  return new Map([...(before ?? []), [`${dashes || (name.length === 1 ? "-" : "--")}${name}`, value]]);
}
