#!/usr/bin/env node
import { blocklist } from "./command/blocklist.ts";
import { capture } from "./command/capture.ts";
import { check } from "./command/check.ts";
import { diff } from "./command/diff.ts";
import { explain } from "./command/explain.ts";
import { failureOf } from "./command/failure.ts";
import { gates } from "./command/gates.ts";
import { history } from "./command/history.ts";
import { predict } from "./command/predict.ts";
import { program, type Verb } from "./command/program.ts";
import { publish } from "./command/publish.ts";
import type { Session } from "./command/session.ts";
import { site } from "./command/site.ts";
import { watch } from "./command/watch.ts";
import { tuneV8 } from "./v8-flags.ts";

/** By the first word on the command line; any other first word is a package to predict. */
const verbs: Record<string, Verb> = { blocklist, capture, check, diff, explain, gates, history, publish, site, watch };

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

tuneV8();

// The exit code is set and never forced, so that a pipe receives all that was written.
try {
  await program(session, predict, verbs).parseAsync();
  process.exitCode = session.exitCode;
} catch (error) {
  const { exitCode, lines } = failureOf(error, session.environment);
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
  process.exitCode = exitCode;
}
