import type { Report } from "../model/report.ts";
import { renderDocument } from "./html/document.ts";
import { reportPage } from "./html/report-page.ts";
import type { Rendering } from "./rendering.ts";

/** One self-contained page: no request leaves it, and it can be read without JavaScript. */
export const renderHtml = (report: Report, { check = null }: Rendering): string =>
  renderDocument({
    title: `${report.package.name} ${report.package.version}: what it can send`.trim(),
    body: reportPage(report, check),
  });
