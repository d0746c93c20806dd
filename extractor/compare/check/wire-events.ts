import type { SeenEvent } from "../../model/check.ts";
import type { Content } from "../../model/exchange.ts";
import type { Envelope } from "../../model/signatures/signature.ts";
import { isIdentifier } from "../match/display-url.ts";
import { isFieldName } from "../match/field-name.ts";
import { isObject } from "../match/members.ts";

/** One event, metric, span or log record in one body. */
export interface WireEvent {
  /** What wrapped it: events of one envelope share its fields. */
  envelope: string;
  name: string;
  kind: SeenEvent["kind"];
  fields: string[];
  common: string[];
}

/** A name, and not a sentence: log messages of services stand in the same place. */
const NAME = /^[A-Za-z@$_][\w.:/@$ -]{1,119}$/;
const SENTENCE = /\s\S+\s\S+\s/;

/** An envelope with its paths taken apart, once for all bodies. */
interface CompiledEnvelope {
  id: string;
  kind: Envelope["kind"];
  requires: string[][];
  name: string[][];
  fields: string[][];
  common: string[][];
  reserved: ReadonlySet<string>;
}

/** Finds events in bodies by the envelopes of signatures/, and by OpenTelemetry's and InfluxDB's own forms. */
export class EventReader {
  readonly #envelopes: CompiledEnvelope[];

  constructor(envelopes: readonly Envelope[]) {
    const split = (paths: string[]) => paths.map((path) => (path === "." ? [] : path.split(".")));
    this.#envelopes = envelopes.map(({ id, kind, requires, name, fields, common = [], reserved = [] }) => ({
      id,
      kind,
      requires: split(requires),
      name: split(name),
      fields: split(fields),
      common: split(common),
      reserved: new Set(reserved),
    }));
  }

  /** @param documents unfolded */
  read(kind: Content["kind"], documents: readonly unknown[]): WireEvent[] {
    if (kind === "otlp") return documents.flatMap(otlpEvents);
    if (kind === "line-protocol") return documents.flatMap(pointEvents);
    const events: WireEvent[] = [];
    for (const document of documents) this.#visit(document, events, NOWHERE);
    return events;
  }

  #visit(value: unknown, events: WireEvent[], outer: Outer): void {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.#visit(item, events, outer);
      return;
    }
    const object = value as Record<string, unknown>;
    const envelope = outer.names.includes(object) ? undefined : this.#envelopes.find((one) => requiredBy(one, object));
    const found = envelope === undefined ? null : eventOf(object, envelope);
    const event = found !== null && outer.fields.includes(object) && !TWO_WORDS.test(found.name) ? null : found;
    if (event !== null) events.push(event);
    const inside =
      event === null
        ? outer
        : {
            names: [...outer.names, ...envelope!.name.map((path) => at(object, path.slice(0, -1)))],
            fields: [...outer.fields, ...envelope!.fields.map((path) => at(object, path))],
          };
    for (const name in object) this.#visit(object[name], events, inside);
  }
}

/**
 * Of events found further out: the objects that hold their names, which are no events themselves, and those that hold
 * their fields. A field called `event` may name another event wrapped in the first, as programs name theirs, or say
 * `startup`.
 */
interface Outer {
  names: readonly unknown[];
  fields: readonly unknown[];
}

const NOWHERE: Outer = { names: [], fields: [] };
const TWO_WORDS = /[\w$][_.:/ -]\w/;

const requiredBy = ({ requires }: CompiledEnvelope, value: Record<string, unknown>): boolean =>
  requires.every((path) => at(value, path) !== undefined);

function eventOf(
  value: Record<string, unknown>,
  { id, kind, name, fields, common, reserved }: CompiledEnvelope,
): WireEvent | null {
  const named = name.map((path) => at(value, path)).find((text) => typeof text === "string" && isName(text));
  if (typeof named !== "string") return null;
  const keys = (paths: string[][]) => paths.flatMap((path) => Object.keys(record(at(value, path))).filter(isFieldName));
  const own = keys(fields);
  return {
    envelope: id,
    name: named,
    kind,
    fields: own.filter((field) => !reserved.has(field)),
    common: [...keys(common), ...own.filter((field) => reserved.has(field))],
  };
}

function at(value: Record<string, unknown>, path: readonly string[]): unknown {
  let held: unknown = value;
  for (const name of path) {
    if (!isObject(held) || !Object.hasOwn(held, name)) return undefined;
    held = held[name];
  }
  return held;
}

const isName = (text: string): boolean => NAME.test(text) && !SENTENCE.test(text) && !isIdentifier(text);

const record = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const keysOfAttributes = (value: unknown): string[] =>
  list(value).flatMap((item) =>
    isObject(item) && typeof item.key === "string" && isFieldName(item.key) ? [item.key] : [],
  );

/** `resourceX[].scopeX[].items[]` */
function otlpEvents(document: unknown): WireEvent[] {
  const { resourceMetrics, resourceSpans, resourceLogs } = record(document);
  const items = (groups: unknown, scope: string, key: string) =>
    list(groups).flatMap((group) => {
      const common = keysOfAttributes(record(record(group).resource).attributes);
      return list(record(group)[scope])
        .flatMap((one) => list(record(one)[key]))
        .map((item) => ({ item: record(item), common }));
    });
  return [
    ...items(resourceMetrics, "scopeMetrics", "metrics").map(({ item, common }) =>
      otlpEvent("metric", item.name, pointFields(item), common),
    ),
    ...items(resourceSpans, "scopeSpans", "spans").map(({ item, common }) =>
      otlpEvent("span", item.name, keysOfAttributes(item.attributes), common),
    ),
    ...items(resourceLogs, "scopeLogs", "logRecords").map(({ item, common }) =>
      otlpEvent("log", logName(item), keysOfAttributes(item.attributes), common),
    ),
  ].filter(({ name }) => isName(name));
}

const otlpEvent = (kind: SeenEvent["kind"], name: unknown, fields: string[], common: string[]): WireEvent => ({
  envelope: kind,
  name: typeof name === "string" ? name : "",
  kind,
  fields,
  common,
});

function pointFields(metric: Record<string, unknown>): string[] {
  const points = Object.values(metric).flatMap((data) => list(record(data).dataPoints));
  return [...new Set(points.flatMap((point) => keysOfAttributes(record(point).attributes)))];
}

/** A log record's name: its own field, the attribute of older SDKs, or a short body. */
function logName(item: Record<string, unknown>): unknown {
  if (typeof item.eventName === "string" && item.eventName !== "") return item.eventName;
  const attribute = list(item.attributes)
    .map(record)
    .find(({ key }) => key === "event.name");
  return record(attribute?.value).stringValue ?? record(item.body).stringValue;
}

function pointEvents(document: unknown): WireEvent[] {
  const { measurement, tags, fields } = record(document);
  if (typeof measurement !== "string" || !isName(measurement)) return [];
  return [
    {
      envelope: "line-protocol",
      name: measurement,
      kind: "event",
      fields: [...Object.keys(record(tags)), ...Object.keys(record(fields))].filter(isFieldName),
      common: [],
    },
  ];
}
