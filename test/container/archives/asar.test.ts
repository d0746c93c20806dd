import { describe, expect, test } from "vitest";
import { readAll, tarball } from "../read-all.ts";
import { rawTar } from "./raw-tar.ts";

/** An Electron archive of these files; `over` replaces members of an entry, by path. */
function asar(files: Record<string, string>, over: Record<string, object> = {}): Buffer {
  const index: { files: Record<string, unknown> } = { files: {} };
  const contents: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    const parts = path.split("/");
    let folder = index;
    for (const part of parts.slice(0, -1)) {
      folder.files[part] ??= { files: {} };
      folder = folder.files[part] as typeof index;
    }
    folder.files[parts.at(-1)!] = { size: bytes.length, offset: String(offset), ...over[path] };
    contents.push(bytes);
    offset += bytes.length;
  }
  const json = Buffer.from(JSON.stringify(index));
  const padded = Math.ceil(json.length / 4) * 4;
  const sizes = Buffer.alloc(16);
  for (const [i, size] of [4, padded + 8, padded + 4, json.length].entries()) sizes.writeUInt32LE(size, i * 4);
  return Buffer.concat([sizes, json, Buffer.alloc(padded - json.length), ...contents]);
}

const inPackage = (bytes: Buffer) => readAll(tarball(rawTar([{ name: "package/app.asar", body: bytes }])));

describe("an Electron archive", () => {
  test("its code is read, with folders; other files are listed", async () => {
    const { shown, diagnostics } = await inPackage(
      asar({ "out/main.js": "one()", "index.js": "two()", "a.png": "\0" }),
    );
    expect(shown).toEqual({
      "app.asar/out/main.js": "one()",
      "app.asar/index.js": "two()",
      "app.asar/a.png": "<binary>",
    });
    expect(diagnostics).toEqual([]);
  });

  test("what lies beside it or is a link is passed over", async () => {
    const bytes = asar(
      { "a.js": "a()", "b.js": "b()", "c.js": "c()" },
      { "a.js": { unpacked: true }, "b.js": { link: "c.js" } },
    );
    expect((await inPackage(bytes)).shown).toEqual({ "app.asar/c.js": "c()" });
  });

  test.each([
    ["an offset outside", { offset: "99999999" }],
    ["a size beyond the end", { size: 99999999 }],
    ["a negative size", { size: -1 }],
    ["an offset that is none", { offset: "x" }],
  ])("%s is said, and the rest is read", async (_, lie) => {
    const { shown, diagnostics } = await inPackage(asar({ "a.js": "a()", "b.js": "b()" }, { "a.js": lie }));
    expect(shown).toEqual({ "app.asar/b.js": "b()" });
    expect(diagnostics).toMatchObject([{ kind: "container-corrupt", detail: expect.stringContaining("a.js") }]);
  });

  test("a name that leads elsewhere stays inside", async () => {
    const { shown } = await inPackage(asar({ "../../etc/x.js": "x()" }));
    expect(Object.keys(shown)).toEqual([expect.stringMatching(/^app\.asar\/(?!.*\.\.)/)]);
  });

  test("cut off anywhere, it is damage and no crash", async () => {
    const whole = asar({ "a.js": "a()" });
    for (const length of [17, 20, 40, whole.length - 1]) {
      const { diagnostics } = await inPackage(whole.subarray(0, length));
      expect(diagnostics.every(({ kind }) => kind === "container-corrupt")).toBe(true);
    }
  });
});
