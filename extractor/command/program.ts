import { readFileSync } from "node:fs";
import { Command } from "commander";
import { PROGRAM } from "./terminal/failure.ts";
import type { Session } from "./terminal/session.ts";

/** Declares arguments, options, help and action of a verb on the command given. */
export type Verb = (command: Command, session: Session) => Command;

/** Verbs by name, loaded when they are asked for: together they take longer to load than a small package to analyse. */
export type VerbTable = Record<string, () => Promise<Verb>>;

/**
 * The verbs that these words may mean: the one that comes first, all where help or an option does, and none beside a
 * package.
 */
export async function verbsFor(words: readonly string[], table: VerbTable): Promise<Record<string, Verb>> {
  const [first = ""] = words;
  const isForAll = first.startsWith("-") || first === "help" || words.some((word) => HELP_WORDS.has(word));
  const isOne = Object.hasOwn(table, first) && first !== TELLS_OF_ALL;
  const names = Object.keys(table).filter((name) => (isOne ? name === first : isForAll || first === TELLS_OF_ALL));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await table[name]!()] as const)));
}

/** A verb that needs the others. */
const TELLS_OF_ALL = "completions";
const HELP_WORDS = new Set(["-h", "--help"]);

/**
 * The program: `main` where the first word is no verb. Errors are thrown and never printed, for failureOf to put into
 * one form.
 */
export function program(session: Session, main: Verb, verbs: Record<string, Verb>): Command {
  const root = new Command(PROGRAM)
    .description(
      "What does this command-line tool send, where, and which switch stops it? Read from the package alone.",
    )
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [verb]", "print this help, or that of a verb")
    .enablePositionalOptions();
  throwErrors(main(root, session));
  for (const [name, verb] of Object.entries(verbs)) throwErrors(verb(root.command(name), session));
  return root.hook("preSubcommand", (parent, verb) => {
    const early = parent.options.find((option) => parent.getOptionValueSource(option.attributeName()) === "cli");
    if (early) parent.error(`error: ${early.long} stands before ${verb.name()}\n(Options of a verb stand after it)`);
  });
}

function throwErrors(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  for (const part of command.commands) throwErrors(part);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return (manifest as { version: string }).version;
}
