import type { Report } from "../model/report.ts";
import { renderDocument } from "./html/document.ts";
import { blockListFiles, downloadList, inlineAddress } from "./html/downloads.ts";
import { descriptionOf, reportPage } from "./html/report-page.ts";
import { folderOf } from "./published/catalogue.ts";
import type { Rendering } from "./rendering.ts";

/** A page that stands alone carries its block lists: those most asked for. `extract blocklist` writes the others. */
const CARRIED = new Set(["hosts", "dnsmasq"]);

/** One self-contained page: no request leaves it, and it can be read without JavaScript. */
export function renderHtml(report: Report, { check = null }: Rendering): string {
  const { name, version } = report.package;
  const lists = blockListFiles(report)
    .filter(({ label }) => CARRIED.has(label))
    .map((one) => ({ ...one, file: `${folderOf(report)}-${version}-${one.file}` }));
  return renderDocument({
    title: `${name} ${version}: what it can send`.trim(),
    description: descriptionOf(report),
    body: reportPage(report, check, downloadList(lists, inlineAddress)),
  });
}
