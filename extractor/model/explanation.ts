import type { RequestFinding } from "./finding.ts";
import type { Endpoint, Report } from "./report.ts";

export const EXPLANATION_SCHEMA_VERSION = 1;

/** How one endpoint's URL came about: from the calls that send it back to the literals in the code. */
export interface Explanation {
  schemaVersion: typeof EXPLANATION_SCHEMA_VERSION;
  package: Pick<Report["package"], "name" | "version" | "spec">;
  endpoint: Pick<Endpoint, "id" | "method" | "url" | "alternatives" | "kind" | "confidence">;
  /** One for each call and each way to it, as long as they differ in more than the callers. */
  derivations: Derivation[];
  /** Places of the endpoint's evidence without steps: strings of native programs, descriptions of services. */
  others: Place[];
}

/** 1-based. */
export interface Place {
  file: string;
  line: number;
  column: number;
  /** The same place in the original source, where a source map knows it. */
  source?: { file: string; line: number; column: number };
  /** Of the original source, where its text is known; else of the code that runs. Absent at the top level. */
  within?: Surroundings;
}

/** What code stands in. */
export interface Surroundings {
  /** The nearest function or class that has a name: `send`, `Client.send`. */
  name?: string;
  /** The module in a bundle, by the name that the bundler left it: `src/client.ts`, `4711`. */
  module?: string;
}

/** One call that sends, under one chain of callers. */
export interface Derivation {
  /** What is called, as signatures/sinks name it: `fetch`, `axios#post`. */
  sink: string;
  place: Place;
  /** From the call outwards; those that give nothing to the URL are there as well. */
  callers: Place[];
  /** More chains of callers that lead to the same steps. */
  otherCallers: number;
  url: Step[];
  /** Empty where the call itself, or its default, says the method. */
  method: Step[];
}

/** A request, and how its URL came about, before anybody knows which endpoint it is. */
export interface ExplainedRequest {
  request: RequestFinding;
  derivation: Derivation;
}

/** One value on the way. */
export interface Step {
  /** `literal`, `put together`, `member baseURL`, `result of getConfig()`. */
  what: string;
  /** What the value reads as, holes in braces; alternatives are joined by ` | `. */
  value: string;
  place: Place;
  /** What it was made of. */
  from: Step[];
}
