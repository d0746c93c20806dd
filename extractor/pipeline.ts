import { acquire } from "./acquire/acquire.ts";
import type { AcquireContext, AcquireOptions } from "./acquire/acquired.ts";
import { classify } from "./classify/classify.ts";
import { credentialShapes, shapeOf } from "./classify/credentials.ts";
import type { ReadLimits } from "./container/limits.ts";
import { addOriginals } from "./container/original-findings.ts";
import { ExtractorError } from "./errors.ts";
import { findBinaryStrings } from "./find/binary-strings.ts";
import { find } from "./find/find.ts";
import { link } from "./ir/link.ts";
import type { Unit } from "./ir/unit.ts";
import { KeptReport } from "./kept-reports.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Findings } from "./model/finding.ts";
import type { Platform } from "./model/platform.ts";
import type { Report } from "./model/report.ts";
import type { Signatures } from "./model/signature.ts";
import { listPlatforms, readPackage } from "./reading.ts";
import { loadSignatures } from "./signatures.ts";

export interface Progress {
  stage: string;
  done: number;
  /** Null where nobody knows yet. */
  total: number | null;
  detail?: string;
}

export interface PipelineOptions {
  sourceMaps: boolean;
  reveal: boolean;
  cache: Omit<AcquireOptions, "onProgress">;
  /** Those not given keep their defaults. */
  limits: Partial<ReadLimits>;
  /** Of a package that has one for each platform; without it linux-x64, or the first there is. */
  platform?: Platform;
  onProgress?: (progress: Progress) => void;
}

/**
 * Spec -> report: every stage in order.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function extract(spec: string, options: PipelineOptions): Promise<Report> {
  const log = new DiagnosticLog();
  const report = reporter(options);
  const signatures = await loadSignatures();
  const context = acquireContext(signatures, options, log);
  const acquired = await acquire(spec, context);
  const { identity, tool } = acquired;
  const { cache, onProgress: _, ...asked } = options;
  // values of credentials are printed if asked for, and never left on the disk
  const kept = options.reveal
    ? null
    : await KeptReport.of(identity.integrity, [identity, tool, asked, signatures], cache);
  const known = await kept?.read();
  if (known) return known;

  const { platformPackages, isPinned, units, binaries, maps, containers, lines, counts } = await readPackage(acquired, {
    acquire: context,
    limits: options.limits,
    sourceMaps: options.sourceMaps,
    platform: options.platform ?? null,
    onFile: (bytes, path) => report("read", bytes, path),
  });
  const native = binaries.map(findBinaryStrings);
  if (units.length === 0 && native.length === 0) {
    throw new ExtractorError("no-javascript", `${spec} holds no JavaScript that can be read`, {
      hint: "Give a package, folder or file with JavaScript in it.",
    });
  }

  report("analyse", 0);
  const shapes = credentialShapes(signatures);
  const { findings, sinks } = find({
    program: link(units),
    tables: signatures.sinks,
    envelopes: signatures.envelopes,
    locate: (file, offset) => lines.get(file)!.at(offset),
    isKey: (value, name) => shapeOf(value, name === null ? null : `option ${name}`, shapes) !== null,
    log,
  });
  const all = joined([findings, ...native]);
  const sources = await addOriginals(all, maps, log);
  const made = classify({
    findings: all,
    identity,
    platformPackages,
    containers,
    tool,
    signatures,
    diagnostics: log.list(),
    stats: {
      ...counts,
      ...(sources === null ? {} : { sources: sources.stats }),
      statements: sum(units, (u) => u.statements),
      calls: sum(units, (u) => u.calls.length),
      sinks,
    },
    packages: sources?.packages ?? null,
    reveal: options.reveal,
  });
  if (isPinned) await kept?.write(made);
  return made;
}

/**
 * The platforms a package has packages for; empty where it is the same everywhere.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function platformsOf(spec: string, options: PipelineOptions): Promise<Platform[]> {
  const context = acquireContext(await loadSignatures(), options, new DiagnosticLog());
  return listPlatforms(spec, { acquire: context, limits: options.limits });
}

type Reporter = (stage: string, done: number, detail?: string) => void;

const reporter =
  ({ onProgress }: PipelineOptions): Reporter =>
  (stage, done, detail) =>
    onProgress?.({ stage, done, total: null, ...(detail === undefined ? {} : { detail }) });

function acquireContext({ tools }: Signatures, options: PipelineOptions, log: DiagnosticLog): AcquireContext {
  const report = reporter(options);
  const onProgress: AcquireOptions["onProgress"] = (p) => report(p.step, "bytes" in p ? p.bytes : 0, p.spec);
  return { tools, options: { ...options.cache, onProgress }, log };
}

function joined(all: Findings[]): Findings {
  const [first, ...rest] = all;
  if (rest.length === 0) return first!;
  const lists = <K extends keyof Findings>(key: K) =>
    all.flatMap((f) => (f[key] ?? []) as unknown[]) as NonNullable<Findings[K]>;
  return {
    ...first!,
    requests: lists("requests"),
    events: lists("events"),
    secrets: lists("secrets"),
    environment: lists("environment"),
    urls: lists("urls"),
  };
}

const sum = (units: Unit[], count: (u: Unit) => number): number => units.reduce((n, u) => n + count(u), 0);
