import type { Diff } from "../../model/diff.ts";
import type { Report } from "../../model/report.ts";
import type { Series } from "../../model/series.ts";
import type { Catalogue, CatalogueTool } from "../../model/signatures/catalogue.ts";
import { count } from "../count.ts";
import { changesNothing, summary } from "../diff/summary.ts";
import { diffPage } from "../html/diff-page.ts";
import { renderDocument } from "../html/document.ts";
import { blockListFiles, downloadList } from "../html/downloads.ts";
import { byStanding } from "../html/host-rank.ts";
import { html, type Markup } from "../html/markup.ts";
import { headingMarkup, tableFrame } from "../html/parts.ts";
import { descriptionOf, reportPage } from "../html/report-page.ts";
import { type Column, tableHead } from "../html/table-head.ts";
import { toJson } from "../json.ts";
import { timeline } from "./timeline.ts";

const TOOL_COLUMNS: Column[] = [
  { title: "Tool", sort: true },
  { title: "Newest", sort: true, as: "wide" },
  { title: "Endpoints", sort: true, as: "n" },
  { title: "Hosts", sort: true, as: "n wide" },
  { title: "Events", sort: true, as: "n" },
  { title: "Keys", sort: true, as: "n wide" },
];
const VERSION_COLUMNS: Column[] = [
  "Version",
  { title: "Endpoints", as: "n" },
  { title: "Hosts", as: "n" },
  { title: "Events", as: "n" },
  { title: "Keys", as: "n" },
  { title: "Report", as: "wide" },
];
const LIFESPAN_COLUMNS: Column[] = [
  { title: "Method", sort: true },
  { title: "URL", sort: true },
  { title: "First", sort: true, as: "wide" },
  { title: "Last", sort: true, as: "wide" },
];

/** One file of the site; the path is relative to its folder. */
export interface SiteFile {
  path: string;
  text: string;
}

export const HOME = "Published reports";
const FEEDS = [
  { href: "feed.json", type: "application/feed+json", title: "JSON Feed" },
  { href: "feed.xml", type: "application/atom+xml", title: "Atom" },
];

/** The entrance: every tool with its newest numbers. */
export function homePage({ tools }: Catalogue): SiteFile {
  const releases = tools.reduce((sum, { versions }) => sum + versions.length, 0);
  const body = html`<h1>What coding tools send</h1>
<p>Where each release of a command-line tool can send data, which events it can report, which keys are baked in, and
which switch stops it. Read from the published packages alone; nothing of them was run.</p>
<p class="soft">${count(releases, "release")} of ${count(tools.length, "tool")}. <a href="search.html">Search</a> tools, hosts, events and variables. New releases: ${FEEDS.map(({ href, title }, index) => html`${index === 0 ? "" : ", "}<a href="${href}">${title}</a>`)}.</p>
${headingMarkup("tools", "Tools", "newest published report")}
${tableFrame(
  "Tools",
  html`<table id="tool-table">${tableHead(TOOL_COLUMNS)}<tbody>${tools.map(toolRow)}</tbody></table>`,
)}`;
  return { path: "index.html", text: renderDocument({ title: HOME, feeds: FEEDS, body }) };
}

function toolRow({ id, package: name, versions }: CatalogueTool): Markup | null {
  const newest = versions.at(-1);
  if (newest === undefined) return null;
  const { version, endpoints, hosts, events, credentials } = newest;
  return html`<tr><th scope="row"><a href="${id}/index.html">${id}</a><br><span class="soft">${name}</span><p class="narrow"><a href="${id}/${version}.html">${version}</a></p></th><td class="wide"><a href="${id}/${version}.html">${version}</a></td><td class="n">${endpoints}</td><td class="n wide">${hosts}</td><td class="n">${events}</td><td class="n wide">${credentials}</td></tr>`;
}

const trail = (...more: { href: string; label: string }[]) => [{ href: "../index.html", label: HOME }, ...more];

/** Which versions are compared: any two, or each with the one before, where there are too many for that. */
export type ComparedPairs = "all" | "neighbours";

