import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import { minify } from "terser";
import ts from "typescript";
import type { CorpusCase } from "./case.ts";
import { installed, load } from "./matrix-tools.ts";
import { type Dialect, stage } from "./stage.ts";

/**
 * How a program is built that neither `build.ts` covers: every further bundler and compiler, and what their options
 * change.
 */
interface Recipe {
  dialect: Dialect;
  /** Writes the program to `output`; `project` is the staged case. */
  run(entry: string, output: string, project: string): Promise<void>;
}

const run = promisify(execFile);
/** Of one bundler's process, in milliseconds. */
const LIMIT = 60_000;

export const RECIPES = {
  "esbuild, names kept": {
    dialect: "typescript",
    run: (entry, output) => withEsbuild(entry, output, { minify: true, keepNames: true }),
  },
  "esbuild, names kept, not minified": {
    dialect: "typescript",
    run: (entry, output) => withEsbuild(entry, output, { keepNames: true, format: "cjs" }),
  },
  "esbuild, classes and async lowered": {
    dialect: "typescript",
    run: (entry, output) => withEsbuild(entry, output, { minify: true, target: "es2016" }),
  },
  "esbuild, properties mangled": {
    dialect: "typescript",
    run: (entry, output) => withEsbuild(entry, output, { minify: true, mangleProps: OWN_PROPERTIES }),
  },
  "terser, properties mangled": { dialect: "typescript", run: mangledByTerser },
  "webpack 5.0": { dialect: "es2019", run: (entry, output) => withWebpack("webpack-5.0", entry, output) },
  "webpack, newest": { dialect: "es2022", run: (entry, output) => withWebpack("webpack", entry, output) },
  "webpack, newest, modules apart": {
    dialect: "es2022",
    run: (entry, output) => withWebpack("webpack", entry, output, { modulesApart: true }),
  },
  rolldown: { dialect: "typescript", run: withRolldown },
  rspack: { dialect: "es2022", run: (entry, output) => withRspack(entry, output) },
  "rspack, modules apart": {
    dialect: "es2022",
    run: (entry, output) => withRspack(entry, output, MODULES_APART),
  },
  parcel: { dialect: "es2022", run: withParcel },
  Deno: { dialect: "typescript", run: withDeno },
  "Closure Compiler to ES5": { dialect: "es2019", run: withClosure },
  "swc to ES2015": {
    dialect: "typescript",
    run: (entry, output, project) => compiled((text) => compileWithSwc(text, "es2015"), entry, output, project),
  },
  "swc to ES5": {
    dialect: "typescript",
    run: (entry, output, project) => compiled((text) => compileWithSwc(text, "es5"), entry, output, project),
  },
  "Babel for Node 6": {
    dialect: "typescript",
    run: (entry, output, project) => compiled(compileWithBabel, entry, output, project),
  },
  "TypeScript to ES2015, helpers inline": {
    dialect: "typescript",
    run: (entry, output, project) =>
      compiled(async (text) => compileWithTypeScript(text, false), entry, output, project),
  },
  "TypeScript to ES2015, tslib": {
    dialect: "typescript",
    run: (entry, output, project) =>
      compiled(async (text) => compileWithTypeScript(text, true), entry, output, project),
  },
  "TypeScript to ES5": {
    dialect: "typescript",
    run: (entry, output, project) =>
      compiled(async (text) => compileWithTypeScript(text, false, ts.ScriptTarget.ES5), entry, output, project),
  },
} satisfies Record<string, Recipe>;

export type RecipeName = keyof typeof RECIPES;
export const recipeNames = Object.keys(RECIPES) as RecipeName[];

/** Builds a case in a new folder, which the caller removes; the program is `main.js` in it. */
export async function buildWith(name: RecipeName, corpusCase: CorpusCase, parent: string): Promise<string> {
  const recipe: Recipe = RECIPES[name];
  const output = mkdtempSync(join(parent, "out-"));
  const project = mkdtempSync(join(parent, "project-"));
  const entry = await stage(corpusCase, recipe.dialect, project);
  await recipe.run(entry, output, project);
  rmSync(project, { recursive: true, force: true });
  writeFileSync(
    join(output, "package.json"),
    JSON.stringify({ name: `corpus-${corpusCase.name}`, version: "1.0.0", bin: { corpus: "main.js" } }),
  );
  return output;
}

/** Members that the programs of the corpus call so, and no platform has: private in spirit. */
const OWN_PROPERTIES = /^(address|middlewares|settings|handlers|routes|endpoints|baseUrl|apiUrl|prefix)$/;

async function withEsbuild(entry: string, output: string, options: esbuild.BuildOptions): Promise<void> {
  await esbuild.build({
    entryPoints: [entry],
    outfile: join(output, "main.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    ...options,
  });
}

async function mangledByTerser(entry: string, output: string): Promise<void> {
  await withEsbuild(entry, output, {});
  const file = join(output, "main.js");
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    mangle: { properties: { regex: OWN_PROPERTIES } },
  });
  writeFileSync(file, code ?? "");
}

/**
 * In a process of its own: versions before 5.54 hash with MD4, which OpenSSL 3 has among its legacy algorithms only.
 * Minified here, since the plugin of 5.0 waits forever for workers that Node 20 does not start.
 */
async function withWebpack(
  tool: "webpack" | "webpack-5.0",
  entry: string,
  output: string,
  how: { modulesApart?: boolean } = {},
): Promise<void> {
  const optimization = { minimize: false, ...(how.modulesApart ? MODULES_APART : {}) };
  const file = { path: output, filename: "main.js" };
  const config = { mode: "production", target: "node", entry, output: file, optimization };
  const script = `require("webpack")(${JSON.stringify(config)}).run((error, stats) => {
    if (error || stats.hasErrors()) { console.error(error || stats.toString("errors-only")); process.exitCode = 1; }
  })`;
  await run(process.execPath, ["--openssl-legacy-provider", "-e", script], {
    cwd: await installed(tool),
    timeout: LIMIT,
  });
  if (!how.modulesApart) await minified(join(output, "main.js"));
}

