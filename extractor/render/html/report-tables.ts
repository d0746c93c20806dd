import type { Diagnostic } from "../../model/diagnostic.ts";
import { grouped } from "../../model/group.ts";
import type { Report } from "../../model/report.ts";
import { cutLines } from "../cut-words.ts";
import { html, type Markup } from "./markup.ts";
import { evidenceText, headingMarkup, LINE, tableFrame } from "./parts.ts";
import { type Column, tableHead } from "./table-head.ts";

const KEY_COLUMNS: Column[] = [
  "Kind",
  "Begins with",
  { title: "Sent as" },
  { title: "SHA-256" },
  { title: "Found at" },
];
const GAP_COLUMNS: Column[] = ["Kind", { title: "Count", as: "n" }, { title: "For example" }];

/** Places of a page that were followed in part, the worst of them: the JSON has all. */
const CUTS = 24;

/** Baked-in values that go where credentials go. Never the value itself, unless it was revealed. */
export function credentialTable({ credentials }: Report): Markup | null {
  if (credentials.length === 0) return null;
  return html`${headingMarkup("keys", "Keys", String(credentials.length))}
<p class="about">Values baked into the package that are sent where credentials stand. Many are made to be public,
such as those that can only write.</p>
${tableFrame(
  "Keys",
  html`<table class="stacked">${tableHead(KEY_COLUMNS)}
<tbody>${credentials.map(
    ({ kind, prefix, value, sentAs, sha256, publicByDesign, evidence }) =>
      html`<tr><th scope="row">${kind}${publicByDesign === true ? html`<br><span class="soft">public by design</span>` : null}</th><td><code>${value ?? prefix}</code></td><td>${sent(sentAs)}</td><td><code>${sha256}</code></td><td class="lines">${evidenceText(evidence)}</td></tr>`,
  )}</tbody></table>`,
)}`;
}

const sent = (as: string | undefined): Markup =>
  as === undefined ? html`<span class="soft">not seen</span>` : html`<code>${as}</code>`;

/** URLs that no network call was seen to use, by what they are for. */
export function referenceList({ references }: Report): Markup | null {
  if (references.length === 0) return null;
  return html`${headingMarkup("references", "References", String(references.length))}
<p class="about">URLs in the package that no network call was seen to use.</p>
${[...grouped(references, (reference) => reference.class)].map(
  ([name, own]) =>
    html`<details class="lines"><summary>${name} (${own.length})</summary>${own.map(({ url, evidence: [first] }) => html`${url}${first === undefined ? "" : `  ${first.file}:${first.line}`}${LINE}`)}</details>`,
)}`;
}

/** Whatever was skipped, cut or not understood. */
export function diagnosticTable(report: Report): Markup | null {
  const { diagnostics } = report;
  if (diagnostics.length === 0) return null;
  return html`${headingMarkup("gaps", "Not understood", String(diagnostics.length))}
<p class="about">Skipped, cut or unresolved: counted, and never dropped in silence.</p>
${tableFrame(
  "Not understood",
  html`<table class="stacked">${tableHead(GAP_COLUMNS)}
<tbody>${diagnostics.map(gapRow)}</tbody></table>`,
)}
${cutDetails(report)}`;
}

const gapRow = ({ kind, count, detail }: Diagnostic): Markup =>
  html`<tr><th scope="row">${kind}</th><td class="n">${count}</td><td><code>${detail}</code></td></tr>`;

function cutDetails(report: Report): Markup | null {
  const lines = cutLines(report);
  if (lines.length === 0) return null;
  return html`<details class="lines"><summary>Followed in part (${lines.length})</summary>${lines.slice(0, CUTS).map(({ words, evidence, endpoints }) => html`${words}  ${evidence.file}:${evidence.line}${LINE}${endpoints.map((text) => html`    ${text}${LINE}`)}`)}</details>`;
}
