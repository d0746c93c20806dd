import { valid } from "semver";
import { acquire } from "./acquire/acquire.ts";
import type { Acquired, AcquireOptions } from "./acquire/acquired.ts";
import { DEFAULT_PLATFORM, platformPackages } from "./acquire/platform.ts";
import { classify } from "./classify/classify.ts";
import { credentialShapes, shapeOf } from "./classify/credentials.ts";
import { endpointNamed, explanationOf, placesIn } from "./classify/explanation.ts";
import { readArtifact } from "./container/archive.ts";
import type { ReadLimits } from "./container/limits.ts";
import { addOriginalPlaces } from "./container/original-places.ts";
import { inlineMap } from "./container/source-map.ts";
import { ExtractorError } from "./errors.ts";
import { findBinaryStrings } from "./find/binary-strings.ts";
import type { Locate } from "./find/evidence.ts";
import { explainRequests } from "./find/explain.ts";
import { find } from "./find/find.ts";
import { link } from "./ir/link.ts";
import type { Program } from "./ir/program.ts";
import type { Unit } from "./ir/unit.ts";
import { KeptReport } from "./kept-reports.ts";
import type { Artifact } from "./model/artifact.ts";
import type { BinaryFile } from "./model/binary-string.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Findings } from "./model/finding.ts";
import type { Evidence, Report, Stats } from "./model/report.ts";
import type { Signatures } from "./model/signature.ts";
import type { SourceMapFile } from "./model/source-file.ts";
import { loadSignatures } from "./signatures.ts";
import { LineIndex } from "./syntax/positions.ts";
import { unitsOf } from "./syntax/units.ts";

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
  const { report, program } = known ? { report: known, program: link(source.units) } : await analyse(source, options);
  const endpoint = endpointNamed(report, wanted);
  const { signatures, locate } = source;
  const requests = explainRequests({ program, tables: signatures.sinks, locate }, endpoint.evidence);
  const how = { shapes: credentialShapes(signatures), reveal: options.reveal };
  const explanation = explanationOf(report, endpoint, requests, how);
  await addOriginalPlaces(placesIn(explanation), source.maps, new DiagnosticLog());
  return explanation;
}

/** A spec whose bytes are at hand. */
interface Opened {
  spec: string;
  signatures: Signatures;
  acquired: Acquired;
  get: (spec: string) => Promise<Acquired>;
  /** Null where the report is neither to be kept nor to be read. */
  kept: KeptReport | null;
  log: DiagnosticLog;
}

async function open(spec: string, options: PipelineOptions): Promise<Opened> {
  const log = new DiagnosticLog();
  const signatures = await loadSignatures();
  const get = (what: string) =>
    acquire(what, {
      tools: signatures.tools,
      options: {
        ...options.cache,
        onProgress: (p) =>
          options.onProgress?.({ stage: p.step, done: "bytes" in p ? p.bytes : 0, total: null, detail: p.spec }),
      },
      log,
    });
  const acquired = await get(spec);
  const { identity, tool } = acquired;
  const { cache, onProgress: _, ...asked } = options;
  // values of credentials are printed if asked for, and never left on the disk
  const kept = options.reveal
    ? null
    : await KeptReport.of(identity.integrity, [identity, tool, asked, signatures], cache);
  return { spec, signatures, acquired, get, kept, log };
}

/** A package once it is read: all that the analysis needs, and no text. */
interface Source extends Opened {
  units: Unit[];
  native: Findings[];
  maps: SourceMapFile[];
  locate: Locate;
  count: Pick<Stats, "files" | "bytes" | "otherFiles">;
  /** No part of it was chosen by a range of versions: what that means tomorrow is unknown, so such a report isn't kept. */
  pinned: boolean;
}

async function read(opened: Opened, options: PipelineOptions): Promise<Source> {
  const { spec, acquired, get, log } = opened;
  const units: Unit[] = [];
  const binaries: BinaryFile[] = [];
  const maps: SourceMapFile[] = [];
  const limits = options.sourceMaps ? options.limits : { ...options.limits, maxMapBytes: 0 };
  const lines = new Map<string, LineIndex>();
  const count = { files: 0, bytes: 0, otherFiles: 0 };
  let manifest: string | null = null;
  // a binary speaks for the tool only where it is the tool, not a helper beside a bundle
  const wanted = () => count.bytes < WRAPPER_BYTES;
  const take = async (artifact: Artifact) => {
    for await (const file of readArtifact(artifact, { log, limits, wanted })) {
      if ("strings" in file) binaries.push(file);
      if ("map" in file && options.sourceMaps) maps.push(file);
      if (!("text" in file)) {
        count.otherFiles++;
        continue;
      }
      if (file.path === "package.json") manifest ??= file.text;
      if (file.path.endsWith(".json")) continue;
      count.files++;
      count.bytes += file.bytes;
      options.onProgress?.({ stage: "read", done: count.bytes, total: null, detail: file.path });
      const inline = options.sourceMaps ? inlineMap(file) : null;
      if (inline !== null) maps.push(inline);
      lines.set(file.path, new LineIndex(file.text));
      units.push(...unitsOf(file, log));
    }
  };
  await take(acquired.artifact);
  let pinned = true;
  if (manifest !== null && wanted()) {
    for (const { spec: platform } of platformPackages(manifest, DEFAULT_PLATFORM)) {
      pinned &&= valid(platform.slice(platform.lastIndexOf("@") + 1)) !== null;
      await take((await get(platform)).artifact);
    }
  }
  const native = wanted() ? binaries.map(findBinaryStrings) : [];
  if (units.length === 0 && native.length === 0) {
    throw new ExtractorError("no-javascript", `${spec} holds no JavaScript that can be read`, {
      hint: "Give a package, folder or file with JavaScript in it.",
    });
  }

  const locate: Locate = (file, offset) => lines.get(file)!.at(offset);
  return { ...opened, units, native, maps, locate, count, pinned };
}

async function analyse(source: Source, options: PipelineOptions): Promise<{ report: Report; program: Program }> {
  const { signatures, acquired, units, native, maps, locate, log } = source;
  options.onProgress?.({ stage: "analyse", done: 0, total: null });
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
  const sources = await addOriginalPlaces(evidenceIn(all), maps, log);
  const report = classify({
    findings: all,
    identity: acquired.identity,
    tool: acquired.tool,
    signatures,
    diagnostics: log.list(),
    stats: {
      ...source.count,
      ...(sources === null ? {} : { sources }),
      statements: sum(units, (u) => u.statements),
      calls: sum(units, (u) => u.calls.length),
      sinks,
    },
    reveal: options.reveal,
  });
  if (source.pinned) await source.kept?.write(report);
  return { report, program };
}

/** A package with less JavaScript than this is a wrapper around its platform packages. */
const WRAPPER_BYTES = 256 * 1024;

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

const evidenceIn = ({ requests, events, secrets, environment, urls, flags }: Findings): Evidence[] =>
  [requests, events, secrets, environment, urls, flags ?? []].flatMap((found) =>
    (found as { evidence: Evidence }[]).map(({ evidence }) => evidence),
  );

const sum = (units: Unit[], count: (u: Unit) => number): number => units.reduce((n, u) => n + count(u), 0);
