import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { ExtractorError } from "../errors.ts";
import { visible } from "../render/terminal.ts";
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
 * Writes the data of a run to the file asked for or to stdout. A reader who stops reading (`| head`) is no failure.
 * @throws ExtractorError where the file can't be written
 */
export async function write(text: string, session: Session, options: OutputOptions): Promise<void> {
  if (options.output === undefined) {
    await new Promise<void>((resolve) => session.stdout.write(text, () => resolve()));
    return;
  }
  try {
    await writeFile(options.output, text);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const hint = "-o takes the path of a file in a folder that exists and can be written to";
    throw new ExtractorError("usage", `cannot write ${options.output}: ${reason}`, { hint, cause });
  }
}

/** One line for the person at the terminal, beside the data. */
export function remark(text: string, session: Session, options: OutputOptions): void {
  if (!options.quiet) session.stderr.write(`extract: ${visible(text)}\n`);
}
