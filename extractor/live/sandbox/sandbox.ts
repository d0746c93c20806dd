/** How to start a program of a run. */
export interface Launch {
  /** Program and arguments. */
  command: string[];
  /** Where it is started, and with which variables. */
  cwd: string;
  environment: Record<string, string>;
  /** From descriptor 3 on: bytes to be read there, or a descriptor of ours to hand on. */
  descriptors: (Buffer | number)[];
  /**
   * The program runs below others: on the next descriptor they say that it begins, and with which code it ended. Else
   * null.
   */
  below: {
    /** Sends a signal to the program and whatever it started. */
    signal(name: NodeJS.Signals): void;
    /** What it means that those above it ended and the program never began. */
    failure(complaint: string): Error;
  } | null;
}

/** Where a program of a run lives: folders of its own, a network, variables. */
export interface Room {
  home: string;
  /** A small git repository: the current folder of the program. */
  project: string;
  /** The folder of the package, as the program sees it. */
  packageFolder: string | null;
  node: string;
  environment: Record<string, string>;
  launch(command: string[], environment: Record<string, string>): Launch;
  /** What could not be set up. */
  notes: string[];
}
