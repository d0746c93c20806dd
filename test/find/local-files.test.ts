import { expect, test } from "vitest";
import { find } from "../../extractor/find/find.ts";
import { link } from "../../extractor/ir/link.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../extractor/model/template.ts";
import { loadSignatures } from "../../extractor/signatures.ts";
import { LineIndex } from "../../extractor/syntax/positions.ts";
import { unitsOf } from "../../extractor/syntax/units.ts";

const { sinks } = await loadSignatures();

function urls(text: string): string[] {
  const log = new DiagnosticLog();
  const lines = new LineIndex(text);
  const file = { path: "main.js", text, bytes: text.length, origin: null } as unknown as Parameters<typeof unitsOf>[0];
  const { findings } = find({
    program: link([...unitsOf(file, log)]),
    tables: sinks,
    envelopes: [],
    locate: (_file, offset) => lines.at(offset),
    isKey: () => false,
    log,
  });
  return findings.requests.flatMap((r) => r.urls.map(printTemplate));
}

test.each([
  ["the module's address", `fetch(new URL("a.wasm", import.meta.url));`],
  ["the module's folder", `fetch(import.meta.dirname + "/a.wasm");`],
  ["a script's folder", `fetch(__dirname + "/a.wasm");`],
  [
    "a folder worked out",
    `import { dirname } from "node:path"; import { fileURLToPath } from "node:url";
     let here = ""; try { here = dirname(fileURLToPath(import.meta.url)) + "/" } catch {}
     const locate = (name) => here + name; fetch(locate("a.wasm"));`,
  ],
  ["what a page would be", `fetch(self.location.href + "a.wasm");`],
])("what lies beside the program is no endpoint: %s", (_name, text) => expect(urls(text)).toEqual([]));

test.each([
  ["a base from outside", `fetch(process.env.BASE + "/a.wasm");`, ["{BASE}/a.wasm"]],
  [
    "the folder of an address",
    `import { dirname } from "node:path"; fetch(dirname(process.env.U) + "/a");`,
    ["{dirname}/a"],
  ],
  ["a file's name in an address", `fetch("https://x.dev/" + __filename);`, ["https://x.dev/{__filename}"]],
])("others are: %s", (_name, text, expected) => expect(urls(text)).toEqual(expected));
