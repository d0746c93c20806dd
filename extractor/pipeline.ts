import { acquire } from "./acquire/acquire.ts";
import type { AcquireContext, Acquired, AcquireOptions } from "./acquire/acquired.ts";
import { classify } from "./classify/classify.ts";
import { credentialShapes, shapeOf } from "./classify/credentials.ts";
import { endpointNamed, explanationOf, placesIn } from "./classify/explanation.ts";
import type { ReadLimits } from "./container/limits.ts";
import { addOriginals, addOriginalsTo } from "./container/original-findings.ts";
import { ExtractorError } from "./errors.ts";
import { findBinaryStrings } from "./find/binary-strings.ts";
import type { Locate } from "./find/evidence.ts";
import { explainRequests } from "./find/explain.ts";
import { find } from "./find/find.ts";
import { link } from "./ir/link.ts";
import type { Program } from "./ir/program.ts";
import type { Unit } from "./ir/unit.ts";
import { KeptReport } from "./kept-reports.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Findings } from "./model/finding.ts";
import type { Platform } from "./model/platform.ts";
import type { Report } from "./model/report.ts";
import type { Signatures } from "./model/signature.ts";
import { listPlatforms, type Reading, readPackage } from "./reading.ts";
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
  const opened = await open(spec, options);
  return (await opened.kept?.read()) ?? (await analyse(await read(opened, options), options)).report;
}

/**
 * Spec and endpoint -> how its URL came about: the report, then a second look at the calls that send to that endpoint.
 * @param wanted its id, or a text that only its `METHOD URL` has
 * @throws ExtractorError for what the person who asked can mend
 */
export async function explain(spec: string, wanted: string, options: PipelineOptions): Promise<Explanation> {
  const opened = await open(spec, options);
  const known = await opened.kept?.read();
  const source = await read(opened, options);
  const { report, program } = known
    ? { report: known, program: link(source.reading.units) }
    : await analyse(source, options);
  const endpoint = endpointNamed(report, wanted);
  const { signatures, locate } = source;
  const requests = explainRequests({ program, tables: signatures.sinks, locate }, endpoint.evidence, endpoint.kind);
  const sent = new Set(report.credentials.filter(({ sentAs }) => sentAs !== undefined).map(({ sha256 }) => sha256));
  const how = { shapes: credentialShapes(signatures, sent), reveal: options.reveal };
  const explanation = explanationOf(report, endpoint, requests, how);
  // what is wrong with a map was said the first time
  await addOriginalsTo(placesIn(explanation), source.reading.maps, new DiagnosticLog());
  return explanation;
}

/** A spec whose bytes are at hand. */
interface Opened {
  spec: string;
  signatures: Signatures;
  context: AcquireContext;
  acquired: Acquired;
  /** Null where the report is neither to be kept nor to be read. */
  kept: KeptReport | null;
  log: DiagnosticLog;
}

async function open(spec: string, options: PipelineOptions): Promise<Opened> {
  const log = new DiagnosticLog();
  const signatures = await loadSignatures();
  const context = acquireContext(signatures, options, log);
  const acquired = await acquire(spec, context);
  const { identity, tool } = acquired;
  const { cache, onProgress: _, ...asked } = options;
  // values of credentials are printed if asked for, and never left on the disk
  const kept = options.reveal
    ? null
    : await KeptReport.of(identity.integrity, [identity, tool, asked, signatures], cache);
  return { spec, signatures, context, acquired, kept, log };
}

/** A package once it is read: all that the analysis needs. */
interface Source extends Opened {
  reading: Reading;
  native: Findings[];
  locate: Locate;
}

async function read(opened: Opened, options: PipelineOptions): Promise<Source> {
  const reading = await readPackage(opened.acquired, {
    acquire: opened.context,
    limits: options.limits,
    sourceMaps: options.sourceMaps,
    platform: options.platform ?? null,
    onFile: (bytes, path) => reporter(options)("read", bytes, path),
  });
  const native = reading.binaries.map(findBinaryStrings);
  if (reading.units.length === 0 && native.length === 0) {
    throw new ExtractorError("no-javascript", `${opened.spec} holds no JavaScript that can be read`, {
      hint: "Give a package, folder or file with JavaScript in it.",
    });
  }
  return { ...opened, reading, native, locate: (file, offset) => reading.lines.get(file)!.at(offset) };
}

async function analyse(source: Source, options: PipelineOptions): Promise<{ report: Report; program: Program }> {
  const { signatures, acquired, native, locate, kept, log } = source;
  const { platformPackages, isPinned, units, maps, containers, counts } = source.reading;
  reporter(options)("analyse", 0);
  const shapes = credentialShapes(signatures);
  const program = link(units);
  const { findings, sinks } = find({
    program,
    tables: signatures.sinks,
    envelopes: signatures.envelopes,
    locate,
    isKey: (value, name) => shapeOf(value, name === null ? null : `option ${name}`, shapes) !== null,
    log,
  });
  const all = joined([findings, ...native]);
  const sources = await addOriginals(all, maps, log);
  const report = classify({
    findings: all,
    identity: acquired.identity,
    platformPackages,
    containers,
    tool: acquired.tool,
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
  if (isPinned) await kept?.write(report);
  return { report, program };
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
