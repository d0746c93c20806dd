import { access, constants, realpath, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { ExtractorError } from "../../errors.ts";
import { visible } from "../../render/terminal.ts";
import { replaceFile } from "./replace-file.ts";
import type { Session } from "./session.ts";

/** Columns where nothing is known about the reader's screen. */
const DEFAULT_COLUMNS = 100;

export interface OutputOptions {
  output?: string;
  /** Undefined where the person left the choice to the terminal. */
  color?: boolean;
  quiet?: boolean;
}

/** Options every verb has that prints something. */
export function declareOutputOptions(command: Command): Command {
  return command
    .option("-o, --output <file>", "write to a file instead of stdout")
    .option("--color", "colour even where stdout is no terminal")
    .option("--no-color", "no colour")
    .option("-q, --quiet", "neither progress nor remarks on stderr");
}

/** Colour and width that fit where the text goes. */
export function screenOf(session: Session, options: OutputOptions): { color: boolean; columns: number } {
  const width = options.output === undefined ? (session.stdout.columns ?? Number(session.environment.COLUMNS)) : 0;
  return { color: wantsColor(session, options), columns: width || DEFAULT_COLUMNS };
}

function wantsColor({ stdout, environment }: Session, options: OutputOptions): boolean {
  if (options.color !== undefined) return options.color;
  if (options.output !== undefined || environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== "0";
  return stdout.isTTY === true && environment.TERM !== "dumb";
}

/**
 * Checked before the work starts, so that nobody waits for a result that can't be kept.
 * @throws ExtractorError where the folder of the file asked for is missing or closed to us
 */
export async function checkWritable({ output }: OutputOptions): Promise<void> {
  if (output === undefined) return;
  await access(dirname(output), constants.W_OK).catch((cause) => {
    throw unwritable(output, cause);
  });
}

/**
 * Writes the data of a run to the file asked for or to stdout. A reader who stops reading (`| head`) is no failure.
 * @throws ExtractorError where the file can't be written
 */
export async function write(text: string, session: Session, { output }: OutputOptions): Promise<void> {
  if (output === undefined) {
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) =>
      session.stdout.write(text, resolve),
    );
    if (error && error.code !== "EPIPE") throw unwritable("the output", error);
    return;
  }
  const place = await realpath(output).catch(() => output);
  const isSpecial = await stat(place).then(
    (found) => !found.isFile(),
    () => false,
  );
  // a pipe or a device has no old content that a reader could want
  if (!isSpecial) return replaceFile(place, text);
  await writeFile(place, text).catch((cause) => {
    throw unwritable(output, cause);
  });
}

function unwritable(output: string, cause: NodeJS.ErrnoException): ExtractorError {
  const hint = "-o takes the path of a file in a folder that exists and can be written to";
  return new ExtractorError("usage", `cannot write ${output}: ${cause.code ?? cause.message}`, { hint, cause });
}

/** One line for the person at the terminal, beside the data. */
export function remark(text: string, session: Session, options: OutputOptions): void {
  if (!options.quiet) session.stderr.write(`extract: ${visible(text)}\n`);
}
