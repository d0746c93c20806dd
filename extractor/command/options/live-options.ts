import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ExtractorError } from "../../errors.ts";
import type { RunRequest } from "../../live/plan/plan-run.ts";
import type { OwnPlace, RunPlan } from "../../live/plan/run-plan.ts";
import { SEAL_PARTS, type SealPart } from "../../live/plan/seal-plan.ts";
import type { LiveMode, LiveRun } from "../../model/live-run.ts";
import type { Report } from "../../model/report.ts";
import type { Signatures, Tool } from "../../model/signatures/signature.ts";
import { type OutputOptions, remark } from "../terminal/output.ts";
import { ProgressLine } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import { environment } from "./environment-option.ts";
import { type PackageOptions, pipelineOptions } from "./package-options.ts";
import { readAllowedPlaces } from "./read-allow-list.ts";

/** How commander hands over what declareLiveOptions declared. */
export interface LiveOptions extends PackageOptions {
  har?: string;
  script?: string;
  timeout?: number;
  answers?: string[];
  allow?: string;
  flag?: Map<string, string>;
  mode?: LiveMode;
  forward?: boolean;
  sealWithout?: SealPart[];
  installScripts?: boolean;
  env?: Map<string, string>;
  quiet?: boolean;
}

/** Options of verbs that run a program; `--env` is declared by the verb. */
export function declareLiveOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--mode <name>",
        "sealed: nothing can leave (the default); proxy: proxy variables only, direct connections go out unseen",
      ).choices(["sealed", "proxy"]),
    )
    .option("--forward", "a real run of your own: your home, credentials and folder; requests go to the real servers")
    .option(
      "--seal-without <part>",
      `a weaker seal, where the machine permits no other: ${Object.keys(SEAL_PARTS).join(", ")} (repeatable)`,
      sealPart,
    )
    .option("--install-scripts", "run what npm would run after unpacking as well, in the seal, before the program")
    .option("--har <path>", "where the requests go (default: capture.har)")
    .option("--script <name>", "which of the tool's known runs: prompt, version, help, login, interactive")
    .option("--timeout <seconds>", "end the program after this time", seconds)
    .option("--answers <file...>", "answers to give before the usual ones, as in signatures/answers/")
    .option("--allow <file>", "answer only what this list of extract allowlist --format json allows; the rest gets 403")
    .option("--flag <NAME=VALUE>", "a remote flag to serve, its value in JSON (repeatable)", environment);
}

function sealPart(text: string, parts: SealPart[] = []): SealPart[] {
  if (text in SEAL_PARTS) return [...new Set([...parts, text as SealPart])];
  throw new InvalidArgumentError(`The parts are: ${Object.keys(SEAL_PARTS).join(", ")}.`);
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("Expected a number of seconds.");
}

/** What somebody asked for, and what it is carried out with. */
export interface LiveOrder<O extends LiveOptions = LiveOptions> {
  options: O;
  signatures: Signatures;
  session: Session;
}

/**
 * Installs the package and plans its run.
 * @param spec null where the arguments are a command of this machine
 * @param report of the package, where there is one: it names the keys that the program reads
 */
export async function planned(
  spec: string | null,
  args: string[],
  { options, signatures, session }: LiveOrder,
  report: Report | null = null,
): Promise<RunPlan> {
  const [{ loadAnswers }, { planRun }, { keyVariables }] = await Promise.all([
    import("../../signatures/load.ts"),
    import("../../live/plan/plan-run.ts"),
    import("../../live/plan/guessed-run.ts"),
  ]);
  const own = options.forward === true ? ownPlace(options, signatures) : null;
  const mode = options.mode ?? (own === null ? "sealed" : "proxy");
  if (mode !== "sealed" && options.sealWithout !== undefined) {
    throw new ExtractorError("usage", "--seal-without is for sealed runs, and this is none", {
      hint: "leave either side out",
    });
  }
  if (options.installScripts === true && (mode !== "sealed" || spec === null)) {
    throw new ExtractorError("usage", "--install-scripts is for sealed runs of a package: no script is run outside", {
      hint: "leave either side out",
    });
  }
  const answers = await Promise.all((options.answers ?? []).map(loadAnswers));
  const request: RunRequest = {
    spec,
    tool: spec === null ? null : toolOf(spec, signatures.tools),
    arguments: args,
    script: options.script ?? null,
    environment: options.env ?? new Map(),
    flags: new Map([...(options.flag ?? [])].map(([name, value]) => [name, flagValue(value)])),
    timeoutSeconds: options.timeout ?? null,
    answers: [...answers, ...signatures.answers],
    mode,
    sealWithout: options.sealWithout ?? [],
    own,
    allowed: options.allow === undefined ? null : await readAllowedPlaces(options.allow),
    keyVariables: report === null ? [] : keyVariables(report),
    installScripts: options.installScripts === true,
  };
  const progress = new ProgressLine(session, options);
  return planRun(request, signatures.tools, {
    ...pipelineOptions(options).cache,
    onProgress: (p) => progress.update({ stage: "install", done: 0, total: null, detail: p.spec }),
  }).finally(() => progress.clear());
}

