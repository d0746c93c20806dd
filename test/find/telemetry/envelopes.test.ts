import { describe, expect, test } from "vitest";
import { EnvelopeShapes } from "../../../extractor/find/telemetry/envelopes.ts";
import type { ObjectExpr } from "../../../extractor/ir/expression.ts";
import type { Envelope } from "../../../extractor/model/signatures/signature.ts";
import { programOf } from "../find-in.ts";

const envelope = {
  inCode: ["data.name", "iKey"],
  name: ["data.name"],
  fields: ["data.properties"],
} as unknown as Envelope;
const shapes = new EnvelopeShapes([envelope, { ...envelope, inCode: undefined } as unknown as Envelope]);

/** The object that the program's only call is given. */
const objectIn = (text: string): ObjectExpr =>
  programOf(`send(${text})`).units[0]!.calls[0]!.arguments[0] as ObjectExpr;

describe("shapes of events", () => {
  test("an object with all members is one", () => {
    expect(shapes.of(objectIn(`{ iKey: "k", data: { name: "a", more: 1 } }`))).toBe(envelope);
  });

  test.each([`{ data: { name: "a" } }`, `{ iKey: "k", data: {} }`, `{ iKey: "k", data }`])("%s is none", (text) => {
    expect(shapes.of(objectIn(text))).toBeUndefined();
  });

  test("of members alone, the paths of name and fields", () => {
    expect(shapes.pathsIn(["iKey", "data", "time"])).toEqual(["data.name", "data.properties"]);
    expect(shapes.pathsIn(["data"])).toBeNull();
  });
});
