import { expect, test } from "vitest";
import type { Endpoint, Gate, Report } from "../../../extractor/model/report.ts";
import { optOutOf } from "../../../extractor/model/switches/opt-out.ts";
import { endpoint, report } from "../../render/report-fixture.ts";

const stop = (name: string, fields: Partial<Gate> = {}): Gate => ({
  kind: "env",
  name,
  effect: "silences",
  when: { any: true },
  ...fields,
});
const telemetry = (id: string, gates: Gate[]): Endpoint => endpoint({ id, url: `https://t.acme.dev/${id}`, gates });
const needed = (id: string, gates: Gate[]): Endpoint =>
  endpoint({ id, url: `https://api.acme.dev/${id}`, gates, ifBlocked: { effect: "breaks", reason: "needed" } });
const names = (read: Report) => optOutOf(read).settings.map(({ setting }) => `${setting.name}=${setting.value}`);

test("of what stops the same, what breaks less; and none whose work another does", () => {
  const gentle = [telemetry("a", [stop("GENTLE"), stop("OFFLINE")]), needed("m", [stop("OFFLINE")])];
  expect(names(report({ endpoints: gentle }))).toEqual(["GENTLE=1"]);
  const both = [...gentle, telemetry("b", [stop("OFFLINE")])];
  const { settings } = optOutOf(report({ endpoints: both }));
  expect(settings.map(({ setting, stops, breaks }) => [setting.name, stops.length, breaks.length])).toEqual([
    ["OFFLINE", 2, 1],
  ]);
});

test("a setting has the value that stops; what stops some ways only, or is the server's, stops nothing", () => {
  const endpoints = [
    telemetry("a", [stop("SEND", { when: { any: true, values: ["true"], anyCase: true } })]),
    telemetry("b", [stop("telemetry.enabled", { kind: "config", when: { values: ["false"] } })]),
    telemetry("c", [stop("PARTLY", { ways: "some" }), stop("flag", { kind: "flag" })]),
    telemetry("d", [stop("EXPORT", { effect: "enables" })]),
  ];
  const optOut = optOutOf(report({ endpoints }));
  expect(names(report({ endpoints }))).toEqual(["telemetry.enabled=false", "SEND=false"]);
  expect(optOut.remaining.map(({ id }) => id)).toEqual(["c"]);
  expect(optOut.off.map(({ endpoint, opens }) => [endpoint.id, opens[0]?.name])).toEqual([["d", "EXPORT"]]);
});

test.each<["honoured" | "partly" | "read" | "unread", Endpoint[], string[]]>([
  ["honoured", [telemetry("a", [stop("DO_NOT_TRACK", { when: { values: ["1"] } })])], ["DO_NOT_TRACK"]],
  ["partly", [telemetry("a", [stop("DO_NOT_TRACK")]), telemetry("b", [])], ["DO_NOT_TRACK"]],
  // only a word that is not the usual one
  ["read", [telemetry("a", [stop("DO_NOT_TRACK", { when: { values: ["yes"] } })])], ["DO_NOT_TRACK"]],
  ["unread", [telemetry("a", [])], []],
])("DO_NOT_TRACK is %s", (wanted, endpoints, read) => {
  const environment = read.map((name) => ({ name, influences: [], evidence: [] })) as unknown as Report["environment"];
  expect(optOutOf(report({ endpoints, environment })).doNotTrack).toBe(wanted);
});
