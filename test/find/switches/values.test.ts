import { describe, expect, test } from "vitest";
import { switchText } from "../../../extractor/model/switches/gates.ts";
import { findIn } from "../find-in.ts";

/** Switches of the one request, with their values. */
function told(text: string, others: Record<string, string> = {}): string[] {
  const [request] = findIn(text, others).requests;
  return request!.gates.map((gate) => `${gate.effect}${gate.ways ? " partly" : ""} ${switchText(gate)}`).sort();
}

const SEND = 'fetch("https://x.dev/a", {method: "POST"})';

describe("values come from the code's own test", () => {
  test.each([
    ["set at all", "process.env.OFF", "OFF=<anything>"],
    ["defined at all", "process.env.OFF !== undefined", "OFF=<anything, even empty>"],
    ["in", '"OFF" in process.env', "OFF=<anything, even empty>"],
    ["hasOwn", 'Object.hasOwn(process.env, "OFF")', "OFF=<anything, even empty>"],
    ["hasOwnProperty", 'Object.prototype.hasOwnProperty.call(process.env, "OFF")', "OFF=<anything, even empty>"],
    ["keys", 'Object.keys(process.env).includes("OFF")', "OFF=<anything, even empty>"],
    ["equal", 'process.env.OFF === "1"', "OFF=1"],
    ["loosely equal to a number", "process.env.OFF == 1", "OFF=1"],
    ["not equal", '(process.env.OFF || "false") !== "false"', "OFF≠false"],
    ["list", '["1", "true"].includes((process.env.OFF ?? "").toLowerCase())', "OFF=1|true"],
    ["not in a list", '!["", "0", "no"].includes(process.env.OFF ?? "")', "OFF≠0|no"],
    ["set", 'new Set(["on", "1"]).has(process.env.OFF)', "OFF=1|on"],
    ["several", 'process.env.OFF === "a" || process.env.OFF === "b"', "OFF=a|b"],
    ["unary plus", "+process.env.OFF === 1", "OFF=1"],
    ["number above", "Number(process.env.OFF) > 0", "OFF>0"],
    ["number not above, mirrored", '0 < Number.parseInt(process.env.OFF ?? "0", 10)', "OFF>0"],
    ["JSON", 'JSON.parse(process.env.OFF || "false") === true', "OFF=true"],
    ["pattern of words", "/^(1|true)$/i.test(process.env.OFF)", "OFF=1|true"],
    ["pattern", "process.env.OFF?.match(/^dis/) != null", "OFF=/^dis/"],
    ["start", 'process.env.OFF?.startsWith("no_")', "OFF=/^no_/"],
    ["end", '(process.env.OFF ?? "").endsWith(".off")', "OFF=/\\.off$/"],
    ["part", '(process.env.OFF ?? "").toLowerCase().includes("analytics")', "OFF=/analytics/"],
    ["look-up", "({ 1: true, yes: true, no: false })[process.env.OFF]", "OFF=1|yes"],
    ["type", 'typeof process.env.OFF === "string"', "OFF=<anything, even empty>"],
    ["length", "process.env.OFF?.length > 0", "OFF=<anything>"],
    ["template", '`${process.env.OFF}` === "true"', "OFF=true"],
    ["nested default", '(process.env.OFF || process.env.OTHER || "0") === "1"', "OFF=1"],
    ["helper with a default", 'get("OFF", false)', "OFF=1|true|yes"],
    ["helper that is told the value", "truthy(process.env.OFF)", "OFF=1|true|yes"],
    ["any of a list", '["OFF"].some((name) => process.env[name])', "OFF=<anything>"],
  ])("%s", (_name, condition, wanted) => {
    const helpers = `function truthy(v) { if (!v) return false; return ["1", "true", "yes"].includes(v.toLowerCase()) }
      function get(n, d) { const v = process.env[n]; if (v === undefined) return d; return truthy(v) }`;
    expect(told(`${helpers} if (!(${condition})) ${SEND};`)).toContain(`silences ${wanted}`);
  });

  test.each([
    ["set at all", "process.env.ON", "ON=<anything>"],
    ["equal", 'process.env.ON === "1"', "ON=1"],
    ["not off", `!["0", "no"].includes(process.env.ON ?? "0")`, "ON≠0|no"],
  ])("what has to be set: %s", (_name, condition, wanted) => {
    expect(told(`if (${condition}) ${SEND};`)).toEqual([`enables ${wanted}`]);
  });

  test.each([
    ["asked of the list", 'process.argv.includes("--off")'],
    ["asked of what follows the program", "process.argv.slice(2).includes('--off')"],
    ["asked for its place", 'process.argv.indexOf("--off") !== -1'],
    ["asked through a function", 'has("--off")'],
    ["asked of what is handed in", "of(process.argv)"],
  ])("an option of the command line: %s", (_name, condition) => {
    const helpers = `const has = (name) => process.argv.includes(name); const of = (argv) => argv.includes("--off");`;
    expect(told(`${helpers} if (!(${condition})) ${SEND};`)).toEqual(["silences --off"]);
    expect(told(`${helpers} if (${condition}) ${SEND};`)).toEqual(["enables --off"]);
  });

  test("a value that breaks the program is none of the switch", () => {
    expect(told(`if (!JSON.parse(process.env.OFF || "false")) ${SEND};`)).toEqual(["silences OFF=1|true"]);
  });

  test("several tests of one variable are one set of values", () => {
    expect(
      told(
        `if (process.env.T === "0") process.exit(0); function f() { if (process.env.T === "log") return; ${SEND} } f();`,
      ),
    ).toEqual(["silences T=0|log"]);
  });
});

