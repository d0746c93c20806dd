import type { SeenEvent } from "../model/check.ts";
import type { Content } from "../model/exchange.ts";
import type { Envelope } from "../model/signature.ts";
import { isObject } from "./members.ts";

/** One event, metric, span or log record in one body. */
export interface WireEvent {
  name: string;
  kind: SeenEvent["kind"];
  fields: string[];
  common: string[];
}

/** A name, and not a sentence: log messages of services stand in the same place. */
const NAME = /^[A-Za-z@$_][\w.:/@$ -]{1,119}$/;
const SENTENCE = /\s\S+\s\S+\s/;

/** Events in unfolded documents, by the envelopes of signatures/ and by OpenTelemetry's and InfluxDB's own forms. */
export function wireEvents(
  content: Content,
  documents: readonly unknown[],
  envelopes: readonly Envelope[],
): WireEvent[] {
  if (content.kind === "otlp") return documents.flatMap(otlpEvents);
  if (content.kind === "line-protocol") return documents.flatMap(pointEvents);
  const events: WireEvent[] = [];
  const visit = (value: unknown, skipped: ReadonlySet<unknown>): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, skipped);
    if (!isObject(value)) return;
    const envelope = skipped.has(value)
      ? undefined
      : envelopes.find(({ requires }) => requires.every((path) => at(value, path) !== undefined));
    const event = envelope === undefined ? null : eventOf(value, envelope);
    if (event !== null) events.push(event);
    const holders =
      event === null ? skipped : new Set([...skipped, ...envelope!.name.map((path) => at(value, parentOf(path)))]);
    for (const held of Object.values(value)) visit(held, holders);
  };
  visit(documents, new Set());
  return events;
}

function eventOf(value: Record<string, unknown>, { kind, name, fields, common = [] }: Envelope): WireEvent | null {
  const named = name.map((path) => at(value, path)).find((text) => typeof text === "string" && isName(text));
  if (typeof named !== "string") return null;
  const keys = (paths: string[]) =>
    paths.flatMap((path) => Object.keys(record(path === "." ? value : at(value, path))));
  return { name: named, kind, fields: keys(fields), common: keys(common) };
}

const isName = (text: string): boolean => NAME.test(text) && !SENTENCE.test(text);

const at = (value: Record<string, unknown>, path: string): unknown =>
  path === ""
    ? undefined
    : path.split(".").reduce<unknown>((held, name) => (isObject(held) ? held[name] : undefined), value);

const parentOf = (path: string): string => path.split(".").slice(0, -1).join(".");

const record = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const keysOfAttributes = (value: unknown): string[] =>
  list(value).flatMap((item) => (isObject(item) && typeof item.key === "string" ? [item.key] : []));

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
  if (typeof measurement !== "string") return [];
  return [
    {
      name: measurement,
      kind: "event",
      fields: [...Object.keys(record(tags)), ...Object.keys(record(fields))],
      common: [],
    },
  ];
}
