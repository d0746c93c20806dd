import type { Acquired } from "./acquire/acquired.ts";
import { isModelPath } from "./classify/channel.ts";
import { classify } from "./classify/classify.ts";
import { credentialShapes, isKeyLiteral } from "./classify/credentials.ts";
import { endpointNamed, explanationOf, placesIn } from "./classify/explanation.ts";
import { chainOf, compareSources, onlyInSources } from "./classify/source-comparison.ts";
import type { ReadLimits } from "./container/limits.ts";
import { bundledPlaces } from "./container/source-maps/bundled-places.ts";
import { type OpenMap, openMaps, sourcesMadeOf } from "./container/source-maps/open-maps.ts";
import { addOriginals, addOriginalsTo } from "./container/source-maps/original-findings.ts";
import { ExtractorError } from "./errors.ts";
import type { Locate } from "./find/calls/evidence.ts";
import { find } from "./find/find.ts";
import { findBinaryStrings, type KnownNames } from "./find/native/native-findings.ts";
import { explainRequests } from "./find/requests/explain.ts";
import { importResolver } from "./ir/import-resolver.ts";
import { link } from "./ir/link.ts";
import type { Program } from "./ir/program.ts";
import { sourceResolver } from "./ir/source-resolver.ts";
import type { Unit } from "./ir/unit.ts";
import { type Diagnostic, DiagnosticLog, isPartial } from "./model/diagnostic.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Findings } from "./model/finding.ts";
import type { Platform } from "./model/platform.ts";
import type { Progress } from "./model/progress.ts";
import type { Report } from "./model/report.ts";
import type { Signatures } from "./model/signatures/signature.ts";
import { DEFAULT_SECONDS, TimeLimit } from "./model/time-limit.ts";
import { callsOfPackages, dependenciesOf, knownPackages } from "./outside-calls.ts";
import { type AcquireBeside, type AskBuiltFor, type Code, type Reading, readPackage, readSources } from "./reading.ts";
import { sweepHeap } from "./runtime/heap.ts";
import { nameScopes } from "./scopes.ts";

export interface AnalysisOptions {
  sourceMaps: boolean;
  reveal: boolean;
  /** Those not given keep their defaults. */
  limits: Partial<ReadLimits>;
  /**
   * What is analysed: the code that runs (if not given), the original sources that its maps hold, or both and how
   * they differ.
   */
  from?: "bundle" | "sources" | "both";
  /** Of a package that has one for each platform; without it linux-x64, or the first there is. */
  platform?: Platform;
  /**
   * True: the packages that the code leads into and that it does not hold are read as well, as far as the bounds
   * allow.
   */
  withDependencies?: boolean;
  /** What reading and analysing may take; the report then holds what is known by that time. Default: ten minutes. */
  maxSeconds?: number;
  onProgress?: (progress: Progress) => void;
}

/** What reading may take of the time. */
const READING = 0.6;

/** A spec whose bytes are at hand. */
export interface Opened {
  spec: string;
  signatures: Signatures;
  acquire: AcquireBeside;
  builtFor: AskBuiltFor;
  acquired: Acquired;
  log: DiagnosticLog;
}

/**
 * Bytes -> report.
 * @returns isPinned: tomorrow the same spec means the same code
 * @throws ExtractorError for what the person who asked can mend
 */
export async function analyse(
  opened: Opened,
  options: AnalysisOptions,
): Promise<{ report: Report; isPinned: boolean }> {
  const source = await read(opened, options);
  stageOf(options)("analyse", 0);
  const report = await reportOf(source, usedUp(source, options), options);
  const whole = options.from === "both" ? await besideSources(report, source, options) : report;
  return { report: whole, isPinned: source.reading.isPinned };
}

/** The report where reading and analysing came to no end: what was read, and why nothing is known of it. */
export function reportOfNothing(opened: Opened, why: "time-spent" | "memory-spent"): Report {
  const { acquired, signatures, log } = opened;
  log.add(why, "nothing was found before it: the package was not analysed");
  return classify({
    findings: { requests: [], events: [], secrets: [], environment: [], urls: [] },
    identity: acquired.identity,
    platformPackages: [],
    dependencies: [],
    wrapper: null,
    containers: [],
    tool: acquired.tool,
    signatures,
    diagnostics: log.list(),
    stats: { files: 0, bytes: 0, otherFiles: 0, statements: 0, calls: 0, sinks: 0 },
    packages: null,
    reveal: false,
  });
}

