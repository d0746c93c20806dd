import type { EndpointKind, Method } from "../report.ts";
import type { ProgramRule } from "./program-rule.ts";
import type { BatchingHints, EmitterHints, EventCall, FlagHints } from "./telemetry-hints.ts";

/** signatures/sinks/<id>.yaml: where data leaves the program. */
export interface SinkTable {
  id: string;
  evidence: string;
  /**
   * npm packages the table is about: it counts only in programs that load one, or hold what `brands` tells.
   * `@scope/*`: all.
   */
  packages?: string[];
  sinks: Sink[];
  /** Calls that make a client: `got.extend(options)` is `got` with defaults. */
  makers?: Maker[];
  /** How telemetry calls are told from others that take a name and an object. */
  emitters?: EmitterHints;
  /** How reads of remote feature flags are told from other look-ups. */
  flagReads?: FlagHints;
  /** Calls that send an event whose name is in an option, whoever makes them. */
  eventCalls?: EventCall[];
  /** Methods (`*.init`) that start a crash reporter, and the option that holds its DSN. */
  crashReporters?: { callee: string; option: string }[];
  /** How what collects events before they are sent is told its measures. */
  batching?: BatchingHints;
  /** Descriptions of remote services in generated code. */
  services?: ServiceShape[];
  /** How a bundled copy of the library is known by its public shape, since its name is gone. */
  brands?: Brand[];
  /** How a client of the library is told more after it was made. */
  client?: ClientShape;
}

/** Dotted paths from a client, or from the options of a request. */
export interface ClientShape {
  /** Member of a client that holds its options. */
  settings?: string;
  /** Call on a client that takes a function which is given each request's options. */
  hook?: string;
  /** Option that lists such functions. */
  hookOption?: string;
  /** Member of the options that such a function is given which holds the address. */
  hookUrl?: string;
  /** Members of the headers that hold further headers. */
  headerGroups?: string[];
}

/** Members of a service's description, of its methods, of a transport's options and of a request. */
export interface ServiceShape {
  /** Full name of the service: a segment of the path. */
  type: string;
  methods: string;
  /** Of one method: the last segment. */
  name: string;
  /** Option that holds the address. */
  base: string;
  /** Of a request: what headers are set on. */
  headers: string;
}

export interface Maker {
  /**
   * As in Sink; `new ` in front where it is constructed. `*(…)`: whatever is called with that alone, and yields a
   * function.
   */
  callee: string | string[];
  /** What the result stands for; the first argument holds its defaults. `*`: what stands for the callee's. */
  makes: string;
  /** Yields the client it is called on: what it is given is none of the client's options. */
  same?: true;
}

/** A bundled library's object, known by the public members that are assigned to it. */
export interface Brand {
  /** What the value becomes, as if imported: `axios#`, `ws#`, … */
  module: string;
  /** All of these members are present on one object, function or class. */
  members: string[];
  /**
   * So many that an object which is written out with all of them is one too: another maker's, to be used in its
   * place.
   */
  interface?: boolean;
  /**
   * The class stays what it is, so that its subclasses and callers are followed; calls on what it makes are the rows'
   * as well. Members of the classes above it count with its own.
   */
  beside?: boolean;
  /** The members are what a CommonJS file exports, or functions that it has anywhere inside. */
  inside?: boolean;
  /** Methods that the function calls to which the members are given: `Object.assign(f, {…})`. */
  calls?: string[];
  /** The rows say all that the library sends: its own code is not looked at where the rows know it. */
  whole?: boolean;
}

export interface Sink {
  /**
   * What is called.
   * `fetch`                a global, also as member of globalThis, window, self
   * `node:https#request`   member of a module; `axios#` the module (or its default export) itself
   * `*.post`               any receiver nothing is known of
   * `trpc-client#*.query`  any path of members
   */
  callee: string;
  /** Called with `new`. */
  construct?: boolean;
  /** Sends nothing: yields the address that a request would go to. */
  address?: boolean;
  /** Opens a connection that requests are then made on: told where no request to its host is. */
  opens?: boolean;
  /** request, unless said. */
  kind?: EndpointKind;
  /**
   * A fixed method, or the argument or option that holds it and what it is when absent; `client`: one of what the
   * client was made with.
   */
  method: Method | { argument?: number; option?: string; client?: true; default: Method };
  url: SinkAddress;
  /** Index of the options, or where they may be; where the URL argument is an object, that is the options. */
  options?: number | number[];
  /** Options that hold headers. */
  headers?: string[];
  /** Methods of what the call yields that set one more header. */
  headerMethods?: string[];
  /** Options that hold the query. */
  query?: string[];
  /** The options that hold the body, its argument, or the methods of what the call yields that are given it. */
  body?: { argument?: number; option?: string[]; methods?: string[] };
  /** Spawned programs by name. The URL argument is then the list of their arguments. */
  programs?: Record<string, ProgramRule>;
  /** The URL argument is a whole command line. */
  commandLine?: boolean;
  /** Where it is a template's tag, the template is a whole command line. */
  tag?: boolean;
  /** The URL argument is a list whose first item is the program, or an object that holds it as `url.option`. */
  argv?: boolean;
}

/** Where a call's address comes from: the argument or the options that hold it, else `path`. */
export interface SinkAddress {
  /** The argument that is the URL, or an object with its parts. */
  argument?: number;
  /** Options that hold it; lists of addresses are addresses each. `endpoints.notify`: a member of a member. */
  option?: string[];
  /** Options that hold what goes in front of a relative one. */
  base?: string[];
  /**
   * Of what the client was made with, the argument that goes in front: 0 of the last maker, then those of the makers
   * before it.
   * `any`: whichever is an address. `all`: all that are texts, the first maker's in front.
   */
  baseArgument?: number | "any" | "all";
  /** What an address without a scheme is in, and what `{host, port}` are joined to. */
  scheme?: string;
  /** Where the URL argument may be a port instead, the argument that is the host. */
  host?: number;
  /**
   * `/v1/models/{0.model}/items/{1}`: the path itself. In braces an argument or a member of one, `{client.0}` what
   * the client was made with, `{*}` what stands for the callee's `*`, any other name an option of the call or of its
   * client.
   */
  path?: string;
  /** What goes in front where nothing is given, written as `path` is; the variable that may name another. */
  default?: string;
  environment?: string;
  /**
   * The argument is `METHOD /path/{name}`, as documentation writes it, and the options say what stands for the names.
   */
  route?: true;
  /** The text is a DSN; the address is where its envelopes go. */
  dsn?: true;
  /** The argument is `Name=value;Name=value`; what stands behind this name goes in front. */
  pair?: string;
}
