import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { ExtractorError } from "../../extractor/errors.ts";
import { loadSignatures, SHIPPED_SIGNATURES, takeSnapshot } from "../../extractor/signatures/load.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A copy of signatures/ with one file changed. */
async function changed(path: string, change: (text: string) => string): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), "signatures-"));
  folders.push(folder);
  await cp(SHIPPED_SIGNATURES, folder, { recursive: true });
  await writeFile(join(folder, path), change(await readFile(join(folder, path), "utf8").catch(() => "")));
  return pathToFileURL(`${folder}/`);
}

async function failure(path: string, change: (text: string) => string): Promise<ExtractorError> {
  const error = await loadSignatures(await changed(path, change)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ExtractorError);
  return error as ExtractorError;
}

test("the shipped signatures are read, every file of them", async () => {
  const { vendors, tools, channels } = await loadSignatures();
  const count = async (folder: string) => (await readdir(new URL(`${folder}/`, SHIPPED_SIGNATURES))).length;
  expect(vendors).toHaveLength(await count("vendors"));
  expect(tools).toHaveLength(await count("tools"));
  expect(channels).toHaveLength(10);
});

test("the build's snapshot counts while the files are the same, and only then", async () => {
  const { hash, signatures } = await takeSnapshot();
  expect(JSON.parse(JSON.stringify(signatures))).toEqual(await loadSignatures());
  const folder = await mkdtemp(join(tmpdir(), "snapshot-"));
  folders.push(folder);
  const snapshot = pathToFileURL(join(folder, "signatures.json"));
  const channels = async () => (await loadSignatures(SHIPPED_SIGNATURES, snapshot)).channels.length;
  await writeFile(snapshot, JSON.stringify({ hash, signatures: { ...signatures, channels: [] } }));
  expect(await channels()).toBe(0);
  await writeFile(snapshot, JSON.stringify({ hash: "0".repeat(64), signatures: { ...signatures, channels: [] } }));
  expect(await channels()).toBe(10);
  await writeFile(snapshot, JSON.stringify({ hash, signatures }).slice(0, 100));
  expect(await channels()).toBe(10);
});

describe("a fault names file and place in one line", () => {
  test.each<[string, string, (text: string) => string, string]>([
    [
      "a member nobody knows",
      "tools/codex.yaml",
      (text) => `${text}color: red\n`,
      "signatures/tools/codex.yaml: must NOT have additional properties: color",
    ],
    [
      "a wrong type",
      "vendors/npm.yaml",
      (text) => text.replace(/^domains:.*$/m, "domains: [7]"),
      "signatures/vendors/npm.yaml at /domains/0: must be string",
    ],
    [
      "an unknown channel",
      "generic.yaml",
      (text) => text.replace("channel: updates", "channel: gossip"),
      "signatures/generic.yaml at /rules/0/channel: unknown channel gossip",
    ],
    [
      "a broken pattern",
      "tools/codex.yaml",
      (text) => text.replace(/^userAgents:.*$/m, 'userAgents: ["("]'),
      "signatures/tools/codex.yaml at /userAgents/0: not a regular expression",
    ],
    [
      "an id that isn't the file's",
      "tools/codex.yaml",
      (text) => text.replace("id: codex", "id: other"),
      "signatures/tools/codex.yaml at /id: must be the file's name",
    ],
    [
      "no reason for a missing package",
      "tools/cursor.yaml",
      (text) => text.replace(/^unavailable:.*$/m, ""),
      "signatures/tools/cursor.yaml: must have required property 'unavailable'",
    ],
    ["no YAML", "tools/codex.yaml", () => "id: [", "signatures/tools/codex.yaml: "],
  ])("%s", async (_, path, change, message) => {
    const error = await failure(path, change);
    expect(error).toMatchObject({ code: "bad-signature", hint: expect.any(String) });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("\n");
  });

  test("a missing file", async () => {
    const dir = await changed("generic.yaml", (text) => text);
    await rm(new URL("taxonomy.yaml", dir));
    await expect(loadSignatures(dir)).rejects.toMatchObject({ message: "signatures/taxonomy.yaml cannot be read" });
  });
});
