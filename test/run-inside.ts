import { withNearVerb } from "../extractor/command/near-verb.ts";
import { predict } from "../extractor/command/predict.ts";
import { program, type Verb } from "../extractor/command/program.ts";
import { failureOf } from "../extractor/command/terminal/failure.ts";
import { PARTIAL } from "../extractor/command/terminal/session.ts";
import { fakeSession } from "./command/fake-session.ts";
import type { Outcome } from "./run-cli.ts";

/**
 * A verb in this process, without a terminal: what it writes, and the code it leaves with. A start of the program
 * takes longer than most verbs do. How a process begins and ends, and packages that are analysed, are for `runCli`.
 * @param words the first one names the verb; `extract` is the verb without a name
 */
export async function runInside([verb, ...words]: readonly string[]): Promise<Outcome> {
  const session = fakeSession();
  const isMain = verb === "extract";
  const outcome = (code: number): Outcome => ({ code, signal: null, stdout: session.out, stderr: session.err });
  try {
    const verbs = isMain ? {} : { [verb!]: await verbNamed(verb!) };
    await program(session, predict, verbs).parseAsync(isMain ? words : [verb!, ...words], { from: "user" });
    return outcome(session.isPartial === true ? PARTIAL : session.exitCode);
  } catch (error) {
    const { exitCode, lines } = failureOf(withNearVerb(error, [verb!, ...words], [verb!]), session.environment);
    session.err += lines.map((line) => `${line}\n`).join("");
    return outcome(exitCode);
  }
}

async function verbNamed(name: string): Promise<Verb> {
  const file = (await import(`../extractor/command/${name}.ts`)) as Record<string, Verb>;
  return file[name]!;
}