describe("where the truth is kept", () => {
  const off = 'process.env.OFF === "1"';
  test.each([
    ["a field", `class T { constructor() { this.d = ${off} } send() { if (this.d) return; ${SEND} } } new T().send();`],
    [
      "a field that is declared without a value",
      `class T { d; constructor() { this.d = ${off} } s = () => { if (this.d) return; ${SEND} } } new T().s();`,
    ],
    ["a class property", `class T { d = ${off}; send() { if (!this.d) ${SEND} } } new T().send();`],
    ["a getter", `class T { get off() { return ${off} } send() { if (!this.off) ${SEND} } } new T().send();`],
    [
      "a parent's field",
      `class P { constructor() { this.d = ${off} } } class T extends P { send() { if (!this.d) ${SEND} } } new T().send();`,
    ],
    ["a member", `const c = { off: ${off} }; if (!c.off) ${SEND};`],
    ["a deep member", `const c = { t: { off: ${off} } }; if (!c.t.off) ${SEND};`],
    ["a spread member", `const d = { off: ${off} }; const c = { ...d, x: 1 }; if (!c.off) ${SEND};`],
    ["a frozen member", `const c = Object.freeze({ off: ${off} }); if (!c.off) ${SEND};`],
    ["a member written later", `const c = { off: false }; if (${off}) c.off = true; if (!c.off) ${SEND};`],
    ["an object returned", `function load() { return { on: !(${off}) } } const c = load(); if (c.on) ${SEND};`],
    [
      "one object or another",
      `function load() { if (${off}) return { on: false }; return { on: true } } if (load().on) ${SEND};`,
    ],
    ["a variable assigned later", `let on = true; if (${off}) on = false; if (on) ${SEND};`],
    ["a switch that assigns", `let o = false; switch (process.env.OFF) { case "1": o = true } if (!o) ${SEND};`],
    [
      "module state set by an init",
      `let on = true; function init() { if (${off}) on = false } init(); function s() { if (on) ${SEND} } s();`,
    ],
    ["destructuring with a default", `const { OFF: v = "0" } = process.env; if (v !== "1") ${SEND};`],
    ["a default parameter", `function s(o = ${off}) { if (!o) ${SEND} } s();`],
    ["an empty function", `const s = ${off} ? () => {} : () => ${SEND}; s();`],
    ["an empty object", `const c = ${off} ? { s() {} } : { s() { return ${SEND} } }; c.s();`],
    [
      "an empty class",
      `class A { s() {} } class B { s() { return ${SEND} } } const c = ${off} ? new A() : new B(); c.s();`,
    ],
    ["no client", `const c = ${off} ? undefined : { s() { return ${SEND} } }; c?.s();`],
    [
      "a client of a factory",
      `class L { static get() { if (${off}) return; return new L() } s() { ${SEND} } } L.get()?.s();`,
    ],
    [
      "a getter that asks as well for what only an error takes away",
      `class T { constructor() { this.d = ${off}; try { this.store = open() } catch { this.store = null } }
        get off() { return this.d || !this.store } send() { if (this.off) return; ${SEND} } } new T().send();`,
    ],
    [
      "a field that a method gives a value, where it is called",
      `class T { c; constructor() { if (${off}) return; this.start() } start() { this.c = open() }
        send() { if (!this.c) return; ${SEND} } } new T().send();`,
    ],
    [
      "a variable that a function gives a value, where it is called",
      `let c; function start() { c = open() } if (!(${off})) start(); function send() { if (c) ${SEND} } send();`,
    ],
    ["an exit", `function f() { if (${off}) process.exit(0); ${SEND} } f();`],
    ["an exit after and", `function f() { ${off} && process.exit(0); ${SEND} } f();`],
  ])("%s", (_name, text) => {
    expect(told(text)).toEqual(["silences OFF=1"]);
  });
});

