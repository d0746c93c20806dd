#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { failureOf, PROGRAM } from "./command/failure.ts";
import { predict } from "./command/predict.ts";
import type { Session } from "./command/session.ts";

/** Verbs by the first word on the command line; without one of them the words are a package to predict. */
const verbs: Record<string, (command: Command, session: Session) => Command> = {};

const session: Session = {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  exitCode: 0,
};

// `| head` closes the pipe early: that is the reader's right and no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// Nothing is written after an interruption; leaving this way lets temporary folders be removed.
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));

// The exit code is set and never forced, so that a pipe receives all that was written.
try {
  await program().parseAsync();
  process.exitCode = session.exitCode;
} catch (error) {
  const { exitCode, lines } = failureOf(error, session.environment);
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
  process.exitCode = exitCode;
}

function program(): Command {
  const root = new Command(PROGRAM)
    .description(
      "What does this command-line tool send, where, and which switch stops it? Read from the package alone.",
    )
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ showGlobalOptions: false })
    .enablePositionalOptions();
  quietErrors(predict(root, session));
  for (const [name, declare] of Object.entries(verbs)) quietErrors(declare(root.command(name), session));
  return root.hook("preSubcommand", (parent, verb) => {
    const early = parent.options.find((option) => parent.getOptionValueSource(option.attributeName()) === "cli");
    if (early) parent.error(`error: ${early.long} stands before ${verb.name()}\n(Options of a verb stand after it)`);
  });
}

/** Commander throws instead of printing and exiting, so that all errors are printed in one place and in one form. */
function quietErrors(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return (manifest as { version: string }).version;
}
