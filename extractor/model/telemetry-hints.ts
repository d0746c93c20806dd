export interface EmitterHints {
  /** Regular expressions on the member that the name is stored under. */
  keys: string[];
  /** Regular expressions on the method that the name is handed to. */
  methods: string[];
  /** Members that hold a name only where a payload stands beside them. */
  nameKeys?: string[];
  /** Members that tell the kind of an event where another of its members is the name. */
  kinds?: { keys: string[]; beside: string[] };
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
  /** Paths in the first argument under which the event's name may stand, and the option that holds its fields. */
  name: string[][];
  fields: string;
  /** Regular expressions on URLs of the requests that carry such events where their way isn't seen. */
  carriers?: string[];
}
