import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toJson } from "../../extractor/render/json.ts";
import { acme, endpoint, event, report } from "../render/report-fixture.ts";
import { runInside } from "../run-inside.ts";

let folder = "";
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-diff-"));
  const newer = { ...acme, endpoints: [...acme.endpoints, endpoint({ url: "https://new.example/" })] };
  await Promise.all([
    writeFile(file("a.json"), toJson(acme)),
    writeFile(file("b.json"), toJson(newer)),
    writeFile(file("more-events.json"), toJson({ ...acme, events: [...acme.events, event("acme_new")] })),
    writeFile(file("bad.json"), toJson({ ...report(), events: 1 })),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("two reports: JSON to stdout, exit 0 without --fail-on", async () => {
  const { code, stdout, stderr } = await runInside(["diff", file("a.json"), file("b.json"), "--format", "json"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({ endpoints: { added: [{ url: "https://new.example/" }], removed: [] } });
  expect(code).toBe(0);
});

test.each([
  [["a.json", "b.json"], "new-host,new-credential", 1, "extract: new-host: new.example\n"],
  [["a.json", "b.json"], "added-endpoint", 1, "extract: added-endpoint: POST https://new.example/\n"],
  [["a.json", "b.json"], "new-credential", 0, ""],
  [["a.json", "b.json"], "new-event", 0, ""],
  [["a.json", "more-events.json"], "new-event", 1, "extract: new-event: acme_new\n"],
  [["b.json", "a.json"], "added-endpoint,new-host", 0, ""],
])("%j --fail-on %s: exit %i", async (files, conditions, code, stderr) => {
  const outcome = await runInside(["diff", ...files.map(file), "--fail-on", conditions]);
  expect(outcome).toMatchObject({ code, stderr });
});

test("-o writes the file", async () => {
  const target = file("diff.md");
  const { code, stdout } = await runInside(["diff", file("a.json"), file("b.json"), "-f", "markdown", "-o", target]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(await readFile(target, "utf8")).toContain("### Endpoints added (1)");
});

test.each([
  ["one package", ["a.json"], /only one package/],
  ["no report", ["a.json", "bad.json"], /bad\.json: not a report/],
  ["an unknown condition", ["a.json", "b.json", "--fail-on", "new-moon"], /'new-moon' is invalid.*added-endpoint/],
])("%s: exit 2, one line and a hint", async (_what, args, message) => {
  const words = args.map((word) => (word.endsWith(".json") ? file(word) : word));
  const { code, stdout, stderr } = await runInside(["diff", ...words]);
  expect(stderr.trimEnd().split("\n")).toEqual([expect.stringMatching(message), expect.stringMatching(/^hint: /)]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});
