import { toJson } from "../json.ts";
import type { AllowListRender } from "./form.ts";
import { written } from "./words.ts";

/**
 * The document of the signature with the list in the place of `$hosts`. JSON has no comments: the reasons are with
 * `json`.
 */
export const renderDocumentForm: AllowListRender = (plan, sandbox) => {
  const hosts = written(plan, sandbox).map(({ text }) => text);
  const places = new Map<unknown, unknown>([
    ["$hosts", hosts],
    ["$hosts-as-text", JSON.stringify(hosts)],
  ]);
  return toJson(filled(sandbox.document ?? {}, places));
};

const filled = (document: Record<string, unknown>, places: ReadonlyMap<unknown, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key,
      typeof value === "object" && value !== null
        ? filled(value as Record<string, unknown>, places)
        : (places.get(value) ?? value),
    ]),
  );
