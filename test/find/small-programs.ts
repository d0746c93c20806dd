import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Statements of an async function's body. */
export interface SmallProgram {
  name: string;
  code: string;
}

/** What the programs may use beside what is global. */
export const IMPORTS = 'import { EventEmitter } from "node:events";';
const RECORDER = `
globalThis.fetch = async (url, options) => {
  console.log((options?.method ?? "GET") + " " + url);
  return new Response("{}");
};`;

/** Blocks of a text file, apart by an empty line: a name, and indented statements. */
export function readPrograms(file: URL, filled: (code: string, i: number) => string): SmallProgram[] {
  const blocks = readFileSync(file, "utf8").trim().split("\n\n");
  return blocks.map((block, i) => {
    const [name = "", ...lines] = block.split("\n");
    return { name, code: filled(lines.join("\n"), i) };
  });
}

/** What they send where they run in one process, one after the other: `POST https://…` */
export function sentBy(programs: readonly SmallProgram[], env: Record<string, string> = {}): string[] {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  try {
    const file = join(folder, "programs.mjs");
    const functions = programs.map(({ code }, i) => `async function s${i}() {\n${code}\n}\nawait s${i}();`);
    writeFileSync(file, [IMPORTS, RECORDER, ...functions].join("\n"));
    const options = { encoding: "utf8", env: { ...process.env, ...env } } as const;
    return execFileSync(process.execPath, [file], options).split("\n").filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
