import type { Call } from "../../ir/expression.ts";
import type { EventFinding, RequestFinding } from "../../model/finding.ts";
import type { Gate } from "../../model/report.ts";

/**
 * Stands for the gates of a finding until `resolveGates` has answered; it holds no gates, so none can be read too
 * early.
 */
export type GateRequest =
  /** The gates of a sink, under the callers assumed, from the call outwards. */
  | { readonly kind: "path"; readonly calls: readonly Call[] }
  /** Two ways to the same finding. */
  | { readonly kind: "either"; readonly a: GateRequest; readonly b: GateRequest };

/**
 * Collects which gates are asked for. They are computed at the end: while they are asked for, other questions are
 * open.
 */
export class GateRequests {
  readonly #all: GateRequest[] = [];

  of(call: Call, path: readonly Call[]): GateRequest {
    return this.#add({ kind: "path", calls: [call, ...path] });
  }

  ofEither(a: GateRequest, b: GateRequest): GateRequest {
    return this.#add({ kind: "either", a, b });
  }

  /** In the order they were made, so that both sides of an `either` stand before it. */
  get all(): readonly GateRequest[] {
    return this.#all;
  }

  #add(request: GateRequest): GateRequest {
    this.#all.push(request);
    return request;
  }
}

/** The gates of every request that was made. */
export interface ResolvedGates {
  of(request: GateRequest): Gate[];
}

/** A finding whose gates are asked for and not yet known. */
export type Ungated<T extends { gates: Gate[] }> = Omit<T, "gates"> & { gates: GateRequest };
export type UngatedRequest = Ungated<RequestFinding>;
export type UngatedEvent = Ungated<EventFinding>;

/** The finding with the gates that were asked for. */
export const withGates = <T extends { gates: GateRequest }>(
  finding: T,
  resolved: ResolvedGates,
): Omit<T, "gates"> & { gates: Gate[] } => ({ ...finding, gates: resolved.of(finding.gates) });
