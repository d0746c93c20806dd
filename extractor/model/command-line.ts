/** What a shell can be told about a program's words. */
export interface CommandLine {
  /** Names of the program. */
  programs: string[];
  /** Of the program without a verb. */
  options: ShellOption[];
  verbs: { name: string; about: string; options: ShellOption[]; choices: string[] }[];
  /** Words that may stand where a package is asked for. */
  packages: string[];
}

export interface ShellOption {
  /** `--format`. */
  long: string;
  /** `-f`. */
  short: string | null;
  about: string;
  takesValue: boolean;
  /** All values there are; empty where they are not known. */
  choices: string[];
}
