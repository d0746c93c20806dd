import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { AcquireOptions } from "../../acquire/acquired.ts";
import { ExtractorError } from "../../errors.ts";
import type { LiveMode } from "../../model/live-run.ts";
import type { AnswerSet, RunScript } from "../../model/signatures/live-signature.ts";
import type { Tool } from "../../model/signatures/signature.ts";
import type { AllowedPlaces } from "../server/allowed-places.ts";
import { filler } from "../server/placeholders.ts";
import { GUESS, GUESS_FILE, MADE_UP_KEY } from "./guessed-run.ts";
import { type Installed, install, onPath } from "./install.ts";
import { INSTALLING_FILE, installing, installScripts } from "./install-scripts.ts";
import type { OwnPlace, RunPlan } from "./run-plan.ts";
import type { SealPart } from "./seal-plan.ts";

/** What a person asked for. */
export interface RunRequest {
  /** Null: the arguments are a command of this machine. */
  spec: string | null;
  /** The tool of the spec, where it is known. */
  tool: Tool | null;
  arguments: string[];
  /** Name of one of the tool's runs, in the place of arguments. */
  script: string | null;
  environment: ReadonlyMap<string, string>;
  flags: ReadonlyMap<string, unknown>;
  timeoutSeconds: number | null;
  /** Asked in this order. */
  answers: readonly AnswerSet[];
  mode: LiveMode;
  sealWithout: readonly SealPart[];
  /** A person's own run: nothing is made up or typed for it. */
  own: OwnPlace | null;
  /** Null: every host answers. */
  allowed: AllowedPlaces | null;
  /** Variables in which a program that nobody prepared for is given made-up keys. */
  keyVariables: readonly string[];
  /** True: what npm would run after unpacking is run in the seal, before the program. */
  installScripts: boolean;
}

const DEFAULT_TIMEOUT_SECONDS = 120;
const HELP: RunScript = { arguments: ["--help"] };

/**
 * Installs what has to be installed and says how to run it.
 * @throws ExtractorError `not-found`, `usage`
 */
export async function planRun(request: RunRequest, tools: readonly Tool[], options: AcquireOptions): Promise<RunPlan> {
  const { own } = request;
  const { installed, tool } = await installedFor(request, tools, options);
  const runs = tool?.runs;
  const script = scriptOf({ ...request, tool });
  const guessed = script === GUESSED ? guess(request) : null;
  const madeUp = own === null ? runs : undefined;
  const about = {
    mode: request.mode,
    sealWithout: request.sealWithout,
    own,
    allowed: request.allowed,
    environment: { ...guessed?.environment, ...madeUp?.environment, ...Object.fromEntries(request.environment) },
    files: { ...(filler(null)(madeUp?.files ?? {}) as Record<string, string>), ...guessed?.files },
    notes: guessed?.notes ?? [],
    terminal: own === null ? (script.terminal ?? null) : null,
    timeoutSeconds: request.timeoutSeconds ?? (own === null ? (script.timeout ?? DEFAULT_TIMEOUT_SECONDS) : null),
    answers: request.answers.flatMap(({ answers }) => answers),
    flags: [...request.flags],
  };
  if (request.spec === null && own !== null) {
    const [program = "", ...args] = script.arguments;
    return { ...about, packageFolder: null, node: process.execPath, command: [findProgram(program), ...args] };
  }
  if (installed === null) {
    const here = process.cwd();
    return { ...about, packageFolder: here, node: process.execPath, command: commandAt(script.arguments, here) };
  }
  const program = join("{package}", installed.program);
  const scripts = request.installScripts ? installScripts(installed.folder) : null;
  return {
    ...about,
    files: { ...about.files, ...(scripts === null ? {} : { [INSTALLING_FILE]: installing(scripts) }) },
    notes: [...about.notes, ...(scripts?.length === 0 ? ["the package has no install scripts"] : [])],
    packageFolder: installed.folder,
    node: runs?.runtime === undefined ? process.execPath : await runtime(runs.runtime, tools, options),
    command: [
      ...(scripts === null ? [] : ["sh", `../${INSTALLING_FILE}`, "{package}"]),
      ...(guessed === null ? [] : ["sh", `../${GUESS_FILE}`]),
      ...(installed.isScript ? ["{node}"] : []),
      program,
      ...script.arguments,
    ],
  };
}

