import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { resolveSpec } from "../../extractor/acquire/spec.ts";
import { Scratch, TOOLS } from "./scratch.ts";

let scratch: Scratch;
const home = process.cwd();
beforeEach(async () => {
  scratch = await Scratch.make();
  process.chdir(scratch.folder);
  await mkdir("here");
  await mkdir("sample");
  await mkdir("@own/thing", { recursive: true });
  await writeFile("bundle", "");
});
afterEach(async () => {
  process.chdir(home);
  await scratch.remove();
});

describe("resolveSpec", () => {
  test.each([
    ["sample", "@samples/sample-cli@*", null],
    ["sample@1.2.3", "@samples/sample-cli@1.2.3", "1.2.3"],
    ["sc@next", "@samples/sample-cli@next", null],
    ["@samples/sample-cli", "@samples/sample-cli@*", null],
    ["npm:sample", "sample@*", null],
    ["npm:here@1", "here@1", null],
    ["left-pad@v1.3.0", "left-pad@1.3.0", "1.3.0"],
    ["@scope/name@~2", "@scope/name@~2", null],
    [" padded ", "padded@*", null],
  ])("%j is %s of the registry", async (spec, npmSpec, exact) => {
    const target = await resolveSpec(spec, TOOLS);
    expect(target).toMatchObject({ kind: "registry", exact, spec });
    expect(target.kind === "registry" && `${target.name}@${target.wanted}`).toBe(npmSpec);
  });

  test.each([
    ["./sample", "sample"],
    ["here", "here"],
    ["bundle", "bundle"],
    ["@own/thing", "@own/thing"],
    ["file:here", "here"],
    [".", "."],
    ["../x", "../x"],
    ["gone.tgz", "gone.tgz"],
    ["gone/file.js", "gone/file.js"],
  ])("%j is a path", async (spec, path) => {
    expect(await resolveSpec(spec, TOOLS)).toEqual({ kind: "path", spec, path: join(process.cwd(), path) });
  });

  test("absolute paths and the home folder", async () => {
    expect(await resolveSpec("/opt/x", TOOLS)).toMatchObject({ path: "/opt/x" });
    expect(await resolveSpec("file:///opt/x", TOOLS)).toMatchObject({ path: "/opt/x" });
    expect(await resolveSpec("~/x", TOOLS)).toMatchObject({ path: join(homedir(), "x") });
  });

  test("a tool that isn't on npm says what to do", async () => {
    await expect(resolveSpec("boxed-cli@1", TOOLS)).rejects.toMatchObject({
      code: "not-found",
      message: "boxed is not published on npm",
      hint: "install it, and give the path of its files",
    });
  });

  test.each([
    "",
    "  ",
    "a b",
    "x@^^",
    "npm:",
    "npm:./x",
    "git+https://host.test/x.git",
    "github:a/b",
    "https://host.test/x.tgz",
    "x@https://host.test/x.tgz",
    "x@npm:y@1",
    "a\0b",
    "\x1b[31mred\nline",
  ])("%j is refused in one line with a hint", async (spec) => {
    await expect(resolveSpec(spec, TOOLS)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(/^cannot use "[^\x00-\x1f]*": [^\x00-\x1f]+$/),
      hint: expect.stringContaining("npm spec"),
    });
  });
});
