import { BracketKind, braceKind } from "./brackets.ts";
import {
  blockCommentEnd,
  hasLineBreak,
  isDigit,
  lineCommentEnd,
  numberEnd,
  regexEnd,
  stringEnd,
  templateEnd,
} from "./characters.ts";
import { Follow, mayEndWithItsLine, Token } from "./tokens.ts";
import { Unsure } from "./unsure.ts";

/**
 * Reads JavaScript token by token and keeps what decides the meaning of the next slash, brace and colon.
 * Everything but words and plain operators is read here; rare tokens have their own methods, so that the loop that is
 * compiled while it runs stays small.
 */
export abstract class TokenReader {
  protected readonly text: string;
  protected i = 0;
  protected follow: number = Follow.Statement;
  protected last: number = Token.Other;
  protected lineBroken = true;

  protected depth = 0;
  protected frame: number = BracketKind.Block;
  /** `?` of the innermost bracket that wait for their `:`. */
  protected conditionals = 0;
  private readonly stack: number[] = [];
  /** The frame the next parenthesis opens, after `function`; else 0. */
  protected functionHead = 0;
  /** Classes whose body is still to come: depth * 2, plus 1 for a declaration. */
  protected readonly classHeads: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Called after a `;` and after the brace that ends a block or a declaration. */
  protected abstract statementMayEnd(afterBrace: boolean): void;

  protected unsure(why: string): Unsure {
    return new Unsure(this.i, why);
  }

  protected after(follow: number, last: number): void {
    this.follow = follow;
    this.last = last;
  }

  protected breakLine(): void {
    this.lineBroken = true;
    // `return`, `break` and `continue` end with their line.
    if (this.last === Token.Return || this.last === Token.Break) this.after(Follow.Statement, Token.Other);
  }

  /** Reads what begins with the punctuation character `c`; true if it was a comment. */
  protected punctuation(c: number): boolean {
    const text = this.text;
    const next = text.charCodeAt(this.i + 1);
    switch (c) {
      case 0x2e: // .
        if (isDigit(next)) {
          this.i = numberEnd(text, this.i);
          this.after(Follow.Operator, Token.Other);
        } else {
          this.i += next === c ? 3 : 1;
          this.after(Follow.Operand, next === c ? Token.Other : Token.Dot);
        }
        break;
      case 0x28: // (
        this.openParen();
        break;
      case 0x29: // )
        this.closeParen();
        break;
      case 0x2c: // ,
        this.i++;
        this.after(Follow.Operand, this.last === Token.ImportName ? Token.Import : Token.Comma);
        break;
      case 0x3d: // =
        this.i += next === 0x3e ? 2 : 1;
        this.after(Follow.Operand, next === 0x3e ? Token.Arrow : Token.Other);
        break;
      case 0x7b: // {
        this.openBrace();
        break;
      case 0x7d: // }
        this.closeBrace();
        break;
      case 0x3b: // ;
        this.semicolon();
        break;
      case 0x22: // "
      case 0x27: // '
        this.string();
        break;
      case 0x3a: // :
        this.colon();
        break;
      case 0x3f: // ?
        this.questionMark(next);
        break;
      case 0x5b: // [
        this.open(BracketKind.Bracket);
        this.after(Follow.Operand, Token.Other);
        this.i++;
        break;
      case 0x5d: // ]
        if (this.frame !== BracketKind.Bracket) throw this.unsure("unmatched ]");
        this.close();
        this.after(Follow.Operator, Token.Other);
        this.i++;
        break;
      case 0x60: // `
        this.template();
        break;
      case 0x2b: // +
      case 0x2d: // -
        this.plusMinus(c, next);
        break;
      case 0x2f: // /
        return this.slash(next);
      case 0x3c: // <
        this.less(next);
        break;
      case 0x23: // #
        this.i++;
        this.last = Token.Dot;
        break;
      default:
        throw this.unsure("stray character");
    }
    return false;
  }

  private open(frame: number): void {
    this.stack[this.depth++] = this.frame | (this.conditionals << 4);
    this.frame = frame;
    this.conditionals = 0;
  }

  private close(): void {
    const outer = this.stack[--this.depth]!;
    this.frame = outer & 15;
    this.conditionals = outer >> 4;
  }

  private openParen(): void {
    const { last } = this;
    if (this.functionHead > 0) this.open(this.functionHead);
    else if (last === Token.Control || last === Token.LoopEnd || last === Token.With) this.open(BracketKind.Control);
    else this.open(BracketKind.Paren);
    this.functionHead = 0;
    this.after(Follow.Operand, Token.Other);
    this.i++;
  }

  private closeParen(): void {
    const closed = this.frame;
    if (closed < BracketKind.Paren || closed > BracketKind.ExpressionHead) throw this.unsure("unmatched )");
    this.close();
    if (closed === BracketKind.Control) this.after(Follow.Statement, Token.Other);
    else if (closed === BracketKind.DeclarationHead) this.after(Follow.Operator, Token.DeclarationHead);
    else if (closed === BracketKind.ExpressionHead) this.after(Follow.Operator, Token.ExpressionHead);
    else this.after(Follow.Operator, Token.CloseParen);
    this.i++;
  }

