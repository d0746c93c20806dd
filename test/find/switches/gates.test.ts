import { describe, expect, test } from "vitest";
import { effectOf } from "../../../extractor/model/switches/gates.ts";
import { findIn } from "../find-in.ts";

/** Gates of each request of a program, as `effect NAME`. */
function gates(text: string): Record<string, string[]> {
  return Object.fromEntries(
    findIn(text).requests.map((r) => [String(r.urls[0]?.[0]), r.gates.map((g) => `${effectOf(g)} ${g.name}`).sort()]),
  );
}

const post = (path = "a") => `fetch("https://x.dev/${path}", {method: "POST"})`;
const only = (text: string) => Object.values(gates(text))[0];

describe("what is in the way of a request", () => {
  test.each([
    ["an early return", `function f() { if (process.env.OFF) return; ${post()} } f();`, ["silences OFF"]],
    ["a throw", `function f() { if (process.env.OFF) throw new Error("x"); ${post()} } f();`, ["silences OFF"]],
    ["a condition", `if (process.env.ON === "1") ${post()};`, ["enables ON"]],
    ["either of two is in the way", `if (!(process.env.A || process.env.B)) ${post()};`, ["silences A", "silences B"]],
    [
      "either of two will do",
      `if (process.env.A || process.env.B) ${post()};`,
      ["enables as does A=<anything> B", "enables as does B=<anything> A"],
    ],
    [
      "what another variable takes back",
      `if (!process.env.OFF || process.env.FORCE === "1") ${post()};`,
      ["silences unless FORCE=1 OFF"],
    ],
    [
      "two that have to be set together",
      `if (process.env.A && process.env.B) process.exit(0); ${post()};`,
      ["silences together with A=<anything> B", "silences together with B=<anything> A"],
    ],
    [
      "what another variable takes back, in a predicate that two ask",
      `function third() { if (process.env.SOCKET) return !!process.env.TOKEN; return !process.env.OFF }
       function user() { if (!third()) return false; return load() } function customer() { if (process.env.OFF) return false; return !user() }
       function may() { const team = user() && load(); return customer() || team }
       if (may()) ${post()};`,
      ["silences unless TOKEN=<anything> OFF"],
    ],
    [
      "a function that is returned in place of an empty one",
      `let last = Promise.resolve(); const log = () => ${post()};
       export function reporter(name) { if (process.env.OFF === "1") return () => void 0;
         return function (command) { last = last.then(() => log(name, command)); }; }
       register(reporter("a"));`,
      ["silences OFF"],
    ],
    [
      "a client that is returned in place of an empty one",
      `export function client() { if (process.env.OFF) return { track: () => {} }; return { track: (e) => ${post()} }; }
       const c = client(); c.track("a");`,
      ["silences OFF"],
    ],
    [
      "a remote flag that allows what nobody forbade",
      `const rules = JSON.parse(require("fs").readFileSync("rules.json", "utf8"));
       function allowed(name) { const rule = rules[name]; if (!rule) return true; return rule.allowed }
       if (allowed("allow_b") && allowed("allow_c")) console.log(1); if (allowed("allow_a")) ${post()};`,
      ["silences allow_a"],
    ],
    [
      "a remote flag that has to be on",
      `const flags = JSON.parse(require("fs").readFileSync("flags.json", "utf8"));
       function isOn(name) { const kept = flags[name]; if (kept === true) return true; return ask(name, false) }
       if (isOn("can_b") && isOn("can_c")) console.log(1); if (isOn("can_a")) ${post()};`,
      ["enables can_a"],
    ],
    ["what says more by itself", `if (process.env.A || process.env.B) if (process.env.A) ${post()};`, ["enables A"]],
    [
      "one of more than can be told together",
      `const { A, B, C, D } = process.env; if (A || B || C || D) ${post()};`,
      [],
    ],
    ["a value that starts another way", `if (!process.env.A || process.env.A === "x") ${post()};`, ["silences A"]],
    [
      "how it is sent, not whether",
      `function send(how, url) { return fetch(url, { method: "POST", headers: { how } }) }
       function f(url) { if (process.env.HOW) { send(process.env.HOW, url); return; } send("plainly", url) }
       f("https://x.dev/a");`,
      [],
    ],
    [
      "the same call on other things",
      `function send(url) { return fetch(url, { method: "POST" }) }
       function f(a, b) { if (process.env.OFF) { console.log(a); send(b); return; } send("https://x.dev/a") } f(1, "");`,
      ["silences OFF"],
    ],
    ["how a program was built", `if (process.env.NODE_ENV !== "test") ${post()};`, []],
    [
      "a level among several",
      `function level() { if (process.env.A) return "none"; if (process.env.B) return "some"; return "all" }
       if (level() !== "none") ${post()};`,
      ["silences A"],
    ],
    [
      "a predicate that is told the value",
      `function yes(v) { if (!v) return false; return ["1", "true"].includes(v.toLowerCase()) }
       if (!yes(process.env.OFF)) ${post()};`,
      ["silences OFF"],
    ],
    [
      "a host that is allowed",
      `function own() { const u = process.env.BASE; if (!u) return true; return ["x.dev"].includes(new URL(u).host) }
       if (own()) ${post()};`,
      ["silences BASE"],
    ],
    [
      "a host that is allowed, kept in a name",
      `function own() { const u = process.env.BASE; if (!u) return true;
         try { const h = new URL(u).host; return ["x.dev"].includes(h) } catch { return false } }
       if (own()) ${post()};`,
      ["silences BASE"],
    ],
    [
      "a class that is never made",
      `class C { constructor() { this.n = 1 } send() { return ${post()} } }
       let c; function start() { if (process.env.OFF) return; c = new C() } start(); c?.send();`,
      ["silences OFF"],
    ],
    [
      "a queue that nothing fills",
      `const q = []; function add(x) { if (process.env.OFF) return; q.push(x) }
       function flush() { if (q.length === 0) return; ${post()} } add(1); flush();`,
      ["silences OFF"],
    ],
    [
      "a memoised predicate",
      `const once = (f) => { let v; return () => v ??= f() };
       const ready = once(() => { if (process.env.OFF) return false; return true });
       if (ready()) ${post()};`,
      ["silences OFF"],
    ],
  ])("%s", (_name, text, wanted) => {
    expect(only(text)).toEqual(wanted);
  });

  test("one of two callers is free: it opens some ways", () => {
    const text = `function f() { ${post()} } if (process.env.A) f(); function g() { f() } g();`;
    expect(only(text)).toEqual(["partly enables A"]);
  });

  test("a switch on one of two ways, far from the request: none of it", () => {
    const chain = Array.from({ length: 9 }, (_, i) => `function f${i + 1}() { f${i}() }`).join(" ");
    const text = `function f0() { ${post()} } ${chain} if (process.env.A) f9(); f9();`;
    expect(only(text)).toEqual([]);
  });

  test("what was too far away for one request is looked at for a nearer one", () => {
    const chain = Array.from({ length: 16 }, (_, i) => `function f${i + 1}() { f${i}() }`).join(" ");
    const text = `function f0() { ${post("far")} } ${chain} function near() { ${post("near")}; f16() }
      function start() { if (process.env.OFF) return; near() } start();`;
    expect(gates(text)).toEqual({ "https://x.dev/far": [], "https://x.dev/near": ["silences OFF"] });
  });

  test("all callers share it: a gate", () => {
    const text = `function f() { ${post()} } if (process.env.A) f(); function g() { if (process.env.A) f() } g();`;
    expect(only(text)).toEqual(["enables A"]);
  });
});
