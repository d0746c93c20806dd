import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportOf } from "../extractor/command/report-of.ts";
import { acrossPlatforms } from "../extractor/compare/diff/platforms.ts";
import type { Platform } from "../extractor/model/platform.ts";
import type { Report } from "../extractor/model/report.ts";
import { extract, type PipelineOptions, platformsOf } from "../extractor/pipeline.ts";
import { renderText } from "../extractor/render/text.ts";
import { LoopbackRegistry } from "./acquire/loopback-registry.ts";
import { Scratch } from "./acquire/scratch.ts";
import { fakeSession } from "./command/fake-session.ts";
import { rawTar } from "./container/archives/raw-tar.ts";
import { bunOverlay, bunPayload, bunSection, LAYOUTS } from "./container/executables/bun-writer.ts";
import { elf, pe } from "./container/executables/executable-writer.ts";
import { schemaErrors } from "./report-schema.ts";

const packed = (files: Record<string, string | Buffer>): Buffer =>
  gzipSync(rawTar(Object.entries(files).map(([name, body]) => ({ name: `package/${name}`, body }))));

const LAYOUT = LAYOUTS.at(-1)!;
const calls = (...urls: string[]): string => urls.map((url) => `fetch(${JSON.stringify(url)});`).join("\n");
const program = (root: string, text: string): Buffer =>
  bunPayload(LAYOUT, [
    { name: `${root}cli.js`, contents: Buffer.from(`import "${root}part.js";`) },
    { name: `${root}part.js`, contents: Buffer.from(text) },
  ]);

const BOTH = "https://api.example.com/both";
const LINUX = "https://api.example.com/linux";
const WINDOWS = "https://api.example.com/windows";
const MANIFEST = {
  name: "@maker/tool",
  version: "1.0.0",
  optionalDependencies: {
    "@maker/tool-linux-x64": "npm:@maker/tool@1.0.0-linux-x64",
    "@maker/tool-win32-x64": "1.0.0",
    "@maker/tool-darwin-arm64": "1.0.0",
  },
};

let registry: LoopbackRegistry;
let scratch: Scratch;
let options: PipelineOptions;
beforeAll(async () => {
  registry = await LoopbackRegistry.start();
  scratch = await Scratch.make();
  await scratch.npmrc(`registry=${registry.url}`);
  options = { sourceMaps: true, reveal: false, limits: {}, cache: scratch.cache };
  const linux = bunOverlay(elf(), program("/$bunfs/root/", calls(BOTH, LINUX)));
  const windows = pe([{ name: ".bun", bytes: bunSection(program("B:/~BUN/root/", calls(BOTH, WINDOWS))) }]);
  registry.packages.set("@maker/tool", {
    "1.0.0-linux-x64": { tarball: packed({ "package.json": "{}", "bin/tool": linux }) },
    "1.0.0": { tarball: packed({ "package.json": JSON.stringify(MANIFEST), "run.js": "run()" }) },
    "2.0.0": {
      tarball: packed({
        "package.json": JSON.stringify(MANIFEST).replaceAll("1.0.0", "2.0.0"),
        "cli.js": `${calls(BOTH)}\n${"//".padEnd(300_000, "-")}`,
      }),
    },
  });
  registry.packages.set("@maker/tool-win32-x64", {
    "1.0.0": { tarball: packed({ "package.json": "{}", "tool.exe": windows }) },
  });
  registry.packages.set("@maker/tool-darwin-arm64", { "1.0.0": { tarball: packed({ "package.json": "{}" }) } });
});
afterAll(async () => {
  await registry.stop();
  await scratch.remove();
});

const read = (platform?: Platform): Promise<Report> =>
  extract("npm:@maker/tool@1.0.0", { ...options, ...(platform === undefined ? {} : { platform }) });
const urls = (report: Report): string[] => report.endpoints.map(({ url }) => url);

