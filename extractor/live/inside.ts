import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { ExtractorError } from "../errors.ts";
import { runBehindProxy } from "./behind-proxy.ts";
import { runInSeal } from "./in-seal.ts";
import type { InnerMessage, RunPlan } from "./plan/run-plan.ts";

/** Descriptors this process is started with. */
const TALK = 3;
const HAR = 4;

/**
 * The part of a run beside the program, in a sealed run inside its namespaces: reads the plan from stdin, tells what
 * happens on descriptor 3, ends with stdin.
 */
export async function runInside(): Promise<void> {
  // Node's answer to it is a debugger that listens for whoever comes.
  process.on("SIGUSR1", () => undefined);
  const talk = new Socket({ fd: TALK });
  const say = (message: InnerMessage) =>
    new Promise<void>((resolve) => talk.write(`${JSON.stringify(message)}\n`, () => resolve()));
  const lines = createInterface({ input: process.stdin });
  const commands = lines[Symbol.asyncIterator]();
  // Whoever started us is gone, or wants us to be: everything in here ends with this process, the first of its
  // namespace.
  lines.once("close", () => process.exit(1));
  try {
    await say({ type: "started" });
    const plan = JSON.parse((await commands.next()).value as string) as RunPlan;
    const onStop = (stop: () => void) => void commands.next().then(({ done }) => done || stop());
    const { folder, seal } = plan;
    if (folder === undefined && seal === undefined) throw new Error("the plan says neither folder nor seal");
    const run =
      seal === undefined
        ? await runBehindProxy({ ...plan, folder: folder! }, HAR, say, onStop)
        : await runInSeal({ ...plan, seal }, HAR, say, onStop);
    await say({ type: "done", run });
    process.exit(0);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    const { code, hint } = failure instanceof ExtractorError ? failure : {};
    await say({
      type: "failed",
      message: failure.message,
      ...(code === undefined ? {} : { code }),
      ...(hint === undefined ? {} : { hint }),
    });
    process.exit(1);
  }
}
