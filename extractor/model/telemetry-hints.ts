export interface EmitterHints {
  /** Regular expressions on the member that the name is stored under. */
  keys: string[];
  /** Regular expressions on the method that the name is handed to. */
  methods: string[];
  /** Members that hold a name only where a payload stands beside them. */
  nameKeys?: string[];
  /** Members that hold an event's own fields. */
  payloads?: string[];
  /** Regular expressions on names of members that hold lists of events. */
  lists?: string[];
}

export interface FlagHints {
  /** Regular expressions on names of methods and functions that take a flag's name first. */
  methods: string[];
}

/** Regular expressions on names of options. */
export interface BatchingHints {
  interval: string[];
  size: string[];
  queue: string[];
  /** Regular expressions on paths of calls that write a file. */
  spools: string[];
}

export interface EventCall {
  /** `*.emit` */
  callee: string;
  /** Option of the first argument that holds the event's name, and the one that holds its fields. */
  name: string;
  fields: string;
}
