import { SourceMapGenerator } from "source-map";
import { describe, expect, test } from "vitest";
import { openMaps, sourcesMadeOf } from "../../../extractor/container/source-maps/open-maps.ts";
import { addOriginals } from "../../../extractor/container/source-maps/original-findings.ts";
import { inlineMap, namedMap } from "../../../extractor/container/source-maps/source-map.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import type { Findings, RequestFinding } from "../../../extractor/model/finding.ts";
import type { Evidence } from "../../../extractor/model/report.ts";
import type { Hole, Template } from "../../../extractor/model/template.ts";
import { request } from "../../classify/findings.ts";
import { FAULTY, UNREADABLE } from "./malformed-maps.ts";

const fileOf = (map: string) => ({
  path: "cli.js.map",
  describes: "cli.js",
  map: Buffer.from(map),
  bytes: map.length,
  origin: { kind: "entry" as const },
});

/** One line of code whose columns 1, 11, 21, … come from lines 1, 2, 3, … of `source`. */
function mapOf(source: string, content: string | null = "a\nb\n", places = 30): string {
  const generator = new SourceMapGenerator({ file: "cli.js" });
  for (let i = 0; i < places; i++) {
    generator.addMapping({ generated: { line: 1, column: i * 10 }, original: { line: i + 1, column: 2 }, source });
  }
  if (content !== null) generator.setSourceContent(source, content);
  return generator.toString();
}

const evidence = (count = 30): Evidence[] =>
  Array.from({ length: count }, (_, i) => ({ file: "cli.js", line: 1, column: i * 10 + 1 }));

const referred = (places: Evidence[]): Findings => ({
  requests: [],
  events: [],
  secrets: [],
  environment: [],
  urls: places.map((evidence) => ({ url: "https://a.example/", context: { kind: "literal" }, evidence })),
});

async function added(map: string, places = evidence()) {
  const log = new DiagnosticLog();
  const sources = sourcesMadeOf(await addOriginals(referred(places), openMaps([fileOf(map)], log), log));
  return {
    stats: sources?.stats ?? null,
    packages: sources?.packages ?? [],
    places,
    problems: log.list().map(({ kind, detail }) => `${kind}: ${detail}`),
  };
}

describe("a map that belongs to the file", () => {
  test("gives the original place, and what the program was made of", async () => {
    const { stats, places, problems } = await added(mapOf("../src/services/send.ts"));
    expect(places[2]!.source).toEqual({ file: "src/services/send.ts", line: 3, column: 3 });
    expect(stats).toEqual({ files: 1, firstParty: 1, lines: 2 });
    expect(problems).toEqual([]);
  });

  test.each([
    ["webpack://tool/./src/a.ts", "src/a.ts"],
    ["/home/someone/src/a.ts", "home/someone/src/a.ts"],
    ["../../../../etc/passwd", "etc/passwd"],
    ["C:\\work\\src\\a.ts", "C:/work/src/a.ts"],
  ])("%s is called %s", async (source, name) => {
    const { places } = await added(mapOf(source));
    expect(places[0]!.source!.file).toBe(name);
  });

  test("packages are not the program's own", async () => {
    const { stats } = await added(mapOf("../node_modules/left/index.js"));
    expect(stats).toEqual({ files: 1, firstParty: 0, lines: 0 });
  });

  test("sections", async () => {
    const section = { offset: { line: 0, column: 0 }, map: JSON.parse(mapOf("src/a.ts")) };
    const { places, stats } = await added(JSON.stringify({ version: 3, sections: [section] }));
    expect(places[4]!.source).toEqual({ file: "src/a.ts", line: 5, column: 3 });
    expect(stats!.files).toBe(1);
  });

  test("a guard against being run as a script in front", async () => {
    const { problems } = await added(`)]}'\n${mapOf("src/a.ts")}`);
    expect(problems).toEqual([]);
  });
});

/** Each place of the generated line by column -> place of a source, whose texts are `contents`. */
function mapWith(
  places: [column: number, source: string, line: number, column: number, name?: string][],
  contents = {},
) {
  const generator = new SourceMapGenerator({ file: "cli.js" });
  for (const [at, source, line, column, name] of places)
    generator.addMapping({
      generated: { line: 1, column: at - 1 },
      original: { line, column: column - 1 },
      source,
      ...(name === undefined ? {} : { name }),
    });
  for (const [source, content] of Object.entries(contents)) generator.setSourceContent(source, String(content));
  return generator.toString();
}