  private openBrace(): void {
    const { last, follow } = this;
    const head = this.classHeads.at(-1) ?? -1;
    let kind: number;
    if (
      head >> 1 === this.depth &&
      (last === Token.Class || (follow >= Follow.Operator && last !== Token.ExpressionHead))
    ) {
      this.classHeads.pop();
      kind = (head & 1) === 1 ? BracketKind.ClassDeclaration : BracketKind.ClassExpression;
    } else kind = braceKind(last, follow, this.frame, this.lineBroken);
    if (kind < 0) throw this.unsure("block or object");
    this.open(kind);
    this.after(kind <= BracketKind.ArrowBody ? Follow.Statement : Follow.Operand, Token.Other);
    this.i++;
  }

  private closeBrace(): void {
    const closed = this.frame;
    if (this.depth === 0 || this.conditionals > 0 || this.functionHead > 0) throw this.unsure("unmatched }");
    this.close();
    if (closed === BracketKind.Template) {
      this.template();
      return;
    }
    if (closed > BracketKind.Specifiers) throw this.unsure("unmatched }");
    this.i++;
    if (closed === BracketKind.Block || closed === BracketKind.ClassDeclaration) {
      this.after(Follow.Statement, Token.Other);
      this.statementMayEnd(true);
    } else if (closed === BracketKind.ArrowBody || closed === BracketKind.Specifiers)
      this.after(Follow.Unclear, Token.Other);
    else this.after(Follow.Operator, Token.Other);
  }

  private semicolon(): void {
    const { frame } = this;
    if (
      this.conditionals > 0 ||
      this.functionHead > 0 ||
      (frame > BracketKind.ClassExpression && frame !== BracketKind.Control)
    )
      throw this.unsure("statement ends inside an expression");
    this.i++;
    this.after(frame === BracketKind.Control ? Follow.Operand : Follow.Statement, Token.Other);
    this.statementMayEnd(false);
  }

  private string(): void {
    const end = stringEnd(this.text, this.i);
    if (end === 0) throw this.unsure("string without end");
    this.i = end;
    // A module's name ends its statement; a slash on the next line is not a division.
    const names = this.last === Token.From || this.last === Token.Import;
    this.after(names ? Follow.Unclear : Follow.Operator, Token.Other);
  }

  /** Reads on after a backtick or after the brace that ends a substitution. */
  private template(): void {
    const end = templateEnd(this.text, this.i + 1);
    if (end === 0) throw this.unsure("template without end");
    if (end < 0) this.open(BracketKind.Template);
    this.i = Math.abs(end);
    this.after(end < 0 ? Follow.Operand : Follow.Operator, Token.Other);
  }

  private colon(): void {
    const { frame } = this;
    if (this.conditionals > 0) {
      this.conditionals--;
      this.after(Follow.Operand, Token.Other);
    } else if (frame === BracketKind.ObjectLiteral || frame === BracketKind.Specifiers)
      this.after(Follow.Operand, Token.Other);
    else if (frame <= BracketKind.ArrowBody) this.after(Follow.Statement, Token.Other);
    else throw this.unsure("colon out of place");
    this.i++;
  }

  private questionMark(next: number): void {
    const chained = next === 0x2e && !isDigit(this.text.charCodeAt(this.i + 2));
    if (!chained && next !== 0x3f) this.conditionals++;
    this.i += chained || next === 0x3f ? 2 : 1;
    this.after(Follow.Operand, chained ? Token.Dot : Token.Other);
  }

  private plusMinus(c: number, next: number): void {
    if (next === c) {
      if (this.lineBroken && this.text.startsWith("-->", this.i)) throw this.unsure("HTML-like comment");
      if (this.follow < Follow.Operator || this.lineBroken) this.follow = Follow.Operand;
      this.i += 2;
    } else {
      this.follow = Follow.Operand;
      this.i++;
    }
    this.last = Token.Other;
  }

  private less(next: number): void {
    if (this.text.startsWith("<!--", this.i)) throw this.unsure("HTML-like comment");
    if (this.follow < Follow.Operator) throw this.unsure("JSX or a type");
    this.after(Follow.Operand, Token.Other);
    this.i += next === 0x3c ? 2 : 1;
  }

  private slash(next: number): boolean {
    const { text, i, last } = this;
    if (next === 0x2f) {
      this.i = lineCommentEnd(text, i);
      return true;
    }
    if (next === 0x2a) {
      const end = blockCommentEnd(text, i);
      if (end === 0) throw this.unsure("comment without end");
      if (!this.lineBroken && hasLineBreak(text, i, end)) this.breakLine();
      this.i = end;
      return true;
    }
    if (this.follow === Follow.Unclear || (this.lineBroken && mayEndWithItsLine(last)))
      throw this.unsure("division or regular expression");
    if (this.follow === Follow.Operator) {
      this.i++;
      this.after(Follow.Operand, Token.Other);
    } else {
      const end = regexEnd(text, i);
      if (end === 0) throw this.unsure("regular expression without end");
      this.i = end;
      this.after(Follow.Operator, Token.Other);
    }
    return false;
  }
}
