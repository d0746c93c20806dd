#!/usr/bin/env node
import { withNearVerb } from "./command/near-verb.ts";
import { predict } from "./command/predict.ts";
import { program, type VerbTable, verbsFor } from "./command/program.ts";
import { failureOf } from "./command/terminal/failure.ts";
import { PARTIAL, type Session } from "./command/terminal/session.ts";
import { tuneV8 } from "./runtime/v8-flags.ts";

/** By the first word on the command line; any other first word is a package to predict. */
const verbs: VerbTable = {
  allowlist: async () => (await import("./command/allowlist.ts")).allowlist,
  blocklist: async () => (await import("./command/blocklist.ts")).blocklist,
  capture: async () => (await import("./command/capture.ts")).capture,
  census: async () => (await import("./command/census.ts")).census,
  check: async () => (await import("./command/check.ts")).check,
  completions: async () => (await import("./command/completions.ts")).completions,
  diff: async () => (await import("./command/diff.ts")).diff,
  explain: async () => (await import("./command/explain.ts")).explain,
  gates: async () => (await import("./command/gates.ts")).gates,
  history: async () => (await import("./command/history.ts")).history,
  optout: async () => (await import("./command/optout.ts")).optout,
  publish: async () => (await import("./command/publish.ts")).publish,
  site: async () => (await import("./command/site.ts")).site,
  watch: async () => (await import("./command/watch.ts")).watch,
};

const session: Session = {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  exitCode: 0,
};

// `| head` closes the pipe early: that is the reader's right. Other errors are told to who wrote.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", () => undefined);
}

tuneV8();

// The exit code is set and never forced, so that a pipe receives all that was written.
try {
  await program(session, predict, await verbsFor(process.argv.slice(2), verbs)).parseAsync();
  process.exitCode = session.isPartial === true ? PARTIAL : session.exitCode;
} catch (error) {
  const words = process.argv.slice(2);
  const { exitCode, lines } = failureOf(withNearVerb(error, words, Object.keys(verbs)), session.environment);
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
  process.exitCode = exitCode;
}
