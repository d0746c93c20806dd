// What an extraction costs, as ratios to a bare @babel/parser parse of the package's largest .js file: whole processes, run in
// turn (parse, extract, parse, extract, …), medians. Needs a build. Tarballs are fetched first; nothing timed asks the network.
//   npm run bench -- [--all] [--runs N] [--timing] [SPEC…]
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { list, extract as unpack } from "tar";

const FIRST = "@anthropic-ai/claude-code@2.1.91";
const OTHERS = [
  "@github/copilot@1.0.24",
  "@google/gemini-cli@0.61.0",
  "@cursor/sdk@1.0.32",
  "@anthropic-ai/claude-code@2.0.75",
];
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/bench");
const CLI = join(ROOT, "dist/cli.js");
const PARSE = fileURLToPath(new URL("parse.mjs", import.meta.url));
const PHASES = fileURLToPath(new URL("phases.mjs", import.meta.url));

/** Written by the measured process itself when it ends, so that Node's start counts and this program's own work doesn't. */
const USAGE = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from "node:fs";
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { all: { type: "boolean" }, runs: { type: "string", default: "3" }, timing: { type: "boolean" } },
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

/** Path of the largest JavaScript file of a tarball, unpacked beside it. */
async function largestFile(tarball) {
  let largest = { path: "", size: 0 };
  const onReadEntry = ({ path, size }) => {
    if (/\.[cm]?js$/.test(path) && size > largest.size) largest = { path, size };
  };
  await list({ file: tarball, onReadEntry });
  await unpack({ file: tarball, cwd: join(tarball, "..") }, [largest.path]);
  return join(tarball, "..", largest.path);
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
  head: ["package", "largest .js", "CPU : parse", "wall : parse", "peak RSS : file", "peak RSS", "parse's RSS"],
  style: { head: [], border: [] },
});
for (const spec of specs) {
  const tarball = tarballOf(spec);
  const file = await largestFile(tarball);
  const runs = { parse: [], extract: [] };
  for (let i = 0; i < Math.max(1, Number(options.runs)); i++) {
    runs.parse.push(await measure([PARSE, file]));
    runs.extract.push(await measure([CLI, tarball, "--no-cache", "--format", "json", "--quiet"]));
  }
  const [parse, extract] = [middle(runs.parse), middle(runs.extract)];
  const size = statSync(file).size;
  table.push([
    spec,
    `${(size / 1e6).toFixed(1)} MB`,
    fixed(extract.cpu / parse.cpu),
    fixed(extract.wall / parse.wall),
    `${(extract.rss / size).toFixed(0)} x`,
    `${(extract.rss / 1e6).toFixed(0)} MB`,
    `${(parse.rss / 1e6).toFixed(0)} MB`,
  ]);
  if (options.timing) {
    const phases = JSON.parse(execFileSync(process.execPath, [PHASES, tarball], { encoding: "utf8" }));
    for (const [name, cpu] of Object.entries(phases))
      table.push([{ colSpan: 2, content: `  ${name}` }, fixed(cpu / parse.cpu)]);
  }
}
console.log(table.toString());