describe("names", () => {
  const one = (): Evidence[] => [{ file: "cli.js", line: 1, column: 5 }];

  test("of what stands there, from the source", async () => {
    const { places } = await added(mapWith([[5, "a.ts", 2, 7]], { "a.ts": "\nawait client.post(x)" }), one());
    expect(places[0]!.source).toEqual({ file: "a.ts", line: 2, column: 7, name: "client.post" });
  });

  test("from the map where it holds no source", async () => {
    const { places } = await added(mapWith([[5, "a.ts", 2, 7, "sendAll"]]), one());
    expect(places[0]!.source!.name).toBe("sendAll");
  });

  test("not of what stands before it", async () => {
    const { places } = await added(mapWith([[3, "a.ts", 1, 1]], { "a.ts": "before(x)" }), one());
    expect(places[0]!.source).toEqual({ file: "a.ts", line: 1, column: 1 });
  });

  test("of parameters, for holes", async () => {
    const hole: Hole = { kind: "param", name: "K", declared: { file: "cli.js", line: 1, column: 5 } };
    const findings = { ...referred([]), requests: [requestTo(["https://a.example/", hole])] };
    const map = mapWith([[5, "a.ts", 1, 11]], { "a.ts": "function (orgUUID: string) {}" });
    const log = new DiagnosticLog();
    await addOriginals(findings, openMaps([fileOf(map)], log), log);
    expect(hole.original).toBe("orgUUID");
  });
});

const requestTo = (url: Template): RequestFinding =>
  request([], { urls: [url], evidence: { file: "cli.js", line: 1, column: 1 } });

describe("a sink inside a package", () => {
  const step = (column: number) => ({ what: "called from cli.js", line: 1, column });
  const inPackage = (own: string) =>
    mapWith([
      [1, "node_modules/left/send.js", 9, 1],
      [20, own, 5, 1],
      [40, "src/main.ts", 7, 1],
      [60, "node_modules/right/run.js", 3, 1],
    ]);

  test("is shown where the program's own code calls it, furthest out", async () => {
    const places: Evidence[] = [{ file: "cli.js", line: 1, column: 1, derivation: [step(20), step(40), step(60)] }];
    await added(inPackage("src/wrap.ts"), places);
    expect(places[0]!.source).toEqual({
      file: "src/main.ts",
      line: 7,
      column: 1,
      via: { file: "node_modules/left/send.js", line: 9, column: 1 },
    });
    expect(places[0]!.derivation!.map(({ source }) => source?.file)).toEqual([
      "src/wrap.ts",
      "src/main.ts",
      "node_modules/right/run.js",
    ]);
  });

  test("stays there where only packages call it", async () => {
    const places: Evidence[] = [{ file: "cli.js", line: 1, column: 1, derivation: [step(20), step(60)] }];
    await added(inPackage("node_modules/left/wrap.js"), places);
    expect(places[0]!.source).toEqual({ file: "node_modules/left/send.js", line: 9, column: 1 });
  });

  test("a step in another file is looked up in that file's map", async () => {
    const places: Evidence[] = [
      { file: "cli.js", line: 1, column: 1, derivation: [{ ...step(20), file: "chunk.js" }] },
    ];
    await added(inPackage("src/wrap.ts"), places);
    expect(places[0]!.derivation![0]!.source).toBeUndefined();
  });
});

test("in the file itself, as base64 or percent-encoded", () => {
  const map = mapOf("src/a.ts");
  const of = (url: string) =>
    inlineMap({ path: "a.js", text: `f();\n//# sourceMappingURL=${url}\n`, bytes: 1, origin: { kind: "entry" } });
  expect(of(`data:application/json;charset=utf-8;base64,${btoa(map)}`)?.map.toString()).toBe(map);
  expect(of(`data:application/json,${encodeURIComponent(map)}`)?.map.toString()).toBe(map);
  expect(of("a.js.map")).toBeNull();
});

test.each([
  ["beside it", "//# sourceMappingURL=other.js.map", "dist/other.js.map"],
  ["in another folder", "/*# sourceMappingURL=../maps/cli%20v1.js.map */\n", "maps/cli v1.js.map"],
  ["on a server", "//# sourceMappingURL=https://maps.example.com/cli.js.map", null],
  ["on the disk", "//# sourceMappingURL=/home/me/cli.js.map", null],
  ["nowhere", "//# sourceURL=cli.js", null],
])("the map that a file names, %s", (_, comment, path) => {
  expect(namedMap({ path: "dist/cli.js", text: `f();\n${comment}`, bytes: 1, origin: { kind: "entry" } })).toBe(path);
});

test.each([
  ...UNREADABLE,
  [
    "a map of another build",
    () => mapOf("src/a.ts", null, 1).replace(/"mappings":"[^"]*"/, '"mappings":";;;;AAAA"'),
  ] as const,
])("%s: a diagnostic, and the evidence stays as it was", async (_, make) => {
  const { places, problems } = await added(make(mapOf("src/a.ts")));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^source-map: cli\.js\.map: ./);
  expect(places).toEqual(evidence());
});

test.each(FAULTY)("%s: no crash", async (_, make) => {
  await expect(added(make(mapOf("src/a.ts")))).resolves.toBeDefined();
});
