import type { BlockEffect, EndpointKind, Method } from "./report.ts";

/** Everything under signatures/, read and validated. Data only: no rule of this kind lives in code. */
export interface Signatures {
  channels: Channel[];
  dataClasses: DataClass[];
  vendors: Vendor[];
  tools: Tool[];
  sinks: SinkTable[];
}

/** signatures/taxonomy.yaml */
export interface Channel {
  id: string;
  /** One sentence. */
  about: string;
  ifBlocked: { effect: BlockEffect; reason: string };
}

export interface DataClass {
  id: string;
  about: string;
  /** Field names (case- and separator-insensitive) that put an event or body into the class. */
  fields: string[];
}

/** signatures/vendors/<id>.yaml: whose host it is and which channel its paths belong to. */
export interface Vendor {
  id: string;
  name: string;
  evidence: string;
  /** Suffix match on whole labels: `datadoghq.com` takes `http-intake.logs.us5.datadoghq.com`. */
  domains: string[];
  /** First match wins; a rule without `host` and `path` is the vendor's default. */
  rules: VendorRule[];
  credentials: CredentialShape[];
  examples: { match: string[]; noMatch: string[] };
}

export interface VendorRule {
  /** Suffix of the host, whole labels. */
  host?: string;
  /** Prefix of the path, whole segments; `{}` stands for one segment. */
  path?: string;
  method?: Method;
  channel: string;
  dataClasses?: string[];
  /** Overrides the channel's. */
  ifBlocked?: { effect: BlockEffect; reason: string };
}

export interface CredentialShape {
  id: string;
  about: string;
  /** Regular expression on the whole value. */
  pattern: string;
  /** Such a key is meant to be public. */
  publicByDesign: boolean;
  /** Header or option names under which it is sent, lower case. */
  sentAs?: string[];
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
  /** Marks in payloads, `field=value`. */
  payloadMarks: string[];
}

/** signatures/sinks/<id>.yaml: where data leaves the program. */
export interface SinkTable {
  id: string;
  evidence: string;
  sinks: Sink[];
  /** How a bundled copy of the library is known by its public shape, since its name is gone. */
  brands?: Brand[];
}

/** A bundled library's object, known by the public members that are assigned to it. */
export interface Brand {
  /** What the value becomes, as if imported: `axios`, `ws`, … */
  module: string;
  /** All of these members are present on one object, function or class. */
  members: string[];
}

export interface Sink {
  /**
   * What is called.
   * `fetch`                  a global, also as member of globalThis, window, self
   * `node:https#request`     member of a module (node: prefix optional in the code)
   * `axios#default.post`     path inside a module
   * `*.post`                 any receiver, where `when` holds
   */
  callee: string;
  /** Called with `new`. */
  construct?: boolean;
  kind?: EndpointKind;
  /** A fixed method, or where it stands. */
  method: Method | { argument: number } | { option: string; default: Method };
  /** Index of the URL argument, or the option that holds it, or both: first one that is a URL. */
  url: { argument?: number; option?: string[]; base?: string[]; parts?: boolean };
  /** Index of the options argument. */
  options?: number;
  headers?: string[];
  body?: { argument?: number; option?: string[] };
  query?: string[];
  /** Instances made by this call keep its options as defaults for calls on them: `axios.create({baseURL})`. */
  makes?: string;
  /** For `*` callees: the URL argument must be an absolute URL, or start with `/` on a receiver with a base URL. */
  when?: "absolute-url";
  /** For spawns: program name and the arguments that hold the URL. */
  program?: string;
}