test("what others may call gives a value whatever the switch", () => {
  const text = `let c; exports.start = function start() { c = open() }; if (!process.env.OFF) exports.start();
    exports.send = () => { if (c) ${SEND} };`;
  expect(told(text)).toEqual([]);
});

describe("the truth is kept in another file", () => {
  const test3 = 'const v = process.env.OFF; const on = v === "1" ? true : v === "0" ? false : undefined;';
  test.each([
    ["a member of a CommonJS module", `exports.b = exports.off = void 0; ${test3} exports.off = on === false;`],
    ["a member of what a module is", `${test3} module.exports = { off: on === false };`],
    ["an export", `${test3} export const off = on === false;`],
  ])("%s", (_name, options) => {
    expect(told(`const o = require("./options"); if (!o.off) ${SEND};`, { "options.js": options })).toEqual([
      "silences OFF=0",
    ]);
  });

  test("a member of a module that a bundler made a function of", () => {
    const lib = `var __commonJS = (cb, mod) => function __require() {
      return mod || (0, cb[Object.keys(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
    };
    var require_options = __commonJS({ "options.js"(exports) { exports.off = void 0; exports.off = !!process.env.OFF; } });
    var o = require_options();`;
    expect(told(`${lib} if (!o.off) ${SEND};`)).toEqual(["silences OFF=<anything>"]);
  });
});

describe("a method of an object that is handed in", () => {
  const config = "class Config { off() { return process.env.OFF === '1' } }";
  test.each([
    ["to a function", `function f(c) { if (!c.off()) ${SEND} } f(new Config());`],
    [
      "to a constructor",
      `class T { constructor(c) { this.c = c } send() { if (this.c.off()) return; ${SEND} } }
       new T(new Config()).send();`,
    ],
    [
      "among options, to a parent's constructor",
      `class P { c; constructor({ config }) { this.c = config } send() { this.c.off() || ${SEND} } }
       class T extends P { more() {} } new T({ config: new Config() }).send();`,
    ],
    [
      "made by a factory, kept in a variable",
      `class T { constructor(o) { this.o = o } send() { if (!this.o.config.off()) ${SEND} } }
       async function start() { const config = new Config(); return new T({ config }) } start().then((t) => t.send());`,
    ],
  ])("%s", (_name, text) => {
    expect(told(`${config} ${text}`)).toEqual(["silences OFF=1"]);
  });

  test("of two objects, one of which asks for nothing", () => {
    const text = `class Free { off() { return false } } function f(c) { if (!c.off()) ${SEND} }
      f(new Config()); f(new Free());`;
    expect(told(`${config} ${text}`)).toEqual([]);
  });

  test("what others may hand in is not known", () => {
    const text = `exports.f = function f(c) { if (!c.off()) ${SEND} }; exports.c = new Config();`;
    expect(told(`${config} ${text}`)).toEqual([]);
  });
});

