import { expect, test } from "vitest";
import { find } from "../../extractor/find/find.ts";
import { link } from "../../extractor/ir/link.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { effectOf } from "../../extractor/model/gates.ts";
import { printTemplate } from "../../extractor/model/template.ts";
import { loadSignatures } from "../../extractor/signatures.ts";
import { LineIndex } from "../../extractor/syntax/positions.ts";
import { unitsOf } from "../../extractor/syntax/units.ts";

const { sinks } = await loadSignatures();
const KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

function requests(text: string): string[] {
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
  return findings.requests.map((r) =>
    [r.method, ...r.urls.map(printTemplate), ...r.gates.map((g) => `${effectOf(g)} ${g.name}`)].join(" "),
  );
}

test("a crash reporter posts envelopes where its DSN says, unless a switch is in the way", () => {
  const text = `const dsn = "https://${KEY}@o1.errors.x.dev/42"; const sdk = load();
    if (!process.env.NO_REPORTS) sdk.init({ dsn, environment: "external" });`;
  expect(requests(text)).toEqual(["POST https://o1.errors.x.dev/api/42/envelope/ silences NO_REPORTS"]);
});

test.each([
  ["another option", `sdk.init({ url: "https://${KEY}@o1.errors.x.dev/42" });`],
  ["no DSN", `sdk.init({ dsn: "https://o1.errors.x.dev/42" });`],
  ["nothing known", `sdk.init({ dsn: process.env.DSN }); sdk.init();`],
])("%s is none", (_name, text) => expect(requests(text)).toEqual([]));
