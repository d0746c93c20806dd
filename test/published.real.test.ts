import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCatalogue } from "../extractor/command/published.ts";
import { runCli } from "./run-cli.ts";

const REPORTS = fileURLToPath(new URL("../reports/", import.meta.url));

/** The one with the smallest report, so that the test is quick; `npm run reports` makes all of them again. */
test("a published report is made again, byte for byte", async () => {
  const { tools } = await readCatalogue(REPORTS);
  const all = tools.flatMap(({ package: name, versions }) =>
    versions.map(({ version, file }) => ({ spec: `npm:${name}@${version}`, file })),
  );
  const sizes = await Promise.all(all.map(async (one) => ({ ...one, bytes: (await stat(REPORTS + one.file)).size })));
  const [smallest] = sizes.sort((a, b) => a.bytes - b.bytes);
  expect(smallest, "nothing is published yet: run extract publish").toBeDefined();
  const { code, stderr } = await runCli(["publish", "-d", REPORTS, "--check", smallest!.spec]);
  expect(code, stderr).toBe(0);
});