describe("an environment that a library has checked", () => {
  const zod = 'import { z } from "zod"; const S = z.object({ OFF: z.coerce.boolean().default(false) });';
  test.each([
    ["a schema", `${zod} const env = S.parse(process.env); if (!env.OFF) ${SEND};`],
    ["taken apart", `${zod} const { OFF } = S.parse(process.env); if (!OFF) ${SEND};`],
    ["in a result", `${zod} const made = S.safeParse(process.env); if (!made.data.OFF) ${SEND};`],
    ["by a function", `${zod} const env = () => S.parse(process.env); function f() { if (env().OFF) return; ${SEND} }`],
    [
      "a description beside it",
      `import { cleanEnv, bool } from "envalid"; const env = cleanEnv(process.env, { OFF: bool({ default: false }) });
       if (!env.OFF) ${SEND};`,
    ],
    [
      "on where nothing is set",
      `${zod.replace("false", "true")} const env = S.parse(process.env); if (env.OFF) ${SEND};`,
    ],
  ])("%s", (_name, text) => {
    expect(told(text)).toEqual(["silences OFF"]);
  });

  test("texts are compared as they are", () => {
    const text = `import { z } from "zod"; const S = z.object({ T: z.enum(["on", "off"]).default("on") });
      const env = S.parse(process.env); if (env.T === "on") ${SEND};`;
    expect(told(text)).toEqual(["silences T≠on"]);
  });

  test("what has to be set, and what no description names", () => {
    expect(told(`${zod} const env = S.parse(process.env); if (env.OFF) ${SEND};`)).toEqual(["enables OFF"]);
    expect(told(`${zod} const env = S.parse(process.env); if (!env.other) ${SEND};`)).toEqual([]);
  });
});

describe("what no value satisfies is never so", () => {
  test("a reader of one variable, told its name, that asks twice", () => {
    const reader = `const of = (o) => () => {
      if (!(o.name in process.env) || process.env[o.name] === undefined) return undefined;
      switch (process.env[o.name]?.toLowerCase()) { case "true": return true; case "false": return false; }
      throw new Error(o.name);
    };
    const get = of({ name: "SEND" });
    function config() { const e = get(); if (e !== undefined) return { on: e }; return { on: true }; }`;
    expect(told(`${reader} function f() { if (!config().on) return; ${SEND} } f();`)).toEqual(["silences SEND≠true"]);
  });

  test("a value that is returned where it is set, and asked for whether it is", () => {
    const reader = `const of = (o) => () => { if (o.name in process.env) return process.env[o.name]; return o.other?.() };
      const get = of({ name: "OFF" });
      function off() { const v = get(); return v !== undefined && v !== "0" && v !== "" }`;
    expect(told(`${reader} if (!off()) ${SEND};`)).toEqual(["silences OFF≠0"]);
  });

  test("a method of one of two instances, of which one never has what is asked for", () => {
    const text = `class W { constructor(w) { this.w = w } cli() { return this.w.ext.cli } }
      const at = (p) => { if (!p) return new W({ ext: {} }); return new W(JSON.parse(p)) };
      if (!process.env.OFF) { if (at(read()).cli()) ${SEND}; }`;
    expect(told(text)).toContain("silences OFF=<anything>");
  });
});

describe("a program that another one starts", () => {
  const child = `${SEND};`;
  const off = 'if (process.env.OFF === "1") return;';
  test.each([
    ["by its name", `spawn(process.execPath, [join(__dirname, "send.js"), "x"], { detached: true })`],
    ["by its path in a text", "fork(`${__dirname}/send.js`)"],
    ["by what resolves it", `fork(require.resolve("./send"))`],
    ["by a URL", `new Worker(new URL("./send.js", import.meta.url))`],
  ])("%s", (_name, start) => {
    expect(told(`function track() { ${off} ${start} } track();`, { "send.js": child })).toEqual(["silences OFF=1"]);
  });

  test("by a folder and a name", () => {
    const text = `function track() { ${off} spawn("node", [join(__dirname, "scripts", "send.js")]) } track();`;
    expect(told(text, { "scripts/send.js": child })).toEqual(["silences OFF=1"]);
  });

  test("by a constant, which stands apart", () => {
    const text = `const FILE = join(__dirname, "send.js"); function track() { ${off} fork(FILE) } track();`;
    expect(told(text, { "send.js": child })).toEqual(["silences OFF=1"]);
  });

  test("that is imported as well needs nothing", () => {
    const text = `function track() { ${off} fork(require.resolve("./send")) } track(); require("./send");`;
    expect(told(text, { "send.js": child })).toEqual([]);
  });
});

