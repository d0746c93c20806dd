import { acquire } from "./acquire/acquire.ts";
import type { AcquireContext, Acquired, AcquireOptions } from "./acquire/acquired.ts";
import { classify } from "./classify/classify.ts";
import { credentialShapes, shapeOf } from "./classify/credentials.ts";
import { endpointNamed, explanationOf, placesIn } from "./classify/explanation.ts";
import { chainOf, compareSources, onlyInSources } from "./classify/source-comparison.ts";
import { bundledPlaces } from "./container/bundled-places.ts";
import type { ReadLimits } from "./container/limits.ts";
import { madeOf, type OpenMap, openMaps } from "./container/open-maps.ts";
import { addOriginals, addOriginalsTo } from "./container/original-findings.ts";
import { ExtractorError } from "./errors.ts";
import { findBinaryStrings } from "./find/binary-strings.ts";
import type { Locate } from "./find/evidence.ts";
import { explainRequests } from "./find/explain.ts";
import { find } from "./find/find.ts";
import { sweepHeap } from "./heap.ts";
import { link } from "./ir/link.ts";
import type { Program } from "./ir/program.ts";
import { sourceResolver } from "./ir/source-resolver.ts";
import type { Unit } from "./ir/unit.ts";
import { KeptReport } from "./kept-reports.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Findings } from "./model/finding.ts";
import type { Platform } from "./model/platform.ts";
import type { Report } from "./model/report.ts";
import type { Signatures } from "./model/signature.ts";
import { type Code, listPlatforms, type Reading, readPackage, readSources } from "./reading.ts";
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
  /** What is analysed: the code that runs (if not given), the original sources that its maps hold, or both and how they differ. */
  from?: "bundle" | "sources" | "both";
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
  const known = await opened.kept?.read();
  if (known) return known;
  const source = await read(opened, options);
  reporter(options)("analyse", 0);
  const report = await reportOf(source, usedUp(source), options);
  const result = options.from === "both" ? await besideSources(report, source, options) : report;
  if (source.reading.isPinned) await opened.kept?.write(result);
  return result;
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
  reporter(options)("analyse", 0);
  const found = known ? null : findIn(source);
  const program = found?.program ?? linked(source);
  const report = known ?? (await reportOf(source, found!, options));
  const endpoint = endpointNamed(report, wanted);
  const { signatures, locate } = source;
  const requests = explainRequests({ program, tables: signatures.sinks, locate }, endpoint.evidence, endpoint.kind);
  const sent = new Set(report.credentials.filter(({ sentAs }) => sentAs !== undefined).map(({ sha256 }) => sha256));
  const how = { shapes: credentialShapes(signatures, sent), reveal: options.reveal };
  const explanation = explanationOf(report, endpoint, requests, how);
  // what is wrong with a map was said the first time
  if (options.from !== "sources")
    await addOriginalsTo(placesIn(explanation), openMaps(source.reading.maps, source.log), new DiagnosticLog());
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
  reporter(options)("open", 0);
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
  /** What is analysed. */
  code: Code;
  isOriginal: boolean;
  native: Findings[];
  locate: Locate;
}

async function read(opened: Opened, options: PipelineOptions): Promise<Source> {
  const isOriginal = options.from === "sources";
  const onFile = (bytes: number, path: string) => reporter(options)("read", bytes, path);
  const reading = await readPackage(opened.acquired, {
    acquire: opened.context,
    limits: options.limits,
    sourceMaps: options.sourceMaps,
    code: !isOriginal,
    platform: options.platform ?? null,
    onFile,
  });
  const code = isOriginal ? readSources(openMaps(reading.maps, opened.log), opened.log, onFile) : reading;
  const native = isOriginal
    ? []
    : reading.binaries.map((file) => findBinaryStrings(file, opened.acquired.identity.name, opened.log));
  if (code.units.length === 0 && native.length === 0) throw nothingToRead(opened.spec, isOriginal);
  return { ...opened, reading, code, isOriginal, native, locate: (file, offset) => code.lines.get(file)!.at(offset) };
}

function nothingToRead(spec: string, isOriginal: boolean): ExtractorError {
  if (isOriginal)
    return new ExtractorError("no-sources", `${spec} holds no source map with original sources`, {
      hint: "Leave --from out: the code that runs says what is sent.",
    });
  return new ExtractorError("no-javascript", `${spec} holds no JavaScript that can be read`, {
    hint: "Give a package, folder or file with JavaScript in it.",
  });
}

interface Found {
  findings: Findings;
  sinks: number;
  statements: number;
  calls: number;
}

const linked = ({ code, isOriginal }: Pick<Source, "code" | "isOriginal">): Program =>
  link(code.units, isOriginal ? sourceResolver : undefined);

function findIn(source: Pick<Source, "code" | "isOriginal" | "signatures" | "locate" | "log">) {
  const { code, signatures, locate, log } = source;
  const shapes = credentialShapes(signatures);
  const program = linked(source);
  const { findings, sinks } = find({
    program,
    tables: signatures.sinks,
    envelopes: signatures.envelopes,
    locate,
    isKey: (value, name) => shapeOf(value, name === null ? null : `option ${name}`, shapes) !== null,
    log,
  });
  const count = (of: (u: Unit) => number) => code.units.reduce((sum, unit) => sum + of(unit), 0);
  return { program, findings, sinks, statements: count((u) => u.statements), calls: count((u) => u.calls.length) };
}

/** The findings alone: a program is larger than a source map, which is opened next. */
function usedUp(source: Parameters<typeof findIn>[0]): Found {
  const { program: _, ...found } = findIn(source);
  source.code.units.length = 0;
  source.code.lines.clear();
  return found;
}

async function reportOf(source: Source, { findings, ...found }: Found, options: PipelineOptions): Promise<Report> {
  const { signatures, acquired, native, isOriginal, log } = source;
  const { platformPackages, maps, containers, counts } = source.reading;
  const all = joined([findings, ...native]);
  if (maps.length > 0) {
    reporter(options)("maps", 0);
    sweepHeap();
  }
  const open = openMaps(maps, isOriginal ? new DiagnosticLog() : log);
  const made = madeOf(isOriginal ? open : await addOriginals(all, open, log));
  reporter(options)("classify", 0);
  return classify({
    findings: all,
    identity: acquired.identity,
    platformPackages,
    containers,
    tool: acquired.tool,
    signatures,
    diagnostics: log.list(),
    stats: { ...counts, ...found, ...(made === null ? {} : { sources: made.stats }) },
    packages: made?.packages ?? null,
    reveal: options.reveal,
  });
}

/** The report of the code that runs, and how the original sources differ from it. */
async function besideSources(report: Report, source: Source, options: PipelineOptions): Promise<Report> {
  // what is wrong with the sources is no fault of the bundle's report
  const log = new DiagnosticLog();
  const maps: OpenMap[] = openMaps(source.reading.maps, log);
  const onFile = (bytes: number, path: string) => reporter(options)("read", bytes, path);
  const code = readSources(maps, log, onFile);
  if (code.units.length === 0) throw nothingToRead(source.spec, true);
  reporter(options)("analyse", 0);
  const locate: Locate = (file, offset) => code.lines.get(file)!.at(offset);
  const original = { ...source, code, isOriginal: true, native: [], locate, log };
  const sources = await reportOf(original, usedUp(original), options);
  const { endpoints, events } = onlyInSources(report, sources);
  const places = [...endpoints, ...events].flatMap(({ evidence }) => evidence.flatMap(chainOf));
  const isBundled = await bundledPlaces(places, maps);
  return { ...report, sources: compareSources(report, sources, isBundled) };
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
