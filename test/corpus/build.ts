import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import nodeResolve from "@rollup/plugin-node-resolve";
import ncc from "@vercel/ncc";
import * as esbuild from "esbuild";
import { type Plugin, rollup } from "rollup";
import { minify } from "terser";
import webpack from "webpack";
import type { CorpusCase } from "./case.ts";
import { type Dialect, sourceFiles, stage } from "./stage.ts";

const require = createRequire(import.meta.url);
const repository = join(import.meta.dirname, "..", "..");
const lock = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8")) as {
  packages: Record<string, { version?: string }>;
};
const cache = join(repository, "node_modules", ".cache", "corpus");

/** A finished build: a folder with package.json whose `bin` is the program. */
export interface Build {
  directory: string;
  /** The program, absolute. */
  entry: string;
}

interface Bundler {
  dialect: Dialect;
  /** Name of the program in the output folder. */
  entry: string;
  bundle(entry: string, output: string): Promise<void>;
}

// a bundled CommonJS library still calls require for node: modules
const REQUIRE_BANNER = 'import { createRequire as __cr } from "node:module"; const require = __cr(import.meta.url);';

export const bundlers = {
  esbuild: {
    dialect: "typescript",
    entry: "main.cjs",
    bundle: (entry, output) => runEsbuild(entry, output, { format: "cjs", outExtension: { ".js": ".cjs" } }),
  },
  "esbuild-min": {
    dialect: "typescript",
    entry: "main.mjs",
    bundle: (entry, output) =>
      runEsbuild(entry, output, {
        format: "esm",
        minify: true,
        outExtension: { ".js": ".mjs" },
        banner: { js: REQUIRE_BANNER },
      }),
  },
  "rollup-terser": { dialect: "es2022", entry: "main.mjs", bundle: runRollup },
  webpack: { dialect: "es2019", entry: "main.js", bundle: runWebpack },
  ncc: { dialect: "commonjs", entry: "main.js", bundle: runNcc },
  bun: { dialect: "typescript", entry: "main.js", bundle: (entry, output) => runBun(entry, output, ["--target=bun"]) },
  "bun-min": {
    dialect: "typescript",
    entry: "main.js",
    bundle: (entry, output) => runBun(entry, output, ["--target=node", "--minify"]),
  },
  "bun-split": {
    dialect: "typescript",
    entry: "main.js",
    bundle: (entry, output) => runBun(entry, output, ["--target=node", "--splitting"]),
  },
} satisfies Record<string, Bundler>;

export type BundlerName = keyof typeof bundlers;
export const bundlerNames = Object.keys(bundlers) as BundlerName[];

/** Quick enough for every run of the tests; the others are for `npm run test:real`. */
export const quickBundlers: readonly BundlerName[] = ["esbuild-min", "bun-min"];

/** Built by bundlers whose output only their own runtime can execute. */
export const notForNode: ReadonlySet<BundlerName> = new Set(["bun"]);