test("an object of a class that is imported where it is made", () => {
  const exporter = `class Transport { constructor(url) { this.url = url } send() { return fetch(this.url, { method: "POST" }) } }
    export class Exporter { constructor() { this.transport = new Transport("https://x.dev/a") } export() { return this.transport.send() } }`;
  const main = `const made = [];
    async function start() { if (process.env.ON !== "1") return; const { Exporter } = await import("./exporter.js"); made.push(new Exporter()) }
    function flush() { for (const one of made) one.export() } start(); setInterval(flush, 9);`;
  expect(told(main, { "exporter.js": exporter })).toEqual(["enables ON=1"]);
});

describe("options that a configuration gives a constructor", () => {
  const conf = `function conf() {
      if (process.env.OFF === "1") return { enabled: false };
      return { enabled: true, url: "https://x.dev/a" };
    }
    class Client {
      constructor(o) { this.options = o; this.started = this.options.enabled ? this.send() : null; }
      send() { return ["a"].map(() => fetch(this.options.url, { method: "POST" })); }
    }`;
  test.each([
    ["as they are", "new Client(conf());", ["silences OFF=1"]],
    ["spread", 'new Client({ ...conf(), name: "x" });', ["silences OFF=1"]],
    [
      "under those of a caller",
      'function create(o) { return new Client({ ...conf(), ...o }); } create({ name: "x" });',
      ["silences OFF=1"],
    ],
    [
      "with what a caller may turn on",
      "function create(o) { return new Client({ ...conf(), ...o }); } create({ enabled: true });",
      [],
    ],
    ["and set later", "const c = new Client(conf()); const o = conf(); o.enabled = true;", []],
  ])("%s", (_, use, wanted) => {
    expect(told(`${conf} ${use}`)).toEqual(wanted);
  });
});

describe("a field that the environment decides, and what is written to it from outside", () => {
  const OFF = ["silences OFF=<anything>"];
  const AND_QUIET = [...OFF, "silences QUIET=<anything>"];
  test.each([
    ["nothing", "new Client().send();", OFF],
    ["on", "const c = new Client(); c.on = true; c.send();", []],
    ["on, of a class below", "class Own extends Client {} const c = new Own(); c.on = true; c.send();", []],
    ["on, of what another object holds", "const a = { c: new Client() }; a.c.on = true; a.c.send();", []],
    [
      "on, by what holds it",
      "class A { c = new Client(); go() { this.c.on = true; this.c.send(); } } new A().go();",
      [],
    ],
    ["the same of another class", "class B {} const b = new B(); b.on = true; new Client().send();", OFF],
    ["off, sometimes", "const c = new Client(); if (process.env.QUIET) c.on = false; c.send();", AND_QUIET],
  ])("%s", (_, use, wanted) => {
    expect(told(`class Client { on = !process.env.OFF; send() { if (this.on) ${SEND}; } } ${use}`)).toEqual(wanted);
  });
  test.each([
    ["nothing", "Client.on", "Client.send();", OFF],
    ["nothing, as this", "this.on", "Client.send();", OFF],
    ["on", "Client.on", "Client.on = true; Client.send();", []],
    ["on, as this", "this.on", "Client.on = true; Client.send();", []],
  ])("of the class: %s", (_, on, use, wanted) => {
    const client = `class Client { static on = !process.env.OFF; static send() { if (${on}) ${SEND}; } }`;
    expect(told(`${client} ${use}`)).toEqual(wanted);
  });
});

