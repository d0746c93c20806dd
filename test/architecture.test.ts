import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const EXTRACTOR = fileURLToPath(new URL("../extractor/", import.meta.url));

const page = readFileSync(new URL("../ARCHITECTURE.md", import.meta.url), "utf8");

/** Rows of the table in ARCHITECTURE.md whose first heading begins with these words, by their first cell. */
function tableOf(heading: string): Map<string, string[]> {
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading}`));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  const rows = lines.slice(start + 2, end).map((line) => line.split("|").slice(1, -1));
  return new Map(rows.map(([first = "", ...cells]) => [first.trim(), cells.map((cell) => cell.trim())]));
}

const listed = (cell = ""): string[] => (cell === "" ? [] : cell.split(", "));

const PARTS = tableOf("part of");
/** Who may import whom, besides files of the same part. */
const ALLOWED = new Map([...PARTS].map(([part, [, , sees]]) => [part, listed(sees)]));
/** Rooms of a part, lowest first. */
const ROOMS = new Map([...tableOf("part |")].map(([part, [rooms]]) => [part, listed(rooms)]));
/** Parts that touch the disk, the network or the terminal. All others are functions of data. */
const EDGES = new Set([...PARTS].filter(([, [edge]]) => edge === "edge").map(([part]) => part));

/** Packages and builtins a pure folder may use nevertheless: they compute and touch nothing. */
const PURE_PACKAGES: Record<string, string[]> = {
  syntax: ["@babel/parser", "@babel/types"],
  url: ["tldts"],
  ir: ["resolve.exports"],
  classify: ["node:crypto"],
  render: ["picocolors", "sarif", "d3-sankey", "d3-scale", "d3-shape", "node:crypto"],
  find: ["node:crypto"],
  evaluate: ["re2js", "node:http2"],
  "census/job": ["node:crypto"],
};

/** Rooms of edges that are functions of data all the same. */
const PURE_ROOMS = ["census/job", "census/facts"];

/**
 * Files that may reach each other in circles. Values and syntax trees are recursive data types, and so are the
 * functions over them: the value of a call is the value of a member is the value of a variable, and lowering a
 * function lowers a statement lowers an expression. One file per case, so the circle runs through files. Nothing
 * outside a group may be part of its circle, and `most`, the files in it, may only fall.
 */
const RECURSIVE = [
  { files: /^evaluate\/(?:libraries|natives|objects|transfer)\//, most: 25 },
  { files: /^syntax\/lower\//, most: 15 },
];

/** Numbers that no work is cut at: thresholds of what counts as evidence, codes of characters, sizes of a format. */
const NO_BOUNDS = new Set([
  "evaluate/domain/joined-host.ts MOST_PIECES",
  "evaluate/domain/joined-host.ts LONGEST",
  "evaluate/domain/value.ts FEW",
  "evaluate/libraries/library-fingerprint.ts LEAST",
  "evaluate/objects/property-writes.ts FEW",
  "find/calls/calls-with-names.ts LONGEST",
  "find/literals/url-literals.ts LONGEST",
  "find/native/binary-events.ts FAMILY",
  "find/native/binary-events.ts SAY_SO",
  "find/native/binary-neighbours.ts REQUEST_REACH",
  "find/native/binary-neighbours.ts PAIR_REACH",
  "find/native/hosted-paths.ts REACH",
  "find/native/native-findings.ts VECTOR_BYTES",
  "find/requests/derivation.ts SHOWN",
  "find/switches/flag-reads.ts NAMES",
  "find/switches/flag-reads.ts FAMILY",
  "find/telemetry/emitters.ts NAMES",
]);

const NAMELESS = /(?:^|[/-])(?:utils?|helpers?|common|misc|shared|lib)(?:[/.-]|$)/;
const EXPORTED = /^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) (\w+)/gm;
const MAX_LINES = 320;
/** What is left of lines that are too long. These numbers may only fall. */
const MOST_LONG = { comments: 9, strings: 378 };
const MOST_FILES = 25;
const MOST_PARAMETERS = 4;

/** A few that must live in signatures/ and nowhere in code: enough to catch the habit. */
const VENDOR =
  /anthropic|claude|copilot|tengu|statsig|growthbook|datadog|sentry\.io|openai|gemini|posthog|segment\.io|honeycomb|codex|cursor\.sh/i;

const files = sources();
const known = new Set(files);

function sources(): string[] {
  return readdirSync(EXTRACTOR, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

const textOf = (file: string): string => readFileSync(join(EXTRACTOR, file), "utf8");

/** Every specifier a file imports, re-exports or loads with import(), types included. */
const importsOf = (file: string): string[] =>
  ts.preProcessFile(textOf(file), true, true).importedFiles.map(({ fileName }) => fileName);

/** `render/text/page.ts` -> `render`, `cli.ts` -> `cli`. */
const partOf = (file: string): string =>
  file.includes("/") ? file.slice(0, file.indexOf("/")) : basename(file, ".ts");

/** `render/text/page.ts` -> `render/text`, `render/text.ts` -> null. */
const roomOf = (file: string): string | null =>
  file.split("/").length > 2 ? file.split("/").slice(0, 2).join("/") : null;

const relativeImports = (file: string): string[] => insideExtractor(file, importsOf(file));

/**
 * Those that are still there when the program runs: all but `import type` and `export type`, which the compiler
 * erases.
 */
function lastingImports(file: string): string[] {
  const lasting = importsOf(file);
  for (const statement of ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest).statements) {
    const erased =
      (ts.isImportDeclaration(statement) && statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) ||
      (ts.isExportDeclaration(statement) && statement.isTypeOnly);
    if (!erased || statement.moduleSpecifier === undefined) continue;
    lasting.splice(lasting.indexOf((statement.moduleSpecifier as ts.StringLiteral).text), 1);
  }
  return insideExtractor(file, lasting);
}

const insideExtractor = (file: string, specifiers: string[]): string[] =>
  specifiers
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => relative(EXTRACTOR, resolve(EXTRACTOR, dirname(file), specifier)).replaceAll("\\", "/"));

test("there is something to check", () => expect(files.length).toBeGreaterThan(20));

test("the parts are those of ARCHITECTURE.md, each with a word on what it holds", () => {
  expect([...PARTS.keys()].sort()).toEqual([...new Set(files.map(partOf))].sort());
  for (const [part, cells] of PARTS)
    expect([cells.length, ["", "edge"].includes(cells[0]!), cells[1] !== ""], part).toEqual([3, true, true]);
});

test(`no folder of extractor/ or test/ holds more than ${MOST_FILES} files`, () => {
  const full = ["../extractor/", "../test/"].flatMap((root) => {
    const held = new Map<string, number>();
    for (const entry of readdirSync(new URL(root, import.meta.url), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) held.set(entry.parentPath, (held.get(entry.parentPath) ?? 0) + 1);
    return [...held].filter(([, files]) => files > MOST_FILES);
  });
  expect(full).toEqual([]);
});

test("lines have at most 120 characters, but for strings that the formatter can't break", () => {
  const long = ["../extractor/", "../test/"].flatMap((root) =>
    readdirSync(new URL(root, import.meta.url), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.m?ts$/.test(path) && !/^corpus\/.+\/|page-assets/.test(path))
      .flatMap((path) =>
        readFileSync(new URL(root + path, import.meta.url), "utf8")
          .split("\n")
          .filter((line) => line.length > 120),
      ),
  );
  const comments = long.filter((line) => /^\s*(?:\/\/|\/\*\*|\*) /.test(line));
  expect(comments.length).toBeLessThanOrEqual(MOST_LONG.comments);
  expect(long.length - comments.length).toBeLessThanOrEqual(MOST_LONG.strings);
});

test("the rooms are those of ARCHITECTURE.md", () => {
  const found = [...new Set(files.flatMap((file) => roomOf(file) ?? []))].sort();
  const wanted = [...ROOMS].flatMap(([part, rooms]) => rooms.map((room) => `${part}/${room}`)).sort();
  expect(found.filter((room) => ROOMS.has(partOf(room)))).toEqual(wanted);
});

describe("imports", () => {
  test("stay inside the table", () => {
    const forbidden = files.flatMap((file) =>
      relativeImports(file)
        .filter((target) => partOf(target) !== partOf(file) && partOf(target) !== "errors")
        .filter((target) => !ALLOWED.get(partOf(file))?.includes(partOf(target)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(forbidden).toEqual([]);
  });

  test("use all that the table allows", () => {
    const used = new Set(
      files.flatMap((file) => relativeImports(file).map((target) => `${partOf(file)} -> ${partOf(target)}`)),
    );
    const allowed = [...ALLOWED].flatMap(([part, sees]) => sees.map((other) => `${part} -> ${other}`));
    expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
  });

  test("of a room lead to lower rooms of its part", () => {
    const upward = files.flatMap((file) => {
      const rooms = ROOMS.get(partOf(file)) ?? [];
      const height = (path: string) => rooms.indexOf(roomOf(path)?.split("/")[1] ?? "");
      return relativeImports(file)
        .filter((target) => partOf(target) === partOf(file) && height(file) >= 0 && height(target) > height(file))
        .map((target) => `${file} -> ${target}`);
    });
    expect(upward).toEqual([]);
  });

  test("name existing .ts files inside extractor/", () => {
    const broken = files.flatMap((file) =>
      relativeImports(file)
        .filter((target) => !known.has(target))
        .map((target) => `${file} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test("have no cycle, except inside one recursion over a recursive data type", () => {
    const forbidden = cycles().filter((knot) => !RECURSIVE.some((group) => isInside(knot, group)));
    expect(forbidden.map((knot) => knot.join(" <-> "))).toEqual([]);
  });

  test("of a recursion run in circles, or its exception is no longer needed", () => {
    const found = cycles();
    for (const group of RECURSIVE) {
      const knots = found.filter((knot) => isInside(knot, group));
      expect([group.files.source, knots.length > 0]).toEqual([group.files.source, true]);
      expect(knots.flat().length).toBeLessThanOrEqual(group.most);
    }
  });

  test("of Babel stay in syntax/", () => {
    const outside = files.filter(
      (file) => partOf(file) !== "syntax" && importsOf(file).some((specifier) => specifier.startsWith("@babel/")),
    );
    expect(outside).toEqual([]);
  });

  test("of libraries and builtins stay at the edges", () => {
    const pureRoom = (file: string) => PURE_ROOMS.find((room) => room === roomOf(file));
    const found = files
      .filter((file) => !EDGES.has(partOf(file)) || pureRoom(file) !== undefined)
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => !specifier.startsWith("."))
          .filter((specifier) => !PURE_PACKAGES[pureRoom(file) ?? partOf(file)]?.includes(specifier))
          .map((specifier) => `${file} -> ${specifier}`),
      );
    expect(found).toEqual([]);
  });

  test("of builtins say node:", () => {
    const bare = new Set(builtinModules);
    expect(
      files.flatMap((file) =>
        importsOf(file)
          .filter((name) => bare.has(name))
          .map((name) => `${file}: ${name}`),
      ),
    ).toEqual([]);
  });
});

