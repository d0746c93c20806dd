import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { debianProgram, run } from "../debian-program.ts";
import { runCli } from "../run-cli.ts";

let folder = "";
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-completions-"));
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, stdout } = await runCli(["completions", shell]);
    expect(code).toBe(0);
    await writeFile(file(shell), stdout);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const linesOf = ({ code, output }: { code: number; output: string }) => {
  expect(code, output).toBe(0);
  return output.split("\n").filter((line) => line !== "");
};

/** What each shell offers after these words, the last of which is being typed. */
const SHELLS = {
  bash: async (words: string[]) => {
    const list = words.map((word) => `'${word}'`).join(" ");
    const script = `cd /var/empty 2>/dev/null || cd /; . ${file("bash")}; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _extract_completion; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return linesOf(await run("/bin/bash", ["--norc", "-c", script]));
  },
  // what the shell's own completer would be handed: it draws on a terminal only
  zsh: async (words: string[]) => {
    const list = words.map((word) => `'${word}'`).join(" ");
    const handed = 'compadd() { shift; print -l -- "$@" }; _files() { }; _describe() { print -l -- ${${(P)2}%%:*} }';
    const script = `${handed}; . ${file("zsh")}; words=(${list}); CURRENT=${words.length}; PREFIX=\${words[-1]}; _extract_completion`;
    return linesOf(await run(await debianProgram("zsh"), ["-f", "-c", script]));
  },
  fish: async (words: string[]) => {
    const script = `source ${file("fish")}; complete -C '${words.join(" ")}'`;
    const lines = linesOf(await run(await debianProgram("fish"), ["--no-config", "-c", script]));
    return lines.map((line) => line.split("\t")[0]!);
  },
};

describe.each(Object.entries(SHELLS))("%s", (_shell, offered) => {
  test("verbs and known tools for the first word", async () => {
    const words = await offered(["extract", ""]);
    expect(words).toEqual(expect.arrayContaining(["allowlist", "blocklist", "completions", "claude-code"]));
  });

  test("options of a verb, not those of another", async () => {
    const words = await offered(["extract", "allowlist", "--"]);
    expect(words).toEqual(expect.arrayContaining(["--format", "--with-telemetry", "--offline"]));
    expect(words).not.toContain("--interval");
  });

  test("words and options of a verb that has several parts", async () => {
    expect(await offered(["extract", "census", ""])).toEqual(expect.arrayContaining(["plan", "work", "ask"]));
    expect(await offered(["extract", "census", "--"])).toEqual(expect.arrayContaining(["--queue", "--parquet"]));
  });

  test("options without a verb", async () => {
    expect(await offered(["extract", "some-tool", "--"])).toEqual(expect.arrayContaining(["--reveal", "--max-time"]));
  });

  test("values of an option, by its long and its short name", async () => {
    for (const flag of ["--format", "-f"]) {
      const words = await offered(["extract", "allowlist", flag, ""]);
      expect(words).toEqual(expect.arrayContaining(["cilium", "squid"]));
      expect(words).not.toContain("dnsmasq");
    }
  });

  test("the words a verb takes", async () => {
    expect(await offered(["extract", "completions", ""])).toEqual(expect.arrayContaining(["bash", "fish", "zsh"]));
  });
});

test("a shell nobody knows: exit 2", async () => {
  expect((await runCli(["completions", "csh"])).code).toBe(2);
});
