import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseVersion } from "../../extractor/acquire/choose-version.ts";
import { rawTar } from "../container/archives/raw-tar.ts";
import { runCli } from "../run-cli.ts";
import { LoopbackRegistry } from "./loopback-registry.ts";
import { Scratch } from "./scratch.ts";

const NEWER_NODE = { engines: { node: `>=${Number.parseInt(process.versions.node, 10) + 1}` } };

const published = {
  "dist-tags": { latest: "2.1.0", next: "3.0.0-beta.2", old: "1.2.0", gone: "9.9.9" },
  versions: {
    "1.0.0": {},
    "1.2.0": { deprecated: "no longer maintained" },
    "2.0.0": {},
    "2.1.0": NEWER_NODE,
    "2.2.0": NEWER_NODE,
    "3.0.0-beta.1": {},
    "3.0.0-beta.2": NEWER_NODE,
    "1.2.1": {},
    "not a version": {},
  },
  time: {
    created: "2024-01-01T00:00:00.000Z",
    modified: "2026-06-06T00:00:00.000Z",
    "1.0.0": "2025-01-01T00:00:00.000Z",
    "1.2.0": "2025-02-01T00:00:00.000Z",
    "2.0.0": "2025-03-01T00:00:00.000Z",
    "2.1.0": "2025-04-01T12:00:00+00:00",
    "2.2.0": "2025-05-01T00:00:00.000Z",
    "3.0.0-beta.1": "2025-04-15T00:00:00.000Z",
    "3.0.0-beta.2": "2025-06-01T00:00:00.000Z",
    "1.2.1": "2025-07-01T00:00:00.000Z",
  },
};

test.each([
  ["", "2.1.0"],
  ["*", "2.1.0"],
  ["latest", "2.1.0"],
  ["next", "3.0.0-beta.2"],
  ["old", "1.2.0"],
  ["1.0.0", "1.0.0"],
  ["v1.0.0", "1.0.0"],
  ["^1", "1.2.1"],
  ["1.2.0 - 1.2.0", "1.2.0"],
  ["^2", "2.2.0"],
  [">=1 <2.2", "2.1.0"],
  [">=3.0.0-beta.1", "3.0.0-beta.2"],
  ["^4", null],
  ["9.9.9", null],
  ["gone", null],
  ["toString", null],
])("%j is %s, whatever Node it asks for", (wanted, version) => {
  expect(chooseVersion(published, wanted, null)).toBe(version);
});

test.each([
  ["latest", "2025-05-01", "2.1.0"],
  ["latest", "2025-04-02", "2.1.0"],
  ["latest", "2025-04-01", "2.0.0"],
  ["latest", "2025-04-01T12:00:00Z", "2.0.0"],
  ["latest", "2025-04-01T12:00:01Z", "2.1.0"],
  ["", "2025-02-15", "1.2.0"],
  ["latest", "2024-12-31", null],
  ["next", "2025-05-20", "3.0.0-beta.1"],
  ["^2", "2025-04-20", "2.1.0"],
  ["2.2.0", "2025-04-20", null],
  ["2.2.0", "2025-05-20", "2.2.0"],
])("%j before %s is %s", (wanted, before, version) => {
  expect(chooseVersion(published, wanted, Date.parse(before))).toBe(version);
});

test("without a tag or a time: the highest release, and versions of no known age", () => {
  expect(chooseVersion({ versions: { "1.0.0": {}, "1.1.0": {}, "2.0.0-rc.1": {} } }, "", 0)).toBe("1.1.0");
  expect(chooseVersion({ versions: { "2.0.0-rc.1": {} } }, "*", null)).toBe("2.0.0-rc.1");
  expect(chooseVersion({}, "latest", null)).toBeNull();
});

describe("with a registry", () => {
  let registry: LoopbackRegistry;
  let scratch: Scratch;
  beforeEach(async () => {
    registry = await LoopbackRegistry.start();
    scratch = await Scratch.make();
    await scratch.npmrc(`registry=${registry.url}`);
  });
  afterEach(async () => {
    await registry.stop();
    await scratch.remove();
  });

  const packed = (name: string, version: string) =>
    gzipSync(
      rawTar([
        { name: "package/package.json", body: JSON.stringify({ name, version }) },
        { name: "package/cli.js", body: `fetch("https://v${version}.sample.test/")` },
      ]),
    );
  const offer = (name: string) =>
    registry.packages.set(name, {
      "1.0.0": { tarball: packed(name, "1.0.0"), published: "2025-01-01T00:00:00+00:00" },
      "2.0.0": { tarball: packed(name, "2.0.0"), published: "2025-03-01T10:00:00.000Z", manifest: NEWER_NODE },
    });

  test("20 names whose newest version asks for a newer Node: each is read as its tag `latest` says", async () => {
    const names = Array.from({ length: 20 }, (_, k) => (k % 3 === 0 ? `@scope/tool-${k}` : `tool-${k}`));
    for (const name of names) offer(name);
    for (const name of names) {
      for (const spec of [name, `npm:${name}`, `${name}@latest`, `${name}@>=1`]) {
        expect((await scratch.acquire(spec)).identity).toMatchObject({
          version: "2.0.0",
          published: "2025-03-01T10:00:00.000Z",
        });
      }
    }
  });

  test("the report says version and day, also of what is in the cache, and --before goes back", async () => {
    offer("dated");
    const common = ["--cache-dir", scratch.path("cache"), "--registry", registry.url];
    for (const further of [[], [], ["--offline"]]) {
      const { stdout } = await runCli(["dated", ...common, ...further]);
      expect(stdout).toMatch(/^dated 2\.0\.0 {2}published 2025-03-01 · /);
    }
    const earlier = await runCli(["dated", "--before", "2025-03-01", ...common]);
    expect(earlier.stdout).toMatch(/^dated 1\.0\.0 {2}published 2025-01-01 · /);
    expect(earlier.stdout).toContain("v1.0.0.sample.test");
    const never = await runCli(["dated", "--before", "2020-01-01", ...common]);
    expect(never).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/has no version \* .*from before 2020-01-01\nhint: .*\n$/),
    });
    for (const spec of ["dated@2.0.0", "dated@^2"]) {
      expect(await runCli([spec, "--before", "2025-02-01", ...common])).toMatchObject({ code: 2, stdout: "" });
    }
    for (const wrong of ["2025-06-31", "yesterday", "2025-13-01", "2025"]) {
      expect((await runCli(["dated", "--before", wrong, ...common])).code).toBe(2);
    }
  });

  test("a package that came with another one is dated once it is asked for itself", async () => {
    offer("dated");
    const undated = await scratch.acquire("dated@2.0.0", { dated: false });
    expect(undated.identity.published).toBeUndefined();
    expect((await scratch.acquire("dated@2.0.0", { offline: true })).identity.published).toBeUndefined();
    expect((await scratch.acquire("dated@2.0.0")).identity.published).toBe("2025-03-01T10:00:00.000Z");
    expect((await scratch.acquire("dated@2.0.0", { offline: true })).identity.published).toBe(
      "2025-03-01T10:00:00.000Z",
    );
  });
});
