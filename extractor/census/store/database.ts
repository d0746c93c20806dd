import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type BetterSqlite from "better-sqlite3";
import { ExtractorError } from "../../errors.ts";
import { spansOf } from "../facts/spans.ts";
import { FACT_TABLES, factTableNames, RELEASE_COLUMNS, SPANS } from "../facts/tables.ts";
import { nativeLibrary } from "./native-library.ts";

export type Database = BetterSqlite.Database;

export const DATABASE_FILE = "census.db";
/** Of the tables; another one is made anew from the objects. */
const LAYOUT = 1;
/** Others write for a few milliseconds at a time. */
const BUSY_MS = 60_000;

/**
 * The jobs and the index of a census, made where there is none.
 * @throws ExtractorError `usage` without the library, `bad-input` where the file isn't one of ours
 */
export async function openDatabase(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true });
  const database = await open(folder, {});
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.transaction(() => layOut(database, folder)).immediate();
  return database;
}

/** As it is, for questions; nothing can be written. @throws ExtractorError `not-found` where there is no census */
export async function readDatabase(folder: string): Promise<Database> {
  const database = await open(folder, { readonly: true, fileMustExist: true });
  const layout = database.pragma("user_version", { simple: true });
  if (layout === LAYOUT) return database;
  throw otherLayout(folder, Number(layout));
}

async function open(folder: string, options: BetterSqlite.Options): Promise<Database> {
  const { default: Sqlite } = await nativeLibrary("better-sqlite3", () => import("better-sqlite3"));
  const path = join(folder, DATABASE_FILE);
  try {
    return new Sqlite(path, { ...options, timeout: BUSY_MS });
  } catch (cause) {
    if (options.fileMustExist !== true || existsSync(path)) throw notOurs(path, cause);
    throw new ExtractorError("not-found", `no census in ${folder}`, {
      hint: "extract census plan TOOL begins one; -d names another folder",
      cause,
    });
  }
}

function layOut(database: Database, folder: string): void {
  let layout: unknown;
  try {
    layout = database.pragma("user_version", { simple: true });
  } catch (cause) {
    throw notOurs(join(folder, DATABASE_FILE), cause);
  }
  if (layout === LAYOUT) return;
  if (layout !== 0) throw otherLayout(folder, Number(layout));
  database.exec(JOBS);
  layOutFacts(database);
  database.pragma(`user_version = ${LAYOUT}`);
}

const notOurs = (path: string, cause: unknown): ExtractorError =>
  new ExtractorError("bad-input", `${path} is no index of a census`, {
    hint: "name another folder with -d, or remove the file: extract census rebuild makes it again",
    cause,
  });

const otherLayout = (folder: string, layout: number): ExtractorError =>
  new ExtractorError("bad-input", `${join(folder, DATABASE_FILE)} has layout ${layout}, and not ${LAYOUT}`, {
    hint: "remove the file; extract census rebuild makes it again from the objects",
  });

/** `state`: waiting, running or done. `not_before`: milliseconds since 1970. */
const JOBS = `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY, package TEXT NOT NULL, version TEXT NOT NULL, maker TEXT NOT NULL, bytes INTEGER NOT NULL,
    job TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0,
    holder TEXT, reason TEXT, outcome TEXT, object TEXT, cpu_seconds REAL, seconds REAL, peak_bytes INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX jobs_turn ON jobs (maker, state, bytes, package, version);
  CREATE INDEX jobs_package ON jobs (package, version);
`;

const columnsOf = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");

/** The index alone, empty. */
export function layOutFacts(database: Database): void {
  for (const view of Object.keys(SPANS)) database.exec(`DROP VIEW IF EXISTS ${view}`);
  database.exec("DROP VIEW IF EXISTS newest");
  for (const name of [...factTableNames, "releases"]) database.exec(`DROP TABLE IF EXISTS ${name}`);
  database.exec(
    `CREATE TABLE releases (id INTEGER PRIMARY KEY, ${columnsOf(RELEASE_COLUMNS)}, UNIQUE (package, version))`,
  );
  database.exec("CREATE INDEX releases_order ON releases (package, version_order)");
  for (const name of factTableNames) {
    const { columns, indexed } = FACT_TABLES[name];
    database.exec(`CREATE TABLE ${name} (release INTEGER NOT NULL, ${columnsOf(columns)})`);
    database.exec(`CREATE INDEX ${name}_release ON ${name} (release)`);
    for (const column of indexed) database.exec(`CREATE INDEX ${name}_${column} ON ${name} (${column}, release)`);
  }
  database.exec(NEWEST);
  for (const [view, { of, column }] of Object.entries(SPANS)) database.exec(spanView(view, of, column));
}

const NEWEST = `
  CREATE VIEW newest AS SELECT package, max(version_order) AS version_order, count(*) AS versions
  FROM releases WHERE outcome <> 'failed' GROUP BY package`;

const spanView = (view: string, table: string, column: string): string => `
  CREATE VIEW ${view} AS
  SELECT span.package, span.what, first.version AS first, substr(first.published, 1, 10) AS first_published,
    last.version AS last, substr(last.published, 1, 10) AS last_published, span.versions,
    newest.versions AS of_versions, span.high = newest.version_order AS now
  FROM ${spansOf(table, column)}`;
