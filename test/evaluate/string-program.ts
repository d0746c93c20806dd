import fc from "fast-check";

/** A program that leaves a string in `answer`. */
export interface StringProgram {
  code: string;
  /** Variables that stand for strings nobody knows, and those that only decide something. */
  holes: string[];
  conditions: string[];
  /**
   * Each value depends on the order of statements nowhere, and on each condition once: the evaluated set is what can
   * run.
   */
  exact: boolean;
}

/** Writes one construct around its operands; `name` makes a name that is new to the program. */
type Form = (ctx: Writer, operands: string[]) => string;

interface Node {
  form: Form;
  operands: Node[];
}

/** What one program is written with. */
class Writer {
  readonly statements: string[] = [];
  readonly holes: string[] = [];
  readonly conditions: string[] = [];
  exact = true;
  #names = 0;

  name(): string {
    return `v${this.#names++}`;
  }

  declare(text: (name: string) => string): string {
    const name = this.name();
    this.statements.push(text(name));
    return name;
  }

  hole(): string {
    const name = `HOLE_${this.holes.length}`;
    this.holes.push(name);
    return `process.env.${name}`;
  }

  /** Decides something once in the program. */
  condition(): string {
    const name = `COND_${this.conditions.length}`;
    this.conditions.push(name);
    return `process.env.${name}`;
  }
}

// no slashes: where several bases and paths meet, those that make two of them are left out on purpose
const literals = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_"), minLength: 1, maxLength: 5 });
const quoted = (s: string): string => JSON.stringify(s);

