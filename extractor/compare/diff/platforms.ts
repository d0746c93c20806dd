import { DiagnosticLog } from "../../model/diagnostic.ts";
import { hostNames } from "../../model/host.ts";
import type { Platform } from "../../model/platform.ts";
import type { Report } from "../../model/report.ts";
import { byText } from "./changes.ts";

interface Found {
  platforms?: Platform[];
}

type Merge = <T extends Found>(list: (report: Report) => readonly T[] | undefined, key: (item: T) => string) => T[];

/**
 * One report about a package's programs for several platforms. A finding that some of them lack names those that have
 * it in
 * `platforms`; all else about it is as in the first that has it. Platforms whose program wasn't read lack nothing.
 * Sizes and counts of code are those of the first platform.
 * @param reports at least one
 * @param unread why there is no report about the others
 */
export function acrossPlatforms(
  reports: ReadonlyMap<Platform, Report>,
  unread: ReadonlyMap<Platform, { message: string }> = new Map(),
): Report {
  const all = [...reports.values()];
  const [first] = all;
  if (first === undefined) throw new RangeError("no report to merge");
  const isRead = ({ platformPackages = [] }: Report) =>
    platformPackages.some(({ platform, files }) => platform !== null && files > 0);
  const merge = mergeOf(reports, all.filter(isRead).length);
  const endpoints = merge(
    (report) => report.endpoints,
    ({ id }) => id,
  ).sort(byText(({ url, method, id }) => [url, method, id].join("\0")));
  const named = <T extends Found & { name: string }>(list: (report: Report) => readonly T[] | undefined) =>
    merge(list, ({ name }) => name).sort(byText(({ name }) => name));
  const events = named((report) => report.events);
  const live = new Set(endpoints.map(({ id }) => id));
  const dead = unique(
    all.flatMap((report) => report.dead ?? []),
    ({ id }) => id,
  ).filter(({ id }) => !live.has(id));
  const cuts = unique(
    all.flatMap((report) => report.cuts ?? []),
    ({ evidence: { file, line, column } }) => `${file}:${line}:${column}`,
  );
  const { dead: _, cuts: _cuts, ...report } = first;
  return {
    ...report,
    platformPackages: unique(
      all.flatMap(({ platformPackages }) => platformPackages ?? []),
      ({ folder }) => folder,
    ),
    containers: unique(
      all.flatMap(({ containers }) => containers ?? []),
      ({ path }) => path,
    ),
    endpoints,
    ...(dead.length > 0 ? { dead } : {}),
    events,
    pipelines: unique(
      all.flatMap(({ pipelines }) => pipelines ?? []),
      ({ endpoint }) => endpoint,
    ),
    flags: named((report) => report.flags),
    credentials: merge(
      (report) => report.credentials,
      ({ sha256, kind }) => `${kind} ${sha256}`,
    ),
    environment: named((report) => report.environment),
    references: merge(
      (report) => report.references,
      ({ url }) => url,
    ).sort(byText(({ url }) => url)),
    ...(cuts.length > 0 ? { cuts } : {}),
    diagnostics: togetherOf(all, unread),
    stats: { ...first.stats, endpoints: endpoints.length, hosts: hostNames(endpoints).length, events: events.length },
  };
}

function mergeOf(reports: ReadonlyMap<Platform, Report>, read: number): Merge {
  return <T extends Found>(list: (report: Report) => readonly T[] | undefined, key: (item: T) => string) => {
    const found = new Map<string, { item: T; platforms: Platform[] }>();
    for (const [platform, report] of reports)
      for (const item of list(report) ?? []) {
        const known = found.get(key(item)) ?? { item, platforms: [] };
        known.platforms.push(platform);
        found.set(key(item), known);
      }
    return [...found.values()].map(({ item, platforms }) => (platforms.length >= read ? item : { ...item, platforms }));
  };
}

const unique = <T>(items: readonly T[], key: (item: T) => string): T[] => {
  const byKey = new Map<string, T>();
  for (const item of items) if (!byKey.has(key(item))) byKey.set(key(item), item);
  return [...byKey.values()];
};

function togetherOf(
  reports: readonly Report[],
  unread: ReadonlyMap<Platform, { message: string }>,
): Report["diagnostics"] {
  const log = new DiagnosticLog();
  for (const [platform, { message }] of unread) log.add("platform-unread", `${platform}: ${message}`);
  for (const { diagnostics } of reports)
    for (const { kind, detail, count } of diagnostics) log.add(kind, detail, count);
  return log.list();
}
