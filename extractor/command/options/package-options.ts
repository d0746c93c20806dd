import { type Command, InvalidArgumentError, Option } from "commander";
import { parsedUrl } from "../../model/parsed-url.ts";
import { PLATFORMS, type Platform } from "../../model/platform.ts";
import type { PipelineOptions } from "../../pipeline.ts";

/** How commander hands over what declarePackageOptions declared. */
export interface PackageOptions extends SupplyOptions {
  sourceMaps: boolean;
  from: NonNullable<PipelineOptions["from"]>;
  reveal?: boolean;
  before?: string;
  maxEntries?: number;
  maxBytes?: number;
  maxTime?: number;
  platform?: Platform | "all";
  withDependencies?: boolean;
}

export interface SupplyOptions {
  cache: boolean;
  cacheDir?: string;
  offline?: boolean;
  registry?: string;
}

/** Options every verb has that reads a package. */
export function declarePackageOptions(command: Command): Command {
  declareAnalysisOptions(command, [...PLATFORMS, "all"])
    .option("--before <date>", "of a name, tag or range the last version published before this day (UTC)", day)
    .option("--reveal", "whole values of baked-in credentials instead of prefix and hash");
  return declareTimeOption(declareSupplyOptions(command))
    .option("--max-entries <number>", "refuse archives with more entries", positiveInteger)
    .option("--max-bytes <size>", "refuse archives that unpack to more, such as 500MB or 2GiB", byteSize);
}

/** What is read, and how: that which a report depends on. */
export function declareAnalysisOptions(command: Command, platforms: readonly string[]): Command {
  const all = platforms.includes("all") ? "; all: what differs between them" : "";
  return command
    .addOption(
      new Option(
        "--platform <name>",
        `of packages with a program for each platform (linux-x64 where there is one)${all}`,
      ).choices(platforms),
    )
    .addOption(
      new Option(
        "--from <what>",
        "what is analysed: the code that runs, the original sources in its maps, or both and how they differ (twice the time)",
      )
        .choices(["bundle", "sources", "both"])
        .default("bundle"),
    )
    .option(
      "--with-dependencies",
      "read the packages as well that the code leads into and that are not in the package (slower; tens of packages)",
    )
    .option("--no-source-maps", "ignore source maps inside the package");
}

/** Where packages come from. */
export function declareSupplyOptions(command: Command): Command {
  return command
    .option("--cache-dir <folder>", "where tarballs and results are kept")
    .option("--no-cache", "read and keep nothing in the cache")
    .option("--offline", "never ask the network: only what the cache or the disk holds")
    .option("--registry <url>", "npm registry to use instead of the one your npm configuration names", registryUrl);
}

/** How long an analysis may take. */
export function declareTimeOption(command: Command): Command {
  return command.option(
    "--max-time <time>",
    "after so long, such as 90s, 10min or 1h, a report of what is known by then (10min)",
    seconds,
  );
}

export function pipelineOptions(options: PackageOptions): PipelineOptions {
  return {
    ...(options.platform === undefined || options.platform === "all" ? {} : { platform: options.platform }),
    ...(options.maxTime === undefined ? {} : { maxSeconds: options.maxTime }),
    ...(options.withDependencies === true ? { withDependencies: true } : {}),
    sourceMaps: options.sourceMaps,
    from: options.from,
    reveal: options.reveal === true,
    cache: {
      ...supplyOf(options),
      ...(options.before === undefined ? {} : { before: options.before }),
    },
    limits: {
      ...(options.maxEntries === undefined ? {} : { maxEntries: options.maxEntries }),
      ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    },
  };
}

/** As the part that gets packages wants it. */
export const supplyOf = ({ cache, offline, cacheDir, registry }: SupplyOptions) => ({
  cache,
  offline: offline === true,
  ...(cacheDir === undefined ? {} : { cacheDir }),
  ...(registry === undefined ? {} : { registry }),
});

function registryUrl(text: string): string {
  const parsed = parsedUrl(text);
  if (parsed?.protocol === "https:" || parsed?.protocol === "http:") return text;
  throw new InvalidArgumentError("Expected an http or https URL.");
}

/** A day, or a time of it as ISO 8601 writes it. */
function day(text: string): string {
  const [, date] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.exec(text) ?? [];
  if (date !== undefined && !Number.isNaN(Date.parse(text)) && isInCalendar(date)) return text;
  throw new InvalidArgumentError("Expected a day such as 2026-06-30, or a time such as 2026-06-30T12:00Z.");
}

/** JavaScript takes the 31st of June for the 1st of July. */
const isInCalendar = (date: string): boolean => new Date(`${date}T00:00Z`).toISOString().startsWith(date);

export function positiveInteger(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("Expected a whole number above 0.");
}

const SECONDS: Record<string, number> = { s: 1, min: 60, m: 60, h: 3600 };

/** A bare number is seconds. */
function seconds(text: string): number {
  const [, digits, unit = "s"] = /^(\d+(?:\.\d+)?)(s|min|m|h)?$/i.exec(text) ?? [];
  const value = Number(digits) * SECONDS[unit.toLowerCase()]!;
  if (value > 0 && value <= MAX_SECONDS) return value;
  throw new InvalidArgumentError("Expected seconds, or a number with s, min or h, up to 24h.");
}

/** A timer waits no longer than 24 days. */
const MAX_SECONDS = 24 * 3600;

const POWER: Record<string, number> = { "": 0, k: 1, m: 2, g: 3 };

/** `500MB` and `500M` are powers of 1000, `500MiB` of 1024, a bare number is bytes. */
export function byteSize(text: string): number {
  const [, digits, unit = "", binary] = /^(\d+)(?:([kmg])?(i)?b?)?$/i.exec(text) ?? [];
  const value = Number(digits) * (binary ? 1024 : 1000) ** POWER[unit.toLowerCase()]!;
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("Expected bytes, or a number with kB, MB, GB, KiB, MiB or GiB.");
}