/** One operand in, one string out; none uses its operand twice, so what conditions decide stays independent. */
const ONE: Record<string, Form> = {
  template: (_w, [a]) => `\`t/\${${a}}/u\``,
  "function declaration": (w, [a]) => `${w.declare((f) => `function ${f}(x) { return "f" + x; }`)}(${a})`,
  "arrow function": (w, [a]) => `${w.declare((f) => `const ${f} = (x) => x + "r";`)}(${a})`,
  "default parameter": (w, [a]) => `${w.declare((f) => `const ${f} = (x = "none", y = "d") => x + y;`)}(${a})`,
  "rest parameter": (w, [a]) => `${w.declare((f) => `const ${f} = (x, ...more) => x + more[0];`)}("h", ${a})`,
  "spread argument": (w, [a]) => `${w.declare((f) => `const ${f} = (x, y) => y + x;`)}(...[${a}, "s"])`,
  closure: (w, [a]) => `${w.declare((f) => `const ${f} = (x) => () => x + "c";`)}(${a})()`,
  callback: (w, [a]) =>
    `${w.declare((f) => `function ${f}(x, g) { return g(x); }`)}(${a}, ${w.declare((g) => `const ${g} = (y) => "k" + y;`)})`,
  "called where it is written": (_w, [a]) => `((x) => "i" + x)(${a})`,
  "early return": (w, [a]) =>
    `${w.declare((f) => `function ${f}(x) { if (!x) return x; return "e" + x; }`)}("l" + ${a})`,
  object: (w, [a]) => `${w.declare((o) => `const ${o} = { k: ${a}, other: "zzz" };`)}.k`,
  "computed member": (w, [a]) => `${w.declare((o) => `const ${o} = { ["k" + "1"]: ${a} };`)}["k1"]`,
  method: (w, [a]) => `${w.declare((o) => `const ${o} = { k: ${a}, get() { return this.k + "m"; } };`)}.get()`,
  getter: (w, [a]) => `${w.declare((o) => `const ${o} = { get k() { return ${a}; } };`)}.k`,
  "object spread": (w, [a]) => `${w.declare((o) => `const ${o} = { ...{ k: "old" }, ...{ k: ${a} } };`)}.k`,
  "assigned object": (w, [a]) => `Object.assign({}, { k: ${w.declare((v) => `const ${v} = ${a};`)} }).k`,
  "written member": (w, [a]) => `${w.declare((o) => `const ${o} = {}; ${o}.k = ${a};`)}.k`,
  "destructured object": (w, [a]) => w.declare((v) => `const { a: { b: ${v} } } = { a: { b: ${a} } };`),
  "destructured default": (w, [a]) => w.declare((v) => `const { k: ${v} = "d" } = { k: "x" + ${a} };`),
  "destructured rest": (w, [a]) =>
    `${w.declare((r) => `const { skipped: _${r}, ...${r} } = { skipped: "s", k: ${a} };`)}.k`,
  "destructured array": (w, [a]) => w.declare((v) => `const [, ${v}] = ["first", ${a}];`),
  "destructured parameter": (w, [a]) => `${w.declare((f) => `const ${f} = ({ k, n = "n" }) => k + n;`)}({ k: ${a} })`,
  "list item": (_w, [a]) => `["first", ${a}][1]`,
  "list mapped": (_w, [a]) => `["first", ${a}].map((x) => "m" + x).join("/")`,
  "list spread": (_w, [a]) => `[...["s"], ${a}].join("+")`,
  "list joined with concat": (_w, [a]) => `["s"].concat([${a}]).join(",")`,
  "last of a list": (_w, [a]) => `["first", ${a}].at(-1)`,
  "text replaced": (_w, [a]) => `"p/{id}/q".replace("{id}", ${a})`,
  "pattern replaced": (_w, [a]) => `"p/:id/q".replace(/:\\w+/, ${a})`,
  "replaced by a function": (_w, [a]) => `"p/:id/q".replace(/:(\\w+)/g, () => "r" + ${a})`,
  concat: (_w, [a]) => `"c".concat(${a})`,
  "turned into text": (_w, [a]) => `String(${a})`,
  "upper case": (_w, [a]) => `("u" + ${a}).toUpperCase()`,
  trimmed: (_w, [a]) => `(" " + ${a} + "t ").trim()`,
  "start cut off": (_w, [a]) => `("xy" + ${a}).slice(2)`,
  "frozen object": (w, [a]) => `${w.declare((o) => `const ${o} = Object.freeze({ k: ${a} });`)}.k`,
  "class field": (w, [a]) => `new (${w.declare((c) => `class ${c} { k = ${a}; }`)})().k`,
  "made by a constructor": (w, [a]) =>
    `new ${w.declare((c) => `class ${c} { constructor(x) { this.k = x; } get() { return this.k + "g"; } }`)}(${a}).get()`,
  "private member": (w, [a]) =>
    `new ${w.declare((c) => `class ${c} { #k; constructor(x) { this.#k = x; } get() { return this.#k; } }`)}(${a}).get()`,
  subclass: (w, [a]) => {
    const base = w.declare(
      (c) => `class ${c} { constructor(x) { this.k = x; } get() { return this.k + this.tail(); } }`,
    );
    return `new ${w.declare((c) => `class ${c} extends ${base} { constructor(x) { super("s" + x); } tail() { return "t"; } }`)}(${a}).get()`;
  },
  "static member": (w, [a]) =>
    `${w.declare((c) => `class ${c} { static k = ${a}; static get() { return this.k; } }`)}.get()`,
  "bound function": (w, [a]) => `${w.declare((f) => `const ${f} = ((x, y) => x + y).bind(null, "b");`)}(${a})`,
  "called with call": (w, [a]) =>
    `${w.declare((f) => `function ${f}(x) { return this.p + x; }`)}.call({ p: "p" }, ${a})`,
  "lazy value": (w, [a]) => {
    const cache = w.declare((v) => `let ${v};`);
    return `${w.declare((f) => `function ${f}() { if (${cache} === undefined) ${cache} = ${a}; return ${cache}; }`)}()`;
  },
  "map entry": (w, [a]) => `${w.declare((m) => `const ${m} = new Map([["k", ${a}]]);`)}.get("k")`,
  URL: (w, [a]) => `${w.declare((u) => `const ${u} = new URL("https://h.dev"); ${u}.pathname = "/p" + ${a};`)}.href`,
  "URL with a base": (_w, [a]) => `new URL("/b" + ${a}, "https://h.dev/c/").toString()`,
};

/** Two operands, one of which may be what a condition chooses. */
const TWO: Record<string, Form> = {
  sum: (_w, [a, b]) => `${a} + ${b}`,
  "template of two": (_w, [a, b]) => `\`\${${a}}-\${${b}}\``,
  ternary: (w, [a, b]) => `(${w.condition()} ? ${a} : ${b})`,
  "negated ternary": (w, [a, b]) => `(!${w.condition()} ? ${a} : ${b})`,
  "compared ternary": (w, [a, b]) => `(${w.condition()} === "1" ? ${a} : ${b})`,
  "if and else": (w, [a, b]) =>
    w.declare((v) => `let ${v}; if (${w.condition()}) { ${v} = ${a}; } else { ${v} = ${b}; }`),
  "function with two returns": (w, [a, b]) =>
    `${w.declare((f) => `function ${f}() { if (${w.condition()}) return ${a}; return ${b}; }`)}()`,
  switch: (w, [a, b]) =>
    `${w.declare((f) => `function ${f}(x) { switch (x) { case "1": return ${a}; default: return ${b}; } }`)}(${w.condition()})`,
  "fallback for nothing": (w, [a, b]) => `((${w.condition()} ? "n" + ${a} : undefined) ?? ${b})`,
  "fallback for false": (w, [a, b]) => `((${w.condition()} && "o" + ${a}) || ${b})`,
  "list of two": (_w, [a, b]) => `[${a}, ${b}].join("/")`,
  "either method": (w, [a, b]) => `({ one: () => ${a}, two: () => ${b} })[${w.condition()} ? "one" : "two"]()`,
};

/**
 * What runs is among the evaluated values, beside others: the order of statements and of a list's items counts for
 * nothing.
 */
const LOOSE: Record<string, Form> = {
  "used twice": (w, [a]) => {
    const v = w.declare((name) => `const ${name} = ${a};`);
    return `${v} + "-" + ${v}`;
  },
  appended: (w, [a]) => w.declare((v) => `let ${v} = "a"; ${v} += ${a};`),
  "assigned again": (w, [a]) => w.declare((v) => `let ${v} = "old"; ${v} = ${a};`),
  "appended in a loop": (w, [a]) => w.declare((v) => `let ${v} = "l"; for (const x of [${a}, "z"]) ${v} += x;`),
  "pushed to a list": (w, [a]) => `${w.declare((l) => `const ${l} = ["p"]; ${l}.push(${a});`)}.join("/")`,
  reduced: (_w, [a]) => `["x", ${a}].reduce((s, x) => s + x, "r")`,
  found: (_w, [a]) => `["zz", ${a}].find((x) => x !== "zz")`,
  filtered: (_w, [a]) => `["zz", ${a}].filter((x) => x !== "zz")[0]`,
  "value of an object": (_w, [a]) => `Object.values({ k: ${a} })[0]`,
  "entries of an object": (_w, [a]) => `Object.entries({ k: ${a} }).map(([k, v]) => k + "=" + v).join("&")`,
  "generated value": (w, [a]) => `[...${w.declare((f) => `function* ${f}() { yield ${a}; }`)}()][0]`,
  "value set later": (w, [a]) => `${w.declare((m) => `const ${m} = new Map(); ${m}.set("k", ${a});`)}.get("k")`,
};

function loose(form: Form): Form {
  return (w, operands) => {
    w.exact = false;
    return form(w, operands);
  };
}

const SINGLE = [...Object.values(ONE), ...Object.values(LOOSE).map(loose)];

const LEAVES: fc.Arbitrary<Node> = fc.oneof(
  { weight: 3, arbitrary: literals.map((s): Node => ({ form: () => quoted(s), operands: [] })) },
  { weight: 1, arbitrary: fc.constant<Node>({ form: (w) => w.hole(), operands: [] }) },
);

const trees = fc.letrec<{ tree: Node }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: "tree" },
    LEAVES,
    {
      weight: 4,
      arbitrary: fc.record({ form: fc.constantFrom(...SINGLE), operands: fc.tuple(tie("tree")) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        form: fc.constantFrom(...Object.values(TWO)),
        operands: fc.tuple(tie("tree"), tie("tree")),
      }),
    },
  ),
}));

