import type { Endpoint, Gate, GateKind, Report } from "../report.ts";
import { takesEffect, wholeGates } from "./gates.ts";
import { exampleOf } from "./when.ts";

/** A variable or setting with the value that stops something. */
export interface ChosenSetting {
  kind: GateKind;
  name: string;
  value: string;
}

/** Of a telemetry channel, or of all: what a person can set to stop the most of it, and what that leaves on. */
export interface StrongestSwitch {
  /** Null: all telemetry of the program. */
  channel: string | null;
  /** Null where no variable and no setting stops any of it whole. */
  setting: ChosenSetting | null;
  /** Ids of its endpoints that the switch stops. */
  stopped: string[];
  /** Endpoints that it leaves on. */
  survivors: Survivor[];
  /** Ids of endpoints that are off unless somebody turns them on. */
  off: string[];
  /** Ids of endpoints that are no telemetry and stop with it. */
  breaks: string[];
}

export interface Survivor {
  endpoint: string;
  /** What stops it instead; nothing that a person can set where empty. */
  stoppedBy: ChosenSetting[];
  /** It stops some ways to it, not all. */
  partly: boolean;
}

/** What no function of the program needs, and requests that carry events: the telemetry of a report. */
export function telemetryOf(report: Report): Endpoint[] {
  const carriers = new Set(report.pipelines?.map(({ endpoint }) => endpoint));
  return report.endpoints.filter(({ id, ifBlocked }) => ifBlocked.effect === "safe" || carriers.has(id));
}

/** For all telemetry first, then for each channel by name. Empty where a report has no telemetry. */
export function strongestSwitches(report: Report): StrongestSwitch[] {
  const telemetry = telemetryOf(report);
  if (telemetry.length === 0) return [];
  const others = report.endpoints.filter((one) => !telemetry.includes(one));
  const channels = [...new Set(telemetry.map(({ channel }) => channel))].sort();
  return [
    strongestOf(null, telemetry, others),
    ...channels.map((channel) =>
      strongestOf(
        channel,
        telemetry.filter((one) => one.channel === channel),
        others,
      ),
    ),
  ];
}

/** @param others what is no telemetry */
function strongestOf(
  channel: string | null,
  endpoints: readonly Endpoint[],
  others: readonly Endpoint[],
): StrongestSwitch {
  const off = endpoints.filter(isOff);
  const on = endpoints.filter((one) => !isOff(one));
  const ranked = settingsOf(on)
    .map((setting) => ({
      setting,
      stopped: stoppedBy(setting, on),
      breaks: stoppedBy(setting, others),
      changes: changedBy(setting, others),
    }))
    .filter(({ stopped }) => stopped.length > 0)
    // sorted by name before: equal ones stay so
    .sort((a, b) => b.stopped.length - a.stopped.length || a.changes - b.changes);
  const best = ranked[0];
  const survivors = on.filter(({ id }) => best?.stopped.includes(id) !== true);
  return {
    channel,
    setting: best?.setting ?? null,
    stopped: best?.stopped ?? [],
    survivors: survivors.map((one) => ({
      endpoint: one.id,
      stoppedBy: settingsOf([one]).filter((setting) => stops(setting, one)),
      partly: best !== undefined && one.gates.some((gate) => gate.ways !== undefined && isNamed(gate, best.setting)),
    })),
    off: off.map(({ id }) => id),
    breaks: best?.breaks ?? [],
  };
}

/** Every variable and setting that silences one of some endpoints, with each value that the gates ask for, by name. */
export function settingsOf(endpoints: readonly Endpoint[]): ChosenSetting[] {
  const found = new Map<string, ChosenSetting>();
  for (const endpoint of endpoints)
    for (const { kind, name, when } of wholeGates(endpoint, "silences")) {
      const value = when === undefined ? "1" : exampleOf(when);
      if (value !== null) found.set(`${kind} ${name} ${value}`, { kind, name, value });
    }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, setting]) => setting);
}

/** A program where this is set does not send to it, by any way. */
export const stops = (setting: ChosenSetting, { gates }: Endpoint): boolean =>
  gates.some(
    (gate) =>
      gate.effect === "silences" &&
      gate.ways === undefined &&
      isNamed(gate, setting) &&
      takesEffect(gate, setting.value),
  );

const stoppedBy = (setting: ChosenSetting, endpoints: readonly Endpoint[]): string[] =>
  endpoints.filter((one) => stops(setting, one)).map(({ id }) => id);

/** How many endpoints it stops, wholly or partly, opens or moves. */
const changedBy = (setting: ChosenSetting, endpoints: readonly Endpoint[]): number =>
  endpoints.filter(({ gates }) => gates.some((gate) => isNamed(gate, setting))).length;

const isNamed = ({ kind, name }: Gate, setting: ChosenSetting): boolean =>
  kind === setting.kind && name === setting.name;

/** Off where nothing is set: a variable or setting opens it. */
export const isOff = (endpoint: Endpoint): boolean => wholeGates(endpoint, "enables").length > 0;
