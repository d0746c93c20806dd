import { readFile, stat } from "node:fs/promises";
import { ExtractorError } from "../errors.ts";
import type { Check } from "../model/check.ts";
import type { Report } from "../model/report.ts";
import { withoutSecrets } from "../secrets/report.ts";

/** reports/schema/ of this package: the same place from extractor/command/ and from dist/command/. */
const SCHEMAS = new URL("../../reports/schema/", import.meta.url);

/** Whether a word on the command line means a stored result instead of a package. */
export async function isStoredJson(word: string): Promise<boolean> {
  if (!word.endsWith(".json")) return false;
  return stat(word).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

/** @throws ExtractorError where the file can't be read or isn't a report of this program */
export const readStoredReport = (path: string): Promise<Report> => readStored(path, "report") as Promise<Report>;

/** @throws ExtractorError where the file can't be read or isn't a check of this program */
export const readStoredCheck = (path: string): Promise<Check> => readStored(path, "check") as Promise<Check>;

async function readStored(path: string, kind: "report" | "check"): Promise<unknown> {
  const hint = `it must be what extract --format json wrote${kind === "check" ? " for a check" : ""}`;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new ExtractorError("not-found", `${path}: no such file`, { hint, cause });
    throw new ExtractorError("bad-input", `${path}: ${code ?? "not JSON"}`, { hint, cause });
  }
  const schema: unknown = JSON.parse(await readFile(new URL(`${kind}.schema.json`, SCHEMAS), "utf8"));
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const validate = new Ajv2020({ strict: false }).compile(schema as object);
  // an earlier version may have masked less
  if (validate(value)) return withoutSecrets(value as object);
  const [fault] = validate.errors ?? [];
  throw new ExtractorError(
    "bad-input",
    `${path}: not a ${kind}: ${fault?.instancePath || "/"} ${fault?.message ?? ""}`,
    { hint },
  );
}
