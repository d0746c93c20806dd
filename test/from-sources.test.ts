import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { extract, type PipelineOptions } from "../extractor/pipeline.ts";
import { renderMarkdown } from "../extractor/render/markdown.ts";
import { renderText } from "../extractor/render/text.ts";
import { FAULTY, UNREADABLE } from "./container/source-maps/malformed-maps.ts";
import { schemaErrors } from "./report-schema.ts";

/**
 * A program of our own: TypeScript and JSX, a build constant, imports from the root, a package with a request in it.
 */
const SOURCES = {
  "src/main.tsx": `
    import { Uploader } from "src/upload";
    import { Panel } from "./panel";
    import { ping } from "pinger";
    declare const INTERNAL: boolean;
    export async function main(organizationId: string) {
      const uploader = new Uploader("https://uploads.example.com");
      await uploader.send(organizationId, process.argv[2]!);
      if (INTERNAL) await fetch("https://internal.example.com/v1/debug", { method: "POST" });
      ping("https://status.example.com/up");
      return <Panel title="done" />;
    }
    main(process.argv[3]!);`,
  "src/upload.ts": `
    export enum Route { Files = "files", Logs = "logs" }
    export class Uploader {
      constructor(private readonly base: string) {}
      async send(orgUUID: string, body: string) {
        return fetch(\`\${this.base}/v1/orgs/\${orgUUID}/\${Route.Files}\`, { method: "PUT", body });
      }
    }`,
  "src/panel.tsx": `
    declare const React: { createElement(...all: unknown[]): unknown };
    export function Panel({ title }: { title: string }) {
      fetch("https://panel.example.com/v1/shown?title=" + title);
      return <div>{title}</div>;
    }`,
  "node_modules/pinger/package.json": `{ "name": "pinger", "version": "3.2.1", "main": "lib/pinger.js" }`,
  "node_modules/pinger/lib/pinger.js": `/*! pinger v3.2.1 */
    exports.ping = function (address) { return fetch(address, { method: "HEAD" }); };`,
};

let folder: string;
const options: PipelineOptions = {
  sourceMaps: true,
  reveal: false,
  cache: { cache: false, offline: true },
  limits: {},
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "from-sources-"));
  for (const [path, text] of Object.entries(SOURCES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  await esbuild.build({
    absWorkingDir: folder,
    entryPoints: ["src/main.tsx"],
    outfile: "package/cli.js",
    bundle: true,
    minify: true,
    platform: "node",
    define: { INTERNAL: "false" },
    alias: { src: "./src" },
    sourcemap: "external",
    logLevel: "silent",
  });
  writeFileSync(join(folder, "package", "package.json"), `{ "name": "tool", "version": "1.0.0", "bin": "cli.js" }`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mapText = (): string => readFileSync(join(folder, "package/cli.js.map"), "utf8");

/** The same bundle with other files beside it. */
function packageWith(files: Record<string, string>, comment = ""): string {
  const copy = mkdtempSync(join(folder, "copy-"));
  const bundle = ["cli.js", "package.json"].map((name) => [name, readFileSync(join(folder, "package", name), "utf8")]);
  for (const [path, text] of [...bundle, ...Object.entries(files)] as [string, string][]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), path === "cli.js" ? text + comment : text);
  }
  return copy;
}

const read = (more: Partial<PipelineOptions>): Promise<Report> =>
  extract(join(folder, "package"), { ...options, ...more });
const addresses = ({ endpoints }: Report): string[] => endpoints.map(({ method, url }) => `${method} ${url}`);

const LIVE = [
  "GET https://panel.example.com/v1/shown?title={title}",
  "HEAD https://status.example.com/up",
  "PUT https://uploads.example.com/v1/orgs/{orgUUID}/files",
];
const DEAD = "POST https://internal.example.com/v1/debug";

describe("a bundle with its map", () => {
  test("what runs, in the words of the sources", async () => {
    const report = await read({ from: "bundle" });
    expect(schemaErrors(report)).toEqual([]);
    expect(addresses(report).map((url) => url.replace("{value}", "{title}"))).toEqual(LIVE);
    const [, status, uploads] = report.endpoints;
    expect(uploads!.evidence[0]!.source).toMatchObject({ file: "src/upload.ts", line: 6, name: "fetch" });
    expect(status!.evidence[0]!.source).toMatchObject({
      file: "src/main.tsx",
      line: 10,
      name: "ping",
      via: { file: "node_modules/pinger/lib/pinger.js", line: 2 },
    });
    expect(report.packages).toEqual([{ name: "pinger", version: "3.2.1", files: 1, endpoints: [status!.id] }]);
  });

  test("ids are the same without it", async () => {
    const [mapped, plain] = [await read({}), await read({ sourceMaps: false })];
    expect(mapped.endpoints.map(({ id }) => id)).toEqual(plain.endpoints.map(({ id }) => id));
    expect(plain.packages).toBeUndefined();
  });
});

describe("wherever the map is", () => {
  test("one that the file names is found in another folder", async () => {
    const moved = packageWith({ "maps/other.js.map": mapText() }, "\n//# sourceMappingURL=maps/other.js.map\n");
    const [here, there] = [await read({}), await extract(moved, options)];
    expect(there.endpoints).toEqual(here.endpoints);
    expect(there.stats.sources).toEqual(here.stats.sources);
  });

  test("it is not looked at with --no-source-maps", async () => {
    const alone = await extract(packageWith({}), options);
    const beside = await read({ sourceMaps: false });
    expect({ ...beside, package: alone.package, stats: alone.stats }).toEqual(alone);
    expect(beside.stats).toEqual({ ...alone.stats, otherFiles: 1 });
  });
});

describe("a map that is wrong takes nothing from the bundle", () => {
  const kinds = [...UNREADABLE, ...FAULTY].map(([name, make], i) => ({ name, make, host: `kind-${i}.example.com` }));
  const unnamed = (url: string): string => url.replaceAll(/\{[^}]*\}/g, "{}");
  let report: Report;
  beforeAll(async () => {
    const bundle = readFileSync(join(folder, "package/cli.js"), "utf8");
    const files = kinds.flatMap(({ make, host }): [string, string][] => [
      [`${host}.js`, bundle.replaceAll("example.com", host)],
      [`${host}.js.map`, make(mapText())],
    ]);
    report = await extract(packageWith(Object.fromEntries(files)), options);
  });

  test.each(kinds)("$name", ({ host }) => {
    const found = addresses(report).filter((url) => url.includes(host));
    expect(found.map(unnamed)).toEqual(LIVE.map((url) => unnamed(url.replaceAll("example.com", host))));
  });

  test("each that can't be read is told", () => {
    expect(schemaErrors(report)).toEqual([]);
    expect(report.diagnostics.find(({ kind }) => kind === "source-map")?.count).toBeGreaterThanOrEqual(
      UNREADABLE.length,
    );
  });
});