const isInside = (knot: string[], group: { files: RegExp }): boolean => knot.every((file) => group.files.test(file));

/**
 * Groups of files that reach each other by lasting imports: none of them can be loaded, or understood, without the
 * others.
 */
function cycles(): string[][] {
  const targets = new Map(files.map((file) => [file, lastingImports(file)]));
  const reached = new Map(files.map((file) => [file, reachable(file, targets)]));
  const knots = files.map((file) =>
    files.filter((other) => reached.get(file)!.has(other) && reached.get(other)!.has(file)),
  );
  const one = new Map(knots.filter((knot) => knot.length > 0).map((knot) => [knot.join(), knot]));
  return [...one.values()];
}

function reachable(from: string, targets: ReadonlyMap<string, string[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [...(targets.get(from) ?? [])];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...(targets.get(file) ?? []));
  }
  return seen;
}

describe("files", () => {
  test("are no barrels", () => {
    const barrels = files.filter(
      (file) => file !== "index.ts" && (basename(file) === "index.ts" || onlyReexports(file)),
    );
    expect(barrels).toEqual([]);
  });

  test("have names that say what they hold", () => expect(files.filter((file) => NAMELESS.test(file))).toEqual([]));

  test(`have at most ${MAX_LINES} lines`, () => {
    const long = files
      .map((file) => [file, textOf(file).split("\n").length - 1] as const)
      .filter(([, lines]) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  test("have no default export", () => {
    expect(files.filter((file) => /^export default\b/m.test(textOf(file)))).toEqual([]);
  });

  test("that see a program keep what they remember of it in its cache: no WeakMap outlives a call", () => {
    const seeing = files.filter((file) => ["ir", "evaluate", "find", "syntax"].includes(partOf(file)));
    expect(
      seeing.filter((file) => /^(?:export )?(?:const|let) \w+(?:: .*)? = new WeakMap\b/m.test(textOf(file))),
    ).toEqual([]);
  });

  test("that evaluate and find take their bounds from the two tables: none is a constant of its own", () => {
    const found = files
      .filter((file) => ["evaluate", "find"].includes(partOf(file)))
      .flatMap((file) =>
        [...textOf(file).matchAll(/^(?:export )?const ([A-Z][A-Z_]*) = [\d._e]+;$/gm)].map(
          ([, name]) => `${file} ${name}`,
        ),
      );
    expect(found.filter((one) => !NO_BOUNDS.has(one))).toEqual([]);
    expect([...NO_BOUNDS].filter((one) => !found.includes(one))).toEqual([]);
  });

  test(`have functions of at most ${MOST_PARAMETERS} parameters: more are members of an object, with names`, () => {
    expect(files.flatMap(longSignatures)).toEqual([]);
  });

  test("export no name that another one exports as well: one word, one meaning", () => {
    const places = new Map<string, string[]>();
    // a verb of the command line, and the function of the API that does the same, have one name
    for (const file of files.filter((path) => !["api", "command", "index"].includes(partOf(path))))
      for (const [, name = ""] of textOf(file).matchAll(EXPORTED))
        places.set(name, [...(places.get(name) ?? []), file]);
    expect([...places].filter(([, own]) => own.length > 1)).toEqual([]);
  });

  test("name no vendor: those are data in signatures/", () => {
    const named = files.flatMap((file) => {
      const hit = VENDOR.exec(`${file}\n${withoutComments(textOf(file))}`);
      return hit ? [`${file}: ${hit[0]}`] : [];
    });
    expect(named).toEqual([]);
  });
});

/** `file:line` of functions, methods and types of functions that take more by position than a reader tells apart. */
function longSignatures(file: string): string[] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node.parameters.length > MOST_PARAMETERS)
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Comments may name an example. */
function withoutComments(text: string): string {
  const { transformed } = ts.transform(ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest), []);
  return ts.createPrinter({ removeComments: true }).printFile(transformed[0]!);
}

function onlyReexports(file: string): boolean {
  const { statements } = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  const passes = (statement: ts.Statement): boolean =>
    ts.isImportDeclaration(statement) || (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
  return statements.length > 0 && statements.every(passes);
}

test("files that pages name exist", () => {
  const root = new URL("../", import.meta.url);
  const pages = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    ...readdirSync(new URL("docs/", root)).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
  ];
  const there = [...files, ...readdirSync(new URL("test/", root), { recursive: true, encoding: "utf8" })];
  const missing = pages.flatMap((name) =>
    [...readFileSync(new URL(name, root), "utf8").matchAll(/`((?!src\/|\.\/)[\w./-]+\.ts)`/g)]
      .map(([, path = ""]) => path.replace(/^(?:extractor|test)\//, ""))
      .filter((path) => !there.some((file) => file === path || file.endsWith(`/${path}`)))
      .map((path) => `${name}: ${path}`),
  );
  expect(missing).toEqual([]);
});
