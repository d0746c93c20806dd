import { specifiersOf } from "../ir/loaded-files.ts";
import type { Unit } from "../ir/unit.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { SourceFile } from "../model/source-file.ts";
import { jsonUnit } from "./json-unit.ts";
import type { Texts } from "./texts.ts";

/** Of all JSON files of a program together. */
const MAX_BYTES = 64 * 1024 ** 2;
/** No name of a file is longer. */
const LONGEST_NAME = 255;
const ENDING = ".json";
const OF_NAME = /[\w.@~-]/;

/**
 * The JSON files of a program, and which of them its code names: these are values, all others are nobody's business.
 */
export class DataFiles {
  readonly #files = new Map<string, SourceFile>();
  readonly #named = new Set<string>();
  #bytes = 0;

  add(file: SourceFile, log: DiagnosticLog): void {
    this.#bytes += file.bytes;
    if (this.#bytes <= MAX_BYTES) this.#files.set(file.path, file);
    else log.add("entry-too-large", `${file.path}: more than ${MAX_BYTES} bytes of JSON in one package`);
  }

  /** Text of one of them, whether or not code names it. */
  textOf(path: string): string | undefined {
    return this.#files.get(path)?.text;
  }

  /** Remembers the names of JSON files in the text of a program. */
  noteNames(text: string): void {
    for (let at = text.indexOf(ENDING); at >= 0; at = text.indexOf(ENDING, at + 1)) {
      let start = at;
      while (start > 0 && at - start < LONGEST_NAME && OF_NAME.test(text[start - 1]!)) start--;
      this.#named.add(text.slice(start, at + ENDING.length));
    }
  }

  /** `require("./settings")`: the ending may be left out. */
  noteImports(unit: Unit): void {
    for (const specifier of specifiersOf(unit))
      if (specifier.startsWith(".")) this.#named.add(`${specifier.slice(specifier.lastIndexOf("/") + 1)}${ENDING}`);
  }

  /** Those that code names, as modules. */
  *modules(texts: Texts, log: DiagnosticLog): Generator<{ file: SourceFile; unit: Unit }> {
    for (const file of this.#files.values()) {
      if (!this.#named.has(file.path.slice(file.path.lastIndexOf("/") + 1))) continue;
      const unit = jsonUnit(file.path, file.text, texts);
      if (unit === null) log.add("parse-error", `${file.path}:1:1 is no JSON`);
      else yield { file, unit };
    }
  }
}
