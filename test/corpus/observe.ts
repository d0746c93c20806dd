import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { EndpointKind } from "../../extractor/model/report.ts";
import type { Build } from "./build.ts";
import type { Run } from "./case.ts";

/** One thing a running program reached for. */
export interface Sighting {
  kind: EndpointKind;
  method: string;
  url: string;
  /** As on the wire, in the sender's spelling. */
  headers: string[];
  body: string;
}

export interface Observation {
  sightings: Sighting[];
  environment: Set<string>;
  output: string;
  /** What is in the home folder afterwards, by path. */
  files: string[];
}

interface WireRecord {
  kind: "request" | "socket" | "spawn" | "env" | "lookup";
  method?: string;
  url?: string;
  headers?: string[];
  body?: string;
  name?: string;
  program?: string;
  args?: string[];
  runtime?: boolean;
}

const recorder = pathToFileURL(join(import.meta.dirname, "recorder.mjs")).href;
/** Milliseconds; a program itself ends in a tenth of a second. */
const TIME_LIMIT = 600_000;

/** Runs a built program under the recorder. Throws where the program fails: a case that doesn't run proves nothing. */
export async function observe(build: Build, run: Run): Promise<Observation> {
  const home = mkdtempSync(join(tmpdir(), "corpus-run-"));
  const output = join(home, "records");
  for (const [path, content] of Object.entries(run.files ?? {})) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), JSON.stringify(content));
  }
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", recorder, build.entry, ...(run.args ?? [])],
      {
        cwd: home,
        timeout: TIME_LIMIT,
        env: {
          PATH: process.env.PATH,
          HOME: home,
          OBSERVE_OUTPUT: output,
          OBSERVE_ANSWERS: JSON.stringify(run.answers ?? {}),
          ...run.env,
        },
      },
    ).catch((error: { stderr?: string }) => {
      // a minified bundle quotes whole lines of itself
      const lines = String(error.stderr || error)
        .split("\n")
        .map((line) => line.slice(0, 200));
      throw new Error(lines.slice(-30).join("\n"));
    });
    const lines = existsSync(output) ? readFileSync(output, "utf8").split("\n").filter(Boolean) : [];
    const records = lines.map((line) => JSON.parse(line) as WireRecord);
    return {
      sightings: records.flatMap(sightingsOf),
      environment: new Set(records.flatMap((record) => (record.kind === "env" && record.name ? [record.name] : []))),
      output: stdout,
      files: readdirSync(home, { recursive: true }).map(String),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function sightingsOf(record: WireRecord): Sighting[] {
  if (record.kind === "env" || record.kind === "lookup") return [];
  const { method = "ANY", url = "", headers = [], body = "" } = record;
  if (record.kind !== "spawn") return [{ kind: record.kind, method, url, headers, body }];
  const words =
    record.program === "sh" ? shellWords(record.args?.[1] ?? "") : [record.program ?? "", ...(record.args ?? [])];
  const target = record.runtime ? registryUrl(words.slice(2)) : childTarget(words);
  if (!target) return [];
  return [{ kind: target.browser ? "browser" : "spawn", method: "ANY", url: target.url, headers: [], body: "" }];
}

interface Target {
  url: string;
  browser?: boolean;
}

const shellWords = (command: string) =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

/** What a command line reaches, by the programs the corpus starts. */
function childTarget([program = "", ...args]: string[]): Target | null {
  const url = args.find((argument) => /^[a-z+]+:\/\//.test(argument));
  switch (program) {
    case "open":
    case "xdg-open":
      return url ? { url, browser: true } : null;
    case "git":
    case "curl":
      return url ? { url } : null;
    case "npm":
      return registryUrl(args.slice(1));
    case "gh":
      return { url: `https://api.github.com/${(args[1] ?? "").replace(/^\//, "")}` };
    default:
      return null;
  }
}

function registryUrl(args: string[]): Target | null {
  const at = args.indexOf("--registry");
  const base = at >= 0 ? args[at + 1] : "https://registry.npmjs.org";
  const spec = args.find((argument, index) => !argument.startsWith("-") && (at < 0 || index !== at + 1));
  return spec ? { url: `${base}/${spec.replace(/(.)@.*$/, "$1")}` } : null;
}
