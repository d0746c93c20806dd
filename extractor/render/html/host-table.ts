import type { BlockEffect, Endpoint, Report } from "../../model/report.ts";
import { type BlockPlan, planBlockList, TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { html, type Markup } from "./markup.ts";
import { channelName, effectTag, headingMarkup, tableFrame } from "./parts.ts";
import { type Column, tableHead } from "./table-head.ts";

const HOST_COLUMNS: Column[] = [
  { title: "Host", sort: true },
  { title: "Endpoints", sort: true, as: "n" },
  { title: "Channels" },
  { title: "If blocked", sort: true },
  { title: "Telemetry list", sort: true },
];

type Fate = "blocked" | "shared" | "kept" | "local";

const FATES = {
  blocked: "blocked",
  shared: "needed too: a proxy must choose by path",
  kept: "left alone",
  local: "local: nothing leaves",
} satisfies Record<Fate, string>;

/**
 * Every host that is spelled out, what goes there, what its loss does, and what a block list for telemetry makes of
 * it.
 */
export function hostTable(report: Report): Markup | null {
  const plan: BlockPlan = planBlockList([report], { only: TELEMETRY_CHANNELS, keep: "required" });
  const rows = (Object.keys(FATES) as Fate[])
    .flatMap((fate) =>
      plan[fate].map(({ host, unwanted, wanted }) => ({ host, fate, endpoints: [...unwanted, ...wanted] })),
    )
    .sort(
      (a, b) =>
        Number(a.fate === "local") - Number(b.fate === "local") ||
        b.endpoints.length - a.endpoints.length ||
        (a.host < b.host ? -1 : 1),
    );
  if (rows.length === 0) return null;
  return html`${headingMarkup("hosts", "Hosts", String(rows.length))}
<p class="about">Names and addresses that are spelled out, with what breaks where one is blocked as a whole, and
what a block list for telemetry does with it.</p>
${tableFrame(
  "Hosts",
  html`<table id="host-table" class="names stacked">${tableHead(HOST_COLUMNS)}
<tbody>${rows.map(
    ({ host, fate, endpoints }) =>
      html`<tr><th scope="row"><code>${host}</code><td class="n">${endpoints.length}<td>${channelsOf(endpoints)}<td>${effectTag(worst(endpoints))}<td>${FATES[fate]}
`,
  )}</tbody></table>`,
)}`;
}

const channelsOf = (endpoints: readonly Endpoint[]): Markup[] =>
  [...new Set(endpoints.map(({ channel }) => channel))]
    .sort()
    .map((channel, index) => html`${index === 0 ? "" : " "}${channelName(channel)}`);

const WORST: readonly BlockEffect[] = ["breaks", "degrades", "safe"];

const worst = (endpoints: readonly Endpoint[]): BlockEffect =>
  WORST.find((effect) => endpoints.some(({ ifBlocked }) => ifBlocked.effect === effect)) ?? "safe";
