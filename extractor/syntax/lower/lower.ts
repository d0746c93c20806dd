import type { File } from "@babel/types";
import { emptyUnit, type Unit } from "../../ir/unit.ts";
import { Context } from "../context.ts";
import { NestedTooDeep } from "../nesting.ts";
import type { Texts } from "../texts.ts";
import { noteUrl } from "./literals.ts";
import { lowerTopLevel } from "./statement.ts";

export interface LoweredUnit {
  unit: Unit;
  /** Statements that nest deeper than is allowed, or than there is stack for. */
  tooDeep: { at: number; why: "nesting-too-deep" | "stack-spent" }[];
  /** Code in texts that was not read, and why. */
  codeTexts: { at: number; what: string }[];
}

/** A name that stands in a comment by itself. */
const CONSTANT = /^ [A-Za-z_$][\w$]{0,80} $/;

/**
 * Reduces the parsed statements to a unit. `base` is the offset of the parsed text in its file.
 * Afterwards nothing refers to the tree any more.
 */
export function lower(parsed: File, file: string, base: number, texts: Texts): LoweredUnit {
  const unit: Unit = { ...emptyUnit(file), statements: parsed.program.body.length };
  const ctx = new Context(unit, base, texts);
  for (const { type, value, start } of parsed.comments ?? [])
    if (type === "CommentBlock" && CONSTANT.test(value)) ctx.constantNames.set(base + start!, texts.own(value.trim()));
  const tooDeep: LoweredUnit["tooDeep"] = [];
  for (const statement of parsed.program.body) {
    try {
      lowerTopLevel(ctx, statement);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof NestedTooDeep)) throw error;
      tooDeep.push({ at: ctx.at(statement), why: error instanceof RangeError ? "stack-spent" : "nesting-too-deep" });
      ctx.leaveAll();
    }
  }
  for (const comment of parsed.comments ?? []) noteUrl(ctx, comment.value, "comment", ctx.at(comment));
  ctx.top.closeTop(unit.names);
  unit.blockVariables = ctx.top.inBlocks;
  ctx.settle();
  ctx.fit();
  return { unit, tooDeep, codeTexts: ctx.codeTexts };
}
