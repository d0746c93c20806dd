import type { Method } from "../report.ts";

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

/** A method by which programs tell a client of an event. */
export interface EventCall {
  /** `*.emit`; `*` for a function that is known by what it is given alone: an object with all of `requires`. */
  callee: string;
  evidence?: string;
  /**
   * Paths in the first argument under which the event's name may stand, or the argument that is the name; missing
   * where none is told.
   */
  name?: string[][] | number;
  /**
   * The member of the first argument that holds the event's fields, `.` for the argument itself, or the argument that
   * does.
   */
  fields?: string | number;
  /** Members that the first argument has. */
  requires?: string[];
  /** Arguments that a call has at least; 1 if not given. */
  least?: number;
  /** Regular expressions on URLs of the requests that carry such events where their way isn't seen. */
  carriers?: string[];
  /** Regular expressions on URLs of requests that carry others. */
  never?: string[];
  /** Other things have methods of the name: a call counts where the program makes a request to one of the carriers. */
  ofClient?: boolean;
  /**
   * Requests that the documentation states, for programs that hold one of the texts in a URL or import one of the
   * packages.
   */
  stated?: { marks: string[]; packages: string[]; requests: { method: Method; url: string }[] };
}
