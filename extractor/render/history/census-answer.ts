import type { AnswerTable } from "../../model/census.ts";
import { toJson } from "../json.ts";
import { visible } from "../terminal.ts";
import { alignedRows } from "./aligned-rows.ts";

/** Every way to write an answer of a census. */
export const answerFormats = {
  text: { about: "a table for people", render: answerText },
  json: { about: "a list with an object for each row", render: answerJson },
} satisfies Record<string, { about: string; render(answer: AnswerTable): string }>;

export type AnswerFormatName = keyof typeof answerFormats;

function answerText({ columns, rows }: AnswerTable): string {
  if (rows.length === 0) return "nothing\n";
  const spelled = rows.map((row) => row.map((cell) => (cell === null ? "" : visible(String(cell)))));
  return `${alignedRows([columns.map(visible), ...spelled]).join("\n")}\n`;
}

function answerJson({ columns, rows }: AnswerTable): string {
  return toJson(rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))));
}
