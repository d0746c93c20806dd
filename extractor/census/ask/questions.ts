import { spansOf } from "../facts/spans.ts";

/** What a census can be asked by a word, a row each: which column holds it, and when the word means a value. */
export const QUESTIONS = {
  host: {
    about: "who sends to this host, or to one below it",
    table: "hosts",
    column: "host",
    means: "host = lower(@word) OR host LIKE '%.' || lower(@word)",
  },
  event: {
    about: "who reports this event; * stands for any letters",
    table: "events",
    column: "event",
    means: "event GLOB @word",
  },
  env: {
    about: "who reads this environment variable; * stands for any letters",
    table: "variables",
    column: "variable",
    means: "variable GLOB @word",
  },
  gate: {
    about: "who has this switch: a variable, a setting or a remote flag",
    table: "gates",
    column: "gate",
    means: "gate GLOB @word",
  },
  key: {
    about: "who has a key whose SHA-256 begins so",
    table: "credentials",
    column: "sha256",
    means: "sha256 LIKE lower(@word) || '%'",
  },
  sdk: {
    about: "who has this package inside",
    table: "sdks",
    column: "sdk",
    means: "sdk GLOB @word",
  },
} as const satisfies Record<string, Question>;

interface Question {
  about: string;
  table: string;
  column: string;
  means: string;
}

export type QuestionName = keyof typeof QUESTIONS;

/**
 * One row for each package and value: first and last version that has it, and in how many of those looked at.
 * The spans are of the values that are meant alone, so that an answer needs no look at all others.
 */
export function questionSql(name: QuestionName): string {
  const { table, column, means } = QUESTIONS[name];
  return `
    SELECT span.package, span.what AS ${name}, first.version AS first, substr(first.published, 1, 10) AS since,
      last.version AS last, substr(last.published, 1, 10) AS until,
      span.versions || ' of ' || newest.versions AS versions,
      CASE WHEN span.high = newest.version_order THEN 'yes' ELSE 'no' END AS now
    FROM ${spansOf(table, column, means)}
    ORDER BY span.package, span.what`;
}
