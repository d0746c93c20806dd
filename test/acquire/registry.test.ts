import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ExtractorError } from "../../extractor/errors.ts";
import { rawTar } from "../container/archives/raw-tar.ts";
import { LoopbackRegistry, sha512 } from "./loopback-registry.ts";
import { Scratch, texts } from "./scratch.ts";

const packed = (text: string): Buffer => gzipSync(rawTar([{ name: "package/cli.js", body: text }]));
const ONE = packed("one()");
const TWO = packed("two()");
const NAME = "@samples/sample-cli";

let registry: LoopbackRegistry;
let scratch: Scratch;
beforeEach(async () => {
  registry = await LoopbackRegistry.start();
  scratch = await Scratch.make();
  registry.packages.set(NAME, {
    "1.0.0": { tarball: ONE },
    "1.1.0": { tarball: packed("mid()") },
    "2.0.0": { tarball: TWO },
  });
  registry.packages.set("plain", { "1.0.0": { tarball: ONE } });
  await scratch.npmrc(`registry=${registry.url}`);
});
afterEach(async () => {
  await registry.stop();
  await scratch.remove();
});

/** The failure, which must be one line with a hint. */
async function failure(attempt: Promise<unknown>): Promise<ExtractorError> {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ExtractorError);
  const { message, hint } = error as ExtractorError;
  expect(message).not.toMatch(/[\n\x1b]/);
  expect(hint).toMatch(/^[^\n\x1b]+$/);
  return error as ExtractorError;
}

describe("specs", () => {
  test.each([
    ["sample@1.0.0", "1.0.0", "one()"],
    ["sc", "2.0.0", "two()"],
    ["sample-code@^1", "1.1.0", "mid()"],
    [`${NAME}@latest`, "2.0.0", "two()"],
    [`npm:${NAME}@<1.1`, "1.0.0", "one()"],
  ])("%s", async (spec, version, text) => {
    const acquired = await scratch.acquire(spec);
    expect(acquired).toMatchObject({ identity: { name: NAME, version, spec }, tool: "sample" });
    expect(acquired.identity.integrity).toMatch(/^sha512-/);
    expect(await texts(acquired)).toEqual({ "cli.js": text });
  });

  test("a package that is no known tool's", async () => {
    expect((await scratch.acquire("plain")).tool).toBeNull();
  });
});

describe("npm's configuration", () => {
  test("the registry of a scope, and the token for it alone", async () => {
    const scoped = await LoopbackRegistry.start();
    scoped.token = "s3cret";
    scoped.packages.set(NAME, { "3.0.0": { tarball: packed("three()") } });
    const place = scoped.url.replace("http:", "");
    process.env.SAMPLE_TOKEN = "s3cret";
    await scratch.npmrc(
      `registry=${registry.url}`,
      `@samples:registry=${scoped.url}`,
      `${place}:_authToken=\${SAMPLE_TOKEN}`,
      "nodedir=/usr",
      "some-key-npm-never-heard-of=1",
    );
    expect((await scratch.acquire("sample")).identity.version).toBe("3.0.0");
    expect((await scratch.acquire("plain")).identity.version).toBe("1.0.0");
    expect(scoped.requests.map((request) => request.authorization)).toEqual(["Bearer s3cret", "Bearer s3cret"]);
    expect(registry.requests.map((request) => request.authorization)).toEqual([null, null]);
    await scoped.stop();
  });

  test("a refused token", async () => {
    registry.token = "right";
    await scratch.npmrc(`registry=${registry.url}`, `${registry.url.replace("http:", "")}:_authToken=wrong`);
    const error = await failure(scratch.acquire("plain"));
    expect(error.code).toBe("network");
    expect(error.message).toMatch(/refused access to plain \(E401\)/);
    expect(error.message + error.hint).not.toContain("wrong");
  });

  test("variables of the environment go before files, and --registry before both", async () => {
    const other = await LoopbackRegistry.start();
    other.packages.set("plain", { "9.0.0": { tarball: TWO } });
    expect((await scratch.acquire("plain", { registry: other.url })).identity.version).toBe("9.0.0");
    process.env.npm_config_registry = other.url;
    expect((await scratch.acquire("plain")).identity.version).toBe("9.0.0");
    await other.stop();
  });

  test("a proxy is used", async () => {
    const seen: string[] = [];
    const proxy = await LoopbackRegistry.start();
    proxy.answer = (request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(404).end("{}");
    };
    await scratch.npmrc("registry=http://registry.sample.test/", `proxy=${new URL(proxy.url).origin}`, "noproxy=");
    expect((await failure(scratch.acquire("plain"))).code).toBe("not-found");
    expect(seen[0]).toContain("plain");
    await proxy.stop();
  });

  test("nothing is printed about unknown or deprecated keys", async () => {
    const written: unknown[] = [];
    const listener = (...args: unknown[]) => written.push(args);
    process.on("warning", listener);
    const write = process.stderr.write;
    process.stderr.write = ((chunk: unknown) => written.push(chunk) > 0) as typeof process.stderr.write;
    try {
      await scratch.npmrc(
        `registry=${registry.url}`,
        "nodedir=/usr",
        "cache-max=0",
        "always-auth=true",
        "fetch-retries=x",
      );
      await scratch.acquire("plain");
    } finally {
      process.stderr.write = write;
      process.off("warning", listener);
    }
    expect(written).toEqual([]);
  });

  test("the same version of another registry is another package", async () => {
    const other = await LoopbackRegistry.start();
    other.packages.set("plain", { "1.0.0": { tarball: TWO } });
    expect(await texts(await scratch.acquire("plain@1.0.0"))).toEqual({ "cli.js": "one()" });
    expect(await texts(await scratch.acquire("plain@1.0.0", { registry: other.url }))).toEqual({ "cli.js": "two()" });
    await other.stop();
  });
});

