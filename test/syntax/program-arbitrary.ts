import fc from "fast-check";

type Tokens = string[];

const names = ["a", "b", "foo", "of", "async", "get", "static", "from", "let", "$", "ünï", "\\u0061b", "x", "y"];
const keys = [
  "a",
  "if",
  "class",
  "function",
  "return",
  "get",
  "async",
  "import",
  "default",
  "case",
  "in",
  '"s"',
  "12",
  "[a]",
];
const literals = [
  "1",
  ".5",
  "1.",
  "1_000n",
  "0x1f",
  "1..toFixed",
  '"s;}"',
  "'\\'\\\n}'",
  "`t}`",
  "/[/}\\]]+/g",
  "/=\\/{/u",
  "/[[a]--[b]]/v",
  "this",
  "null",
  "import.meta",
];
const binary = ["+", "-", "/", "*", "%", "<", ">", "<<", "==", "&&", "??", "in", "instanceof", ","];
const prefix = ["!", "-", "typeof", "void", "await", "yield", "new", "delete"];

const one = (words: string[]): fc.Arbitrary<Tokens> => fc.constantFrom(...words).map((word) => [word]);
const join = (...parts: fc.Arbitrary<Tokens>[]): fc.Arbitrary<Tokens> => fc.tuple(...parts).map((list) => list.flat());
const token = (...words: string[]): fc.Arbitrary<Tokens> => fc.constant(words);
const many = (item: fc.Arbitrary<Tokens>, between: string[] = []): fc.Arbitrary<Tokens> =>
  fc
    .array(item, { maxLength: 3 })
    .map((items) => items.flatMap((tokens, i) => (i === 0 ? tokens : [...between, ...tokens])));
const perhaps = (item: fc.Arbitrary<Tokens>): fc.Arbitrary<Tokens> => fc.oneof(token(), item);

const grammar = fc.letrec<{ expression: Tokens; statement: Tokens; block: Tokens; member: Tokens; property: Tokens }>(
  (tie) => {
    const expression = tie("expression");
    const statement = tie("statement");
    const block = tie("block");
    const parameters = join(token("("), many(one(["a", "b", "...c", "{a}", "[b]", "d = 1"]), [","]), token(")"));
    const end = one([";", ";", "\n", ""]);
    const functions = one(["function", "async function", "function*", "async function *"]);
    const heritage = perhaps(
      join(
        token("extends"),
        fc.oneof(
          one(["a", "null", "a.if", "{}.x", "f`x`", "a[1 / 2]"]),
          join(token("("), expression, token(")")),
          join(token("f", "("), expression, token(")")),
          join(token("class"), token("{"), tie("member"), token("}")),
          join(token("function"), parameters, block),
        ),
      ),
    );
    const classBody = join(token("{"), many(tie("member")), token("}"));
    return {
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        one(names),
        one(literals),
        join(expression, one(binary), expression),
        join(expression, token("/"), expression, token("/"), expression),
        join(one(prefix), expression),
        join(one(names), one(["++", "--"])),
        join(one(["++", "--"]), one(names)),
        join(one(names), one(["=", "/=", "+=", "??="]), expression),
        join(token("("), expression, token(")")),
        join(token("["), many(expression, [","]), token("]")),
        join(token("{"), many(tie("property"), [","]), token("}")),
        join(expression, one([".", "?."]), one(keys)),
        join(expression, token("("), many(expression, [","]), token(")")),
        join(expression, token("["), expression, token("]")),
        join(token("`a${"), expression, token("}}b${"), expression, token("}`")),
        join(expression, token("`x`")),
        join(expression, token("?"), expression, token(":"), expression),
        join(functions, one(["", "f", "of"]), parameters, block),
        join(
          token("("),
          perhaps(token("async")),
          one(["a", "(a, b)", "()"]),
          token("=>"),
          fc.oneof(expression, block),
          token(")"),
        ),
        join(
          one(["a", "f"]),
          token("="),
          perhaps(token("async")),
          one(["b", "(b)"]),
          token("=>"),
          fc.oneof(expression, block),
        ),
        join(one(["class", "class A"]), heritage, classBody),
      ),
      property: fc.oneof(
        join(one(keys), token(":"), expression),
        join(perhaps(one(["get", "async", "*", "async *"])), one(keys), parameters, block),
        one(["a", "...b", "async", "get"]),
      ),
      member: fc.oneof(
        join(perhaps(one(["static", "get", "async", "*"])), one([...keys, "#p"]), parameters, block),
        join(perhaps(token("static")), one([...keys, "#p"]), perhaps(join(token("="), expression)), one([";", "\n"])),
        join(token("static"), block),
      ),
      block: join(token("{"), many(statement), token("}")),
      statement: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        join(expression, end),
        join(
          one(["var", "let", "const", "using"]),
          one(["a", "{a}", "[b]"]),
          perhaps(join(token("="), expression)),
          end,
        ),
        one(['"use strict";', "'d'\n", ";", "debugger", "break;", "continue\n", "break a\n", "return\n"]),
        join(functions, token("g"), parameters, block),
        join(token("class A"), heritage, classBody),
        block,
        join(token("if", "("), expression, token(")"), statement, perhaps(join(token("else"), statement))),
        join(token("for", "("), one(["const a of", "let a in", ";;", "a of"]), expression, token(")"), statement),
        join(token("for", "await", "(", "a", "of"), expression, token(")"), statement),
        join(token("while", "("), expression, token(")"), statement),
        join(token("do"), statement, token("while", "("), expression, token(")"), end),
        join(token("with", "("), expression, token(")"), statement),
        join(token("try"), block, token("catch"), perhaps(token("(e)")), block, perhaps(join(token("finally"), block))),
        join(token("switch", "(", "a", ")", "{", "case"), expression, token(":"), statement, token("default:", "}")),
        join(one(["a", "of", "async"]), token(":"), statement),
        join(one(["return", "throw"]), perhaps(expression), end),
        join(token("export", "default"), fc.oneof(expression, join(functions, parameters, block)), end),
        join(token("export"), fc.oneof(join(functions, token("g"), parameters, block), token("const a = 1", ";"))),
        join(
          one([
            "import a, {if as b} from 'x'",
            "import 'x'",
            "import * as a from 'x'",
            "export {a}",
            "export * from 'x'",
          ]),
          end,
        ),
        join(token("import a from 'x' with {type: 'json'}"), end),
      ),
    };
  },
);

const separators = ["", " ", "\n", "/* }` */", "// {'\n", "\t", "\u2028", "/*\n*/", "\r\n", "\u00a0"];
const sticky = /[\w$\\\u0080-\uffff]$/;
const stuck = /^[\w$\\#\u0080-\uffff]/;

/**
 * Programs from the whole grammar with odd white space between the tokens. Many do not parse: the parser is to say
 * which.
 */
export const program: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(grammar.statement, { minLength: 1, maxLength: 5 }),
    fc.array(fc.nat(60), { minLength: 1, maxLength: 40 }),
  )
  .map(([statements, choices]) => {
    let text = "";
    statements.flat().forEach((word, i) => {
      const choice = separators[choices[i % choices.length]!] ?? "";
      const glue = choice === "" && ((sticky.test(text) && stuck.test(word)) || text.at(-1) === word[0]) ? " " : choice;
      text += glue + word;
    });
    return text;
  });
