import type { Command } from "commander";
import { censusAsk } from "./census/ask.ts";
import { censusExport } from "./census/export.ts";
import { censusPlan } from "./census/plan.ts";
import { censusRebuild } from "./census/rebuild.ts";
import { censusStatus } from "./census/status.ts";
import { censusWork } from "./census/work.ts";
import { exampleTool } from "./options/known-tools.ts";
import type { Verb } from "./program.ts";
import type { Session } from "./terminal/session.ts";

/** By the word after `census`, in the order in which they are needed. */
const parts = {
  plan: censusPlan,
  work: censusWork,
  status: censusStatus,
  ask: censusAsk,
  export: censusExport,
  rebuild: censusRebuild,
} satisfies Record<string, Verb>;

const EXAMPLES = [
  [`plan ${exampleTool} --each minor`, "which releases"],
  ["work", "until all are done"],
  ["ask host example.com", "who sends there, and since when"],
] as const;

const HELP = `
A census is a folder with a report of every planned release and an index of what they say. Work can be ended
at any moment and taken up again; a second process on the same folder helps. history, diff and watch take
reports from it.

Examples
${EXAMPLES.map(([words, about]) => `  ${`extract census ${words}`.padEnd(46)} ${about}`).join("\n")}
`;

/** `extract census …`: every version of every tool. */
export function census(command: Command, session: Session): Command {
  command.description("reports of all versions of many tools, and questions about them");
  for (const [name, part] of Object.entries(parts)) part(command.command(name), session);
  return command.addHelpText("after", HELP);
}