/** Where nothing is said, and the tool has no run for it. */
const GUESSED: RunScript = { arguments: [] };

function guess({ keyVariables }: RunRequest): Pick<RunPlan, "environment" | "files" | "notes"> {
  return {
    environment: Object.fromEntries(keyVariables.map((name) => [name, MADE_UP_KEY])),
    files: { [GUESS_FILE]: GUESS },
    notes: [
      "nothing is known of how it is run: what its help offers was tried",
      ...(keyVariables.length === 0 ? [] : [`made-up keys stood in ${keyVariables.join(", ")}`]),
    ],
  };
}

/** A folder or an archive of a known tool's package is that tool. */
async function installedFor(
  { spec, tool, installScripts: afterScripts }: RunRequest,
  tools: readonly Tool[],
  options: AcquireOptions,
): Promise<{ installed: Installed | null; tool: Tool | null }> {
  if (spec === null) return { installed: null, tool };
  const toolOf = (name: string) => tool ?? tools.find((one) => one.package === name) ?? null;
  const programOf = (name: string) => ({ program: toolOf(name)?.runs?.program ?? null, afterScripts });
  const installed = await install(spec, programOf, tools, options);
  return { installed, tool: toolOf(installed.name) };
}

function scriptOf({ spec, tool, script, arguments: args, own }: RunRequest): RunScript {
  if (script === null) {
    if (args.length > 0 || (own !== null && spec !== null)) return { arguments: args };
    if (spec === null) {
      throw new ExtractorError("usage", "nothing to run", { hint: "give a package, or a command after --" });
    }
    return tool?.runs?.scripts.prompt ?? GUESSED;
  }
  const scripts: Record<string, RunScript> = {
    help: HELP,
    version: { arguments: ["--version"] },
    ...tool?.runs?.scripts,
  };
  const found = scripts[script];
  if (found === undefined) {
    throw new ExtractorError("usage", `no run is called ${script}`, {
      hint: `there are: ${Object.keys(scripts).join(", ")}`,
    });
  }
  return { ...found, arguments: [...found.arguments, ...args] };
}

async function runtime(spec: string, tools: readonly Tool[], options: AcquireOptions): Promise<string> {
  const named = spec.replaceAll("{platform}", `${process.platform}-${process.arch}`);
  const installed: Installed = await install(
    `npm:${named}`,
    () => ({ program: null, afterScripts: false }),
    tools,
    options,
  );
  return join(installed.folder, installed.program);
}

/** Words that are files in the current folder are named as the run sees them; it has another current folder. */
function commandAt([program = "", ...args]: string[], here: string): string[] {
  const found = findProgram(program);
  const file = realpathSync(found);
  return [
    seen(file, here) ?? (file === realpathSync(process.execPath) ? "{node}" : found),
    ...args.map((word) => seen(word, here) ?? word),
  ];
}

function findProgram(name: string): string {
  const found = onPath(name, process.env.PATH ?? "");
  if (found !== null) return found;
  throw new ExtractorError("not-found", `${name}: no such program`, {
    hint: "give a package before --, or a program's path",
  });
}

function seen(word: string, here: string): string | null {
  const path = resolve(here, word);
  const below = relative(here, path);
  if (word === "" || word.startsWith("-") || below === "" || below.startsWith("..") || !existsSync(path)) return null;
  return dirname(below) === "." && !existsSync(join(here, below)) ? null : join("{package}", below);
}
