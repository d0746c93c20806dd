import { expect, test } from "vitest";
import { downloadedProgram } from "../../extractor/classify/downloads.ts";
import type { Endpoint } from "../../extractor/model/report.ts";

const endpoint = (url: string, more: Partial<Endpoint> = {}): Endpoint => ({
  id: "00000000",
  method: "GET",
  url,
  alternatives: [],
  kind: "request",
  holes: {},
  channel: "updates",
  vendor: null,
  dataClasses: [],
  headers: [],
  credentials: [],
  gates: [],
  ifBlocked: { effect: "degrades", reason: "" },
  confidence: "exact",
  evidence: [{ file: "install.js", line: 7, column: 1 }],
  ...more,
});
const FILES = [
  endpoint("https://dl.example/v1/tool_Darwin_arm64.tar.gz"),
  endpoint("https://dl.example/v1/tool_Linux_x86_64.tar.gz?mirror=1"),
  endpoint("https://api.example/v1/users"),
];

test("a wrapper says where its program comes from, the one that most have first", () => {
  expect(downloadedProgram(FILES, { installs: true })).toEqual({
    kind: "program-downloaded",
    count: 2,
    detail:
      "the program is not in this package and what it sends not in this report: it is downloaded when it is installed, " +
      "from https://dl.example/v1/tool_Linux_x86_64.tar.gz?mirror=1 (2 files, one for each platform), by install.js:7",
  });
  expect(downloadedProgram(FILES, { installs: false })!.detail).toContain("when it first runs");
});

test("a package that is a program itself says nothing, nor does one that loads none", () => {
  expect(downloadedProgram(FILES, null)).toBeNull();
  expect(downloadedProgram([FILES[2]!], { installs: true })).toBeNull();
  expect(downloadedProgram([endpoint(FILES[0]!.url, { method: "PUT" })], { installs: true })).toBeNull();
});
