import { expect, test } from "vitest";
import { GateRequests, withGates } from "../../../extractor/find/switches/gate-requests.ts";
import type { Call } from "../../../extractor/ir/expression.ts";
import type { Gate } from "../../../extractor/model/report.ts";

const call = { kind: "call" } as Call;
const gate: Gate = { kind: "env", name: "OFF", effect: "silences" };

test("a finding has no gates until they are resolved: reading them does not compile", () => {
  const finding = { gates: new GateRequests().of(call, []) };
  // @ts-expect-error a request for gates is no list of them
  expect(finding.gates.length).toBeUndefined();
  expect(withGates(finding, { of: () => [gate] })).toEqual({ gates: [gate] });
});

test("both sides of an either stand before it", () => {
  const requests = new GateRequests();
  const a = requests.of(call, []);
  const b = requests.of(call, [call]);
  const either = requests.ofEither(a, b);
  expect(requests.all).toEqual([a, b, either]);
});
