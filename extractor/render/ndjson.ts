import type { Report } from "../model/report.ts";
import { visibleJson } from "./terminal.ts";

/** A line for the package and its numbers, then one for each endpoint, event, key, variable, reference and gap. */
export function renderNdjson(report: Report): string {
  const { package: read, tool, stats, schemaVersion } = report;
  const lists = {
    endpoint: report.endpoints,
    dead: report.dead ?? [],
    event: report.events,
    pipeline: report.pipelines ?? [],
    credential: report.credentials,
    environment: report.environment,
    reference: report.references,
    diagnostic: report.diagnostics,
  };
  const rows = Object.entries(lists).flatMap(([type, list]) => list.map((row) => ({ type, ...row })));
  const lines = [{ type: "package", schemaVersion, ...read, tool, stats }, ...rows];
  return lines.map((line) => `${visibleJson(JSON.stringify(line))}\n`).join("");
}