/**
 * How the URL of an endpoint came about: the report, then a second look at the calls that send to that endpoint.
 * @param known its report, if there is one
 * @param wanted its id, or a text that only its `METHOD URL` has
 * @throws ExtractorError for what the person who asked can mend
 */
export async function explainIn(
  opened: Opened,
  known: Report | null,
  wanted: string,
  options: AnalysisOptions,
): Promise<Explanation> {
  const source = await read(opened, options, true);
  stageOf(options)("analyse", 0);
  const found = known ? null : findIn(source, options);
  const program = found?.program ?? linked(source);
  const report = known ?? (await reportOf(source, found!, options));
  const endpoint = endpointNamed(report, wanted);
  const { signatures, locate } = source;
  const requests = explainRequests({ program, tables: signatures.sinks, locate }, endpoint.evidence, endpoint.kind);
  const sent = new Set(report.credentials.filter(({ sentAs }) => sentAs !== undefined).map(({ sha256 }) => sha256));
  const how = { shapes: credentialShapes(signatures, sent), reveal: options.reveal };
  const explanation = explanationOf(report, endpoint, requests, how);
  const places = placesIn(explanation);
  const maps = openMaps(source.reading.maps, source.log);
  // what is wrong with a map was said the first time
  if (options.from !== "sources") await addOriginalsTo(places, maps, new DiagnosticLog());
  nameScopes(places, source.reading.beside, maps);
  return explanation;
}

/** A package once it is read: all that the analysis needs. */
interface Source extends Opened {
  reading: Reading;
  /** What is analysed. */
  code: Code;
  isOriginal: boolean;
  native: Findings[];
  time: TimeLimit;
  locate: Locate;
}

async function read(opened: Opened, options: AnalysisOptions, keepsTexts = false): Promise<Source> {
  const isOriginal = options.from === "sources";
  stageOf(options)("read", 0);
  const onFile = fileOf(options);
  const milliseconds = (options.maxSeconds ?? DEFAULT_SECONDS) * 1000;
  const time = new TimeLimit(milliseconds);
  const reading = await readPackage(opened.acquired, {
    acquire: opened.acquire,
    builtFor: opened.builtFor,
    log: opened.log,
    time: new TimeLimit(milliseconds * READING),
    limits: options.limits,
    sourceMaps: options.sourceMaps,
    code: !isOriginal,
    keepsTexts,
    platform: options.platform ?? null,
    dependencies: options.withDependencies === true ? { isKnown: knownPackages(opened.signatures.sinks) } : null,
    onFile,
  });
  const code = isOriginal
    ? readSources(openMaps(reading.maps, opened.log), opened.log, onFile, reading.beside)
    : reading;
  const native = isOriginal
    ? []
    : reading.binaries.map((file) => findBinaryStrings(file, knownNames(opened), opened.log));
  if (code.units.length === 0 && native.length === 0 && !isPartial({ diagnostics: opened.log.list() }))
    throw nothingToRead(opened.spec, isOriginal, opened.log.list());
  return { ...opened, reading, code, isOriginal, native, time, locate: locateIn(code) };
}

const knownNames = ({ acquired, signatures }: Opened): KnownNames => ({
  program: acquired.identity.name,
  isPath: (path) => isModelPath(path, signatures),
});

function nothingToRead(spec: string, isOriginal: boolean, why: readonly Diagnostic[]): ExtractorError {
  if (isOriginal)
    return new ExtractorError("no-sources", `${spec} holds no source map with original sources`, {
      hint: "Leave --from out: the code that runs says what is sent.",
    });
  const reasons = why.map(({ kind, detail }) => `: ${kind.replaceAll("-", " ")}, ${detail}`);
  return new ExtractorError("no-javascript", `${spec} holds no JavaScript that can be read${reasons[0] ?? ""}`, {
    hint: "Give a package, folder or file with JavaScript in it.",
  });
}

interface Found {
  findings: Findings;
  sinks: number;
  statements: number;
  calls: number;
  /** Calls of packages that the program does not hold, by name. */
  outside: Map<string, number>;
}

