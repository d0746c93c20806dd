import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquire } from "../../extractor/acquire/acquire.ts";
import type { Acquired, AcquireOptions } from "../../extractor/acquire/acquired.ts";
import { readArtifact } from "../../extractor/container/archive.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import type { Tool } from "../../extractor/model/signatures/signature.ts";

export const TOOLS: Tool[] = [
  tool({ id: "sample", package: "@samples/sample-cli", aliases: ["sample-code", "sc"] }),
  tool({
    id: "boxed",
    package: null,
    unavailable: "install it, and give the path of its files",
    aliases: ["boxed-cli"],
  }),
  tool({ id: "numbers", package: "is-number" }),
];

function tool(fields: Pick<Tool, "id" | "package"> & Partial<Tool>): Tool {
  const examples = { match: [], noMatch: [] };
  return {
    name: fields.id,
    evidence: "https://sample.test",
    aliases: [],
    userAgents: [],
    payloadMarks: [],
    examples,
    ...fields,
  };
}

/** A folder with an own cache and an own `.npmrc`, in place of the person's while it lasts. */
export class Scratch {
  readonly folder: string;
  readonly log = new DiagnosticLog();
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string) {
    this.folder = folder;
    this.#environment = { ...process.env };
    for (const key of Object.keys(process.env)) if (/^npm_config_/i.test(key)) delete process.env[key];
    process.env.npm_config_userconfig = join(folder, "npmrc");
  }

  static async make(): Promise<Scratch> {
    return new Scratch(await mkdtemp(join(tmpdir(), "acquire-test-")));
  }

  async remove(): Promise<void> {
    for (const key of Object.keys(process.env)) if (!(key in this.#environment)) delete process.env[key];
    Object.assign(process.env, this.#environment);
    await rm(this.folder, { recursive: true });
  }

  /** Its own cache, which is used. */
  get cache(): AcquireOptions {
    return { cacheDir: this.path("cache"), cache: true, offline: false };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async npmrc(...lines: string[]): Promise<void> {
    await writeFile(this.path("npmrc"), lines.join("\n"));
  }

  acquire(spec: string, options: Partial<AcquireOptions> = {}): Promise<Acquired> {
    const all = { ...this.cache, ...options };
    return acquire(spec, { tools: TOOLS, options: all, log: this.log });
  }
}

/** Texts by path. */
export async function texts({ artifact }: Acquired): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const file of readArtifact(artifact, { log: new DiagnosticLog() })) {
    if ("text" in file) found[file.path] = file.text;
  }
  return found;
}
