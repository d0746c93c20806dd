/** Parts of the seal that a machine may forbid and a person may do without, with what is weaker then. */
export const SEAL_PARTS = {
  "own-uid": "the program runs with the user id of whoever started us",
  seccomp: "the program may make every system call that its rights allow",
  proc: "the program sees which processes this machine runs, with their commands",
  limits: "the program may use up memory, processes and disk space of this machine",
} as const;

export type SealPart = keyof typeof SEAL_PARTS;

/** What the part inside has to know of the seal around it. */
export interface SealPlan {
  /** Folder in memory with what the run is shown. */
  ground: string;
  /** Bound there: where the room has it, by its name on the ground. */
  shown: { name: string; place: string }[];
  bubblewrap: string;
  /** Descriptor of the program's user namespace, and the words that enter it. */
  programNamespace: number;
  enterProgram: string[];
  without: readonly SealPart[];
  /** The control group of the program: descriptor to enter it by, and the file that says how often it was full. */
  group: { entrance: number; events: string } | null;
  /** Why nobody can hear of refused system calls here; null where somebody can. */
  callsNotHeard: string | null;
  /** What is said of the run from the beginning. */
  notes: string[];
}

/** What is owned by the sealing process alone; of it the program sees files that are bound one by one. */
export const ownFolder = (ground: string): string => `${ground}/own`;