const linked = ({ code, isOriginal }: Pick<Source, "code" | "isOriginal">): Program =>
  link(code.units, isOriginal ? sourceResolver : (files) => importResolver(files, code.manifests));

type Analysed = Omit<Source, keyof Opened> & Pick<Opened, "signatures" | "log">;

function findIn(source: Analysed, { onProgress }: AnalysisOptions) {
  const { code, signatures, locate, log, time } = source;
  const shapes = credentialShapes(signatures);
  const program = linked(source);
  const outside = callsOfPackages(program, source.reading.dependencies);
  const { findings, sinks } = find({
    program,
    tables: signatures.sinks,
    envelopes: signatures.envelopes,
    locate,
    isKey: (value, name) => isKeyLiteral(value, name, shapes),
    log,
    time,
    ...(onProgress && {
      onPass: (detail: string, done: number, total: number) => onProgress({ stage: "analyse", done, total, detail }),
    }),
  });
  const count = (of: (u: Unit) => number) => code.units.reduce((sum, unit) => sum + of(unit), 0);
  return {
    program,
    findings,
    sinks,
    outside,
    statements: count((u) => u.statements),
    calls: count((u) => u.calls.length),
  };
}

/** The findings alone: a program is larger than a source map, which is opened next. */
function usedUp(source: Analysed, options: AnalysisOptions): Found {
  const { program: _, ...found } = findIn(source, options);
  source.code.units.length = 0;
  source.code.lines.clear();
  return found;
}

async function reportOf(source: Source, found: Found, options: AnalysisOptions): Promise<Report> {
  const { findings, sinks, statements, calls, outside } = found;
  const { signatures, acquired, native, isOriginal, log } = source;
  const { platformPackages, maps, containers, counts } = source.reading;
  const dependencies = isOriginal ? [] : dependenciesOf(outside, source.reading, knownPackages(signatures.sinks), log);
  const all = joined([findings, ...native]);
  if (maps.length > 0) {
    stageOf(options)("maps", 0);
    sweepHeap();
  }
  const open = openMaps(maps, isOriginal ? new DiagnosticLog() : log);
  const made = sourcesMadeOf(isOriginal ? open : await addOriginals(all, open, log));
  stageOf(options)("classify", 0);
  return classify({
    findings: all,
    identity: acquired.identity,
    platformPackages,
    dependencies,
    wrapper: isOriginal ? null : source.reading.wrapper,
    containers,
    tool: acquired.tool,
    signatures,
    diagnostics: log.list(),
    stats: { ...counts, sinks, statements, calls, ...(made === null ? {} : { sources: made.stats }) },
    packages: made?.packages ?? null,
    reveal: options.reveal,
  });
}

/** The report of the code that runs, and how the original sources differ from it. */
async function besideSources(report: Report, source: Source, options: AnalysisOptions): Promise<Report> {
  // what is wrong with the sources is no fault of the bundle's report
  const log = new DiagnosticLog();
  const maps: OpenMap[] = openMaps(source.reading.maps, log);
  const code = readSources(maps, log, fileOf(options));
  if (code.units.length === 0) throw nothingToRead(source.spec, true, log.list());
  stageOf(options)("analyse", 0);
  const original = { ...source, code, isOriginal: true, native: [], locate: locateIn(code), log };
  const sources = await reportOf(original, usedUp(original, options), options);
  const { endpoints, events } = onlyInSources(report, sources);
  const places = [...endpoints, ...events].flatMap(({ evidence }) => evidence.flatMap(chainOf));
  const isBundled = await bundledPlaces(places, maps);
  return { ...report, sources: compareSources(report, sources, isBundled) };
}

const locateIn =
  ({ lines }: Code): Locate =>
  (file, offset) =>
    lines.get(file)!.at(offset);

type Reporter = (stage: string, done: number, detail?: string) => void;

/** Says which stage the work is at. */
const stageOf =
  ({ onProgress }: AnalysisOptions): Reporter =>
  (stage, done, detail) =>
    onProgress?.({ stage, done, total: null, ...(detail === undefined ? {} : { detail }) });

/** Says which file is read, and how much has been. */
const fileOf =
  (options: AnalysisOptions) =>
  (bytes: number, path: string): void =>
    stageOf(options)("read", bytes, path);

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
