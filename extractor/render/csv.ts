import type { Credential, Endpoint, Evidence, Report, TelemetryEvent } from "../model/report.ts";
import { conditionsOf, switchText } from "../model/switches/gates.ts";
import { visible } from "./terminal.ts";

const COLUMNS = [
  "type",
  "id",
  "method",
  "name",
  "kind",
  "channel",
  "vendor",
  "confidence",
  "ifBlocked",
  "apart",
  "dataClasses",
  "headers",
  "keys",
  "switches",
  "sentTo",
  "file",
  "line",
  "column",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/** RFC 4180, with a line for the names of the columns: each endpoint, event and key on a line of its own. */
export function renderCsv(report: Report): string {
  const byId = new Map(report.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const rows = [
    ...report.endpoints.map(endpointRow),
    ...report.events.map((event) => eventRow(event, byId)),
    ...report.credentials.map(keyRow),
  ];
  const lines = [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((column) => cell(row[column] ?? "")).join(","))];
  return `${lines.join("\r\n")}\r\n`;
}

const LIST = "; ";

const endpointRow = (endpoint: Endpoint): Row => ({
  type: "endpoint",
  id: endpoint.id,
  method: endpoint.method,
  name: endpoint.url,
  kind: endpoint.kind,
  channel: endpoint.channel,
  vendor: endpoint.vendor ?? "",
  confidence: endpoint.confidence,
  ifBlocked: endpoint.ifBlocked.effect,
  apart: endpoint.apart === undefined ? "" : (endpoint.apart.name ?? endpoint.apart.why),
  dataClasses: endpoint.dataClasses.join(LIST),
  headers: endpoint.headers.join(LIST),
  keys: endpoint.credentials.join(LIST),
  switches: switches(endpoint),
  ...placeOf(endpoint.evidence),
});

const eventRow = (event: TelemetryEvent, byId: ReadonlyMap<string, Endpoint>): Row => ({
  type: "event",
  name: event.name,
  switches: switches(event),
  sentTo: event.pipelines.flatMap((id) => byId.get(id)?.url ?? []).join(LIST),
  ...placeOf(event.evidence),
});

const keyRow = (key: Credential): Row => ({
  type: "key",
  id: key.sha256,
  name: key.value ?? key.prefix,
  kind: key.kind,
  headers: key.sentAs ?? "",
  ...placeOf(key.evidence),
});

const switches = ({ gates }: Pick<Endpoint, "gates">): string =>
  gates
    .map((gate) => {
      const conditions = conditionsOf(gate).join(" ");
      const partly = conditions !== "" ? ` (${conditions})` : gate.ways === undefined ? "" : " partly";
      return `${gate.effect}${partly} ${gate.kind} ${switchText(gate)}`;
    })
    .join(LIST);

function placeOf([first]: readonly Evidence[]): Row {
  return first === undefined ? {} : { file: first.file, line: first.line, column: first.column };
}

/** A spreadsheet takes `=`, `+`, `-` and `@` at the start for a formula: a quote before them makes it a text. */
function cell(value: string | number): string {
  const text = visible(String(value));
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
