import type { Command } from "commander";

/** Formats by the ending of a file's name. */
const BY_ENDING: Readonly<Record<string, string>> = {
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".csv": "csv",
  ".md": "markdown",
  ".markdown": "markdown",
  ".html": "html",
  ".htm": "html",
  ".sarif": "sarif",
  ".txt": "text",
};

/** The format that was asked for, else the one that the name of the file says, else the usual one. */
export function formatAsked<Name extends string>(
  command: Command,
  options: { format: Name; output?: string },
  names: readonly Name[],
): Name {
  if (command.getOptionValueSource("format") !== "default" || options.output === undefined) return options.format;
  const file = options.output.toLowerCase();
  const [, implied] = Object.entries(BY_ENDING).find(([ending]) => file.endsWith(ending)) ?? [];
  return names.find((name) => name === implied) ?? options.format;
}
