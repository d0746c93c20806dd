import { keyword, Token } from "./keywords.ts";
import {
  blockCommentEnd,
  hasLineBreak,
  isWideSpace,
  isWordCharacter,
  lineCommentEnd,
  numberEnd,
  regexEnd,
  skipTrivia,
  stringEnd,
  templateEnd,
  wordEnd,
} from "./lexemes.ts";

/** `ends[i]` is the offset just after slice i, in UTF-16 units; slices are contiguous and hold whole statements. */
export type Split = { kind: "split"; ends: Uint32Array } | { kind: "unsure"; at: number; why: string };

// What may follow: a statement, an operand (a slash is a regular expression), an operator (a slash divides), or one of the last two.
const Start = 0;
const Operator = 1;
const Operand = 2;
const Doubt = 3;

// Open brackets. The first four hold statements, the first seven are braces.
const Block = 0;
const FunctionExpression = 1;
const ArrowBody = 2;
const ClassDeclaration = 4;
const ClassExpression = 5;
const ObjectLiteral = 6;
const Specifiers = 7;
const Paren = 8;
const ControlParen = 9;
const DeclarationParen = 10;
const ExpressionParen = 11;
const Bracket = 12;
const Template = 13;

/**
 * Cuts JavaScript (no JSX, no types) after top-level statements, without parsing it.
 *
 * Every slice parses on its own and the slices' nodes are those of the whole file. A slice may hold several statements;
 * white space and comments belong to the statement after them. Where a slash, a brace or a bracket is not certain, the answer is
 * `unsure` with its offset: the caller parses the whole text.
 */