describe("the sources of the map as a program of its own", () => {
  test("hold what the bundler removed as well", async () => {
    const report = await read({ from: "sources" });
    expect(schemaErrors(report)).toEqual([]);
    expect(addresses(report)).toEqual([LIVE[0], DEAD, LIVE[1], LIVE[2]].sort(byAddress));
    const uploads = report.endpoints.find(({ url }) => url.includes("uploads"))!;
    expect(uploads.evidence[0]).toMatchObject({ file: "src/upload.ts", line: 6 });
  });

  test("are nowhere in a package without a map", async () => {
    await expect(read({ from: "sources", sourceMaps: false })).rejects.toMatchObject({ code: "no-sources" });
    await expect(read({ from: "both", sourceMaps: false })).rejects.toMatchObject({ code: "no-sources" });
  });
});

const byAddress = (a: string | undefined, b: string | undefined) =>
  a!.replace(/^\w+ /, "") < b!.replace(/^\w+ /, "") ? -1 : 1;

describe("both", () => {
  let both: Report;
  beforeAll(async () => {
    both = await read({ from: "both" });
  });

  test("the bundle's report as it is alone", async () => {
    const { sources: _, ...rest } = both;
    expect(rest).toEqual(await read({ from: "bundle" }));
    expect(schemaErrors(both)).toEqual([]);
  });

  test("what the bundler removed is dead, and why", () => {
    expect(both.sources!.onlyInSources.endpoints).toMatchObject([
      {
        url: "https://internal.example.com/v1/debug",
        method: "POST",
        dead: true,
        reason: "the bundle has no code of src/main.tsx:9",
      },
    ]);
    expect(both.sources!.onlyInBundle).toEqual({ endpoints: [], events: [] });
  });

  test("is told in text and Markdown", () => {
    const text = renderText(both, { color: false, columns: 100, all: false });
    expect(text).toContain("only in the sources  1 endpoint, no event; the bundler removed 1 of these");
    expect(text).toContain("POST https://internal.example.com/v1/debug");
    const markdown = renderMarkdown(both, { color: false, columns: 100, all: false });
    expect(markdown).toContain(
      "| `POST https://internal.example.com/v1/debug` | yes | the bundle has no code of src/main.tsx:9 |",
    );
    expect(markdown).toContain("(`src/upload.ts:6`)");
  });
});