/** @throws ExtractorError `usage` where something else is asked for that a real run can't have */
function ownPlace(options: LiveOptions, { envelopes }: Signatures): OwnPlace {
  const contradictions: [given: boolean, message: string, hint: string][] = [
    [
      options.mode === "sealed",
      "--forward and --mode sealed contradict each other: nothing leaves a sealed run",
      "leave --mode out: --forward uses the proxy",
    ],
    [
      options.answers !== undefined || options.flag !== undefined,
      "--forward takes the answers of the real servers, so --answers and --flag have no effect",
      "leave either side out",
    ],
  ];
  for (const [given, message, hint] of contradictions) if (given) throw new ExtractorError("usage", message, { hint });
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return { environment, home: homedir(), project: process.cwd(), envelopes };
}

/** Ctrl-C in a run: the program was ended, and what was seen until then is told. */
export class Interrupted extends Error {
  readonly run: LiveRun;
  readonly #signal: NodeJS.Signals;

  constructor(run: LiveRun, signal: NodeJS.Signals) {
    super("interrupted");
    this.run = run;
    this.#signal = signal;
  }

  /** Ends this process the way a shell expects it of one that was interrupted. */
  end(): void {
    process.kill(process.pid, this.#signal);
  }
}

/**
 * Runs a plan.
 * @param onRequest told the number of requests so far, and the URL
 * @throws Interrupted, ExtractorError `rights`, `usage`
 */
export async function runLive(
  plan: RunPlan,
  harFile: string,
  onRequest: (count: number, url: string) => void,
): Promise<LiveRun> {
  const run =
    plan.mode === "sealed"
      ? (await import("../../live/sealed-run.ts")).sealedRun
      : (await import("../../live/proxy-run.ts")).proxyRun;
  const interruption = new AbortController();
  let by: NodeJS.Signals | null = null;
  const stop = (signal: NodeJS.Signals) => {
    by ??= signal;
    interruption.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const told = await run({ plan, harFile, inner: INNER, onRequest, signal: interruption.signal });
    if (by !== null) throw new Interrupted(told, by);
    return told;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** The person is told before anything leaves; what their program shows is not disturbed. */
export function runProgress(plan: RunPlan, session: Session, options: OutputOptions): ProgressLine {
  if (plan.own === null) return new ProgressLine(session, options);
  remark("forwarding: what the program sends, as you, leaves this machine for the real servers", session, options);
  return new ProgressLine(session, { quiet: true });
}

/**
 * Newer versions of Node can be told to have no debugger that a signal opens; in the others the inner part ignores
 * the signal.
 */
const NO_DEBUGGER = process.allowedNodeEnvironmentFlags.has("--disable-sigusr1") ? ["--disable-sigusr1"] : [];

/** This program, as its own inner part. */
const INNER = [process.execPath, ...process.execArgv, ...NO_DEBUGGER, process.argv[1] ?? "", "capture", "--inside"];

/** What to install for a report: what it was asked for as; where the report was a file, the package it is about. */
export async function runnable(spec: string, { package: about }: Report): Promise<string> {
  const { isStoredJson } = await import("../stored.ts");
  if (!(await isStoredJson(spec))) return spec;
  return existsSync(about.spec) ? about.spec : `npm:${about.name}@${about.version}`;
}

/** A tool by one of its names, or by its package's. */
export function toolOf(spec: string, tools: readonly Tool[]): Tool | null {
  const named = spec.replace(/^npm:/, "");
  const at = named.indexOf("@", 1);
  const name = at < 0 ? named : named.slice(0, at);
  return tools.find(({ id, aliases, package: npm }) => id === name || aliases.includes(name) || npm === name) ?? null;
}

/** `true` and `3` are what they look like, and so is `some text`. */
function flagValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The inner part's own mark; nobody types it. */
export const insideOption = (): Option => new Option("--inside").hideHelp();
