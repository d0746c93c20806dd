import { expect, test } from "vitest";
import { evaluateSnippet } from "./evaluate-snippet.ts";

/** One row for each rule of the evaluator. */
const RULES: Record<string, { code: string; expected: string[] }> = {
  "a tag's result reads like its template": {
    code: "const enc = (s, ...v) => s.reduce((a, x, i) => a + x + encodeURIComponent(v[i] ?? ''), ''); const answer = enc`https://x.dev/a/${process.env.ID}/b`;",
    expected: ["https://x.dev/a/{ID}/b"],
  },
  "String.raw": { code: "const answer = String.raw`https://x.dev/a`;", expected: ["https://x.dev/a"] },
  "a function makes each replacement of its groups": {
    code: "const v = { id: '7', org: process.env.ORG }; const answer = 'https://x.dev/:org/:id'.replace(/:(\\w+)/g, (_, k) => v[k] ?? '');",
    expected: ["https://x.dev/{ORG}/7"],
  },
  "`||` and `&&` in a condition: an unknown left side leaves it open": {
    code: "const base = process.env.B || 'https://x.dev'; const p = '/v1'; const answer = base.endsWith('/') && p.startsWith('/') ? 'https://y.dev/cut' : 'https://y.dev/whole';",
    expected: ["https://y.dev/cut", "https://y.dev/whole"],
  },
  "a base and a path are joined by one slash": {
    code: "const base = process.env.B || 'https://x.dev'; const p = '/v1'; const answer = base + (base.endsWith('/') && p.startsWith('/') ? p.slice(1) : p);",
    expected: ["https://x.dev/v1", "{B}/v1"],
  },
  padded: {
    code: "const answer = 'https://x.dev/' + 'ab'.padEnd(4, '-') + 'c'.padStart(3, '0');",
    expected: ["https://x.dev/ab--00c"],
  },
  decoded: { code: "const answer = decodeURIComponent('https%3A%2F%2Fx.dev%2Fa');", expected: ["https://x.dev/a"] },
  base64: {
    code: "const answer = Buffer.from('aHR0cHM6Ly94LmRldi9h', 'base64').toString('utf8');",
    expected: ["https://x.dev/a"],
  },
  "a list put together by push": {
    code: "const parts = []; parts.push('https://x.dev'); parts.push('a'); const answer = parts.join('/');",
    expected: ["https://x.dev/a"],
  },
  "at() from the end": {
    code: "const answer = ['https://x.dev/a', 'https://x.dev/b'].at(-1);",
    expected: ["https://x.dev/b"],
  },
  "a path that is appended to": {
    code: "const u = new URL('/v1/', 'https://x.dev'); u.pathname += process.env.ID; const answer = u.toString();",
    expected: ["https://x.dev/v1/{ID}"],
  },
  "a host that is only there to parse": {
    code: "const answer = new URL(process.env.U, 'http://localhost').href;",
    expected: ["{U}"],
  },
  "a setting nobody changes": {
    code: "const on = { beta: true, lab: false }; function f() { if (on.lab) return 'https://lab.dev'; return 'https://x.dev'; } const answer = f();",
    expected: ["https://x.dev"],
  },
  "behind a return": {
    code: "function f() { return 'https://x.dev'; return 'https://never.dev'; } const answer = f();",
    expected: ["https://x.dev"],
  },
  "what a subclass defines": {
    code: "class A { url() { return 'https://x.dev/' + this.name; } } class B extends A { get name() { return 'b'; } } const answer = new B().url();",
    expected: ["https://x.dev/b"],
  },
};

for (const [rule, { code, expected }] of Object.entries(RULES)) {
  test(rule, () => {
    expect(evaluateSnippet(code)).toEqual(expected);
  });
}
