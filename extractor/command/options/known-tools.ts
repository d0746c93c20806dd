import { readdirSync, readFileSync } from "node:fs";
import { SHIPPED_SIGNATURES } from "../../signatures/load.ts";

/** Aliases a person can type, for help and hints: the names of the files in signatures/tools, unread. */
export const knownTools: readonly string[] = fileNamesIn("tools/");

/** Of the YAML files in a folder of signatures/, with a trailing slash. */
export function fileNamesIn(folder: string): string[] {
  try {
    const files = readdirSync(new URL(folder, SHIPPED_SIGNATURES));
    return files.flatMap((name) => (name.endsWith(".yaml") ? [name.slice(0, -".yaml".length)] : [])).sort();
  } catch {
    return []; // The signature loader says what is wrong, once something needs them.
  }
}

/** For examples: the first whose runs are known, since some examples ask it a question. */
export const exampleTool: string = knownTools.find(answersPrompts) ?? "some-tool";

function answersPrompts(name: string): boolean {
  return /^ +prompt:/m.test(readFileSync(new URL(`tools/${name}.yaml`, SHIPPED_SIGNATURES), "utf8"));
}
