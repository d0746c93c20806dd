import type { Program } from "../../ir/program.ts";
import type { SecretFinding } from "../../model/finding.ts";
import { evidenceAt, type Locate } from "../calls/evidence.ts";

/** Literals that have the shape of a known kind of key, wherever they stand. `isKey` says which do. */
export function findTokens(
  program: Program,
  locate: Locate,
  isKey: (value: string, name: string | null) => boolean,
): SecretFinding[] {
  const found: SecretFinding[] = [];
  for (const unit of program.units) {
    for (const { text, key, at } of unit.tokens) {
      if (isKey(text, key))
        found.push({
          value: text,
          sentAs: key === null ? null : `option ${key}`,
          evidence: evidenceAt(locate, unit, at),
        });
    }
  }
  return found;
}