/** Versions of one tool: plots, numbers, and links to their diffs. */
export function toolPage(tool: CatalogueTool, series: Series, pairs: ComparedPairs): SiteFile {
  const { id, package: name, versions } = tool;
  const moving = series.endpoints.filter(({ first, current }) => first !== versions[0]?.version || !current);
  const body = html`<h1>${id} <small>${name}</small></h1>
<p class="soft">${count(versions.length, "published version")}.</p>
${timeline(series)}
${headingMarkup("versions", "Versions", String(versions.length))}
${tableFrame(
  "Versions",
  html`<table>${tableHead(VERSION_COLUMNS)}<tbody>${versions
    .toReversed()
    .map(
      ({ version, endpoints, hosts, events, credentials }) =>
        html`<tr><th scope="row"><a href="${version}.html">${version}</a></th><td class="n">${endpoints}</td><td class="n">${hosts}</td><td class="n">${events}</td><td class="n">${credentials}</td><td class="wide"><a href="${version}.json">JSON</a></td></tr>`,
    )}</tbody></table>`,
)}
${pairs === "all" ? compareTable(tool) : neighbourTable(tool)}
${
  moving.length === 0
    ? null
    : html`${headingMarkup("lifespans", "Endpoints that came or went", String(moving.length))}
${tableFrame(
  "Endpoints that came or went",
  html`<table id="lifespan-table">${tableHead(LIFESPAN_COLUMNS)}<tbody>${byStanding(moving, ({ url }) => url).map(({ method, url, first, last }) => html`<tr><td class="method">${method}</td><td><code>${url}</code><p class="narrow soft">${first === last ? first : `${first} to ${last}`}</p></td><td class="wide">${first}</td><td class="wide">${last}</td></tr>`)}</tbody></table>`,
)}`
}`;
  return { path: `${id}/index.html`, text: renderDocument({ title: `${id}: versions`, trail: trail(), body }) };
}

/** Older versions down, newer ones across. */
function compareTable({ versions }: CatalogueTool): Markup | null {
  if (versions.length < 2) return null;
  const names = versions.map(({ version }) => version);
  return html`${headingMarkup("compare", "Compare", "any two versions")}
${tableFrame(
  "Compare any two versions",
  html`<table>${tableHead(["from / to", ...names.slice(1)])}<tbody>${names
    .slice(0, -1)
    .map(
      (from, row) =>
        html`<tr><th scope="row">${from}</th>${names.slice(1).map((to, column) => (column < row ? html`<td></td>` : html`<td><a href="${diffFile(from, to)}">${from} → ${to}</a></td>`))}</tr>`,
    )}</tbody></table>`,
)}`;
}

/** The newest first. */
function neighbourTable({ versions }: CatalogueTool): Markup | null {
  if (versions.length < 2) return null;
  const names = versions.map(({ version }) => version);
  const rows = names.slice(1).map((to, at) => {
    const from = names[at]!;
    return html`<tr><th scope="row"><a href="${diffFile(from, to)}">${from} → ${to}</a></th></tr>`;
  });
  const label = "Compare each version with the one before";
  return html`${headingMarkup("compare", "Compare", "each version with the one before")}
${tableFrame(label, html`<table><tbody>${rows.toReversed()}</tbody></table>`)}`;
}

const diffFile = (from: string, to: string): string => `${from}..${to}.html`;

/** The page of one version, its report, and its block lists. `since` is the diff to the version before. */
export function versionFiles(tool: CatalogueTool, report: Report, since: Diff | null): SiteFile[] {
  const { id } = tool;
  const { version } = report.package;
  const lists = blockListFiles(report);
  const files = [
    { label: "report.json", file: `${version}.json`, about: "the whole report", address: `${version}.json` },
    ...lists.map((one) => ({ ...one, address: `${version}/${one.file}` })),
  ];
  const downloads = html`${since === null ? null : html`<p class="soft since">Since ${since.from.version}: ${changesNothing(since) ? "nothing changed" : html`<a href="${diffFile(since.from.version, version)}">${summary(since).join(" · ")}</a>`}.</p>`}
${downloadList(files, ({ address }) => address)}`;
  const title = `${id} ${version}: what it can send`;
  const page = renderDocument({
    title,
    description: descriptionOf(report),
    trail: trail({ href: "index.html", label: id }),
    body: reportPage(report, null, downloads),
  });
  return [
    { path: `${id}/${version}.html`, text: page },
    { path: `${id}/${version}.json`, text: toJson(report) },
    ...lists.map(({ file, text }) => ({ path: `${id}/${version}/${file}`, text })),
  ];
}

export function diffFilePage({ id }: CatalogueTool, diff: Diff): SiteFile {
  const { from, to } = diff;
  const text = renderDocument({
    title: `${id} ${from.version} to ${to.version}`,
    trail: trail({ href: "index.html", label: id }),
    body: diffPage(diff),
  });
  return { path: `${id}/${diffFile(from.version, to.version)}`, text };
}
