import { ExtractorError, firstLineOf } from "../../errors.ts";
import type { AnswerTable } from "../../model/census.ts";
import { readDatabase } from "../store/database.ts";
import { type QuestionName, questionSql } from "./questions.ts";

/** @throws ExtractorError `not-found` where there is no census */
export const askWord = (folder: string, name: QuestionName, word: string): Promise<AnswerTable> =>
  query(folder, questionSql(name), { word });

/**
 * One statement of SQL that reads.
 * @throws ExtractorError `usage` for one that writes or that SQLite does not understand
 */
export const askSql = (folder: string, sql: string): Promise<AnswerTable> => query(folder, sql, {});

async function query(folder: string, sql: string, parameters: Record<string, string>): Promise<AnswerTable> {
  const database = await readDatabase(folder);
  try {
    const statement = database.prepare(sql);
    if (!statement.reader || !statement.readonly) throw refused("it changes something, and a census is only asked");
    const columns = statement.columns().map(({ name }) => name);
    const rows = statement.raw().all(parameters) as unknown[][];
    return { columns, rows: rows.map((row) => row.map(cell)) };
  } catch (error) {
    if (error instanceof ExtractorError) throw error;
    throw refused(firstLineOf(error), error);
  } finally {
    database.close();
  }
}

const cell = (value: unknown): string | number | null =>
  value === null || typeof value === "string" || typeof value === "number" ? value : String(value);

const refused = (why: string, cause?: unknown): ExtractorError =>
  new ExtractorError("usage", `not a question in SQL: ${why}`, {
    hint: 'extract census ask sql "select name, sql from sqlite_master" shows tables and columns',
    cause,
  });