function written(w: Writer, { form, operands }: Node): string {
  return form(
    w,
    operands.map((o) => written(w, o)),
  );
}

function program(tree: Node): StringProgram {
  const w = new Writer();
  const answer = written(w, tree);
  const { holes, conditions, exact } = w;
  return { code: [...w.statements, `const answer = ${answer};`].join("\n"), holes, conditions, exact };
}

/** So many conditions stay below the bound on alternatives. */
const CONDITIONS = 3;

export const stringPrograms: fc.Arbitrary<StringProgram> = trees.tree
  .map(program)
  .filter(({ conditions }) => conditions.length <= CONDITIONS);

/** Each construct by itself, around a literal, a hole and a choice. */
export const singleConstructs: [string, StringProgram][] = [
  ...Object.entries(ONE).map(([name, form]): [string, Node] => [name, { form, operands: [CHOICE()] }]),
  ...Object.entries(LOOSE).map(([name, form]): [string, Node] => [name, { form: loose(form), operands: [CHOICE()] }]),
  ...Object.entries(TWO).map(([name, form]): [string, Node] => [name, { form, operands: [LITERAL("a"), CHOICE()] }]),
].map(([name, tree]) => [name, program(tree)]);

function LITERAL(s: string): Node {
  return { form: () => quoted(s), operands: [] };
}

function CHOICE(): Node {
  return { form: TWO.ternary!, operands: [LITERAL("yes"), LITERAL("no")] };
}
