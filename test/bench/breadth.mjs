// How much of sixty real command-line programs is understood: a row for each in BREADTH.md, beside what it was when
// the table was last written. An open host on most endpoints of a program is a defect to chase. Needs a build.
//   npm run breadth -- [--cli PATH] [--max-time 60s] [--again] [NAME…]      measures (all that have no row of this build yet)
//   npm run breadth -- --write                                             writes BREADTH.md and breadth.json from what was measured
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAMS = JSON.parse(readFileSync(new URL("breadth-programs.json", import.meta.url), "utf8"));
const KEPT = fileURLToPath(new URL("breadth.json", import.meta.url));
const TABLE = fileURLToPath(new URL("BREADTH.md", import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cli: { type: "string", default: join(ROOT, "dist/cli.js") },
    "max-time": { type: "string", default: "60s" },
    again: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const MEASURED = join(ROOT, "node_modules/.cache/breadth");
mkdirSync(MEASURED, { recursive: true });

/** Written by the measured process itself when it ends. */
const USAGE = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from "node:fs";
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;
const CUTS = ["cut-alternatives", "cut-parts", "cut-depth", "cut-fuel", "cut-contexts"];
const SETTINGS = new Set(["env", "config", "flag", "argument"]);

const placeOf = (spec) => join(MEASURED, `${createHash("sha256").update(spec).digest("hex").slice(0, 12)}.json`);

/** A host without a letter that the code says: `{base}/v1`, `https://{host}/v1`. */
const isOpen = (url) => {
  const host = /^(?:[a-z+]+:\/\/)?([^/?#]*)/i.exec(url)[1];
  return url.startsWith("{") || !/[a-z0-9]/i.test(host.replace(/\{[^}]*\}/g, ""));
};

/** What a person says where it goes: a setting, a variable, an argument. */
function isConfigured({ url, holes }) {
  const [, name] = /\{([^}]*)\}/.exec(url) ?? [];
  return SETTINGS.has(holes[name]?.kind);
}

async function measure(spec) {
  const child = spawn(
    process.execPath,
    [
      "--import",
      USAGE,
      options.cli,
      spec,
      "--format",
      "json",
      "--no-cache",
      "--quiet",
      "--max-time",
      options["max-time"],
    ],
    { stdio: ["ignore", "pipe", "inherit", "pipe"] },
  );
  let text = "";
  let usage = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  child.stdio[3].on("data", (chunk) => (usage += chunk));
  const exit = await new Promise((done) => child.on("close", done));
  return rowOf(spec, exit, text === "" ? null : JSON.parse(text), usage === "" ? null : JSON.parse(usage));
}

function rowOf(spec, exit, report, usage) {
  if (report === null) return { spec, exit };
  const count = (kind) => report.diagnostics.find((d) => d.kind === kind)?.count ?? 0;
  const requests = report.endpoints.filter((e) => e.kind !== "browser" && e.kind !== "spawn");
  const open = requests.filter((e) => [e.url, ...e.alternatives].every(isOpen));
  return {
    spec,
    version: report.package.version,
    exit,
    bytes: report.stats.bytes,
    endpoints: requests.length,
    open: open.length,
    configured: open.filter(isConfigured).length,
    sinks: report.stats.sinks,
    unresolved: count("sink-unresolved"),
    cuts: CUTS.reduce((sum, kind) => sum + count(kind), 0),
    ended: ["time-spent", "memory-spent", "stack-spent"].filter((kind) => count(kind) > 0),
    unread: count("dependency-unread"),
    seconds: usage && (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    megabytes: usage && usage.maxRSS / 1024,
  };
}

const percent = (part, whole) => (whole === 0 ? "" : `${Math.round((100 * part) / whole)} %`);
const unresolved = (row) => percent(row.unresolved, row.sinks + row.unresolved);
/** `12`, or `12 (9)` where it was 9 before. */
const beside = (now, before) => (before === undefined || before === now ? `${now}` : `${now} (${before})`);

function lineOf(row, before) {
  if (row.endpoints === undefined) return `| ${row.spec} | exit ${row.exit} | | | | | | | |`;
  return `| ${[
    `${row.spec}@${row.version}`,
    (row.bytes / 1e6).toFixed(1),
    beside(row.endpoints, before?.endpoints),
    beside(percent(row.open, row.endpoints), before && percent(before.open, before.endpoints)),
    row.configured,
    beside(unresolved(row), before && unresolved(before)),
    beside(row.cuts, before?.cuts),
    `${row.seconds.toFixed(0)}${row.ended.length > 0 ? " (ended)" : ""}`,
    row.megabytes.toFixed(0),
  ].join(" | ")} |`;
}

function write() {
  const before = new Map(existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, "utf8")).map((row) => [row.spec, row]) : []);
  const measured = new Map(
    readdirSync(MEASURED)
      .map((name) => JSON.parse(readFileSync(join(MEASURED, name), "utf8")))
      .map((row) => [row.spec, row]),
  );
  const rows = PROGRAMS.map((spec) => measured.get(spec) ?? before.get(spec)).filter((row) => row !== undefined);
  const wide = rows.filter((row) => row.endpoints > 0 && row.open * 3 > row.endpoints);
  const unexplained = wide.filter((row) => (row.open - row.configured) * 3 > row.endpoints);
  const notes = existsSync(TABLE) ? (/\n## Looked at[\s\S]*$/.exec(readFileSync(TABLE, "utf8"))?.[0] ?? "") : "";
  writeFileSync(
    TABLE,
    `# Breadth

\`npm run breadth\`: ${rows.length} real command-line programs, each read once with \`--max-time\`. In parentheses the
value of the table before. Open: endpoints whose host no letter of the code says; of these, "configured" are those that
a setting, a variable or an argument names. Unresolved: of the calls that send, those whose address is not known.

${wide.length} programs have more than a third of their endpoints on an open host; without those that a person
configures, ${unexplained.length}.

| program | MB | endpoints | open | configured | unresolved | cuts | CPU s | MB of memory |
|---|---|---|---|---|---|---|---|---|
${rows.map((row) => lineOf(row, before.get(row.spec))).join("\n")}
${notes}`,
  );
  writeFileSync(KEPT, `${JSON.stringify(rows, null, 1)}\n`);
}

if (options.write) write();
else
  for (const spec of positionals.length > 0 ? positionals : PROGRAMS) {
    if (existsSync(placeOf(spec)) && !options.again) continue;
    const row = await measure(spec);
    writeFileSync(placeOf(spec), JSON.stringify(row));
    console.log(JSON.stringify(row));
  }