/** Builds a case, or finds the build of the same sources, the same bundlers and the same recipe in the cache. */
export async function build(corpusCase: CorpusCase, name: BundlerName): Promise<Build> {
  const bundler: Bundler = bundlers[name];
  const directory = join(cache, `${corpusCase.name}-${contentHash(corpusCase)}`, name);
  const done: Build = { directory, entry: join(directory, bundler.entry) };
  if (existsSync(directory)) return done;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "work-"));
  try {
    const output = join(work, "out");
    await bundler.bundle(await stage(corpusCase, bundler.dialect, join(work, "project")), output);
    writeFileSync(
      join(output, "package.json"),
      JSON.stringify({
        name: `corpus-${corpusCase.name}`,
        version: "1.0.0",
        type: name.startsWith("bun") ? "module" : "commonjs",
        bin: { corpus: bundler.entry },
      }),
    );
    mkdirSync(join(directory, ".."), { recursive: true });
    try {
      renameSync(output, directory);
    } catch (error) {
      // another worker was quicker; its build is the same
      if (!existsSync(directory)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return done;
}

const TOOLS = [
  "@rollup/plugin-commonjs",
  "@rollup/plugin-node-resolve",
  "@vercel/ncc",
  "bun",
  "esbuild",
  "rollup",
  "terser",
  "typescript",
  "webpack",
];

/**
 * Of the sources, this recipe, and the versions of what it uses: bundlers and the libraries that the sources import.
 */
function contentHash(corpusCase: CorpusCase): string {
  const hash = createHash("sha256");
  const libraries = new Set(TOOLS);
  for (const file of sourceFiles(corpusCase)) {
    const text = readFileSync(join(corpusCase.directory, file), "utf8");
    for (const [, name] of text.matchAll(/(?:from|import\() ?"((?:@[\w-]+\/)?[\w-]+)(?:\/[^"]*)?"/g))
      libraries.add(name!);
    hash.update(`${file}\0${text}\0`);
  }
  for (const name of [...libraries].sort()) hash.update(`${name}@${lock.packages[`node_modules/${name}`]?.version}\0`);
  for (const file of ["build.ts", "stage.ts"]) hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest("hex").slice(0, 16);
}

const NODE_ENV = "process.env.NODE_ENV";

async function runEsbuild(entry: string, outdir: string, options: esbuild.BuildOptions): Promise<void> {
  await esbuild.build({
    entryPoints: [entry],
    outdir,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "error",
    define: { [NODE_ENV]: '"production"' },
    ...options,
  });
}

/** The plugins' types describe their CommonJS form, whose default is the namespace. */
const plugin = (make: unknown, options?: object) => (make as (options?: object) => Plugin)(options);

/** As the other bundlers have it without being asked. */
const PRODUCTION: Plugin = {
  name: "production",
  transform: (code) => (code.includes(NODE_ENV) ? code.replaceAll(NODE_ENV, '"production"') : null),
};

async function runRollup(input: string, dir: string): Promise<void> {
  const bundle = await rollup({
    input,
    plugins: [
      plugin(nodeResolve, { preferBuiltins: true, exportConditions: ["node"] }),
      plugin(commonjs, { ignoreDynamicRequires: true }),
      plugin(json),
      PRODUCTION,
    ],
    onwarn: () => {},
  });
  const { output } = await bundle.generate({
    format: "es",
    entryFileNames: "main.mjs",
    chunkFileNames: "[name]-[hash].mjs",
  });
  await bundle.close();
  mkdirSync(dir, { recursive: true });
  for (const chunk of output) {
    if (chunk.type !== "chunk") continue;
    const { code } = await minify(chunk.code, { module: true, ecma: 2020, compress: { passes: 2 } });
    writeFileSync(join(dir, chunk.fileName), code ?? "");
  }
}

async function runWebpack(entry: string, path: string): Promise<void> {
  const compiler = webpack({
    mode: "production",
    target: "node20",
    entry,
    output: { path, filename: "main.js" },
    // optional native add-ons of a library may be absent
    externals: { bufferutil: "commonjs bufferutil", "utf-8-validate": "commonjs utf-8-validate" },
  });
  await new Promise<void>((resolve, reject) => {
    compiler?.run((error, stats) => {
      if (error || !stats || stats.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
      else resolve();
    });
  });
}

async function runNcc(entry: string, output: string): Promise<void> {
  const { code, assets } = await ncc(entry, { quiet: true, cache: false, minify: false });
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, "main.js"), code);
  for (const [file, asset] of Object.entries(assets)) {
    mkdirSync(join(output, file, ".."), { recursive: true });
    writeFileSync(join(output, file), asset.source);
  }
}

async function runBun(entry: string, output: string, options: string[]): Promise<void> {
  await promisify(execFile)(bunBinary(), ["build", entry, `--outdir=${output}`, ...options], {
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/** The package's postinstall moves the binary; where scripts are off it stays in the platform's package. */
function bunBinary(): string {
  const root = join(require.resolve("bun/package.json"), "..");
  const scope = join(root, "..", "@oven");
  const platform = existsSync(scope) ? readdirSync(scope).map((name) => join(scope, name, "bin", "bun")) : [];
  const found = [join(root, "bin", "bun.exe"), ...platform].find(
    (file) => existsSync(file) && statSync(file).size > 1e6,
  );
  if (!found) throw new Error("the npm package `bun` has no binary for this platform");
  return found;
}
