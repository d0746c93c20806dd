import type { CommandLine, ShellOption } from "../model/command-line.ts";

/** Scripts for shells, from the same data that the help is made of. */
export const completionScripts = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
} satisfies Record<string, (line: CommandLine) => string>;

export type CompletingShell = keyof typeof completionScripts;

/** Verbs with their options, and the program without one, whose name is empty. */
const contexts = ({ options, verbs }: CommandLine) => [...verbs, { name: "", about: "", options, choices: [] }];

const flagsOf = ({ long, short }: ShellOption): string[] => (short === null ? [long] : [long, short]);

function bashScript(line: CommandLine): string {
  const names = line.verbs.map(({ name }) => name);
  return `${[
    `# Completion for Bash: eval "$(${line.programs[0]} completions bash)" in ~/.bashrc`,
    "_extract_completion() {",
    "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=",
    "  if ((COMP_CWORD > 1)); then verb=${COMP_WORDS[1]}; fi",
    `  case $verb in ${names.join("|")}) ;; *) verb= ;; esac`,
    '  case "$verb $prev" in',
    ...valueCases(
      line,
      (words) => `COMPREPLY=($(compgen -W ${quoted(words.join(" "))} -- "$cur"))`,
      'COMPREPLY=($(compgen -f -- "$cur"))',
    ),
    "  esac",
    "  if [[ $cur == -* ]]; then",
    "    case $verb in",
    ...contexts(line).map(
      ({ name, options }) =>
        `      ${name === "" ? "*" : name}) COMPREPLY=($(compgen -W ${quoted(options.flatMap(flagsOf).join(" "))} -- "$cur")) ;;`,
    ),
    "    esac",
    "    return",
    "  fi",
    `  local words=${quoted(line.packages.join(" "))}`,
    `  if ((COMP_CWORD == 1)); then words+=${quoted(` ${names.join(" ")}`)}; fi`,
    ...line.verbs.flatMap(({ name, choices }) =>
      choices.length === 0 ? [] : [`  if [[ $verb == ${name} ]]; then words=${quoted(choices.join(" "))}; fi`],
    ),
    '  COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -- "$cur"))',
    "}",
    `complete -o filenames -F _extract_completion ${line.programs.join(" ")}`,
  ].join("\n")}\n`;
}

/** After an option that takes a value: the values there are, else files. */
function valueCases(line: CommandLine, choose: (words: string[]) => string, files: string): string[] {
  return contexts(line).flatMap(({ name, options }) =>
    options.flatMap((option) => {
      if (!option.takesValue) return [];
      const patterns = flagsOf(option).map((flag) => quoted(`${name} ${flag}`));
      return [`    ${patterns.join("|")}) ${option.choices.length > 0 ? choose(option.choices) : files}; return ;;`];
    }),
  );
}

function zshScript(line: CommandLine): string {
  const described = (rows: readonly { name: string; about: string }[]) =>
    rows.map(({ name, about }) => `    ${quoted(`${name.replaceAll(":", "\\:")}:${about}`)}`);
  return `${[
    `#compdef ${line.programs.join(" ")}`,
    `# Completion for Zsh: ${line.programs[0]} completions zsh > a file _${line.programs[0]} in a folder of $fpath`,
    "_extract_completion() {",
    "  local verb=${words[2]} prev=${words[CURRENT-1]}",
    `  case $verb in (${line.verbs.map(({ name }) => name).join("|")}) (( CURRENT > 2 )) || verb= ;; (*) verb= ;; esac`,
    "  local -a rows",
    '  case "$verb $prev" in',
    ...valueCases(line, (words) => `compadd -- ${words.map(quoted).join(" ")}`, "_files"),
    "  esac",
    "  if [[ $PREFIX == -* ]]; then",
    "    case $verb in",
    ...contexts(line).flatMap(({ name, options }) => [
      `    (${name === "" ? "*" : name}) rows=(`,
      ...described(options.flatMap((option) => flagsOf(option).map((flag) => ({ name: flag, about: option.about })))),
      "    ) ;;",
    ]),
    "    esac",
    "    _describe option rows",
    "    return",
    "  fi",
    "  if (( CURRENT == 2 )); then",
    "    rows=(",
    ...described(line.verbs),
    "    )",
    "    _describe verb rows",
    "  fi",
    ...line.verbs.flatMap(({ name, choices }) =>
      choices.length === 0
        ? []
        : [`  if [[ $verb == ${name} ]]; then compadd -- ${choices.map(quoted).join(" ")}; return; fi`],
    ),
    `  compadd -- ${line.packages.map(quoted).join(" ")}`,
    "  _files",
    "}",
    'if [[ $funcstack[1] == _extract_completion || $zsh_eval_context[-1] == loadautofunc ]]; then _extract_completion "$@"',
    `elif (( $+functions[compdef] )); then compdef _extract_completion ${line.programs.join(" ")}; fi`,
  ].join("\n")}\n`;
}

function fishScript(line: CommandLine): string {
  const seen = `__fish_seen_subcommand_from ${line.verbs.map(({ name }) => name).join(" ")}`;
  const rows = line.programs.flatMap((program) => [
    ...line.verbs.map(({ name, about }) => `complete -c ${program} -n 'not ${seen}' -a ${name} -d ${quoted(about)}`),
    `complete -c ${program} -a ${quoted(line.packages.join(" "))} -d 'known tool'`,
    ...contexts(line).flatMap(({ name, options, choices = [] }) => {
      const when = name === "" ? `'not ${seen}'` : `'__fish_seen_subcommand_from ${name}'`;
      return [
        ...(choices.length === 0 ? [] : [`complete -c ${program} -n ${when} -f -a ${quoted(choices.join(" "))}`]),
        ...options.map((option) => {
          const short = option.short === null ? "" : ` -s ${option.short.slice(1)}`;
          const values = option.choices.length > 0 ? ` -x -a ${quoted(option.choices.join(" "))}` : " -r";
          return `complete -c ${program} -n ${when}${short} -l ${option.long.slice(2)} -d ${quoted(option.about)}${option.takesValue ? values : ""}`;
        }),
      ];
    }),
  ]);
  return `${[`# Completion for fish: ${line.programs[0]} completions fish > ~/.config/fish/completions/${line.programs[0]}.fish`, ...rows].join("\n")}\n`;
}

/** One word of a shell; all three end a quoted text at the same sign, and none reads anything inside. */
const quoted = (text: string): string => `'${text.replaceAll("'", "").replace(/[\n\\]/g, " ")}'`;
