import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findIn } from "../find-in.ts";

/** Of these the switch is not seen today. */
const PENDING = [
  ...["strategyFn", "tryCatch", "throwing", "decorator", "queue", "queueFlush"],
  ...["enumLevel", "promiseThen", "filterHosts", "inherited", "optionDefault", "passedDown"],
];

/** Ways to heed `OFF=1`: a name, and indented statements that send to `$U` unless it is set. */
const PROGRAMS = readFileSync(new URL("./opt-outs.txt", import.meta.url), "utf8")
  .trim()
  .split("\n\n")
  .map((block, i) => {
    const [name = "", ...lines] = block.split("\n");
    return {
      name,
      url: `https://t${i}.example.dev/v1`,
      code: lines.join("\n").replaceAll("$U", `"https://t${i}.example.dev/v1"`),
    };
  });

const folder = mkdtempSync(join(tmpdir(), "opt-outs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IMPORTS = 'import { EventEmitter } from "node:events";';
const RECORDER = "globalThis.fetch = async (url) => { console.log(String(url)); return new Response('{}'); };";

/** What all of them send, one after the other. */
function sentWith(env: Record<string, string>): string[] {
  const file = join(folder, "programs.mjs");
  const functions = PROGRAMS.map(({ code }, i) => `async function s${i}() {\n${code}\n}\nawait s${i}();`);
  writeFileSync(file, [IMPORTS, RECORDER, ...functions].join("\n"));
  const options = { encoding: "utf8", env: { ...process.env, ...env } } as const;
  return execFileSync(process.execPath, [file], options).split("\n").filter(Boolean);
}

test("ways to heed an opt-out: it is a switch of the request that it stops", () => {
  expect(sentWith({})).toEqual(PROGRAMS.map(({ url }) => url));
  expect(sentWith({ OFF: "1" })).toEqual([]);
  const missed = PROGRAMS.filter(({ code }) => {
    const gates = findIn(`${IMPORTS}\n${code}`).requests.flatMap((request) => request.gates);
    return !gates.some(({ name, effect, ways }) => name === "OFF" && effect === "silences" && !ways);
  });
  expect(missed.map(({ name }) => name).sort()).toEqual([...PENDING].sort());
});
