import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { at, event, literal, report, request, signatures } from "./findings.ts";

const schema = JSON.parse(await readFile(new URL("../../reports/schema/report.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

const full = () =>
  report(
    {
      requests: [
        request(["https://api.tool.dev/a/{id}", "{env:TOOL_URL}/a/{id}"], {
          method: "POST",
          headers: ["X-Key"],
          bodyFields: ["email"],
          secrets: [{ value: "9f8e7d6c5b4a39281706f5e4d3c2b1a0", sentAs: "header X-Key", evidence: at(1) }],
          gates: [{ kind: "flag", name: "off", effect: "silences" }],
          evidence: {
            ...at(1),
            source: { file: "src/a.ts", line: 1, column: 1 },
            derivation: [{ what: "const BASE", line: 1, column: 1 }],
          },
        }),
        request("{url}"),
      ],
      events: [event("started", { fields: ["cwd"] })],
      environment: [{ name: "TOOL_URL", evidence: at(2) }],
      urls: [literal("https://docs.tool.dev/")],
    },
    { diagnostics: [{ kind: "sink-unresolved", count: 2, detail: "before" }], reveal: true, tool: "tool" },
  );

test("a report fits its schema", () => {
  expect(validate(full()) ? [] : validate.errors).toEqual([]);
  expect(validate(report({})) ? [] : validate.errors).toEqual([]);
});

test("the schema knows every channel and data class of the taxonomy, and no other", () => {
  const { channel, dataClasses } = schema.$defs.endpoint.properties;
  expect(channel.enum).toEqual(signatures.channels.map(({ id }) => id));
  expect(dataClasses.items.enum).toEqual(signatures.dataClasses.map(({ id }) => id));
});

test.each([
  ["an unknown member", (r: Record<string, unknown>) => ({ ...r, extra: 1 })],
  ["another version", (r: Record<string, unknown>) => ({ ...r, schemaVersion: 2 })],
  ["no endpoints", ({ endpoints: _, ...r }: Record<string, unknown>) => r],
])("%s does not", (_, change) => {
  expect(validate(change({ ...full() }))).toBe(false);
});

test("diagnostics of earlier stages are added to", () => {
  expect(full().diagnostics).toEqual([{ kind: "sink-unresolved", count: 3, detail: "before; fetch at cli.js:1" }]);
});