describe("a function that is handed to one that asks", () => {
  const OFF = ["silences OFF=<anything>"];
  test.each([
    ["calls it", "if (process.env.OFF) return; f();", "given(send);", OFF],
    ["hands it to a timer", "if (process.env.OFF) return; setTimeout(f, 9);", "given(send);", OFF],
    ["calls it anyway", "if (process.env.OFF) return f(1); f(2);", "given(send);", []],
    ["keeps it first", "all.push(f); if (process.env.OFF) return; f();", "given(send); all[0]();", []],
    ["gives it back", "if (process.env.OFF) return f; return f;", "given(send)();", []],
    ["and is called elsewhere", "if (process.env.OFF) return; f();", "given(send); send();", []],
    ["and is handed to another", "if (process.env.OFF) return; f();", "given(send); ((f) => f())(send);", []],
    [
      "keeps it in a field",
      "this.f = f; if (process.env.OFF) return; f();",
      "const o = { given }; o.given(send); o.f();",
      [],
    ],
  ])("%s", (_, body, use, wanted) => {
    expect(told(`const all = []; function given(f) { ${body} } const send = () => ${SEND}; ${use}`)).toEqual(wanted);
  });
});

describe("options that a library reads off the command line", () => {
  const commander = 'import { Command } from "commander"; const p = new Command();';
  const NO_TELEMETRY = ["silences --no-telemetry"];
  test.each([
    ["commander", `${commander} p.option("--no-telemetry").parse(); if (p.opts().telemetry) ${SEND};`, NO_TELEMETRY],
    [
      "commander, in a command",
      `${commander} const dev = (o) => { if (!o.disableTelemetry) ${SEND}; };
       p.command("dev").option("--disable-telemetry", "", process.env.OFF).action((o) => dev({ ...o, a: 1 }));`,
      ["silences --disable-telemetry", "silences OFF=<anything>"],
    ],
    [
      "commander, both ways",
      `${commander} p.option("--telemetry").option("--no-telemetry").parse(); if (p.opts().telemetry !== false) ${SEND};`,
      NO_TELEMETRY,
    ],
    [
      "commander, off by default",
      `${commander} p.option("--telemetry", "on", process.env.ON).parse(); if (p.opts().telemetry) ${SEND};`,
      ["enables partly --telemetry", "enables partly ON=<anything>"],
    ],
    [
      "of two meanings",
      `${commander} p.option("--no-telemetry"); p.option("--enable-it").option("--telemetry", "", true).parse();
       const q = new Command().option("--disable-telemetry"); if (p.opts().other) ${SEND};`,
      [],
    ],
    ["that takes a value", `${commander} p.option("--mode <mode>").parse(); if (p.opts().mode) ${SEND};`, []],
    [
      "yargs",
      `import yargs from "yargs"; const { argv } = yargs([]).option("telemetry", { type: "boolean", default: true });
       if (argv.telemetry) ${SEND};`,
      NO_TELEMETRY,
    ],
    [
      "Node",
      `import { parseArgs } from "node:util";
       const { values } = parseArgs({ options: { "no-telemetry": { type: "boolean", short: "n" } } });
       if (!values["no-telemetry"]) ${SEND};`,
      NO_TELEMETRY,
    ],
    ["that nobody declares", `import yargs from "yargs"; if (!yargs([]).argv.off) ${SEND};`, []],
    ["of the program itself", `if (!process.argv.includes("--no-telemetry")) ${SEND};`, NO_TELEMETRY],
  ])("%s", (_, text, wanted) => {
    expect(told(text)).toEqual(wanted);
  });
});

test("what is given a variable of the environment and hands on itself is no switch", () => {
  expect(told(`import { make } from "x"; make(process.env.NAME).then(() => ${SEND});`)).toEqual([]);
});

test.each([
  ["by its key, as a person writes it", "file.telemetry?.enabled !== false", ["silences telemetry.enabled=false"]],
  ["above a default", "({ on: true, ...file }).on", ["silences on=false or on=<empty>"]],
])("a setting is known %s", (_, on, wanted) => {
  const file = 'import fs from "node:fs"; const file = JSON.parse(fs.readFileSync("/etc/tool.json", "utf8"));';
  expect(told(`${file} if (${on}) ${SEND};`)).toEqual(wanted);
});
