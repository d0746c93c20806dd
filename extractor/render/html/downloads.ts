import type { Report } from "../../model/report.ts";
import { blockListFormats } from "../blocklist/formats.ts";
import { planBlockList, TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { html, type Markup } from "./markup.ts";
import { headingMarkup } from "./parts.ts";

/** A file that a page offers. */
export interface Download {
  label: string;
  /** Name to save it under. */
  file: string;
  about: string;
  text: string;
}

/** Block lists for telemetry, in every format. */
export function blockListFiles(report: Report): Download[] {
  const plan = planBlockList([report], { only: TELEMETRY_CHANNELS, keep: "required" });
  return Object.entries(blockListFormats).map(([label, { about, file, render }]) => ({
    label,
    about,
    file,
    text: render(plan),
  }));
}

/** Links that save files; `address` says where each is. */
export const downloadList = <T extends Omit<Download, "text">>(
  files: readonly T[],
  address: (file: T) => string,
): Markup => html`${headingMarkup("downloads", "Take it with you", "report and block lists for telemetry")}
<ul class="downloads">${files.map((one) => html`<li><a href="${address(one)}" download="${one.file}" title="${one.about}">${one.label}</a></li>`)}</ul>`;

/** The file itself as an address, for a page that stands alone. */
export const inlineAddress = ({ text }: Download): string =>
  `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString("base64")}`;
