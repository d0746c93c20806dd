import type { Endpoint, Report } from "../../model/report.ts";
import type { ReportingRow, StrongestSetting } from "../../model/summary.ts";
import { takesEffect } from "../../model/switches/gates.ts";
import { type ChosenSetting, strongestSwitches } from "../../model/switches/strongest-switch.ts";

/**
 * The switch that stops most of what reports on the user, and which of the rows go on with it; null where there is
 * none.
 */
export function strongestSetting(report: Report, rows: readonly ReportingRow[]): StrongestSetting | null {
  const setting = strongestSwitches(report)[0]?.setting ?? null;
  if (setting === null) return null;
  const shut = ({ gates }: Pick<Endpoint, "gates">) => gates.some((gate) => isShut(gate, setting));
  const stopped = new Set(report.endpoints.filter(shut).map(({ id }) => id));
  const isOff = ({ onlyWith }: ReportingRow) => onlyWith.some(({ kind }) => kind !== "flag");
  return {
    setting,
    endpoints: stopped.size,
    events: report.events.filter(
      (event) => shut(event) || (event.pipelines.length > 0 && event.pipelines.every((id) => stopped.has(id))),
    ).length,
    leaves: rows.flatMap((row, index) => (isOff(row) || row.endpoints.every((id) => stopped.has(id)) ? [] : [index])),
  };
}

const isShut = (gate: Endpoint["gates"][number], { kind, name, value }: ChosenSetting): boolean =>
  gate.effect === "silences" &&
  gate.ways === undefined &&
  gate.kind === kind &&
  gate.name === name &&
  takesEffect(gate, value);
