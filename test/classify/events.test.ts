import { expect, test } from "vitest";
import { foldEvents } from "../../extractor/classify/events.ts";
import type { EventFinding } from "../../extractor/model/finding.ts";

const told = (name: string, carriers: number[]): EventFinding => ({
  name: [name],
  fields: [],
  gates: [],
  evidence: { file: "main.js", line: 1, column: 1 },
  carriers,
});

test("a single word is an event where an endpoint gets it", () => {
  const findings = [told("opened", [0]), told("unlink", [1]), told("file_removed", [1]), told("closeAll", [])];
  const { events } = foldEvents(findings, new Map([[0, ["e0"]]]), []);
  expect(events.map(({ name, pipelines }) => [name, pipelines])).toEqual([
    ["closeAll", []],
    ["file_removed", []],
    ["opened", ["e0"]],
  ]);
});
