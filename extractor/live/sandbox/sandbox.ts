/** Where a program of a run lives: folders of its own, a network, variables. */
export interface Room {
  home: string;
  /** A small git repository: the current folder of the program. */
  project: string;
  /** The folder of the package, as the program sees it. */
  packageFolder: string | null;
  node: string;
  environment: Record<string, string>;
  /** Puts arguments before a command where something has to be dropped first. */
  wrap(command: string[]): string[];
  /** What could not be set up. */
  notes: string[];
}
