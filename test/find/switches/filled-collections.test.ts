import { describe, expect, test } from "vitest";
import { findIn } from "../find-in.ts";

const send = 'fetch("https://x.dev/a", { method: "POST" })';

/** Names of the switches that the one request of a program needs. */
const switches = (text: string): string[] =>
  findIn(text).requests.flatMap(({ gates }) => gates.map(({ name }) => name));

describe("a request that needs something in a list", () => {
  test.each([
    [
      "a loop over it",
      `const q = []; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      for (const e of q) ${send};`,
    ],
    [
      "a loop as long as it has items",
      `const q = []; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      while (q.length > 0) { q.shift(); ${send}; }`,
    ],
    [
      "a loop over a copy",
      `const q = []; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      for (const e of q.splice(0)) ${send};`,
    ],
    [
      "a set in a field",
      `class Q { #all = new Set(); track(e) { if (process.env.OFF) return; this.#all.add(e); }
      flush() { if (this.#all.size === 0) return; ${send}; } } const q = new Q(); q.track(1); q.flush();`,
    ],
    ["a list that the switch empties", `const hosts = process.env.OFF ? [] : ["a"]; for (const h of hosts) ${send};`],
    ["a list that is spread", `const all = [...(process.env.OFF ? [] : ["a"])]; for (const h of all) ${send};`],
  ])("%s", (_, text) => expect(switches(text)).toEqual(["OFF"]));

  test.each([
    [
      "it is filled elsewhere too",
      `const q = []; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      q.push("start"); for (const e of q) ${send};`,
    ],
    [
      "it has an item from the start",
      `const q = ["start"]; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      for (const e of q) ${send};`,
    ],
    [
      "another holds it",
      `class Q { items = []; track(e) { if (process.env.OFF) return; this.items.push(e); }
      flush() { if (!this.items.length) return; ${send}; } }
      const q = new Q(); q.items.push(2); q.track(1); q.flush();`,
    ],
    [
      "what fills it is handed in",
      `class Q { constructor(items) { this.items = items; }
      track(e) { if (process.env.OFF) return; this.items.push(e); }
      flush() { if (!this.items.length) return; ${send}; } } const q = new Q([1]); q.track(1); q.flush();`,
    ],
    [
      "the body runs once at least",
      `const q = []; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      do { ${send}; } while (q.length > 0);`,
    ],
    [
      "the request stands behind the loop",
      `const q = []; function track(e) { if (process.env.OFF) return; q.push(e); } track(1);
      for (const e of q) e(); ${send};`,
    ],
    [
      "a list with an item that is always there",
      `const all = ["b", ...(process.env.OFF ? [] : ["a"])]; for (const h of all) ${send};`,
    ],
  ])("no claim: %s", (_, text) => expect(switches(text)).toEqual([]));
});

describe("what a method runs that classes below override", () => {
  const base = `class Base { isOff() { return false; } send() { if (this.isOff()) return; ${send}; } }
    class T extends Base { isOff() { return Boolean(process.env.OFF); } }`;

  test("objects of the class below alone", () => expect(switches(`${base} new T().send();`)).toEqual(["OFF"]));
  test("no claim: there are objects of both", () =>
    expect(switches(`${base} new T().send(); new Base().send();`)).toEqual([]));
  test("no claim: another class below keeps the base's", () =>
    expect(switches(`${base} class U extends Base {} new T().send(); new U().send();`)).toEqual([]));
});

describe("what a handler of an error answers", () => {
  const off = (inside: string) =>
    `function isOff() { try { ${inside} } catch { return false; } } if (!isOff()) ${send};`;

  test("of a text that is no JSON", () =>
    expect(switches(off('return JSON.parse(process.env.OFF ?? "0") === 1;'))).toEqual(["OFF"]));
  test("no claim: another call may throw", () =>
    expect(switches(off('run("git"); return JSON.parse(process.env.OFF ?? "0") === 1;'))).toEqual([]));
});
