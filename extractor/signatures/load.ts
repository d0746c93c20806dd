import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ExtractorError } from "../errors.ts";
import type { AnswerSet } from "../model/signatures/live-signature.ts";
import type { Signatures } from "../model/signatures/signature.ts";
import type { SignatureFile } from "./parse.ts";

/** signatures/ of this package: the same place from extractor/ and from dist/. */
export const SHIPPED_SIGNATURES = new URL("../../signatures/", import.meta.url);
/** Written by the build. Absent when running from source. */
export const SIGNATURE_SNAPSHOT = new URL("./signatures.json", import.meta.url);

const FILES = [
  "envelopes.yaml",
  "generic.yaml",
  "references.yaml",
  "senders.yaml",
  "shared-hosts.yaml",
  "taxonomy.yaml",
];
const FOLDERS = ["answers", "sandboxes", "sinks", "tools", "vendors"];

/** The result of a validated reading, valid as long as the files' hash is the same. */
export interface SignatureSnapshot {
  hash: string;
  signatures: Signatures;
}

/** Of this process, by hash: without a snapshot, each of many packages would pay for a reading of its own. */
const parsedBefore = new Map<string, Promise<Signatures>>();

/**
 * Reads signatures/ (the package's own, or the folder given, with a trailing slash). Parsing and validating YAML
 * costs more than the rest of a start, so the build keeps the result beside the code; it counts only while the hash
 * of the YAML files is the same.
 * @throws ExtractorError "bad-signature", naming file and JSON pointer
 */
export async function loadSignatures(dir = SHIPPED_SIGNATURES, snapshot = SIGNATURE_SNAPSHOT): Promise<Signatures> {
  const files = await readSignatureFiles(dir);
  const hash = hashOf(files);
  const kept = await readSnapshot(snapshot);
  if (kept?.hash === hash) return kept.signatures;
  const parsed = parsedBefore.get(hash) ?? parse(files);
  parsedBefore.set(hash, parsed);
  return parsed;
}

/** Digest of all the files that make signatures. */
export const signaturesDigest = async (): Promise<string> => hashOf(await readSignatureFiles(SHIPPED_SIGNATURES));

/** What the build keeps. Takes no short cut itself. */
export async function takeSnapshot(): Promise<SignatureSnapshot> {
  const files = await readSignatureFiles(SHIPPED_SIGNATURES);
  return { hash: hashOf(files), signatures: await parse(files) };
}

/** Loaded on demand: the YAML and schema libraries are most of the cost. */
async function parse(files: SignatureFile[]): Promise<Signatures> {
  const { parseSignatures } = await import("./parse.ts");
  return parseSignatures(files, new URL("schema/", SHIPPED_SIGNATURES));
}

/**
 * A person's own answers, as in signatures/answers/.
 * @throws ExtractorError "bad-signature"
 */
export async function loadAnswers(path: string): Promise<AnswerSet> {
  const { parseAnswers } = await import("./parse.ts");
  return parseAnswers(
    { path, text: await readText(pathToFileURL(path), path) },
    new URL("schema/", SHIPPED_SIGNATURES),
  );
}

async function readSignatureFiles(dir: URL): Promise<SignatureFile[]> {
  const paths = [...FILES];
  for (const folder of FOLDERS) {
    const names = await readdir(new URL(`${folder}/`, dir)).catch(() => []);
    paths.push(...names.filter((name) => name.endsWith(".yaml")).map((name) => `${folder}/${name}`));
  }
  paths.sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readText(new URL(path, dir), path) })));
}

async function readText(url: URL, path: string): Promise<string> {
  try {
    return await readFile(url, "utf8");
  } catch (cause) {
    throw new ExtractorError("bad-signature", `signatures/${path} cannot be read`, {
      hint: "Reinstall the package, or restore the file.",
      cause,
    });
  }
}

/** Null where there is none, or only a part of one. */
async function readSnapshot(url: URL): Promise<SignatureSnapshot | null> {
  try {
    return JSON.parse(await readFile(url, "utf8")) as SignatureSnapshot;
  } catch {
    return null;
  }
}

function hashOf(files: SignatureFile[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`);
  return hash.digest("hex");
}
