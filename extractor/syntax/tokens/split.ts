import { BracketKind } from "./brackets.ts";
import { Lexeme, lexeme, lineCommentEnd, numberEnd, wordEnd } from "./characters.ts";
import { boundary, opensClass, opensFunction } from "./lookahead.ts";
import { TokenReader } from "./token-reader.ts";
import { Follow, followOf, keyword, Token } from "./tokens.ts";
import { Unsure } from "./unsure.ts";

/** `ends[i]` is the offset just after slice i, in UTF-16 units; slices are contiguous and hold whole statements. */
export type Split = { kind: "split"; ends: Uint32Array } | { kind: "unsure"; at: number; why: string };

/**
 * Cuts JavaScript (no JSX, no types) after top-level statements, without parsing it.
 *
 * Every slice parses on its own, and the slices' nodes are those of the whole file. A slice may hold several
 * statements; white space and comments belong to the statement after them. Where a slash, a brace or a bracket is not
 * certain, the answer is `unsure` with its offset: the caller parses the whole text.
 */
export function splitStatements(text: string): Split {
  try {
    return { kind: "split", ends: new Splitter(text).run() };
  } catch (error) {
    if (error instanceof Unsure) return { kind: "unsure", at: error.at, why: error.message };
    throw error;
  }
}

/**
 * Small enough that a tree dies before the collector has to move it: 16 KB groups took 0.7 of the time and half the
 * memory of
 * 256 KB groups on a 13 MB bundle.
 */
const GROUP = 16 * 1024;

/**
 * Groups neighbouring statements into ranges of about `targetSize` UTF-16 units; a larger statement is a range of its
 * own.
 */
export function groupStatements(ends: Uint32Array, targetSize = GROUP): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = [];
  let start = 0;
  let end = 0;
  for (const next of ends) {
    if (end > start && next - start > targetSize) {
      groups.push({ start, end });
      start = end;
    }
    end = next;
  }
  if (end > start) groups.push({ start, end });
  return groups;
}

/** One pass over the characters that notes where top-level statements end. */
class Splitter extends TokenReader {
  private readonly ends: number[] = [];
  private tokenEnd = 0;
  /** Whether the latest `async` stood where a declaration may begin. */
  private asyncDeclares = false;
  /** A top-level `do` was seen since the last cut: a `while` may belong to it. */
  private inDo = false;

  run(): Uint32Array {
    const text = this.text;
    const n = text.length;
    if (text.startsWith("#!")) this.i = lineCommentEnd(text, 0);
    while (this.i < n) {
      const c = text.charCodeAt(this.i);
      switch (lexeme(c)) {
        case Lexeme.Space:
          this.i++;
          continue;
        case Lexeme.LineBreak:
          this.i++;
          this.breakLine();
          continue;
        case Lexeme.Word:
          this.word();
          break;
        case Lexeme.Number:
          this.i = numberEnd(text, this.i);
          this.after(Follow.Operator, Token.Other);
          break;
        case Lexeme.Operator:
          this.i++;
          this.follow = Follow.Operand;
          if (this.last !== Token.Import) this.last = Token.Other;
          break;
        default:
          if (this.punctuation(c)) continue;
      }
      this.lineBroken = false;
      this.tokenEnd = this.i;
    }
    return this.finish(n);
  }

  private finish(n: number): Uint32Array {
    if (this.depth > 0 || this.conditionals > 0 || this.functionHead > 0)
      throw this.unsure("text ends inside a statement");
    if (n > (this.ends.at(-1) ?? 0)) this.ends.push(n);
    return Uint32Array.from(this.ends);
  }

  protected override statementMayEnd(afterBrace: boolean): void {
    if (this.depth > 0) return;
    const found = boundary(this.text, this.i, this.inDo, afterBrace);
    if (found === "impossible") throw this.unsure("no statement can follow");
    if (found === "cut") this.cut(this.i);
  }

  private cut(end: number): void {
    this.ends.push(end);
    this.inDo = false;
  }

  private word(): void {
    const { text, last, frame, follow } = this;
    const start = this.i;
    let end = wordEnd(text, start);
    let token = 0;
    if (text.charCodeAt(end) === 0x5c) end = this.escapedWordEnd(end);
    else if (last !== Token.Dot && frame !== BracketKind.Specifiers) token = keyword(text, start, end);
    if (token !== 0) {
      this.keyword(token, end);
    } else {
      const declared =
        last === Token.Declare ||
        last === Token.Let ||
        last === Token.Break ||
        (last === Token.Comma && frame <= BracketKind.ArrowBody) ||
        (follow >= Follow.Operator && !this.lineBroken);
      if (last === Token.Import) this.after(Follow.Operator, Token.ImportName);
      else this.after(Follow.Operator, declared ? Token.Declared : Token.Name);
    }
    this.i = end;
  }

  private escapedWordEnd(i: number): number {
    const { text } = this;
    while (text.charCodeAt(i) === 0x5c) {
      if (text.charCodeAt(i + 1) !== 0x75) throw this.unsure("stray character");
      const end = text.charCodeAt(i + 2) === 0x7b ? text.indexOf("}", i) + 1 : i + 6;
      if (end === 0) throw this.unsure("stray character");
      i = wordEnd(text, end);
    }
    return i;
  }

  private keyword(token: number, end: number): void {
    const { last, follow, lineBroken, frame } = this;
    if (token === Token.Await && last === Token.Control) return; // for await (
    // An operand, a line break and a word that cannot go on: a semicolon was left out.
    const unended = follow >= Follow.Operator && lineBroken && frame <= BracketKind.ArrowBody && last !== Token.Await;
    const declares = follow === Follow.Statement || unended;
    if (unended && token >= Token.Function && this.depth === 0) this.cut(this.tokenEnd);
    if (token === Token.Async && last === Token.Await && lineBroken) throw this.unsure("declaration or expression");
    if (token === Token.Function || token === Token.Class) {
      this.definition(token, end, declares);
      return;
    }
    if (token === Token.Async) this.asyncDeclares = declares;
    else if (token === Token.Do && this.depth === 0) this.inDo = true;
    this.after(followOf(token), token);
  }

  /** `function` or `class`: a declaration, an expression, or the name of a member. */
  private definition(token: number, end: number, declares: boolean): void {
    const { last, lineBroken } = this;
    if (!(token === Token.Class ? opensClass(this.text, end) : opensFunction(this.text, end))) {
      this.after(Follow.Operator, Token.Name);
      return;
    }
    let declaration = declares;
    if (last === Token.Await) {
      if (lineBroken) throw this.unsure("declaration or expression");
      declaration = false;
    } else if (last === Token.Async && !lineBroken) declaration = this.asyncDeclares;
    else if (this.follow >= Follow.Operator && !declares && this.frame <= BracketKind.ArrowBody)
      throw this.unsure("declaration or expression");
    if (token === Token.Function)
      this.functionHead = declaration ? BracketKind.DeclarationHead : BracketKind.ExpressionHead;
    else this.classHeads.push((this.depth << 1) | (declaration ? 1 : 0));
    this.after(Follow.Operand, token);
  }
}
