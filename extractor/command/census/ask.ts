import { Argument, type Command, Option } from "commander";
import { QUESTIONS, type QuestionName } from "../../census/ask/questions.ts";
import { type AnswerFormatName, answerFormats } from "../../render/history/census-answer.ts";
import { type CensusOptions, declareFolderOption } from "../options/census-options.ts";
import { formatAsked } from "../options/implied-format.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, write } from "../terminal/output.ts";
import type { ExitCode, Session } from "../terminal/session.ts";

interface AskOptions extends CensusOptions, OutputOptions {
  format: AnswerFormatName;
}

const names = Object.keys(answerFormats) as AnswerFormatName[];
const kinds = [...(Object.keys(QUESTIONS) as QuestionName[]), "sql"] as const;

const HELP = `
What is asked
${Object.entries(QUESTIONS)
  .map(([name, { about }]) => `  ${name.padEnd(8)} ${about}`)
  .join("\n")}
  sql      one statement that reads; docs/census.md lists tables and columns

A row for each package and value: first and last version that has it, in how many of those looked at, and
whether the newest has it. What stands between two versions that were looked at, nobody looked at.

Examples
  extract census ask host example.com
  extract census ask env 'DISABLE_*' -f json
  extract census ask sql "select package, what, last from event_spans where not now"

Exit codes
  0  done
  1  done, and nothing was found
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract census ask KIND WORD`: first and last version, and who else. */
export function censusAsk(command: Command, session: Session): Command {
  command.description("ask since when, until when, and who else");
  command.addArgument(new Argument("<kind>", "what is asked about").choices(kinds));
  command.argument("<word>", "its name, or a statement of SQL");
  command.addOption(new Option("-f, --format <name>", "how to write the answer").choices(names).default("text"));
  declareFolderOption(command);
  declareOutputOptions(command);
  return command
    .addHelpText("after", HELP)
    .action(async (kind: QuestionName | "sql", word: string, options: AskOptions) => {
      session.exitCode = await run(kind, word, { ...options, format: formatAsked(command, options, names) }, session);
    });
}

async function run(kind: QuestionName | "sql", word: string, options: AskOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const { askSql, askWord } = await import("../../census/ask/ask.ts");
  const answer = await (kind === "sql" ? askSql(options.dir, word) : askWord(options.dir, kind, word));
  await write(answerFormats[options.format].render(answer), session, options);
  return answer.rows.length > 0 ? 0 : 1;
}
