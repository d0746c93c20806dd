import type { Statement } from "better-sqlite3";
import { releaseFacts, releaseRow } from "../facts/facts.ts";
import { FACT_TABLES, factTableNames, RELEASE_COLUMNS } from "../facts/tables.ts";
import type { JobResult } from "../job/outcome.ts";
import type { Database } from "./database.ts";

/** The facts of every release, of its last result alone. */
export class FactIndex {
  readonly #forget: Statement[];
  readonly #release: Statement;
  readonly #facts: ReadonlyMap<string, Statement>;

  constructor(database: Database) {
    const inRelease = "(SELECT id FROM releases WHERE package = ? AND version = ?)";
    this.#forget = [
      ...factTableNames.map((name) => database.prepare(`DELETE FROM ${name} WHERE release = ${inRelease}`)),
      database.prepare("DELETE FROM releases WHERE package = ? AND version = ?"),
    ];
    this.#release = database.prepare(insertion("releases", Object.keys(RELEASE_COLUMNS)));
    this.#facts = new Map(
      factTableNames.map((name) => [
        name,
        database.prepare(insertion(name, ["release", ...Object.keys(FACT_TABLES[name].columns)])),
      ]),
    );
  }

  /** In the place of what was known of the release. To be called inside a transaction. */
  put(result: JobResult, object: string): void {
    const { package: name, version } = result.job;
    for (const statement of this.#forget) statement.run(name, version);
    const { lastInsertRowid: release } = this.#release.run(releaseRow(result, object));
    if (result.outcome === "failed") return;
    for (const [table, rows] of Object.entries(releaseFacts(result.report)))
      for (const row of rows) this.#facts.get(table)!.run({ ...row, release });
  }
}

const insertion = (table: string, columns: readonly string[]): string =>
  `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((column) => `@${column}`).join(", ")})`;
