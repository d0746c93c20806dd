import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isHole, printTemplate, type Template, templateRegExp } from "../../extractor/model/template.ts";
import { evaluateTemplates } from "./evaluate-snippet.ts";
import { type StringProgram, singleConstructs, stringPrograms } from "./string-program.ts";

/** Printed where something fails; set it to see the same programs again, or others. */
const seed = Number(process.env.PROGRAM_SEED ?? 20261121);
const RUNS = 300;

/** What the program leaves in `answer` where the variables are set so. */
function ran({ code }: StringProgram, env: Record<string, string>): string {
  return String(vm.runInNewContext(`${code}\nanswer`, { process: { env }, URL }, { timeout: 1000 }));
}

/** One run for each way its conditions can turn out. */
function runs(program: StringProgram): string[] {
  const { conditions, holes } = program;
  const filled = Object.fromEntries(holes.map((name, i) => [name, `w${i}q`]));
  return Array.from({ length: 2 ** conditions.length }, (_, bits) => {
    const set = conditions.filter((_name, i) => (bits >> i) & 1).map((name) => [name, "1"]);
    return ran(program, { ...filled, ...Object.fromEntries(set) });
  });
}

/** What stands for a variable is one segment; of anything else nothing is known. */
function matches(t: Template, text: string): boolean {
  if (t.every((p) => !isHole(p) || p.kind === "env")) return templateRegExp(printTemplate(t)).test(text);
  const pattern = t.map((p) => (isHole(p) ? ".*" : p.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"))).join("");
  return new RegExp(`^${pattern}$`, "s").test(text);
}

/** Everything in which the evaluated set and the runs disagree. */
function differences(program: StringProgram): string[] {
  const templates = evaluateTemplates(program.code);
  const seen = [...new Set(runs(program))];
  const missing = seen
    .filter((text) => !templates.some((t) => matches(t, text)))
    .map((text) => `never evaluated: ${text}`);
  if (!program.exact || templates.some((t) => t.some(isHole))) return missing;
  const never = templates.map(printTemplate).filter((text) => !seen.includes(text));
  return [...missing, ...never.map((text) => `never ran: ${text}`)];
}

describe("each construct", () => {
  test.each(singleConstructs)("%s", (_name, program) => {
    expect(differences(program), program.code).toEqual([]);
  });
});

test(`${RUNS} random programs, seed ${seed}: what ran was evaluated, and without holes nothing else`, () => {
  fc.assert(
    fc.property(stringPrograms, (program) => {
      expect(differences(program), program.code).toEqual([]);
    }),
    { seed, numRuns: RUNS },
  );
});
