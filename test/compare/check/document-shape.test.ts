import { expect, test } from "vitest";
import { DocumentShapes } from "../../../extractor/compare/check/document-shape.ts";
import { EventReader } from "../../../extractor/compare/check/wire-events.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";

const { envelopes } = await loadSignatures();
const shapes = new DocumentShapes(envelopes);
const shapeOf = (document: unknown) => shapes.of({ kind: "json", documents: [document] })[0];

test("values go, names and types stay", () => {
  expect(shapeOf({ q: "my words", n: 17, on: true, none: null, list: ["a", 1] })).toEqual({
    q: "{text}",
    n: 0,
    on: true,
    none: null,
    list: ["{text}", 0],
  });
});

test("what is folded into a text is unfolded", () => {
  const inner = JSON.stringify({ folder: "/home/jane" });
  expect(shapeOf({ plain: inner, packed: Buffer.from(inner).toString("base64") })).toEqual({
    plain: { folder: "{text}" },
    packed: { folder: "{text}" },
  });
});

test("keys that are data go as well", () => {
  expect(shapeOf({ "/home/jane/notes.txt": { size: 3 } })).toEqual({ "{key}": { size: 0 } });
});

test("an address keeps its server alone", () => {
  const next = "https://jane:secret@files.example.com:8443/private?sig=abc";
  expect(shapeOf({ next, said: `see ${next}` })).toEqual({ next: "https://files.example.com:8443/", said: "{text}" });
});

test("events and their fields are read from it as from the document", () => {
  const document = {
    events: [{ event: "tool_used", properties: { tool: "search", took: 12 } }],
    resourceLogs: undefined,
  };
  const otlp = {
    resourceMetrics: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "mine" } }] },
        scopeMetrics: [
          {
            metrics: [
              {
                name: "tokens.used",
                sum: { dataPoints: [{ attributes: [{ key: "model", value: { stringValue: "m" } }] }] },
              },
            ],
          },
        ],
      },
    ],
  };
  const reader = new EventReader(envelopes);
  for (const [kind, one] of [
    ["json", document],
    ["otlp", otlp],
  ] as const) {
    const [shape] = shapes.of({ kind, documents: [one] });
    expect(reader.read(kind, [one])).toHaveLength(1);
    expect(reader.read(kind, [shape])).toEqual(reader.read(kind, [one]));
    expect(JSON.stringify(shape)).not.toMatch(/search|mine|12/);
  }
});
