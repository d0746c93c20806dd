import type { Endpoint, Gate, Report } from "../report.ts";
import { type ChosenSetting, isOff, settingsOf, stops, telemetryOf } from "./strongest-switch.ts";

/** What a person sets to stop all telemetry of a program that can be stopped, and what that leaves. */
export interface OptOut {
  package: { name: string; version: string };
  settings: OptOutSetting[];
  /** Telemetry that no variable and no setting stops. */
  remaining: Endpoint[];
  /** Telemetry that is off unless somebody turns it on, and what does. */
  off: { endpoint: Endpoint; opens: Gate[] }[];
  doNotTrack: DoNotTrack;
}

export interface OptOutSetting {
  setting: ChosenSetting;
  stops: Endpoint[];
  /** What is no telemetry and stops with it. */
  breaks: Endpoint[];
}

/** `partly`: other telemetry goes on. `read`: the program looks at the variable, and nothing it sends depends on it. */
export type DoNotTrack = "honoured" | "partly" | "read" | "unread";

const DO_NOT_TRACK = "DO_NOT_TRACK";

export function optOutOf(report: Report): OptOut {
  const telemetry = telemetryOf(report);
  const off = telemetry.filter(isOff);
  const on = telemetry.filter((one) => !isOff(one));
  const others = report.endpoints.filter((one) => !telemetry.includes(one));
  const all = settingsOf(on).map(
    (setting): OptOutSetting => ({
      setting,
      stops: on.filter((one) => stops(setting, one)),
      breaks: others.filter((one) => stops(setting, one)),
    }),
  );
  const settings = fewest(all);
  const stopped = new Set(settings.flatMap((one) => one.stops));
  const { name, version } = report.package;
  return {
    package: { name, version },
    settings,
    remaining: on.filter((one) => !stopped.has(one)),
    off: off.map((endpoint) => ({ endpoint, opens: endpoint.gates.filter(({ effect }) => effect === "enables") })),
    doNotTrack: doNotTrackOf(report, on),
  };
}

/** For each endpoint what breaks least; of these, none whose work the others do. */
function fewest(all: readonly OptOutSetting[]): OptOutSetting[] {
  const ranked = [...all].sort((a, b) => a.breaks.length - b.breaks.length || b.stops.length - a.stops.length);
  const chosen = new Set<OptOutSetting>();
  const stopped = new Set(all.flatMap((one) => one.stops));
  for (const endpoint of stopped) chosen.add(ranked.find((one) => one.stops.includes(endpoint))!);
  for (const one of [...chosen].sort((a, b) => b.breaks.length - a.breaks.length || a.stops.length - b.stops.length)) {
    const rest = [...chosen].filter((other) => other !== one);
    if (one.stops.every((endpoint) => rest.some((other) => other.stops.includes(endpoint)))) chosen.delete(one);
  }
  return all.filter((one) => chosen.has(one));
}

function doNotTrackOf({ environment }: Report, on: readonly Endpoint[]): DoNotTrack {
  const isStopped = (one: Endpoint) => stops({ kind: "env", name: DO_NOT_TRACK, value: "1" }, one);
  if (on.some(isStopped)) return on.every(isStopped) ? "honoured" : "partly";
  return environment.some(({ name }) => name === DO_NOT_TRACK) ? "read" : "unread";
}
