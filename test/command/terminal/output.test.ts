import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type OutputOptions, remark, screenOf, write } from "../../../extractor/command/terminal/output.ts";
import { fakeSession } from "../fake-session.ts";

describe("colour", () => {
  const tty = { isTTY: true, columns: 90 };
  test.each<
    [what: string, terminal: object, environment: Record<string, string>, options: OutputOptions, color: boolean]
  >([
    ["on a terminal", tty, {}, {}, true],
    ["not in a pipe", {}, {}, {}, false],
    ["not in a file", tty, {}, { output: "x" }, false],
    ["not with NO_COLOR", tty, { NO_COLOR: "1" }, {}, false],
    ["an empty NO_COLOR is none", tty, { NO_COLOR: "" }, {}, true],
    ["FORCE_COLOR in a pipe", {}, { FORCE_COLOR: "1" }, {}, true],
    ["FORCE_COLOR=0 on a terminal", tty, { FORCE_COLOR: "0" }, {}, false],
    ["NO_COLOR is stronger than FORCE_COLOR", tty, { NO_COLOR: "1", FORCE_COLOR: "1" }, {}, false],
    ["--color is stronger than NO_COLOR", {}, { NO_COLOR: "1" }, { color: true }, true],
    ["--no-color is stronger than FORCE_COLOR", tty, { FORCE_COLOR: "1" }, { color: false }, false],
    ["not on a dumb terminal", tty, { TERM: "dumb" }, {}, false],
  ])("%s", (_what, terminal, environment, options, color) => {
    expect(screenOf(fakeSession(terminal, environment), options).color).toBe(color);
  });
});

test.each([
  ["the terminal's", { columns: 72 }, {}, {}, 72],
  ["COLUMNS without a terminal", {}, { COLUMNS: "133" }, {}, 133],
  ["a default in a file, whatever the terminal", { columns: 72 }, {}, { output: "x" }, 100],
  ["a default where nothing is known", {}, { COLUMNS: "wide" }, {}, 100],
])("width: %s", (_what, terminal, environment, options, columns) => {
  expect(screenOf(fakeSession(terminal, environment), options).columns).toBe(columns);
});

test("data goes to stdout, or to the file and nowhere else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-output-"));
  try {
    const session = fakeSession();
    await write("data\n", session, {});
    expect(session.out).toBe("data\n");
    await write("more\n", session, { output: join(folder, "file") });
    expect(session.out).toBe("data\n");
    expect(await readFile(join(folder, "file"), "utf8")).toBe("more\n");
    await expect(write("x", session, { output: folder })).rejects.toMatchObject({
      code: "usage",
      hint: expect.any(String),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("remarks go to stderr, neutralised, and not at all with --quiet", () => {
  const session = fakeSession();
  remark("a\x1b[31m", session, {});
  remark("b", session, { quiet: true });
  expect(session).toMatchObject({ out: "", err: "extract: a\\u{1b}[31m\n" });
});
