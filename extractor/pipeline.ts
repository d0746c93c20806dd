import { valid } from "semver";
import { acquire } from "./acquire/acquire.ts";
import type { AcquireOptions } from "./acquire/acquired.ts";
import { DEFAULT_PLATFORM, platformPackages } from "./acquire/platform.ts";
import { classify } from "./classify/classify.ts";
import { credentialShapes, shapeOf } from "./classify/credentials.ts";
import { readArtifact } from "./container/archive.ts";
import type { ReadLimits } from "./container/limits.ts";
import { addOriginalPlaces } from "./container/original-places.ts";
import { inlineMap } from "./container/source-map.ts";
import { ExtractorError } from "./errors.ts";
import { findBinaryStrings } from "./find/binary-strings.ts";
import { find } from "./find/find.ts";
import { link } from "./ir/link.ts";
import type { Unit } from "./ir/unit.ts";
import { KeptReport } from "./kept-reports.ts";
import type { Artifact } from "./model/artifact.ts";
import type { BinaryFile } from "./model/binary-string.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Findings } from "./model/finding.ts";
import type { Evidence, Report } from "./model/report.ts";
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
  const log = new DiagnosticLog();
  const report = (stage: string, done: number, detail?: string) =>
    options.onProgress?.({ stage, done, total: null, ...(detail === undefined ? {} : { detail }) });
  const signatures = await loadSignatures();
  const get = (what: string) =>
    acquire(what, {
      tools: signatures.tools,
      options: { ...options.cache, onProgress: (p) => report(p.step, "bytes" in p ? p.bytes : 0, p.spec) },
      log,
    });
  const acquired = await get(spec);
  const { identity, tool } = acquired;
  const { cache, onProgress: _, ...asked } = options;
  // values of credentials are printed if asked for, and never left on the disk
  const kept = options.reveal
    ? null
    : await KeptReport.of(identity.integrity, [identity, tool, asked, signatures], cache);
  const known = await kept?.read();
  if (known) return known;

  const units: Unit[] = [];
  const binaries: BinaryFile[] = [];
  const maps: SourceMapFile[] = [];
  const limits = options.sourceMaps ? options.limits : { ...options.limits, maxMapBytes: 0 };
  const lines = new Map<string, LineIndex>();
  const read = { files: 0, bytes: 0, otherFiles: 0 };
  let manifest: string | null = null;
  // a binary speaks for the tool only where it is the tool, not a helper beside a bundle
  const wanted = () => read.bytes < WRAPPER_BYTES;
  const take = async (artifact: Artifact) => {
    for await (const file of readArtifact(artifact, { log, limits, wanted })) {
      if ("strings" in file) binaries.push(file);
      if ("map" in file && options.sourceMaps) maps.push(file);
      if (!("text" in file)) {
        read.otherFiles++;
        continue;
      }
      if (file.path === "package.json") manifest ??= file.text;
      if (file.path.endsWith(".json")) continue;
      read.files++;
      read.bytes += file.bytes;
      report("read", read.bytes, file.path);
      const inline = options.sourceMaps ? inlineMap(file) : null;
      if (inline !== null) maps.push(inline);
      lines.set(file.path, new LineIndex(file.text));
      units.push(...unitsOf(file, log));
    }
  };
  await take(acquired.artifact);
  // what a range of versions means tomorrow is unknown, so a report that rests on one isn't kept
  let isPinned = true;
  if (manifest !== null && wanted()) {
    for (const { spec: platform } of platformPackages(manifest, DEFAULT_PLATFORM)) {
      isPinned &&= valid(platform.slice(platform.lastIndexOf("@") + 1)) !== null;
      await take((await get(platform)).artifact);
    }
  }
  const native = wanted() ? binaries.map(findBinaryStrings) : [];
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
  const sources = await addOriginalPlaces(evidenceIn(all), maps, log);
  const made = classify({
    findings: all,
    identity,
    tool,
    signatures,
    diagnostics: log.list(),
    stats: {
      ...read,
      ...(sources === null ? {} : { sources }),
      statements: sum(units, (u) => u.statements),
      calls: sum(units, (u) => u.calls.length),
      sinks,
    },
    reveal: options.reveal,
  });
  if (isPinned) await kept?.write(made);
  return made;
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
