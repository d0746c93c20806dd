import { bytesOf, messagesOf, readMessage, type WireField } from "./protobuf.ts";

/**
 * An OTLP export request from Protocol Buffers to the shape of OTLP's JSON: `{resourceSpans: [{resource, scopeSpans:
 * [{spans}]}]}` and the like, with names and attributes only. Field numbers: opentelemetry-proto 1.x. Null where it
 * isn't one. The three signals share their outer layout, so what the innermost items are decides.
 */
export function parseOtlp(bytes: Buffer): Record<string, unknown> | null {
  const request = readMessage(bytes);
  if (request === null || request.length === 0 || request.some(({ number, type }) => number !== 1 || type !== "bytes"))
    return null;
  const resources = messagesOf(request, 1);
  if (resources === null) return null;
  const found: Record<string, unknown[]> = {};
  for (const resource of resources) {
    const group = resourceGroup(resource);
    if (group === null) return null;
    found[group.key] = [...(found[group.key] ?? []), group.value];
  }
  return found;
}

type Signal = "Spans" | "Metrics" | "Logs";

function resourceGroup(fields: WireField[]): { key: string; value: unknown } | null {
  const scopes = messagesOf(fields, 2);
  const resources = messagesOf(fields, 1);
  if (scopes === null || resources === null || scopes.length === 0) return null;
  const items = scopes.map((scope) => messagesOf(scope, 2));
  if (items.includes(null)) return null;
  const signal = signalOf(items.flatMap((list) => list ?? []));
  if (signal === null) return null;
  const key = { Spans: "spans", Metrics: "metrics", Logs: "logRecords" }[signal];
  return {
    key: `resource${signal}`,
    value: {
      resource: { attributes: resources.flatMap((resource) => attributes(resource, 1)) },
      [`scope${signal}`]: items.map((list) => ({ [key]: (list ?? []).map(ITEM[signal]) })),
    },
  };
}

/** A span starts with 16 bytes of trace id; a log record has a fixed64 time; a metric has a name. */
function signalOf(items: WireField[][]): Signal | null {
  const first = items[0];
  if (first === undefined) return null;
  if (first.some(({ number, type }) => (number === 1 || number === 11) && type === "fixed64")) return "Logs";
  const [one] = bytesOf(first, 1);
  if (one?.length === 16 && bytesOf(first, 2)[0]?.length === 8) return "Spans";
  return one !== undefined && isName(one) ? "Metrics" : null;
}

const isName = (bytes: Buffer): boolean => bytes.length > 0 && /^[\x20-\x7e]+$/.test(bytes.toString("utf8"));

const ITEM: Record<Signal, (fields: WireField[]) => unknown> = {
  Spans: (fields) => ({
    name: text(fields, 5),
    attributes: attributes(fields, 9),
    events: (messagesOf(fields, 11) ?? []).map((event) => ({ name: text(event, 2), attributes: attributes(event, 3) })),
  }),
  Metrics: (fields) => ({ name: text(fields, 1), ...dataPoints(fields) }),
  Logs: (fields) => ({
    body: anyValue(messagesOf(fields, 5)?.[0] ?? []),
    attributes: attributes(fields, 6),
    eventName: text(fields, 12),
  }),
};

/** Kind of metric by field number, and where its data points keep their attributes. */
const METRIC_KINDS: [number, string, number][] = [
  [5, "gauge", 7],
  [7, "sum", 7],
  [9, "histogram", 9],
  [10, "exponentialHistogram", 1],
  [11, "summary", 7],
];

function dataPoints(fields: WireField[]): Record<string, unknown> {
  for (const [number, kind, attributesAt] of METRIC_KINDS) {
    const data = messagesOf(fields, number)?.[0];
    if (data === undefined) continue;
    return {
      [kind]: {
        dataPoints: (messagesOf(data, 1) ?? []).map((point) => ({ attributes: attributes(point, attributesAt) })),
      },
    };
  }
  return {};
}

function attributes(fields: WireField[], number: number): { key: string; value: unknown }[] {
  return (messagesOf(fields, number) ?? []).map((pair) => ({
    key: text(pair, 1),
    value: anyValue(messagesOf(pair, 2)?.[0] ?? []),
  }));
}

/** AnyValue: strings and integers carry names and identifiers; numbers, lists and bytes aren't looked into. */
function anyValue(fields: WireField[]): Record<string, unknown> {
  const [string] = bytesOf(fields, 1);
  if (string !== undefined) return { stringValue: string.toString("utf8") };
  const integer = fields.find(({ number, type }) => number === 3 && type === "varint");
  return integer?.type === "varint" ? { intValue: String(integer.value) } : {};
}

const text = (fields: WireField[], number: number): string => bytesOf(fields, number)[0]?.toString("utf8") ?? "";