describe("cache", () => {
  test("an exact version comes without network, once fetched by any spec", async () => {
    await scratch.acquire("sample");
    registry.requests.length = 0;
    for (const spec of ["sample@2.0.0", `${NAME}@2.0.0`]) {
      expect(await texts(await scratch.acquire(spec))).toEqual({ "cli.js": "two()" });
    }
    expect(registry.requests).toEqual([]);
  });

  test("offline: what is there is used, ranges included; what isn't is said", async () => {
    await scratch.acquire("sample@^1");
    await registry.stop();
    expect((await scratch.acquire("sample@^1", { offline: true })).identity.version).toBe("1.1.0");
    expect((await failure(scratch.acquire("sample@1.0.0", { offline: true }))).code).toBe("offline");
    const error = await failure(scratch.acquire("plain", { offline: true }));
    expect(error).toMatchObject({ code: "offline", message: "plain is not in the cache, and --offline is set" });
    registry = await LoopbackRegistry.start();
  });

  test("an artifact opens more than once", async () => {
    const acquired = await scratch.acquire("plain");
    expect(await texts(acquired)).toEqual(await texts(acquired));
  });

  test("damaged content is fetched anew, and never used", async () => {
    const { identity } = await scratch.acquire("plain@1.0.0");
    await damageCache(scratch.path("cache"), ONE);
    const again = await scratch.acquire("plain@1.0.0");
    expect(await texts(again)).toEqual({ "cli.js": "one()" });
    expect(again.identity).toEqual(identity);
    await damageCache(scratch.path("cache"), ONE);
    expect((await failure(scratch.acquire("plain@1.0.0", { offline: true }))).code).toBe("offline");
  });

  test("--no-cache leaves nothing in the cache and reads nothing from it", async () => {
    // The temporary folder goes when the process ends, which is not when the test does.
    await mkdir(scratch.path("tmp"));
    process.env.TMPDIR = scratch.path("tmp");
    const options = { cache: false };
    expect(await texts(await scratch.acquire("plain@1.0.0", options))).toEqual({ "cli.js": "one()" });
    const asked = registry.requests.length;
    await scratch.acquire("plain@1.0.0", options);
    expect(registry.requests.length).toBe(2 * asked);
    expect(await readdir(scratch.folder)).toEqual(["npmrc", "tmp"]);
  });

  test("the platform's cache folder is the default", async () => {
    process.env.XDG_CACHE_HOME = scratch.path("xdg");
    await scratch.acquire("plain@1.0.0", { cacheDir: undefined as unknown as string });
    if (process.platform === "linux")
      expect(await readdir(scratch.path("xdg/endpoint-extractor"))).toContain("packages");
  });

  test("a cache folder that can't be made", async () => {
    await writeFile(scratch.path("file"), "");
    const error = await failure(scratch.acquire("plain", { cacheDir: scratch.path("file/below") }));
    expect(error).toMatchObject({ code: "bad-input", hint: expect.stringContaining("--cache-dir") });
  });
});

