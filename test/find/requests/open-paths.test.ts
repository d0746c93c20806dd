import { expect, test } from "vitest";
import { withoutOpenPaths } from "../../../extractor/find/requests/open-paths.ts";
import type { RequestFinding } from "../../../extractor/model/finding.ts";
import type { Hole, Template } from "../../../extractor/model/template.ts";

const open: Hole = { kind: "param", name: "path" };
const set: Hole = { kind: "env", name: "BASE_URL" };
const left = (...lists: Template[][]): Template[] =>
  withoutOpenPaths(lists.map((urls) => ({ request: { urls } as RequestFinding }))).flatMap(
    ({ request }) => request.urls,
  );

test("an open path is no news beside one that is known on that host", () => {
  const known: Template = ["https://api.example.com/v1/items"];
  for (const nameless of [
    ["https://api.example.com/", open],
    ["https://api.example.com", open],
    ["https://api.example.com/", open, "?page=1"],
  ] satisfies Template[])
    expect(left([nameless], [known])).toEqual([known]);
  const versioned: Template = ["https://api.example.com/v1", open];
  expect(left([versioned], [known])).toEqual([known]);
  expect(left([[set, open]], [[set, "/v1/items"]])).toEqual([[set, "/v1/items"]]);
  const inRegion = (hole: Hole, path: Template): Template => ["https://api.", hole, ".example.com", ...path];
  expect(left([inRegion(open, [open])], [inRegion(set, ["/v1"])])).toEqual([inRegion(set, ["/v1"])]);
});

test("it stays where it is all there is, where a setting fills it, and where something of the path is known", () => {
  const known: Template = ["https://api.example.com/v1/items"];
  for (const stays of [
    ["https://other.example.com/", open],
    ["https://api.example.com/", set],
    ["https://api.example.com/", open, "/edit"],
    ["https://api.example.com/v1/", open],
    [open],
  ] satisfies Template[])
    expect(left([stays], [known])).toEqual([stays, known]);
  expect(left([["https://api.example.com/", open]])).toHaveLength(1);
});
