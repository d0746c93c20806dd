import { Evaluator } from "../../extractor/evaluate/engine/evaluator.ts";
import { RUNTIME } from "../../extractor/evaluate/natives/runtime.ts";
import { toTexts } from "../../extractor/evaluate/transfer/to-text.ts";
import { link } from "../../extractor/ir/link.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { printTemplate, type Template } from "../../extractor/model/template.ts";
import { unitsOf } from "../../extractor/syntax/units.ts";

/** Every text that `answer`, a variable of the snippet's top level, may be. */
export function evaluateTemplates(code: string): Template[] {
  const log = new DiagnosticLog();
  const bytes = Buffer.byteLength(code);
  const units = [...unitsOf({ path: "snippet.mjs", text: code, bytes, origin: { kind: "file" } } as never, log)];
  const program = link(units);
  const answer = program.files.get("snippet.mjs")?.names.get("answer");
  if (!answer) throw new Error("the snippet has no variable `answer`");
  const responds = (path: string) => path === "fetch";
  const options = { program, log, brands: [], makes: () => undefined, isMade: () => false, responds };
  const ev = new Evaluator({ ...options, flagRead: () => null }, RUNTIME);
  const texts = ev.ask(null, (ev) => toTexts(ev, ev.evaluate({ kind: "ref", variable: answer }, null)));
  return texts.map((t) => t.parts);
}

/** The same, printed and sorted. */
export const evaluateSnippet = (code: string): string[] => evaluateTemplates(code).map(printTemplate).sort();
