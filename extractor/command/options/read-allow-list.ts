import { readFile } from "node:fs/promises";
import { ExtractorError } from "../../errors.ts";
import type { AllowedPlaces } from "../../live/server/allowed-places.ts";

interface ListFile {
  choice: { withPaths: boolean };
  allow: { host: string; denyPaths: string[] }[];
  local: string[];
}

/**
 * What `extract allowlist --format json` wrote, for a run behind it. Paths count where the list was made with them.
 * @throws ExtractorError
 */
export async function readAllowedPlaces(path: string): Promise<AllowedPlaces> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new ExtractorError("bad-input", `${path}: ${cause.code}`, { hint: HINT, cause });
  });
  const list = listOf(text);
  if (list === null) throw new ExtractorError("bad-input", `${path}: not an allow-list in JSON`, { hint: HINT });
  const denied = list.choice.withPaths ? list.allow.flatMap(({ denyPaths }) => denyPaths) : [];
  return {
    hosts: [...list.allow.map(({ host }) => host), ...list.local],
    denied: denied.map((address) => ({
      method: address.slice(0, address.indexOf(" ")),
      url: address.slice(address.indexOf(" ") + 1),
    })),
  };
}

const HINT = "extract allowlist SPEC --format json -o FILE writes one";

function listOf(text: string): ListFile | null {
  try {
    const list = JSON.parse(text) as ListFile;
    const isTexts = (texts: unknown) => Array.isArray(texts) && texts.every((one) => typeof one === "string");
    const isRow = (row: ListFile["allow"][number]) => typeof row?.host === "string" && isTexts(row.denyPaths);
    const isList = Array.isArray(list.allow) && list.allow.every(isRow) && isTexts(list.local);
    return isList && typeof list.choice?.withPaths === "boolean" ? list : null;
  } catch {
    return null;
  }
}
