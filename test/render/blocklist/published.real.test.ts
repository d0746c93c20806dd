import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalogue } from "../../../extractor/command/published.ts";
import type { Report } from "../../../extractor/model/report.ts";
import { blockListFormats } from "../../../extractor/render/blocklist/formats.ts";
import { planBlockList, TELEMETRY_CHANNELS } from "../../../extractor/render/blocklist/plan.ts";
import { debianProgram, run } from "../../debian-program.ts";

const REPORTS = fileURLToPath(new URL("../../../reports/", import.meta.url));
const { tools } = await readCatalogue(REPORTS);
const files = tools.flatMap(({ versions }) => versions.map(({ file }) => file));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-published-lists-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What squid, dnsmasq and nftables say of a list, and how many hosts each was given. */
async function consumed(plan: ReturnType<typeof planBlockList>) {
  const path = async (name: "squid" | "dnsmasq" | "nftables") => {
    const file = join(folder, name);
    await writeFile(file, blockListFormats[name].render(plan));
    return file;
  };
  const main = join(folder, "squid-main.conf");
  await writeFile(main, `http_port 127.0.0.1:3128\ninclude ${await path("squid")}\nhttp_access deny all\n`);
  const squid = await run(await debianProgram("squid"), ["-k", "parse", "-f", main]);
  const dnsmasq = await run(await debianProgram("dnsmasq-base"), ["--test", "-C", await path("dnsmasq")]);
  const nft = await run(await debianProgram("nftables"), ["-c", "-f", await path("nftables")]);
  const lines = async (name: "dnsmasq" | "nftables", begin: string) =>
    (await readFile(join(folder, name), "utf8")).split("\n").filter((line) => line.startsWith(begin)).length;
  return {
    complaints: [squid, dnsmasq, nft].flatMap(({ code, output }) =>
      code === 0 && !/WARNING|ERROR|FATAL/.test(output) ? [] : [output],
    ),
    squid: squid.output.match(/Processing: acl endpoint_extractor_(?:names dstdomain|addresses dst) /g)?.length ?? 0,
    dnsmasq: await lines("dnsmasq", "address=/"),
    nftables: await lines("nftables", "# nftset=/"),
  };
}

describe.each(files)("%s", (file) => {
  test.each([
    ["telemetry", { only: TELEMETRY_CHANNELS, keep: "required" as const }],
    ["everything", { only: null, keep: "nothing" as const }],
  ])("%s: squid, dnsmasq and nft load the list; each host of the report is in it once", async (_what, choice) => {
    const report = JSON.parse(await readFile(REPORTS + file, "utf8")) as Report;
    const plan = planBlockList([report], choice);
    const { blocked, shared, kept, local } = plan;
    expect(blocked.length + shared.length + kept.length + local.length).toBe(report.stats.hosts);
    const names = blocked.filter(({ kind }) => kind === "name").length;
    expect(await consumed(plan)).toEqual({ complaints: [], squid: blocked.length, dnsmasq: names, nftables: names });
  });
});