const MODULES_APART = { concatenateModules: false, usedExports: false };

async function minified(file: string): Promise<void> {
  const { code } = await esbuild.transform(readFileSync(file, "utf8"), { minify: true });
  writeFileSync(file, code);
}

async function withRolldown(entry: string, output: string): Promise<void> {
  const { rolldown } = await load<{
    rolldown(options: object): Promise<{ write(options: object): Promise<unknown>; close(): Promise<void> }>;
  }>("rolldown", "rolldown");
  const bundle = await rolldown({ input: entry, platform: "node", logLevel: "silent" });
  await bundle.write({ file: join(output, "main.js"), format: "esm", minify: true });
  await bundle.close();
}

interface Compiler {
  run(done: (error: unknown, stats?: { hasErrors(): boolean; toString(how: string): string }) => void): void;
  close(done: () => void): void;
}

async function withRspack(entry: string, output: string, optimization: object = {}): Promise<void> {
  const { rspack } = await load<{ rspack(options: object): Compiler }>("rspack", "@rspack/core");
  const compiler = rspack({
    mode: "production",
    target: "node",
    entry,
    output: { path: output, filename: "main.js" },
    optimization,
  });
  await new Promise<void>((resolve, reject) =>
    compiler.run((error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
      else compiler.close(resolve);
    }),
  );
}

async function withParcel(entry: string, output: string, project: string): Promise<void> {
  const manifest = join(project, "package.json");
  const said = JSON.parse(readFileSync(manifest, "utf8")) as object;
  const targets = { main: { context: "node", includeNodeModules: true, optimize: true, outputFormat: "commonjs" } };
  const main = join("dist", "main.js");
  writeFileSync(manifest, JSON.stringify({ ...said, main, engines: { node: ">=20" }, targets }));
  const program = join(await installed("parcel"), "node_modules", "parcel", "lib", "bin.js");
  await run(process.execPath, [program, "build", entry, "--no-source-maps", "--no-cache"], {
    cwd: project,
    timeout: LIMIT,
  });
  copyFileSync(join(project, main), join(output, "main.js"));
}

async function withDeno(entry: string, output: string, project: string): Promise<void> {
  const program = join(await installed("deno"), "node_modules", "@deno", "linux-x64-glibc", "deno");
  const args = [
    "bundle",
    "--platform",
    "deno",
    "--minify",
    "--no-lock",
    "--node-modules-dir=manual",
    "--sloppy-imports",
  ];
  await run(program, [...args, "-o", join(output, "main.js"), entry], { cwd: project, timeout: LIMIT });
}

/** A bundle of esbuild's, compiled to what engines of 2009 run, names and all. */
async function withClosure(entry: string, output: string): Promise<void> {
  await withEsbuild(entry, output, { format: "cjs", target: "es2019" });
  const file = join(output, "main.js");
  const program = join(await installed("closure"), "node_modules", "google-closure-compiler-linux", "compiler");
  const made = join(output, "compiled.js");
  await run(
    program,
    ["--js", file, "--js_output_file", made, "--language_out", "ECMASCRIPT5", "--warning_level", "QUIET"],
    { timeout: LIMIT },
  );
  renameSync(made, file);
}

type Compile = (text: string, file: string) => Promise<string>;

/** Compiles a project file by file, as libraries are published, and bundles what came of it. */
async function compiled(compile: Compile, entry: string, output: string, project: string): Promise<void> {
  for (const file of readdirSync(project, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  )) {
    const from = join(project, file);
    const to = from.replace(/\.ts$/, ".js");
    writeFileSync(to, await compile(readFileSync(from, "utf8"), from));
    rmSync(from);
    const manifest = join(from, "..", "package.json");
    if (file.startsWith("node_modules")) {
      const text = readFileSync(manifest, "utf8");
      writeFileSync(manifest, text.replace("index.ts", "index.js"));
    }
  }
  mkdirSync(output, { recursive: true });
  const nodePaths = await Promise.all(
    (["swc", "tslib"] as const).map(async (tool) => join(await installed(tool), "node_modules")),
  );
  await withEsbuild(entry.replace(/\.ts$/, ".js"), output, { minify: true, nodePaths });
}

async function compileWithSwc(text: string, target: "es2015" | "es5"): Promise<string> {
  const swc = await load<{ transform(text: string, options: object): Promise<{ code: string }> }>("swc", "@swc/core");
  const { code } = await swc.transform(text, {
    swcrc: false,
    jsc: { parser: { syntax: "typescript", decorators: true }, target, externalHelpers: true },
    module: { type: "commonjs" },
  });
  return code;
}

async function compileWithBabel(text: string, filename: string): Promise<string> {
  const babel = await load<{
    transformAsync(text: string, options: object): Promise<{ code: string } | null>;
  }>("babel", "@babel/core");
  const folder = await installed("babel");
  const preset = (name: string, options: object) => [join(folder, "node_modules", "@babel", name), options];
  const made = await babel.transformAsync(text, {
    filename,
    babelrc: false,
    configFile: false,
    presets: [preset("preset-env", { targets: "node 6", modules: "commonjs" }), preset("preset-typescript", {})],
  });
  return made?.code ?? "";
}

function compileWithTypeScript(text: string, importHelpers: boolean, target = ts.ScriptTarget.ES2015): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target,
      downlevelIteration: true,
      esModuleInterop: true,
      importHelpers,
    },
  }).outputText;
}
