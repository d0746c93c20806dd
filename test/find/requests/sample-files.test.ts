import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const SAMPLE = { "examples/ext/login.ts": `export const login = () => fetch("https://sample.dev/token");` };

function requestsOf(main: string, others: Record<string, string> = SAMPLE) {
  const { requests } = findIn(main, others);
  return requests.map(
    ({ urls, dead }) => `${urls.map(printTemplate).join(" ")}${dead === undefined ? "" : ` ${dead}`}`,
  );
}

test("no running code makes the request of an example that nothing loads", () => {
  expect(requestsOf(`fetch("https://x.dev/me");`)).toEqual([
    "https://sample.dev/token nothing loads examples/ext/login.ts",
    "https://x.dev/me",
  ]);
});

test.each([
  ["imports", `import { login } from "./examples/ext/login.ts"; login();`],
  [
    "requires on demand",
    `async function run() { const { login } = await import("./examples/ext/login.ts"); login(); } run();`,
  ],
  ["loads through another example", `import "./examples/index.ts";`],
])("what the program %s is no example", (_how, main) => {
  const others = { ...SAMPLE, "examples/index.ts": `import { login } from "./ext/login.ts"; login();` };
  expect(requestsOf(main, others)).toContain("https://sample.dev/token");
});

test("nor is a program of which all lies in such a folder", () => {
  const { requests } = findIn("", { ...SAMPLE });
  expect(requests.map(({ dead }) => dead)).toEqual([undefined]);
});
