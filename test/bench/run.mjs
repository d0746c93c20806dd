// What an extraction costs, as ratios to a bare @babel/parser parse of the program: each distinct JavaScript file of
// the package, those inside executables too. Whole processes, run in turn (parse, extract, parse, extract, …),
// medians. Needs a build. Tarballs are fetched first; nothing timed asks the network. --share runs on the first so
// many percent of the program's files instead.
//   npm run bench -- [--all] [--runs N] [--timing] [--share 25,50,100] [SPEC…]
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";

const FIRST = "@anthropic-ai/claude-code@2.1.91";
const OTHERS = [
  "@github/copilot@1.0.24",
  "@google/gemini-cli@0.61.0",
  "@cursor/sdk@1.0.32",
  "@anthropic-ai/claude-code@2.0.75",
  "opencode-linux-x64@1.1.53",
  "@anthropic-ai/claude-code-linux-x64@2.1.329",
];
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/bench");
const CLI = join(ROOT, "dist/cli.js");
const PARSE = fileURLToPath(new URL("parse.mjs", import.meta.url));
const PROGRAM = fileURLToPath(new URL("program.mjs", import.meta.url));
const PHASES = fileURLToPath(new URL("phases.mjs", import.meta.url));

/**
 * Written by the measured process itself when it ends, so that Node's start counts and this program's own work
 * doesn't.
 */
const USAGE = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from "node:fs";
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: "boolean" },
    runs: { type: "string", default: "3" },
    timing: { type: "boolean" },
    share: { type: "string", default: "100" },
  },
});

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const fixed = (number) => number.toFixed(2);

/** Path of the tarball, fetched once. */
function tarballOf(spec) {
  const folder = join(CACHE, spec.replace(/[^\w.@-]/g, "_"));
  mkdirSync(folder, { recursive: true });
  const kept = join(folder, "package.tgz");
  if (!existsSync(kept)) {
    execFileSync("npm", ["pack", spec, "--pack-destination", folder, "--silent"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    renameSync(
      join(
        folder,
        readdirSync(folder).find((name) => name.endsWith(".tgz")),
      ),
      kept,
    );
  }
  return kept;
}

/** Folder with the program's files; made once. */
function programOf(tarball) {
  const folder = join(tarball, "../program");
  if (!existsSync(folder)) {
    execFileSync(process.execPath, [PROGRAM, tarball, `${folder}.part`]);
    renameSync(`${folder}.part`, folder);
  }
  return folder;
}

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

/** A folder with the first so many percent of the files. */
function shareOf(folder, percent) {
  const part = `${folder}-${percent}`;
  const files = filesOf(folder);
  for (const path of existsSync(part) ? [] : files.slice(0, Math.ceil((files.length * percent) / 100))) {
    mkdirSync(join(part, path, ".."), { recursive: true });
    copyFileSync(join(folder, path), join(part, path));
  }
  return part;
}

/** One process from start to end. Seconds and bytes. */
function measure(args) {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", USAGE, ...args], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  let usage = "";
  child.stdio[3].on("data", (text) => {
    usage += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`exit ${code}: node ${args.join(" ")}`));
      const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(usage);
      const wall = (performance.now() - started) / 1000;
      resolve({ wall, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS * 1024 });
    });
  });
}

const middle = (runs) => ({
  wall: median(runs.map((r) => r.wall)),
  cpu: median(runs.map((r) => r.cpu)),
  rss: median(runs.map((r) => r.rss)),
});

const specs = positionals.length > 0 ? positionals : options.all ? [FIRST, ...OTHERS] : [FIRST];
const table = new Table({
  head: ["package", "program", "CPU : parse", "wall : parse", "peak RSS : program", "peak RSS", "parse's RSS"],
  style: { head: [], border: [] },
});
for (const spec of specs) {
  const tarball = tarballOf(spec);
  const program = programOf(tarball);
  for (const percent of options.share.split(",").map(Number)) {
    const folder = percent === 100 ? program : shareOf(program, percent);
    const wanted = percent === 100 ? tarball : folder;
    const runs = { parse: [], extract: [] };
    for (let i = 0; i < Math.max(1, Number(options.runs)); i++) {
      runs.parse.push(await measure([PARSE, folder]));
      runs.extract.push(await measure([CLI, wanted, "--no-cache", "--format", "json", "--quiet"]));
    }
    const [parse, extract] = [middle(runs.parse), middle(runs.extract)];
    const sizes = filesOf(folder).map((path) => statSync(join(folder, path)).size);
    const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
    table.push([
      percent === 100 ? spec : `${spec}, ${percent} %`,
      `${(size / 1e6).toFixed(1)} MB in ${sizes.length}`,
      fixed(extract.cpu / parse.cpu),
      fixed(extract.wall / parse.wall),
      `${(extract.rss / size).toFixed(0)} x`,
      `${(extract.rss / 1e6).toFixed(0)} MB`,
      `${(parse.rss / 1e6).toFixed(0)} MB`,
    ]);
    if (!options.timing) continue;
    const phases = JSON.parse(execFileSync(process.execPath, [PHASES, wanted], { encoding: "utf8" }));
    for (const [name, cpu] of Object.entries(phases))
      table.push([{ colSpan: 2, content: `  ${name}` }, fixed(cpu / parse.cpu)]);
  }
}
console.log(table.toString());
