import type { BlockEffect, Credential, Endpoint, Gate, GateEffect } from "../model/report.ts";
import { conditionsOf } from "../model/switches/gates.ts";
import type { HoleKind } from "../model/template.ts";
import { visible } from "./terminal.ts";

/** One line about an endpoint: a short label and its words. */
export interface Fact {
  label: string;
  words: string[];
}

const GATE_LABEL = {
  silences: "silenced by",
  enables: "enabled by",
  redirects: "redirected by",
} satisfies Record<GateEffect, string>;

/** Where a hole's value comes from, for those a reader can act on. */
const HOLE_SOURCE: Partial<Record<HoleKind, (from: string | undefined) => string>> = {
  env: () => "environment variable",
  config: () => "setting",
  flag: () => "remote flag",
  argument: () => "command-line argument",
  response: (from) => `in the answer of ${from ?? "a server"}`,
};

export const BLOCKING = {
  safe: "blocking is safe",
  degrades: "blocking degrades the tool",
  breaks: "blocking breaks the tool",
} satisfies Record<BlockEffect, string>;

/** Headers that say who is asking, which is what a reader looks for first. */
const TELLING_HEADER =
  /auth|key|token|secret|cookie|session|signature|dsn|account|org|user-id|device|machine|client|version/i;

/**
 * What there is to say about an endpoint besides its address. `reason` of blocking is left to the caller, who knows
 * what was said already.
 */
export function factsOf(endpoint: Endpoint, credentials: ReadonlyMap<string, Credential>, all: boolean): Fact[] {
  return [
    ...keyFacts(endpoint, credentials),
    ...headerFacts(unsaidHeaders(endpoint, credentials), all),
    ...(endpoint.dataClasses.length > 0 ? [{ label: "carries", words: endpoint.dataClasses.map(visible) }] : []),
    ...gateFacts(endpoint),
    ...holeFacts(endpoint),
    ...alternativeFacts(endpoint.alternatives, all),
    ...(endpoint.platforms === undefined ? [] : [{ label: "only on", words: endpoint.platforms }]),
  ];
}

function keyFacts(endpoint: Endpoint, credentials: ReadonlyMap<string, Credential>): Fact[] {
  return endpoint.credentials.flatMap((sha256) => {
    const credential = credentials.get(sha256);
    if (credential === undefined) return [];
    return [{ label: "key", words: [describeCredential(credential)] }];
  });
}

/** `DD-API-KEY: pub123… (some-client-token)` */
export function describeCredential(credential: Credential): string {
  const as = credential.sentAs === undefined ? "" : `${visible(credential.sentAs)}: `;
  return `${as}${visible(credential.value ?? credential.prefix)} (${visible(credential.kind)})`;
}

/** Without those that a key was shown in already. */
function unsaidHeaders(endpoint: Endpoint, credentials: ReadonlyMap<string, Credential>): string[] {
  const said = new Set(endpoint.credentials.map((sha256) => credentials.get(sha256)?.sentAs?.toLowerCase()));
  return endpoint.headers.filter((name) => !said.has(`header ${name.toLowerCase()}`));
}

function headerFacts(headers: readonly string[], all: boolean): Fact[] {
  const telling = all ? headers : headers.filter((name) => TELLING_HEADER.test(name));
  if (telling.length === 0) return [];
  const others = headers.length - telling.length;
  return [{ label: "headers", words: [...telling.map(visible), ...(others > 0 ? [`${others} more`] : [])] }];
}

/** `silenced by` with every switch that does, and so on. */
export function gateFacts(endpoint: Endpoint): Fact[] {
  return (Object.keys(GATE_LABEL) as GateEffect[]).flatMap((effect) => {
    const gates = endpoint.gates.filter((gate) => gate.effect === effect);
    if (gates.length === 0) return [];
    return [{ label: GATE_LABEL[effect], words: gates.map(gateWords) }];
  });
}

function gateWords(gate: Gate): string {
  const { kind, name, ways } = gate;
  const conditions = conditionsOf(gate).map((one) => visible(one));
  const words = conditions.length > 0 ? conditions.join(" ") : "partly: other code paths bypass it";
  return `${kind} ${visible(name)}${ways === undefined ? "" : ` (${words})`}`;
}

/** `open {NAME}: environment variable` */
function holeFacts(endpoint: Endpoint): Fact[] {
  const sources = Object.entries(endpoint.holes).flatMap(([name, { kind, from }]) => {
    const source = HOLE_SOURCE[kind]?.(from === undefined ? undefined : visible(from));
    return source === undefined ? [] : [`{${visible(name)}}: ${source}`];
  });
  return sources.length === 0 ? [] : [{ label: "open", words: sources }];
}

const ALTERNATIVES = 3;

function alternativeFacts(alternatives: readonly string[], all: boolean): Fact[] {
  if (alternatives.length === 0) return [];
  const shown = all ? alternatives : alternatives.slice(0, ALTERNATIVES);
  const more = alternatives.length - shown.length;
  return [{ label: "or", words: [...shown.map(visible), ...(more > 0 ? [`${more} more`] : [])] }];
}
