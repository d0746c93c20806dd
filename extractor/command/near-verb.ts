import { CommanderError } from "commander";
import { ExtractorError } from "../errors.ts";
import { didYouMean } from "./options/did-you-mean.ts";
import { knownTools } from "./options/known-tools.ts";

/** Failures that a mistyped first word explains. */
const EXPLAINED: ReadonlySet<string> = new Set(["not-found", "commander.excessArguments"]);

/** The same error, with the verb or tool that the first word may have meant as its hint. */
export function withNearVerb(error: unknown, [first = ""]: readonly string[], verbs: readonly string[]): unknown {
  const isKnown = error instanceof ExtractorError || error instanceof CommanderError;
  if (!isKnown || !EXPLAINED.has(error.code)) return error;
  const [name = "", version] = first.split("@");
  const near = didYouMean(name, [...verbs, ...knownTools]);
  if (near === null) return error;
  const hint = version === undefined ? near : near.replace("?", `@${version}?`);
  return new ExtractorError("usage", error.message.replace(/^error: /, ""), { hint, cause: error });
}
