import { describe, expect, test } from "vitest";
import { program, type Verb, verbsFor } from "../../extractor/command/program.ts";
import { fakeSession } from "./fake-session.ts";

async function run(...words: string[]): Promise<unknown[]> {
  const calls: unknown[] = [];
  const main: Verb = (command) =>
    command
      .argument("[spec]")
      .option("--format <name>", "", "text")
      .action((spec, options) => void calls.push("main", spec, options));
  const diff: Verb = (command) =>
    command
      .argument("<a>")
      .argument("<b>")
      .option("--format <name>", "", "text")
      .action((a, b, options) => void calls.push("diff", a, b, options));
  await program(fakeSession(), main, { diff }).parseAsync(words, { from: "user" });
  return calls;
}

describe("the first word decides", () => {
  test.each([
    [
      ["tool", "--format", "json"],
      ["main", "tool", { format: "json" }],
    ],
    [
      ["--format", "json", "tool"],
      ["main", "tool", { format: "json" }],
    ],
    [["npm:diff"], ["main", "npm:diff", { format: "text" }]],
    [
      ["diff", "a", "b", "--format", "json"],
      ["diff", "a", "b", { format: "json" }],
    ],
    [
      ["--", "-odd-name"],
      ["main", "-odd-name", { format: "text" }],
    ],
  ])("%j", async (words, calls) => expect(await run(...words)).toEqual(calls));
});

test("an option before a verb would be lost, so it is refused", async () => {
  await expect(run("--format", "json", "diff", "a", "b")).rejects.toThrow("--format stands before diff");
});

test("errors of a verb are thrown as those of the program are", async () => {
  await expect(run("diff", "a")).rejects.toThrow("missing required argument 'b'");
});

describe("only the verbs that the words may mean are loaded", () => {
  const verb: Verb = (command) => command;
  const table = { check: async () => verb, diff: async () => verb };
  test.each<[words: string[], loaded: string[]]>([
    [["diff", "a", "--help"], ["diff"]],
    [["tool", "--all"], []],
    [["toString"], []],
    [[], []],
    [
      ["tool", "--help"],
      ["check", "diff"],
    ],
    [
      ["help", "diff"],
      ["check", "diff"],
    ],
    [
      ["--format", "json", "diff"],
      ["check", "diff"],
    ],
  ])("%j", async (words, loaded) => expect(Object.keys(await verbsFor(words, table))).toEqual(loaded));
});