export function splitStatements(text: string): Split {
  const n = text.length;
  const ends: number[] = [];
  const stack: number[] = [];
  const classHeads: number[] = [];
  let depth = 0;
  let frame = Block;
  let conditionals = 0;
  let follow = Start;
  let last: number = Token.Other;
  let lineBroken = true;
  let asyncStarts = false;
  let functionHead = 0;
  let sawDo = false;
  let tokenEnd = 0;
  let i = text.startsWith("#!") ? lineCommentEnd(text, 0) : 0;

  while (i < n) {
    const c = text.charCodeAt(i);
    switch (c) {
      case 0x20:
      case 0x09:
      case 0x0b:
      case 0x0c:
        i++;
        continue;
      case 0x0a:
      case 0x0d:
      case 0x2028:
      case 0x2029:
        i++;
        lineBroken = true;
        if (last === Token.Return || last === Token.Break) {
          follow = Start;
          last = Token.Other;
        }
        continue;

      case 0x2f: {
        const next = text.charCodeAt(i + 1);
        if (next === 0x2f) {
          i = lineCommentEnd(text, i);
          continue;
        }
        if (next === 0x2a) {
          const end = blockCommentEnd(text, i);
          if (end === 0) return unsure(i, "comment without end");
          if (!lineBroken && hasLineBreak(text, i, end)) {
            lineBroken = true;
            if (last === Token.Return || last === Token.Break) {
              follow = Start;
              last = Token.Other;
            }
          }
          i = end;
          continue;
        }
        if (follow === Doubt || last === Token.Let || (lineBroken && last === Token.Declared))
          return unsure(i, "division or regular expression");
        if (follow === Operand) {
          i++;
          follow = Operator;
        } else {
          const end = regexEnd(text, i);
          if (end === 0) return unsure(i, "regular expression without end");
          i = end;
          follow = Operand;
        }
        last = Token.Other;
        break;
      }

      case 0x22:
      case 0x27: {
        const end = stringEnd(text, i);
        if (end === 0) return unsure(i, "string without end");
        i = end;
        follow = last === Token.From || last === Token.Import ? Doubt : Operand;
        last = Token.Other;
        break;
      }

      case 0x60: {
        const end = templateEnd(text, i + 1);
        if (end === 0) return unsure(i, "template without end");
        if (end > 0) {
          i = end;
          follow = Operand;
        } else {
          i = -end;
          stack[depth++] = frame | (conditionals << 4);
          frame = Template;
          conditionals = 0;
          follow = Operator;
        }
        last = Token.Other;
        break;
      }

      case 0x28: {
        stack[depth++] = frame | (conditionals << 4);
        if (functionHead !== 0) frame = functionHead;
        else if (last === Token.Control || last === Token.LoopEnd || last === Token.With) frame = ControlParen;
        else frame = Paren;
        functionHead = 0;
        conditionals = 0;
        follow = Operator;
        last = Token.Other;
        i++;
        break;
      }
      case 0x5b:
        stack[depth++] = frame | (conditionals << 4);
        frame = Bracket;
        conditionals = 0;
        follow = Operator;
        last = Token.Other;
        i++;
        break;

      case 0x29:
        if (frame < Paren || frame > ExpressionParen) return unsure(i, "unmatched )");
        follow = frame === ControlParen ? Start : Operand;
        last =
          frame === DeclarationParen
            ? Token.DeclarationHead
            : frame === ExpressionParen
              ? Token.ExpressionHead
              : Token.CloseParen;
        frame = stack[--depth]!;
        conditionals = frame >> 4;
        frame &= 15;
        i++;
        break;
      case 0x5d:
        if (frame !== Bracket) return unsure(i, "unmatched ]");
        follow = Operand;
        last = Token.Other;
        frame = stack[--depth]!;
        conditionals = frame >> 4;
        frame &= 15;
        i++;
        break;

      case 0x7b: {
        let kind = -1;
        const head = classHeads.length === 0 ? -1 : classHeads[classHeads.length - 1]!;
        if (last === Token.DeclarationHead) kind = Block;
        else if (last === Token.ExpressionHead) kind = FunctionExpression;
        else if (head >> 1 === depth && (follow >= Operand || last === Token.Class)) {
          kind = (head & 1) === 1 ? ClassDeclaration : ClassExpression;
          classHeads.pop();
        } else if (follow === Start) {
          if (last === Token.Default) kind = ObjectLiteral;
          else if (last === Token.Export) kind = Specifiers;
          else if (frame <= ObjectLiteral) kind = Block;
        } else if (follow === Operator) {
          if (last === Token.Arrow) kind = ArrowBody;
          else kind = last === Token.Import || last === Token.With ? Specifiers : ObjectLiteral;
        } else if (last === Token.Await) {
          if (!lineBroken) kind = ObjectLiteral;
        } else if (frame === ClassDeclaration || frame === ClassExpression) {
          if (last === Token.CloseParen || last === Token.Static) kind = Block;
        } else if (frame === ObjectLiteral) {
          if (last === Token.CloseParen) kind = Block;
        } else if (frame <= ArrowBody && lineBroken) kind = Block;
        if (kind < 0) return unsure(i, "block or object");
        stack[depth++] = frame | (conditionals << 4);
        frame = kind;
        conditionals = 0;
        follow = kind <= ArrowBody ? Start : Operator;
        last = Token.Other;
        i++;
        break;
      }

      case 0x7d: {
        if (depth === 0 || conditionals !== 0 || functionHead !== 0) return unsure(i, "unmatched }");
        const closed = frame;
        frame = stack[--depth]!;
        conditionals = frame >> 4;
        frame &= 15;
        last = Token.Other;
        if (closed === Template) {
          const end = templateEnd(text, i + 1);
          if (end === 0) return unsure(i, "template without end");
          follow = Operand;
          i = end;
          if (end < 0) {
            i = -end;
            stack[depth++] = frame | (conditionals << 4);
            frame = Template;
            conditionals = 0;
            follow = Operator;
          }
          break;
        }
        if (closed > Specifiers) return unsure(i, "unmatched }");
        i++;
        if (closed === Block || closed === ClassDeclaration) {
          follow = Start;
          if (depth === 0) {
            const cut = statementEnds(text, i, sawDo, true);
            if (cut < 0) return unsure(i, "no statement can follow");
            if (cut > 0) {
              ends.push(i);
              sawDo = false;
            }
          }
        } else follow = closed === ArrowBody || closed === Specifiers ? Doubt : Operand;
        break;
      }

      case 0x3b:
        if (conditionals !== 0 || functionHead !== 0) return unsure(i, "statement ends inside an expression");
        i++;
        last = Token.Other;
        if (frame === ControlParen) follow = Operator;
        else if (frame <= ClassExpression) follow = Start;
        else return unsure(i - 1, "statement ends inside an expression");
        if (depth === 0) {
          const cut = statementEnds(text, i, sawDo, false);
          if (cut < 0) return unsure(i, "no statement can follow");
          if (cut > 0) {
            ends.push(i);
            sawDo = false;
          }
        }
        break;

      case 0x3a:
        if (conditionals > 0) {
          conditionals--;
          follow = Operator;
        } else if (frame === ObjectLiteral || frame === Specifiers) follow = Operator;
        else if (frame <= ArrowBody) follow = Start;
        else return unsure(i, "colon out of place");
        last = Token.Other;
        i++;
        break;

      case 0x3f: {
        const next = text.charCodeAt(i + 1);
        last = Token.Other;
        if (next === 0x3f) i += 2;
        else if (next === 0x2e && !isDigit(text.charCodeAt(i + 2))) {
          i += 2;
          last = Token.Dot;
        } else {
          conditionals++;
          i++;
        }
        follow = Operator;
        break;
      }

      case 0x2e:
        if (isDigit(text.charCodeAt(i + 1))) {
          i = numberEnd(text, i + 1);
          follow = Operand;
          last = Token.Other;
        } else if (text.charCodeAt(i + 1) === 0x2e) {
          i += 3;
          follow = Operator;
          last = Token.Other;
        } else {
          i++;
          follow = Operator;
          last = Token.Dot;
        }
        break;

      case 0x2b:
      case 0x2d:
        if (text.charCodeAt(i + 1) === c) {
          if (lineBroken && text.charCodeAt(i + 2) === 0x3e) return unsure(i, "HTML-like comment");
          if (follow < Operand || lineBroken) follow = Operator;
          i += 2;
        } else {
          follow = Operator;
          i++;
        }
        last = Token.Other;
        break;

      case 0x2c:
        last = last === Token.ImportName ? Token.Import : Token.Comma;
        follow = Operator;
        i++;
        break;

      case 0x3d:
        if (text.charCodeAt(i + 1) === 0x3e) {
          i += 2;
          last = Token.Arrow;
        } else {
          i++;
          last = Token.Other;
        }
        follow = Operator;
        break;

      case 0x3c:
        if (follow < Operand) return unsure(i, "JSX or a type");
        if (text.startsWith("<!--", i)) return unsure(i, "HTML-like comment");
        follow = Operator;
        last = Token.Other;
        i += text.charCodeAt(i + 1) === c ? 2 : 1;
        break;

      case 0x21:
      case 0x25:
      case 0x26:
      case 0x2a:
      case 0x3e:
      case 0x5e:
      case 0x7c:
      case 0x7e:
        follow = Operator;
        if (last !== Token.Import) last = Token.Other;
        i++;
        break;

      case 0x23:
        last = Token.Dot;
        i++;
        break;

      case 0x30:
      case 0x31:
      case 0x32:
      case 0x33:
      case 0x34:
      case 0x35:
      case 0x36:
      case 0x37:
      case 0x38:
      case 0x39:
        i = numberEnd(text, i);
        follow = Operand;
        last = Token.Other;
        break;

      default: {
        const start = i;
        i = wordEnd(text, i);
        let kind = 0;
        if (text.charCodeAt(i) === 0x5c) {
          while (text.charCodeAt(i) === 0x5c) {
            if (text.charCodeAt(i + 1) !== 0x75) return unsure(i, "stray character");
            i = text.charCodeAt(i + 2) === 0x7b ? text.indexOf("}", i) + 1 : i + 6;
            if (i === 0) return unsure(start, "stray character");
            i = wordEnd(text, i);
          }
        } else if (i === start) {
          if (!isWideSpace(c)) return unsure(i, "stray character");
          i++;
          continue;
        } else if (last !== Token.Dot && frame !== Specifiers) kind = keyword(text, start, i);

        const broken = follow >= Operand && lineBroken && frame <= ArrowBody;
        if (kind >= Token.Function && broken && depth === 0 && last !== Token.Await) {
          ends.push(tokenEnd);
          sawDo = false;
        }
        switch (kind) {
          case 0:
            if (last === Token.Import) last = Token.ImportName;
            else if (
              last === Token.Declare ||
              last === Token.Let ||
              last === Token.Break ||
              (last === Token.Comma && frame <= ArrowBody) ||
              (follow >= Operand && !lineBroken)
            )
              last = Token.Declared;
            else last = Token.Name;
            follow = Operand;
            break;
          case Token.Function:
          case Token.Class: {
            if (!(kind === Token.Class ? opensClass(text, i) : opensFunction(text, i))) {
              follow = Operand;
              last = Token.Name;
              break;
            }
            let declares = follow === Start || broken;
            if (last === Token.Await) {
              if (lineBroken) return unsure(start, "declaration or expression");
              declares = false;
            } else if (last === Token.Async && !lineBroken) declares = asyncStarts;
            else if (follow >= Operand && !broken && frame <= ArrowBody)
              return unsure(start, "declaration or expression");
            if (kind === Token.Function) functionHead = declares ? DeclarationParen : ExpressionParen;
            else classHeads.push((depth << 1) | (declares ? 1 : 0));
            follow = Operator;
            last = kind;
            break;
          }
          case Token.Async:
            asyncStarts = follow === Start || broken;
            follow = Operand;
            last = kind;
            break;
          case Token.Await:
            if (last !== Token.Control) {
              follow = Doubt;
              last = kind;
            }
            break;
          case Token.Do:
            if (depth === 0) sawDo = true;
            follow = Start;
            last = kind;
            break;
          case Token.Starter:
          case Token.LoopEnd:
          case Token.Control:
          case Token.Default:
          case Token.Export:
            follow = Start;
            last = kind;
            break;
          case Token.From:
          case Token.Static:
            follow = Operand;
            last = kind;
            break;
          case Token.Debugger:
            follow = Doubt;
            last = kind;
            break;
          default:
            follow = Operator;
            last = kind;
        }
      }
    }
    lineBroken = false;
    tokenEnd = i;
  }
  if (depth !== 0 || conditionals !== 0 || functionHead !== 0) return unsure(n, "text ends inside a statement");
  if (n > 0) {
    // What follows the last statement is white space and comments, or a statement that ends with the text.
    if (ends.length > 0 && skipTrivia(text, ends[ends.length - 1]!) === n) ends.pop();
    ends.push(n);
  }
  return { kind: "split", ends: Uint32Array.from(ends) };
}

