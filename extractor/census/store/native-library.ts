import { ExtractorError } from "../../errors.ts";

/**
 * What only a census needs. These are large, and two of them are compiled for one machine, so whoever only asks about
 * a package doesn't get them.
 */
const LIBRARIES = {
  "better-sqlite3": "better-sqlite3@12",
  "@duckdb/node-api": "@duckdb/node-api@1",
  "pg-boss": "pg-boss@10.4",
} as const;

/**
 * @param load imports it
 * @throws ExtractorError `usage` where it isn't installed, or not for this machine
 */
export async function nativeLibrary<T>(name: keyof typeof LIBRARIES, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    throw new ExtractorError("usage", `${name} is ${missing ? "not installed" : "installed, and does not load"}`, {
      hint: `a census needs it: npm install ${LIBRARIES[name]} beside this program (with -g if that is where it is)`,
      cause,
    });
  }
}
