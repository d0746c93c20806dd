import type { File } from "@babel/types";
import { none, type Unit } from "../ir/unit.ts";
import { Context } from "./context.ts";
import { noteUrl } from "./literals.ts";
import { lowerStatement } from "./lower-statement.ts";
import type { Texts } from "./texts.ts";

export interface LoweredUnit {
  unit: Unit;
  /** Offsets of statements that could not be lowered because they nest too deeply. */
  tooDeep: number[];
}

/**
 * Reduces the parsed statements to a unit. `base` is the offset of the parsed text in its file.
 * Afterwards nothing refers to the tree any more.
 */
export function lower(parsed: File, file: string, base: number, texts: Texts): LoweredUnit {
  const unit: Unit = {
    file,
    programNumber: 0,
    names: new Map(),
    functions: [],
    classes: [],
    calls: [],
    reads: [],
    imports: [],
    exports: [],
    resultWrites: none(),
    loads: [],
    urls: [],
    tokens: [],
    statements: parsed.program.body.length,
  };
  const ctx = new Context(unit, base, texts);
  const tooDeep: number[] = [];
  for (const statement of parsed.program.body) {
    try {
      lowerStatement(ctx, statement);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      tooDeep.push(ctx.at(statement));
      ctx.leaveAll();
    }
  }
  for (const comment of parsed.comments ?? []) noteUrl(ctx, comment.value, "comment", ctx.at(comment));
  ctx.top.closeTop(unit.names);
  ctx.settle();
  ctx.fit();
  return { unit, tooDeep };
}
