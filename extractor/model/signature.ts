import type { Apart } from "./apart.ts";
import type { AnswerSet, ToolRuns } from "./live-signature.ts";
import type { ProgramRule } from "./program-rule.ts";
import type { BlockEffect, EndpointKind, Method, ReferenceClass } from "./report.ts";
import type { Sandbox } from "./sandbox.ts";
import type { BatchingHints, EmitterHints, EventCall, FlagHints } from "./telemetry-hints.ts";

/** Everything under signatures/, read and validated. Data only: no rule of this kind lives in code. */
export interface Signatures {
  channels: Channel[];
  dataClasses: DataClass[];
  generic: GenericRules;
  vendors: Vendor[];
  tools: Tool[];
  sinks: SinkTable[];
  references: ReferenceRule[];
  senders: SenderProgram[];
  envelopes: Envelope[];
  answers: AnswerSet[];
  sharedHosts: SharedHost[];
  sandboxes: Sandbox[];
}

/** signatures/shared-hosts.yaml: what many programs need for other things, so that no list may block it as a whole. */
export interface SharedHost {
  /** This name alone, not what is below it. */
  host: string;
  about: string;
  evidence: string;
}

/** signatures/senders.yaml: programs whose requests turn up in a capture beside the tool's own. */
export interface SenderProgram {
  id: string;
  name: string;
  evidence: string;
  /** `child-process` where coding tools start it; `bystander` where it runs by itself. */
  verdict: "child-process" | "bystander";
  /** Regular expressions on the User-Agent. */
  userAgents: string[];
  /** Names of its process, where a capture knows the process; in any case, without path and `.exe`. */
  processes?: string[];
  /** The User-Agent counts only for these hosts (suffix, whole labels): elsewhere it is a library's default. */
  hosts?: string[];
  /** Anybody may send this User-Agent: what the report predicts comes first. */
  weak?: boolean;
  /** How its requests look where a capture has no User-Agent; never a host alone. */
  shapes?: { method?: string; host?: string; path: string; query?: string }[];
  /** User-Agents, or `METHOD URL` for shapes; `User-Agent -> URL` where hosts count. */
  examples: { match: string[]; noMatch: string[] };
}

/** signatures/envelopes.yaml: how services wrap events in JSON. Members are dotted paths inside one object. */
export interface Envelope {
  id: string;
  evidence: string;
  kind: "event" | "metric";
  /** All present in the object. */
  requires: string[];
  /** The first that is a text names the event. */
  name: string[];
  /** Objects whose members are the event's own fields; `.` is the object itself. */
  fields: string[];
  /** Objects whose members every event of the envelope has. */
  common?: string[];
  /** What an object literal in a program has when it is such an event; where left out, none is taken for one. */
  inCode?: string[];
  /** Members that hold the service's key. */
  keys?: string[];
  /** Members of the service's own beside an event's fields. */
  reserved?: string[];
}

/** signatures/taxonomy.yaml */
export interface Channel {
  id: string;
  /** One sentence. */
  about: string;
  ifBlocked: { effect: BlockEffect; reason: string };
  /** What its requests carry by their nature. */
  dataClasses?: string[];
}

export interface DataClass {
  id: string;
  about: string;
  /** Field names (case- and separator-insensitive; `*` stands for any text) that put an event or body into the class. */
  fields: string[];
  /** Field names as written by programs. */
  examples: { match: string[]; noMatch: string[] };
}

/** signatures/generic.yaml: what a path or host says whoever owns it. Asked after a vendor's own rules, before its default. */
export interface GenericRules {
  evidence: string;
  rules: VendorRule[];
  credentials: CredentialShape[];
  examples: RuleExamples;
}

/** signatures/vendors/<id>.yaml: whose host it is and which channel its paths belong to. */
export interface Vendor {
  id: string;
  name: string;
  evidence: string;
  /** Suffix match on whole labels: `datadoghq.com` takes `http-intake.logs.us5.datadoghq.com`. */
  domains: string[];
  /**
   * First match wins. A rule without conditions is the vendor's default, asked after the generic rules;
   * one with `path: /` takes everything before them.
   */
  rules: VendorRule[];
  credentials: CredentialShape[];
  examples: RuleExamples;
}

/** These are the tests of their file. */
export interface RuleExamples {
  /** `METHOD URL` (`kind METHOD URL` where it isn't a request) -> channel. */
  match: Record<string, string>;
  /** URLs that no rule of this file takes. */
  noMatch: string[];
}