describe("failures", () => {
  const impatient = () => scratch.npmrc(`registry=${registry.url}`, "fetch-retries=0");

  test("unknown package", async () => {
    const error = await failure(scratch.acquire("no-such-package"));
    expect(error.code).toBe("not-found");
    expect(error.message).toMatch(/^there is no package no-such-package on 127\.0\.0\.1:\d+\/npm$/);
  });

  test("unknown version: the hint names the latest and its neighbours", async () => {
    const versions = ["2.1.8", "2.1.9", "2.1.10", "2.1.88", "2.1.91", "3.0.0"];
    registry.packages.set("many", Object.fromEntries(versions.map((version) => [version, { tarball: ONE }])));
    expect(await failure(scratch.acquire("many@2.1.90"))).toMatchObject({
      code: "not-found",
      message: expect.stringMatching(/^many has no version 2\.1\.90 on /),
      hint: "latest is 3.0.0; near it: 2.1.9, 2.1.10, 2.1.88, 2.1.91, 3.0.0",
    });
    expect((await failure(scratch.acquire("many@nightly"))).hint).toBe("its tags: latest");
  });

  test("a version published a moment ago is found in spite of a cached list", async () => {
    await scratch.acquire("plain");
    registry.packages.set("plain", { "1.0.0": { tarball: ONE }, "1.0.1": { tarball: TWO } });
    expect((await scratch.acquire("plain@1.0.1")).identity.version).toBe("1.0.1");
  });

  test("a tarball that isn't the one the registry vouches for", async () => {
    registry.packages.set("swapped", { "1.0.0": { tarball: TWO, integrity: sha512(ONE) } });
    await impatient();
    const error = await failure(scratch.acquire("swapped"));
    expect(error.code).toBe("integrity");
    expect((await failure(scratch.acquire("swapped@1.0.0", { offline: true }))).code).toBe("offline");
  });

  test("a truncated tarball", async () => {
    registry.packages.set("cut", { "1.0.0": { tarball: ONE.subarray(0, 40), integrity: sha512(ONE) } });
    await impatient();
    expect((await failure(scratch.acquire("cut"))).code).toBe("integrity");
  });

  test("a truncated tarball nobody vouches for is found out when it is read", async () => {
    registry.packages.set("cut", { "1.0.0": { tarball: ONE.subarray(0, 40), integrity: null } });
    const acquired = await scratch.acquire("cut");
    expect(acquired.identity.integrity).toBe(sha512(ONE.subarray(0, 40)));
    expect(scratch.log.list()).toMatchObject([{ kind: "integrity-unverified", count: 1 }]);
    expect((await failure(texts(acquired))).code).toBe("bad-archive");
  });

  test("a connection that breaks off within the tarball", async () => {
    const packument = JSON.stringify({
      name: "broken",
      "dist-tags": { latest: "1.0.0" },
      versions: {
        "1.0.0": {
          name: "broken",
          version: "1.0.0",
          dist: { tarball: `${registry.url}x.tgz`, integrity: sha512(ONE) },
        },
      },
    });
    registry.answer = (request, response) => {
      if (request.url?.endsWith(".tgz")) {
        response.writeHead(200, { "content-length": ONE.length });
        response.write(ONE.subarray(0, 40), () => response.destroy());
      } else response.writeHead(200, { "content-type": "application/json" }).end(packument);
    };
    expect(["network", "integrity"]).toContain((await failure(scratch.acquire("broken"))).code);
  });

  test("no network", async () => {
    const unused = await LoopbackRegistry.start();
    const { url } = unused;
    await unused.stop();
    const started = Date.now();
    const error = await failure(scratch.acquire("plain", { registry: url }));
    expect(error).toMatchObject({ code: "network", hint: expect.stringMatching(/proxy.*--offline/) });
    expect(error.message).toContain("ECONNREFUSED");
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  test("a name that doesn't resolve", async () => {
    await impatient();
    const error = await failure(scratch.acquire("plain", { registry: "http://registry.invalid/" }));
    expect(error).toMatchObject({ code: "network", message: expect.stringContaining("registry.invalid") });
  });

  test("a login page in place of the registry, and a registry that is down", async () => {
    registry.answer = (_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<html>log in</html>");
    expect(await failure(scratch.acquire("plain"))).toMatchObject({
      code: "network",
      message: expect.stringContaining("didn't answer as a registry does"),
    });
    registry.answer = (_, response) => response.writeHead(403).end("{}");
    expect((await failure(scratch.acquire("other"))).message).toMatch(/refused access to other/);
    await impatient();
    registry.answer = (_, response) => response.writeHead(503).end("{}");
    expect((await failure(scratch.acquire("other"))).message).toMatch(/answered 503/);
  });

  test("credentials in a registry's URL stay out of messages", async () => {
    const url = registry.url.replace("//", "//user:hunter2@");
    const error = await failure(scratch.acquire("nothing", { registry: url }));
    expect(error.message + error.hint).not.toContain("hunter2");
  });
});

test("progress: what is asked, then how many bytes came", async () => {
  const steps: unknown[] = [];
  await scratch.acquire("plain", { onProgress: (progress) => steps.push(progress) });
  expect(steps[0]).toEqual({ step: "resolve", spec: "plain@*" });
  expect(steps.at(-1)).toEqual({ step: "download", spec: "plain@*", bytes: ONE.length });
});

test("temporary folders are not left behind while it runs in the cache", async () => {
  const before = await readdir(tmpdir());
  await scratch.acquire("plain");
  const after = (await readdir(tmpdir())).filter(
    (name) => name.startsWith("endpoint-extractor-") && !before.includes(name),
  );
  expect(after).toEqual([]);
});

/** Flips the last byte of every cached copy of these bytes. */
async function damageCache(folder: string, content: Buffer): Promise<void> {
  let damaged = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !(await readFile(path)).equals(content)) continue;
    const changed = Buffer.from(content);
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
    await writeFile(path, changed);
    damaged++;
  }
  expect(damaged).toBeGreaterThan(0);
}