describe("a wrapper", () => {
  test("is read with the linux-x64 package behind its alias; paths say package and binary", async () => {
    const report = await read();
    expect(schemaErrors(report)).toEqual([]);
    expect(urls(report)).toEqual([BOTH, LINUX]);
    const folder = "node_modules/@maker/tool-linux-x64";
    expect(report.platformPackages).toMatchObject([
      { name: "@maker/tool", version: "1.0.0-linux-x64", platform: "linux-x64", folder, files: 2 },
    ]);
    expect(report.containers).toEqual([{ path: `${folder}/bin/tool`, format: "bun", files: 2 }]);
    expect(report.endpoints[0]?.evidence[0]?.file).toBe(`${folder}/bin/tool/$bunfs/root/part.js`);
  });

  test("is read with the package of another platform on request", async () => {
    const report = await read("win32-x64");
    expect(urls(report)).toEqual([BOTH, WINDOWS]);
    expect(report.endpoints[0]?.evidence[0]?.file).toBe(
      "node_modules/@maker/tool-win32-x64/tool.exe/$bunfs/root/part.js",
    );
  });

  test("has no package for a platform: said with those there are", async () => {
    await expect(read("linux-arm64")).rejects.toMatchObject({
      code: "not-found",
      hint: expect.stringContaining("linux-x64, darwin-arm64, win32-x64"),
    });
  });
});

test("where no name says for which platform a package is, the os and cpu of its manifest do", async () => {
  const names = ["coded-a", "coded-b", "coded-c", "coded-everywhere", "fsevents"];
  const wrapper = {
    name: "coded",
    version: "1.0.0",
    optionalDependencies: Object.fromEntries(names.map((name) => [name, name === "fsevents" ? "2.3.0" : "1.0.0"])),
  };
  const built = (url: string, manifest: object) => ({
    "1.0.0": { tarball: packed({ "package.json": "{}", "tool.js": calls(url) }), manifest },
  });
  registry.packages.set("coded", {
    "1.0.0": { tarball: packed({ "package.json": JSON.stringify(wrapper), "cli.js": "run()" }) },
  });
  registry.packages.set("coded-a", built(WINDOWS, { os: ["linux"], cpu: ["x64"], libc: ["musl"] }));
  registry.packages.set("coded-b", built(LINUX, { os: ["linux"], cpu: ["x64"], libc: ["glibc"] }));
  registry.packages.set("coded-c", built(WINDOWS, { os: ["!linux", "!darwin"], cpu: ["arm64", "x64"] }));
  registry.packages.set("coded-everywhere", built(BOTH, {}));
  expect(urls(await extract("npm:coded@1.0.0", options))).toEqual([LINUX]);
  expect(urls(await extract("npm:coded@1.0.0", { ...options, platform: "win32-arm64" }))).toEqual([WINDOWS]);
  expect(await platformsOf("npm:coded@1.0.0", options)).toEqual(["linux-x64", "win32-x64", "win32-arm64"]);
});

test("a wrapper whose optional packages are unknown to the registry is read all the same, and that is said", async () => {
  const wrapper = { name: "uncoded", version: "1.0.0", optionalDependencies: { "uncoded-a": "1.0.0" } };
  registry.packages.set("uncoded", {
    "1.0.0": { tarball: packed({ "package.json": JSON.stringify(wrapper), "cli.js": calls(BOTH) }) },
  });
  const report = await extract("npm:uncoded@1.0.0", options);
  expect(urls(report)).toEqual([BOTH]);
  expect(report.diagnostics).toMatchObject([
    { kind: "platform-unread", detail: expect.stringContaining("uncoded-a@1.0.0") },
  ]);
});

test("a wrapper whose platform package is not there is read all the same, and that is said", async () => {
  const lone = { name: "lone", version: "1.0.0", optionalDependencies: { "lone-linux-x64": "1.0.0" } };
  registry.packages.set("lone", {
    "1.0.0": { tarball: packed({ "package.json": JSON.stringify(lone), "cli.js": calls(BOTH) }) },
  });
  const report = await extract("npm:lone@1.0.0", options);
  expect(urls(report)).toEqual([BOTH]);
  expect(report.diagnostics).toMatchObject([
    { kind: "platform-unread", detail: expect.stringContaining("lone-linux-x64@1.0.0: there is no package") },
  ]);
  await expect(extract("npm:lone@1.0.0", { ...options, platform: "linux-x64" })).rejects.toMatchObject({
    code: "not-found",
  });
});

test("a package whose command is that of a dependency is read with that, and with its platform package", async () => {
  const bin = { tool: "./node_modules/@maker/tool/run.js" };
  const standIn = { bin, dependencies: { "@maker/tool": "1.0.0" } };
  registry.packages.set("old-tool", { "1.0.0": { tarball: packed({ "package.json": JSON.stringify(standIn) }) } });
  const report = await extract("npm:old-tool", options);
  expect(schemaErrors(report)).toEqual([]);
  expect(urls(report)).toEqual([BOTH, LINUX]);
  expect(report.platformPackages?.map(({ folder, platform, files }) => [folder, platform, files])).toEqual([
    ["node_modules/@maker/tool", null, 1],
    ["node_modules/@maker/tool-linux-x64", "linux-x64", 2],
  ]);
  expect(await platformsOf("npm:old-tool", options)).toEqual(["linux-x64", "darwin-arm64", "win32-x64"]);
});