/** All conditions given must hold; of several values, one. */
export interface VendorRule {
  /** Suffix of the host, whole labels; `*` inside a label stands for any text. */
  host?: string | string[];
  /**
   * Prefix of the path, whole segments, any case. `{}` stands for one segment, `*` for text inside one, `**` for any number of segments.
   * `$` at the end: nothing follows.
   */
  path?: string | string[];
  /** Without colon: `npm`. */
  scheme?: string | string[];
  method?: Method | Method[];
  kind?: EndpointKind | EndpointKind[];
  channel: string;
  dataClasses?: string[];
  /** Overrides the channel's. */
  ifBlocked?: { effect: BlockEffect; reason: string };
  /** Such requests are a library's, or go to a cloud's metadata service. */
  apart?: Apart;
}

export interface CredentialShape {
  id: string;
  about: string;
  /** Regular expression on the whole value. */
  pattern: string;
  /** Such a key is meant to be public. */
  publicByDesign: boolean;
  /** Header, option or field names under which it is sent, lower case; `*` stands for any text. */
  sentAs?: string[];
  /** The pattern alone says too little: one of `sentAs` must hold too. */
  nameRequired?: boolean;
  /** Made-up values. Parts are joined, so that scanners don't take an example for a leaked key. */
  examples: { match: string[][]; noMatch: string[][] };
}

/** signatures/references.yaml: what a URL literal that nothing requests is for. First match wins, over all places where the URL stands. */
export interface ReferenceRule {
  class: ReferenceClass;
  about: string;
  /** Holds even where nobody can see whether the URL is requested: in a string of native code. */
  conclusive?: true;
  /** As in a vendor's rule. */
  host?: string | string[];
  path?: string | string[];
  /** Regular expressions on the whole URL, case as written. */
  url?: string[];
  /** Kinds of UrlContext. */
  context?: string[];
  /** Member names the URL is the value of; `*` stands for any text. */
  key?: string[];
  /** Regular expression on the text in front, for URLs inside a text. */
  before?: string;
  /** `context URL`, or `key NAME URL`. */
  examples: { match: string[]; noMatch: string[] };
}

/** signatures/tools/<id>.yaml */
export interface Tool {
  id: string;
  name: string;
  evidence: string;
  /** npm name, or null where the tool is not published there; then `unavailable` says what to do. */
  package: string | null;
  unavailable?: string;
  aliases: string[];
  /** Regular expressions on the User-Agent of its requests. */
  userAgents: string[];
  /** Marks in payloads, `field=value`; `*` in the value stands for any text. */
  payloadMarks: string[];
  /** How it is run to see what it sends. */
  runs?: ToolRuns;
  /** User-Agents. */
  examples: { match: string[]; noMatch: string[] };
}

/** signatures/sinks/<id>.yaml: where data leaves the program. */
export interface SinkTable {
  id: string;
  evidence: string;
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
  /** As in Sink; `new ` in front where it is constructed. `*(…)`: whatever is called with that alone, and yields a function. */
  callee: string;
  /** What the result stands for; the first argument holds its defaults. */
  makes: string;
}

/** A bundled library's object, known by the public members that are assigned to it. */
export interface Brand {
  /** What the value becomes, as if imported: `axios#`, `ws#`, … */
  module: string;
  /** All of these members are present on one object, function or class. */
  members: string[];
  /** So many that an object which is written out with all of them is one too: another maker's, to be used in its place. */
  interface?: boolean;
}

export interface Sink {
  /**
   * What is called.
   * `fetch`                a global, also as member of globalThis, window, self
   * `node:https#request`   member of a module; `axios#` the module (or its default export) itself
   * `*.post`               any receiver nothing is known of
   */
  callee: string;
  /** Called with `new`. */
  construct?: boolean;
  /** Sends nothing: yields the address that a request would go to. */
  address?: boolean;
  /** request, unless said. */
  kind?: EndpointKind;
  /** A fixed method, or the argument or option that holds it and what it is when absent. */
  method: Method | { argument?: number; option?: string; default: Method };
  /**
   * The argument that is the URL (or an object with its parts), options that hold it, options that hold what goes in front.
   * `host`: where the URL argument may be a port instead, the argument that is the host.
   */
  url: { argument?: number; option?: string[]; base?: string[]; scheme?: string; host?: number };
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
  /** The URL argument is a list whose first item is the program, or an object that holds it as `url.option`. */
  argv?: boolean;
}
