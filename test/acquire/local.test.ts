import { mkdir, symlink, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rawTar } from "../container/archives/raw-tar.ts";
import { sha512 } from "./loopback-registry.ts";
import { Scratch, texts } from "./scratch.ts";

let scratch: Scratch;
beforeEach(async () => {
  scratch = await Scratch.make();
});
afterEach(() => scratch.remove());

const MANIFEST = '{"name":"@samples/sample-cli","version":"4.5.6"}';

describe("a tarball", () => {
  test.each([
    [
      "of npm",
      "sample.tgz",
      [
        { name: "package/cli.js", body: "x" },
        { name: "package/package.json", body: MANIFEST },
      ],
    ],
    ["without a top folder", "sample.tar.gz", [{ name: "package.json", body: MANIFEST }]],
    ["of a code host", "download", [{ name: "repo-abc123/package.json", body: MANIFEST }]],
    [
      "with bundled packages",
      "sample.tgz",
      [
        { name: "package/node_modules/x/package.json", body: '{"name":"x"}' },
        { name: "src/package.json", body: '{"name":"src","version":"1.0.0"}' },
        { name: "package/package.json", body: MANIFEST },
      ],
    ],
  ])("%s: identity, tool and digest", async (_, name, entries) => {
    const bytes = gzipSync(rawTar(entries));
    await writeFile(scratch.path(name), bytes.length < 512 ? Buffer.concat([bytes, Buffer.alloc(512)]) : bytes);
    const spec = scratch.path(name);
    const { identity, tool, artifact } = await scratch.acquire(spec);
    expect(identity).toMatchObject({ name: "@samples/sample-cli", version: "4.5.6", spec });
    expect(tool).toBe("sample");
    expect(artifact.kind).toBe("tarball");
  });

  test("its digest is that of the file", async () => {
    const bytes = rawTar([{ name: "package/cli.js", body: "x" }]);
    await writeFile(scratch.path("some-1.0.0.tar"), bytes);
    const acquired = await scratch.acquire(scratch.path("some-1.0.0.tar"));
    expect(acquired.identity).toMatchObject({ name: "some-1.0.0", version: "unknown", integrity: sha512(bytes) });
    expect(await texts(acquired)).toEqual({ "cli.js": "x" });
  });

  test.each([
    ["cut", gzipSync(rawTar([{ name: "package/a.js", body: "x".repeat(5000) }])).subarray(0, 60)],
    ["no archive", Buffer.from("<html>not found</html>")],
    ["empty", Buffer.alloc(0)],
  ])("%s: acquired, and refused when it is read", async (_, bytes) => {
    await writeFile(scratch.path("bad.tgz"), bytes);
    const acquired = await scratch.acquire(scratch.path("bad.tgz"));
    expect(acquired.identity.name).toBe("bad");
    await expect(texts(acquired)).rejects.toMatchObject({ code: "bad-archive", hint: expect.any(String) });
  });

  test.each([
    ["hostile", '{"name":"\\u001b[2J","version":"1\\n2"}'],
    ["of other types", '{"name":{},"version":7}'],
    ["no object", "null"],
    ["no JSON", "{"],
  ])("a manifest that is %s gives no identity", async (_, manifest) => {
    await writeFile(scratch.path("odd.tgz"), gzipSync(rawTar([{ name: "package/package.json", body: manifest }])));
    const { identity } = await scratch.acquire(scratch.path("odd.tgz"));
    expect(identity).toMatchObject({ name: "odd", version: "unknown" });
  });
});

describe("folders and files", () => {
  test("a folder is named by its manifest, also through a link", async () => {
    await mkdir(scratch.path("real"));
    await writeFile(scratch.path("real/package.json"), `\ufeff${MANIFEST}`);
    await writeFile(scratch.path("real/cli.js"), "x");
    await symlink("real", scratch.path("linked"));
    for (const name of ["real", "linked"]) {
      const acquired = await scratch.acquire(scratch.path(name));
      expect(acquired).toMatchObject({
        identity: { name: "@samples/sample-cli", version: "4.5.6", integrity: null },
        tool: "sample",
        artifact: { kind: "folder" },
      });
      expect(Object.keys(await texts(acquired))).toEqual(["cli.js", "package.json"]);
    }
  });

  test("a folder without one by its own name", async () => {
    await mkdir(scratch.path("bare"));
    expect((await scratch.acquire(scratch.path("bare"))).identity).toMatchObject({ name: "bare", version: "unknown" });
  });

  test("a single file", async () => {
    await writeFile(scratch.path("bundle.js"), "x");
    const acquired = await scratch.acquire(scratch.path("bundle.js"));
    expect(acquired).toMatchObject({
      identity: { name: "bundle.js", version: "unknown", integrity: null },
      tool: null,
      artifact: { kind: "file", path: scratch.path("bundle.js") },
    });
  });

  test.each([
    ["gone", "gone.tgz", "not-found"],
    ["below a file", "file/x", "not-found"],
    ["a circle of links", "circle", "bad-input"],
    ["a device", "/dev/null", "bad-input"],
    ["a name too long", "x".repeat(300), "bad-input"],
  ])("%s", async (_, name, code) => {
    await writeFile(scratch.path("file"), "");
    await symlink("circle", scratch.path("circle"));
    const spec = name.startsWith("/") ? name : scratch.path(name);
    await expect(scratch.acquire(spec)).rejects.toMatchObject({
      name: "ExtractorError",
      code,
      message: expect.stringMatching(/^[^\n]+$/),
      hint: expect.stringMatching(/^[^\n]+$/),
    });
  });
});
