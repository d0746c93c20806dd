import { none, type Unit } from "../ir/unit.ts";
import { Context } from "./context.ts";
import { isDirective } from "./estree.ts";
import { noteUrl } from "./literals.ts";
import { lowerStatement } from "./lower-statement.ts";
import type { Texts } from "./texts.ts";
import type { Tree } from "./tree.ts";

export interface LoweredUnit {
  unit: Unit;
  /** Offsets of statements that could not be lowered because they nest too deeply. */
  tooDeep: number[];
}

/**
 * Reduces the parsed statements to a unit. `base` is the offset of the parsed text in its file.
 * Afterwards nothing refers to the tree any more.
 */
export function lower({ statements, comments }: Tree, file: string, base: number, texts: Texts): LoweredUnit {
  const unit: Unit = {
    file,
    part: 0,
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
    statements: statements.filter((s) => !isDirective(s)).length,
  };
  const ctx = new Context(unit, base, texts);
  const tooDeep: number[] = [];
  for (const statement of statements) {
    try {
      lowerStatement(ctx, statement);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      tooDeep.push(ctx.at(statement));
      ctx.leaveAll();
    }
  }
  for (const comment of comments) noteUrl(ctx, comment.value, "comment", ctx.at(comment));
  ctx.top.closeTop(unit.names);
  ctx.settle();
  ctx.fit();
  return { unit, tooDeep };
}
