import { Argument, type Command, type Option } from "commander";
import type { CommandLine, ShellOption } from "../model/command-line.ts";
import { type CompletingShell, completionScripts } from "../render/completions.ts";
import { knownTools } from "./options/known-tools.ts";
import { write } from "./terminal/output.ts";
import type { Session } from "./terminal/session.ts";

const shells = Object.keys(completionScripts) as CompletingShell[];

const HELP = `
Examples
  eval "$(extract completions bash)"                                     in ~/.bashrc
  extract completions zsh > ~/.zfunc/_extract                            a folder of $fpath
  extract completions fish > ~/.config/fish/completions/extract.fish

Exit codes
  0  done
  2  wrong usage: one line says what, a second what to do
`;

/** `extract completions SHELL`: what lets a shell complete verbs, options, their values and known tools. */
export function completions(command: Command, session: Session): Command {
  command.description("write a script by which a shell completes the words of this program");
  command.addArgument(new Argument("<shell>", "which shell").choices(shells));
  return command.addHelpText("after", HELP).action(async (shell: CompletingShell) => {
    await write(completionScripts[shell](commandLineOf(command.parent!)), session, {});
    session.exitCode = 0;
  });
}

/** The two names of the program in package.json. */
const PROGRAMS = ["extract", "egress-extractor"];

/** As commander knows it: nothing is declared twice. */
function commandLineOf(root: Command): CommandLine {
  return {
    programs: PROGRAMS,
    options: optionsOf(root),
    verbs: root.commands.map((verb) => ({
      name: verb.name(),
      about: verb.description(),
      options: distinct([verb, ...verb.commands].flatMap(optionsOf)),
      choices: [
        ...verb.commands.map((part) => part.name()),
        ...verb.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ],
    })),
    packages: [...knownTools],
  };
}

/** Parts of a verb have options in common. */
const distinct = (options: readonly ShellOption[]): ShellOption[] => [
  ...new Map(options.map((option) => [option.long, option])).values(),
];

const optionsOf = (command: Command): ShellOption[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap((option) => (option.long === undefined || option.long === null ? [] : [optionOf(option)]));

const optionOf = ({ long, short, description, required, optional, argChoices }: Option): ShellOption => ({
  long: long!,
  short: short ?? null,
  about: description,
  takesValue: required || optional,
  choices: argChoices ?? [],
});
