import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findIn } from "../find-in.ts";

/** Expressions on something unknown, `u`: what programs put into addresses. */
const PARTS = readFileSync(new URL("./parts-of-addresses.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

const IMPORTS = `
import os from "node:os"; import path from "node:path"; import fs from "node:fs"; import cp from "node:child_process";
import crypto from "node:crypto"; import qs from "node:querystring"; import util from "node:util";
import { createRequire } from "node:module"; const require = createRequire(import.meta.url); const re = globalThis.re;
`;

const urlsIn = (text: string): string[] =>
  findIn(text).requests.flatMap(({ urls }) =>
    urls.map((url) => url.map((piece) => (typeof piece === "string" ? piece : `{${piece.name}}`)).join("")),
  );

describe("a part of an address that nobody knows never hides its host", () => {
  test.each([
    "globalThis.given",
    "globalThis.given.text()",
    "process.argv[2]",
    "process.env.GIVEN",
    'fs.readFileSync("given", "utf8")',
    'JSON.parse(fs.readFileSync("given", "utf8")).member',
    'await (await fetch("https://given.dev/a")).json()',
  ])("of %s", (subject) => {
    const requests = PARTS.map((part, i) => `fetch(\`https://x.dev/\${${part}}/n${i}\`);`);
    const urls = urlsIn(`${IMPORTS} const u = ${subject};\n${requests.join("\n")}`);
    expect(PARTS.filter((_, i) => !urls.some((url) => url.endsWith(`/n${i}`)))).toEqual([]);
  });

  test("a way on which it has no value is none where another has one", () => {
    expect(
      urlsIn(`const parsed = process.env.A ? null : { owner: "a" }; fetch(\`https://x.dev/\${parsed.owner}\`);`),
    ).toEqual(["https://x.dev/a"]);
  });
});
