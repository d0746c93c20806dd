import type { Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { type Page, wrap } from "./page.ts";

/** What was read, and the findings in one line. */
export function headerLines(report: Report, sheet: Page): string[] {
  const { name, version, published, spec, integrity, files, bytes } = report.package;
  const title = `${visible(name)} ${visible(version)}`.trim();
  const about = [
    ...(published === undefined ? [] : [`published ${visible(published).slice(0, 10)}`]),
    ...(report.tool === null ? [] : [`tool ${visible(report.tool)}`]),
    `${count(files, "file")}, ${size(bytes)}`,
    ...(integrity === null ? ["integrity not known"] : [`${visible(integrity).slice(0, 22)}…`]),
    ...(report.platformPackages ?? []).map(
      ({ name, version, platform, files }) =>
        `with ${visible(name)} ${visible(version)}${platform === null ? "" : ` for ${platform}`}${files === 0 ? " (not read)" : ""}`,
    ),
    ...(spec === name || spec === `${name}@${version}` ? [] : [`requested as ${visible(spec)}`]),
  ];
  const hosts = report.stats.hosts;
  const found = [
    `${count(report.endpoints.length, "endpoint")} on ${count(hosts, "host")}`,
    count(report.events.length, "telemetry event"),
    count(report.credentials.length, "baked-in credential"),
  ];
  return [
    sheet.ink.bold(title),
    ...wrap(sheet, "", about, " · ").map(sheet.ink.dim),
    ...wrap(sheet, "", found, " · "),
    ...differenceLines(report, sheet),
  ];
}

/** Where platforms were compared, how much of what was found only some of them have. */
function differenceLines({ platformPackages = [], endpoints, events, credentials }: Report, sheet: Page): string[] {
  if (platformPackages.filter(({ platform }) => platform !== null).length < 2) return [];
  const partial = (rows: readonly { platforms?: string[] }[], noun: string) => {
    const found = rows.filter(({ platforms }) => platforms !== undefined).length;
    return found === 0 ? [] : [count(found, noun)];
  };
  const words = [
    ...partial(endpoints, "endpoint"),
    ...partial(events, "telemetry event"),
    ...partial(credentials, "baked-in credential"),
  ];
  if (words.length === 0) return ["the same on every platform"];
  return wrap(sheet, "not on every platform: ", words);
}

const UNITS = ["bytes", "kB", "MB", "GB"] as const;

function size(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** power;
  return `${power === 0 ? scaled : scaled.toFixed(1)} ${UNITS[power]}`;
}
