import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

function urls(text: string): string[] {
  return findIn(text).requests.flatMap((r) => r.urls.map(printTemplate));
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
