import { find } from "../../extractor/find/find.ts";
import { link } from "../../extractor/ir/link.ts";
import type { Program } from "../../extractor/ir/program.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import type { Findings } from "../../extractor/model/finding.ts";
import { loadSignatures } from "../../extractor/signatures/load.ts";
import { LineIndex } from "../../extractor/syntax/positions.ts";
import { unitsOf } from "../../extractor/syntax/units.ts";

const { sinks } = await loadSignatures();

/** A program of one file, `main.js`, and of others by their paths. */
export function programOf(text: string, log = new DiagnosticLog(), others: Record<string, string> = {}): Program {
  const files = Object.entries({ ...others, "main.js": text }).map(
    ([path, text]) => ({ path, text, bytes: text.length, origin: null }) as unknown as Parameters<typeof unitsOf>[0],
  );
  return link(files.flatMap((file) => [...unitsOf(file, log)]));
}

/** Everything that is found in such a program, with the sinks of the signatures. */
export function findIn(text: string, others: Record<string, string> = {}, log = new DiagnosticLog()): Findings {
  const lines = new LineIndex(text);
  const { findings } = find({
    program: programOf(text, log, others),
    tables: sinks,
    envelopes: [],
    locate: (_file, offset) => lines.at(offset),
    isKey: () => false,
    log,
  });
  return findings;
}
