import type { Dependency } from "../../model/packages-read.ts";
import type { Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { heading, type Page, wrap } from "./page.ts";

/** What was read, and the findings in one line. Where it came from stands at the end: `originLines`. */
export function headerLines(report: Report, sheet: Page): string[] {
  const { name, version, published, files, bytes } = report.package;
  const title = `${visible(name)} ${visible(version)}`.trim();
  const about = [
    ...(published === undefined ? [] : [`published ${visible(published).slice(0, 10)}`]),
    `${count(files, "file")}, ${size(bytes)}`,
    ...(report.platformPackages ?? []).map(
      ({ name, version, platform, files }) =>
        `with ${visible(name)} ${visible(version)}${platform === null ? "" : ` for ${platform}`}${files === 0 ? " (not read)" : ""}`,
    ),
  ];
  const hosts = report.stats.hosts;
  const apart = report.endpoints.filter((endpoint) => endpoint.apart !== undefined).length;
  const found = [
    `${count(report.endpoints.length, "endpoint")} on ${count(hosts, "host")}`,
    ...(apart > 0 ? [`${apart.toLocaleString("en-US")} of them not its own`] : []),
    count(report.events.length, "telemetry event"),
    count(report.credentials.length, "baked-in credential"),
  ];
  const [first = "", ...others] = wrap(sheet, `${title}  `, about, " · ");
  return [
    sheet.ink.bold(title) + sheet.ink.dim(first.slice(title.length)),
    ...others.map(sheet.ink.dim),
    ...wrap(sheet, "", found, " · "),
    ...differenceLines(report, sheet),
    ...report.diagnostics
      .filter(({ kind }) => kind === "program-downloaded")
      .flatMap(({ detail }) => wrap(sheet, "", visible(detail).split(" "), " ").map(sheet.ink.yellow)),
    ...dependencyLines(report, sheet),
  ];
}

const DEPENDENCIES = 5;

/** Where the package's own code leads to: what is not read is not in the report. */
function dependencyLines({ dependencies = [] }: Report, sheet: Page): string[] {
  const read = dependencies.filter(({ code }) => code === "read");
  const unread = dependencies.filter(({ code, calls }) => code === "unread" && calls > 0);
  const telling = read.filter(({ endpoints = [] }) => endpoints.length > 0);
  const named = (list: readonly Dependency[], of: (each: Dependency) => string) => {
    const shown = sheet.all ? list : list.slice(0, DEPENDENCIES);
    const words = shown.map((each) => `${visible(each.name)} (${of(each)})`);
    return list.length > shown.length ? [...words, `${list.length - shown.length} more`] : words;
  };
  const sends = ({ endpoints = [] }: Dependency) => count(endpoints.length, "endpoint");
  const calls = (each: Dependency) => count(each.calls, "call");
  return [
    ...(read.length === 0 ? [] : wrap(sheet, `with ${count(read.length, "dependency")}: `, named(telling, sends))),
    ...(unread.length === 0
      ? []
      : wrap(sheet, `leads into ${count(unread.length, "package")} not read: `, [
          ...named(unread, calls),
          ...(read.length === 0 ? ["--with-dependencies reads them"] : []),
        ])),
  ];
}

/** Which package that was, for those who check it. */
export function originLines(report: Report, sheet: Page): string[] {
  const { name, version, spec, integrity } = report.package;
  const words = [
    integrity === null ? "integrity not known" : visible(integrity),
    ...(report.tool === null ? [] : [`tool ${visible(report.tool)}`]),
    ...(spec === name || spec === `${name}@${version}` ? [] : [`requested as ${visible(spec)}`]),
  ];
  return [
    "",
    ...heading(sheet, "package", `${visible(name)} ${visible(version)}`.trim()),
    ...wrap(sheet, "  ", words, " · "),
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
