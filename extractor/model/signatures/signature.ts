import type { Apart } from "../apart.ts";
import type { BlockEffect, EndpointKind, Method, ReferenceClass } from "../report.ts";
import type { AnswerSet, ToolRuns } from "./live-signature.ts";
import type { Sandbox } from "./sandbox.ts";
import type { SinkTable } from "./sink.ts";

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
  /**
   * Field names (case- and separator-insensitive; `*` stands for any text) that put an event or body into the class.
   */
  fields: string[];
  /** Field names as written by programs. */
  examples: { match: string[]; noMatch: string[] };
}

/**
 * signatures/generic.yaml: what a path or host says whoever owns it. Asked after a vendor's own rules, before its
 * default.
 */
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
   * Prefix of the path, whole segments, any case. `{}` stands for one segment, `*` for text inside one, `**` for any
   * number of segments.
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

/**
 * signatures/references.yaml: what a URL literal that nothing requests is for. First match wins, over all places
 * where the URL stands.
 */
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