test("stand-ins in a circle come to an end", async () => {
  const standIn = (name: string) =>
    packed({
      "package.json": JSON.stringify({ bin: `node_modules/${name}/run.js`, dependencies: { [name]: "1.0.0" } }),
      "a.js": calls(BOTH),
    });
  registry.packages.set("round", { "1.0.0": { tarball: standIn("about") } });
  registry.packages.set("about", { "1.0.0": { tarball: standIn("round") } });
  expect(urls(await extract("npm:round", options))).toEqual([BOTH]);
});

test("platforms compared: what only some have names them, and one that isn't read lacks nothing", async () => {
  const platforms = await platformsOf("npm:@maker/tool@1.0.0", options);
  expect(platforms).toEqual(["linux-x64", "darwin-arm64", "win32-x64"]);
  const reports = new Map<Platform, Report>();
  for (const platform of platforms) reports.set(platform, await read(platform));
  const report = acrossPlatforms(reports);
  expect(schemaErrors(report)).toEqual([]);
  expect(report.endpoints.map(({ url, platforms: only }) => [url, only])).toEqual([
    [BOTH, undefined],
    [LINUX, ["linux-x64"]],
    [WINDOWS, ["win32-x64"]],
  ]);
  expect(report.stats).toMatchObject({ endpoints: 3, hosts: 1 });
  expect(report.platformPackages?.map(({ files }) => files)).toEqual([2, 0, 2]);
  const text = renderText(report, { color: false, columns: 100, all: false, check: null });
  expect(text).toContain("not on every platform: 2 endpoints");
  expect(text).toContain("only on win32-x64");
});

describe("every platform asked for", () => {
  const all = (spec: string): Promise<Report> => {
    const asked = { sourceMaps: true, from: "bundle", cache: false, registry: registry.url, platform: "all" } as const;
    return reportOf(spec, asked, fakeSession());
  };
  const wrapper = (...platforms: Platform[]): Buffer => {
    const packages = platforms.map((platform) => [`@maker/half-${platform}`, "1.0.0"]);
    const manifest = { name: "@maker/half", version: "1.0.0", optionalDependencies: Object.fromEntries(packages) };
    return packed({ "package.json": JSON.stringify(manifest), "run.js": "run()" });
  };

  test("one that the registry lacks is named, and the others are read", async () => {
    const linux = bunOverlay(elf(), program("/$bunfs/root/", calls(BOTH)));
    registry.packages.set("@maker/half", { "1.0.0": { tarball: wrapper("linux-x64", "win32-x64") } });
    registry.packages.set("@maker/half-linux-x64", {
      "1.0.0": { tarball: packed({ "package.json": "{}", "bin/tool": linux }) },
    });
    const report = await all("npm:@maker/half@1.0.0");
    expect(schemaErrors(report)).toEqual([]);
    expect(urls(report)).toEqual([BOTH]);
    expect(report.diagnostics).toContainEqual({
      kind: "platform-unread",
      count: 1,
      detail: expect.stringMatching(/^win32-x64: .*@maker\/half-win32-x64/),
    });
  });

  test("none to be had is an error", async () => {
    registry.packages.set("@maker/none", { "1.0.0": { tarball: wrapper("darwin-x64") } });
    await expect(all("npm:@maker/none@1.0.0")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a package with a program of its own", () => {
  const own = (platform?: Platform): Promise<Report> =>
    extract("npm:@maker/tool@2.0.0", { ...options, ...(platform === undefined ? {} : { platform }) });

  test("is read alone, and says so", async () => {
    const report = await own();
    expect(report.platformPackages).toBeUndefined();
    expect(report.diagnostics).toMatchObject([{ kind: "platform-unread", count: 1 }]);
  });

  test("is the same on every platform where it has no other packages", async () => {
    await expect(platformsOf("npm:plain-tool", options)).rejects.toMatchObject({ code: "not-found" });
    registry.packages.set("plain-tool", {
      "1.0.0": { tarball: packed({ "package.json": "{}", "a.js": calls(BOTH) }) },
    });
    expect(await platformsOf("npm:plain-tool@1.0.0", options)).toEqual([]);
    const report = await extract("npm:plain-tool@1.0.0", { ...options, platform: "win32-x64" });
    expect(urls(report)).toEqual([BOTH]);
  });
});