function unsure(at: number, why: string): Split {
  return { kind: "unsure", at, why };
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

/** 1: a statement ends at `end`; 0: it may go on, or the next one must stay with it; -1: no statement can begin with what follows. */
function statementEnds(text: string, end: number, sawDo: boolean, afterBrace: boolean): -1 | 0 | 1 {
  const at = skipTrivia(text, end);
  const c = text.charCodeAt(at);
  switch (c) {
    case 0x22: // a string that begins a slice would become a directive
    case 0x27:
      return 0;
    case 0x3b: // `function f() {};`
      return 0;
    case 0x65:
    case 0x77:
    case 0x63:
    case 0x66: {
      const stop = wordEnd(text, at);
      const word = stop - at > 7 ? "" : text.slice(at, stop);
      if (word === "else" || (word === "while" && sawDo)) return 0;
      return afterBrace && (word === "catch" || word === "finally") ? 0 : 1;
    }
    case 0x2e:
      return isDigit(text.charCodeAt(at + 1)) ? 1 : -1;
    default:
      // ) * , : = > ? ] } % & ^ |
      return c === 0x29 ||
        c === 0x2a ||
        c === 0x2c ||
        c === 0x3a ||
        (c >= 0x3d && c <= 0x3f) ||
        c === 0x5d ||
        c === 0x7d ||
        c === 0x25 ||
        c === 0x26 ||
        c === 0x5e ||
        c === 0x7c
        ? -1
        : 1;
  }
}

/** True if `function`, ending at `i`, opens a function and is not the name of a member. */
function opensFunction(text: string, i: number): boolean {
  const c = text.charCodeAt(skipTrivia(text, i));
  return c === 0x28 || c === 0x2a || c === 0x5c || isWordCharacter(c);
}

/** True if `class`, ending at `i`, opens a class and is not the name of a member. */
function opensClass(text: string, i: number): boolean {
  let at = skipTrivia(text, i);
  const c = text.charCodeAt(at);
  if (c === 0x7b || c === 0x5c) return true;
  let end = wordEnd(text, at);
  if (end === at) return false;
  if (text.slice(at, end) === "extends") return true;
  at = skipTrivia(text, end);
  end = wordEnd(text, at);
  return text.charCodeAt(at) === 0x7b || text.charCodeAt(end) === 0x5c || text.slice(at, end) === "extends";
}

/** Groups neighbouring statements into ranges of about `targetSize` UTF-16 units; a larger statement is a range of its own. */
export function groupStatements(ends: Uint32Array, targetSize = 256 * 1024): { start: number; end: number }[] {
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
