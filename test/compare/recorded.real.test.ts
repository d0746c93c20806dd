import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../extractor/model/check.ts";
import type { Report } from "../../extractor/model/report.ts";
import { extract } from "../../extractor/pipeline.ts";
import { collect } from "../capture/collect.ts";
import { formatsOf, recordings } from "../capture/recordings.ts";
import { check } from "./check.ts";

const cacheDir = fileURLToPath(new URL("../../node_modules/.cache/real-packages", import.meta.url));
const RECORDED: [spec: string, folder: RegExp][] = [
  ["npm:@anthropic-ai/claude-code@2.1.91", /^claude-code/],
  ["npm:@openai/codex@0.120.0", /^codex/],
  ["npm:@github/copilot@1.0.24", /^copilot/],
  ["npm:opencode-ai@1.1.53", /^opencode/],
];
const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const [spec] of recordings.length === 0 ? [] : RECORDED) {
    reports.set(
      spec,
      await extract(spec, {
        sourceMaps: true,
        reveal: false,
        cache: { cache: true, offline: false, cacheDir },
        limits: {},
      }),
    );
  }
});

const recorded = recordings.flatMap(({ name, folder }) =>
  RECORDED.filter(([, pattern]) => pattern.test(name)).map(([spec]) => ({ name, folder, spec })),
);

async function checked({ folder, spec }: { folder: string; spec: string }, file: string, more = {}): Promise<Check> {
  return check(reports.get(spec)!, (await collect(join(folder, file))).exchanges, more);
}

/** Requests with their verdicts, as far as a format can tell them: it may call a websocket a GET. */
const lines = ({ observed }: Check): string[] =>
  observed
    .map(({ method, url, verdict, endpoint, count }) =>
      [method.replace("WS", "GET"), url.replace(/^ws/, "http"), verdict, endpoint ?? "", count].join(" "),
    )
    .sort();

describe.each(recorded)("$name", (one) => {
  test("the same verdicts from every format that keeps answers", async () => {
    const first = lines(await checked(one, "capture.har"));
    expect(first.length).toBeGreaterThan(0);
    for (const file of formatsOf(one.folder).filter((path) => /mitm$|rrpairs$/.test(path)))
      expect(lines(await checked(one, file.slice(one.folder.length + 1)))).toEqual(first);
  });
});

test.runIf(recorded.length > 0)("three in a hundred distinct requests at most were predicted by nobody", async () => {
  const own = await Promise.all(recorded.map(async (one) => (await checked(one, "capture.har")).summary.unpredicted));
  const sum = (of: number[]) => of.reduce((total, value) => total + value, 0);
  expect(sum(own.map(({ distinct }) => distinct))).toBeLessThanOrEqual(0.03 * sum(own.map((row) => row.of)));
});

test.runIf(recorded.length > 0)("what a switch silenced is what the report says it silences", async () => {
  const [plain, silent] = ["claude-code-2.1.91-print", "claude-code-2.1.91-print-DISABLE_TELEMETRY"].map(
    (name) => recorded.find((one) => one.name === name)!,
  );
  const { baseline, disagreements, events } = await checked(silent!, "capture.har", {
    environment: new Map([["DISABLE_TELEMETRY", "1"]]),
    baseline: await checked(plain!, "capture.har"),
  });
  const gone = [...baseline!.noLongerFiring, ...baseline!.goneEvents];
  expect(gone.length).toBeGreaterThan(2);
  for (const { gate } of gone) expect(gate).toMatchObject({ name: "DISABLE_TELEMETRY", effect: "silences" });
  expect([...disagreements, ...events.disagreements]).toEqual([]);
});
