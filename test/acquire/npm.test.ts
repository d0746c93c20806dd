import { afterEach, beforeEach, expect, test } from "vitest";
import { Scratch, texts } from "./scratch.ts";

// The real registry, with the configuration of whoever runs the tests.
let scratch: Scratch;
beforeEach(async () => {
  scratch = await Scratch.make();
  delete process.env.npm_config_userconfig;
});
afterEach(() => scratch.remove());

const INTEGRITY = "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==";

test("a small package from npm, then from the cache", async () => {
  const expected = {
    identity: { name: "is-number", version: "7.0.0", integrity: INTEGRITY, spec: "is-number@7.0.0" },
    tool: "numbers",
  };
  const first = await scratch.acquire("is-number@7.0.0");
  expect(first).toMatchObject(expected);
  expect(Object.keys(await texts(first)).sort()).toEqual(["index.js", "package.json"]);
  expect(await scratch.acquire("is-number@7.0.0", { offline: true })).toMatchObject(expected);
});

test("a version npm doesn't have", async () => {
  await expect(scratch.acquire("is-number@99.0.0")).rejects.toMatchObject({
    code: "not-found",
    hint: expect.stringContaining("near it: 5.0.0, 6.0.0, 7.0.0"),
  });
});
