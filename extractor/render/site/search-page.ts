import { count } from "../count.ts";
import { renderDocument } from "../html/document.ts";
import { html, Markup } from "../html/markup.ts";
import { tableFrame } from "../html/parts.ts";
import { type Column, tableHead } from "../html/table-head.ts";
import type { SiteFile } from "./pages.ts";
import type { SearchIndex } from "./search-index.ts";

const COLUMNS: Column[] = ["Name", { title: "Kind", as: "wide" }, "Tools"];

/** A field, and the index it searches, in one file: it works from a disk, and nothing typed leaves the page. */
export function searchPage(index: SearchIndex, home: string): SiteFile {
  const { host, event, variable } = index.counts();
  const body = html`<h1>Search</h1>
<p>Which tool talks to a host, sends an event, reads a variable. <span class="soft">${count(host, "host")}, ${count(event, "event")} and ${count(variable, "variable")} of all published releases.</span></p>
<div class="filter" id="search" hidden><input type="search" id="search-text" aria-label="Search" placeholder="which tools talk to api.example.com"><select id="search-kind" aria-label="Kind"><option value="">everything</option><option value="tool">tools</option><option value="host">hosts</option><option value="event">events</option><option value="variable">variables</option></select><output id="search-said"></output></div>
${tableFrame("Found", html`<table id="search-found">${tableHead(COLUMNS)}<tbody></tbody></table>`)}
<noscript><p>The search needs its script; <a href="index.html">the list of tools</a> doesn't.</p></noscript>
<script type="application/json" id="search-index">${new Markup(index.text())}</script>`;
  return {
    path: "search.html",
    text: renderDocument({ title: "Search", trail: [{ href: "index.html", label: home }], body }),
  };
}
