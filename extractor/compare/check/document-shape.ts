import type { Content } from "../../model/exchange.ts";
import type { Envelope } from "../../model/signatures/signature.ts";
import { isFieldName } from "../match/field-name.ts";
import { isObject } from "../match/members.ts";
import { unfold } from "./decode-nested-json.ts";
import { EventReader } from "./wire-events.ts";

/** Stands where a text stood. */
export const TEXT = "{text}";
const KEY = "{key}";
const ADDRESS = /^((?:https?|wss?):\/\/)(?:[^/?#@]*@)?([a-z\d.-]+(?::\d+)?)(?:[/?#]\S*)?$/i;

/**
 * Documents without their values: names of members, types, names of events, and on and off remain; of a text that is
 * an address its server. What a cross-check reads from it is what it reads from the documents themselves, but for
 * values it compares.
 */
export class DocumentShapes {
  readonly #reader: EventReader;

  constructor(envelopes: readonly Envelope[]) {
    this.#reader = new EventReader(envelopes);
  }

  of({ kind, documents }: Content): unknown[] {
    const unfolded = unfold(documents);
    const events = new Set(this.#reader.read(kind, unfolded).map(({ name }) => name));
    return unfolded.map((document) => shape(document, events));
  }
}

function shape(value: unknown, events: ReadonlySet<string>): unknown {
  if (typeof value === "string") {
    const [, scheme, host] = ADDRESS.exec(value) ?? [];
    return events.has(value) ? value : scheme === undefined ? TEXT : `${scheme}${host}/`;
  }
  if (typeof value === "number") return 0;
  if (Array.isArray(value)) return value.map((item) => shape(item, events));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, held]) => [isFieldName(name) ? name : KEY, shape(held, events)]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  // an attribute's name, as OpenTelemetry writes it
  if (typeof value.key === "string" && isObject(value.value) && isFieldName(value.key)) copy.key = value.key;
  return copy;
}
