import { expect, test } from "vitest";
import { chooseReleases } from "../../extractor/census/job/choose-releases.ts";
import { versionOrder } from "../../extractor/census/job/version-order.ts";

const SORTED = [
  "not-a-version",
  "0.0.9",
  "0.0.10",
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-alpha.2",
  "1.0.0-alpha.10",
  "1.0.0-alpha.beta",
  "1.0.0-beta",
  "1.0.0-beta.2",
  "1.0.0-beta.11",
  "1.0.0-rc.1",
  "1.0.0",
  "1.0.1-0",
  "1.0.1",
  "1.2.0",
  "1.10.0",
  "2.0.0",
  "10.0.0",
];

test("texts of versions are in the order of semantic versioning, which is that of its own page", () => {
  const mixed = SORTED.toReversed().sort((a, b) => (versionOrder(a) < versionOrder(b) ? -1 : 1));
  expect(mixed).toEqual(SORTED);
});

const releases = (...versions: string[]) =>
  versions.map((version, at) => ({ version, published: `2026-01-${String(at + 1).padStart(2, "0")}T00:00:00.000Z` }));
const chosen = (choice: Parameters<typeof chooseReleases>[1], ...versions: string[]) =>
  chooseReleases(releases(...versions), choice).map(({ version }) => version);

const SOME = ["1.0.0", "1.0.1", "1.1.0-rc.1", "1.1.0", "1.2.0", "2.0.0", "2.0.1"];

test.each([
  [{}, ["1.0.0", "1.0.1", "1.1.0", "1.2.0", "2.0.0", "2.0.1"]],
  [{ prereleases: true }, SOME],
  [{ since: "1.1.0" }, ["1.1.0", "1.2.0", "2.0.0", "2.0.1"]],
  [{ since: "2026-01-05" }, ["1.2.0", "2.0.0", "2.0.1"]],
  [{ each: "minor" as const }, ["1.0.1", "1.1.0", "1.2.0", "2.0.1"]],
  [{ each: "major" as const }, ["1.2.0", "2.0.1"]],
  [{ last: 2 }, ["2.0.0", "2.0.1"]],
  [{ spread: 3 }, ["1.0.0", "1.2.0", "2.0.1"]],
  [{ spread: 1 }, ["2.0.1"]],
  [{ spread: 99 }, ["1.0.0", "1.0.1", "1.1.0", "1.2.0", "2.0.0", "2.0.1"]],
  [{ each: "minor" as const, last: 1 }, ["2.0.1"]],
])("%j", (choice, wanted) => expect(chosen(choice, ...SOME)).toEqual(wanted));

test("a package that has only pre-releases gives them", () =>
  expect(chosen({}, "1.0.0-a.1", "1.0.0-a.2")).toEqual(["1.0.0-a.1", "1.0.0-a.2"]));

test("sixty of many are different ones, the first and the last among them", () => {
  const many = Array.from({ length: 471 }, (_, at) => `2.1.${at}`);
  const wanted = chosen({ spread: 60 }, ...many);
  expect([wanted[0], wanted.at(-1), new Set(wanted).size]).toEqual(["2.1.0", "2.1.470", 60]);
});
