import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBAppender, DuckDBConnection } from "@duckdb/node-api";
import { type ColumnType, FACT_TABLES, factTableNames, RELEASE_COLUMNS } from "../facts/tables.ts";
import { type Database, readDatabase } from "./database.ts";
import { nativeLibrary } from "./native-library.ts";

/** DuckDB's names for the types of our columns. */
const TYPES: Record<ColumnType, string> = { TEXT: "VARCHAR", INTEGER: "BIGINT" };

export interface ExportedTable {
  file: string;
  rows: number;
}

/**
 * Every table of the index as a file: `hosts.parquet`, `releases.parquet`, …
 * @param into folder, made where it is missing
 */
export async function exportParquet(folder: string, into: string): Promise<ExportedTable[]> {
  const { DuckDBInstance } = await nativeLibrary("@duckdb/node-api", () => import("@duckdb/node-api"));
  const database = await readDatabase(folder);
  await mkdir(into, { recursive: true });
  // nothing but what is asked for: no extension is fetched
  const instance = await DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
  const connection = await instance.connect();
  try {
    const written: ExportedTable[] = [];
    for (const [name, columns] of tables()) {
      written.push(await exportTable(name, columns, { database, connection, into }));
    }
    return written;
  } finally {
    connection.closeSync();
    instance.closeSync();
    database.close();
  }
}

const tables = (): [string, Record<string, ColumnType>][] => [
  ["releases", { id: "INTEGER", ...RELEASE_COLUMNS }],
  ...factTableNames.map((name): [string, Record<string, ColumnType>] => [
    name,
    { release: "INTEGER", ...FACT_TABLES[name].columns },
  ]),
];

async function exportTable(
  name: string,
  columns: Record<string, ColumnType>,
  { database, connection, into }: { database: Database; connection: DuckDBConnection; into: string },
): Promise<ExportedTable> {
  const spelled = Object.entries(columns).map(([column, type]) => `${column} ${TYPES[type]}`);
  await connection.run(`CREATE TABLE ${name} (${spelled.join(", ")})`);
  const appender = await connection.createAppender(name);
  let rows = 0;
  const selected = database.prepare(`SELECT ${Object.keys(columns).join(", ")} FROM ${name}`).raw();
  for (const row of selected.iterate()) {
    for (const value of row as unknown[]) append(appender, value);
    appender.endRow();
    rows++;
  }
  appender.closeSync();
  const file = join(into, `${name}.parquet`);
  const fresh = `${file}.${process.pid}.new`;
  try {
    await connection.run(`COPY ${name} TO '${fresh.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`);
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
  await connection.run(`DROP TABLE ${name}`);
  return { file, rows };
}

function append(appender: DuckDBAppender, value: unknown): void {
  if (value === null) appender.appendNull();
  else if (typeof value === "number") appender.appendBigInt(BigInt(value));
  else appender.appendVarchar(String(value));
}
