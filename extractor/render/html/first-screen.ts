import type { Report } from "../../model/report.ts";
import type { ReportingRow } from "../../model/summary.ts";
import { count } from "../count.ts";
import { summaryOf } from "../digest/summary.ts";
import { NOT_BLOCKED, nothingTold, settingWords, valueWords } from "../digest/words.ts";
import { describeCredential } from "../facts.ts";
import { rhythmWords } from "../pipeline-words.ts";
import { html, type Markup } from "./markup.ts";
import { type Column, tableHead } from "./table-head.ts";

const COLUMNS: Column[] = ["What", "Goes to", "Stopped by"];

const ROWS = 8;

/** What one wants to know first: who is told, what is sent, what stops it, what is open. */
export function firstScreenMarkup(report: Report): Markup {
  const { reports, content, keys, strongest, blocking, uncertain } = summaryOf(report);
  const byHash = new Map(report.credentials.map((one) => [one.sha256, one]));
  const facts: [string, Markup | string | null][] = [
    [
      "Your content goes to",
      content.length === 0
        ? "nothing found that sends any"
        : html`${content
            .slice(0, ROWS)
            .map(
              ({ what, method, address, endpoints, movedBy, stoppedBy }) =>
                html`<div>${what}: <a href="#e-${endpoints[0]!}">${method} ${address}</a>${others(endpoints)}${note([
                  ...(what === "model" || stoppedBy[0] === undefined
                    ? []
                    : [`stopped by ${settingWords(stoppedBy[0])}`]),
                  ...(movedBy[0] === undefined ? [] : [`${movedBy[0].name} moves it`]),
                ])}</div>`,
            )}${more(content.length - ROWS, "place")}`,
    ],
    [
      "Keys",
      keys.length === 0
        ? null
        : html`${keys.slice(0, ROWS).map(({ sha256, hosts }) => html`<div>${describeCredential(byHash.get(sha256)!)}${hosts[0] === undefined ? null : ` to ${hosts[0]}`}</div>`)}${more(keys.length - ROWS, "key")}`,
    ],
    [
      "Strongest switch",
      strongest === null
        ? reports.length === 0
          ? null
          : "none found that stops all of what one destination is told"
        : html`${copied(valueWords(strongest.setting))}: ${count(strongest.endpoints, "endpoint")} and ${count(strongest.events, "event")} fewer; leaves ${
            strongest.leaves.length === 0
              ? "none of the above"
              : strongest.leaves.map((index) => reports[index]!.address).join(", ")
          }`,
    ],
    [
      "Block by name",
      blocking.names.length + blocking.not.length === 0
        ? null
        : html`${blocking.names.length === 0 ? "no host: what they tell goes where the tool must go" : blocking.names.map((name, index) => html`${index === 0 ? "" : ", "}${copied(name)}`)}${blocking.not.length === 0 ? null : `. Not ${blocking.not.map(({ host, why }) => `${host} (${NOT_BLOCKED[why]})`).join(", ")}`}`,
    ],
    ["Not certain", uncertain.length === 0 ? null : uncertain.join(" · ")],
  ];
  return html`<section class="screen" aria-labelledby="short"><h2 id="short">Reports on you</h2>
${reports.length === 0 ? html`<p>${nothingTold(report)}</p>` : html`<table>${tableHead(COLUMNS)}<tbody>${reports.slice(0, ROWS).map((row) => reportingRow(row, report))}</tbody></table>${more(reports.length - ROWS, "destination")}`}
<dl class="brief">${facts.flatMap(([label, value]) => (value === null ? [] : [html`<dt>${label}</dt><dd>${value}</dd>`]))}</dl></section>`;
}

function reportingRow(row: ReportingRow, report: Report): Markup {
  const pipeline = report.pipelines?.find(({ endpoint }) => endpoint === row.endpoints[0]);
  const [stopped] = row.stoppedBy;
  const [partly] = row.partlyStoppedBy;
  const about = [
    ...(row.onlyWith.length > 0 ? [`only with ${row.onlyWith.map(settingWords).join(" and ")}`] : []),
    ...(pipeline === undefined ? [] : rhythmWords(pipeline).map((words) => words.replace(/ \([^)]*\)/g, ""))),
    ...(pipeline?.dimensions === undefined ? [] : [`${count(pipeline.dimensions.count, "field")} each`]),
  ];
  const switches =
    stopped !== undefined
      ? copied(settingWords(stopped))
      : partly !== undefined
        ? html`partly ${copied(settingWords(partly))}`
        : row.onlyWith.length > 0
          ? "off by itself"
          : "no switch found";
  return html`<tr><td>${row.events > 0 ? count(row.events, "event") : row.channel}</td><td><a href="#e-${row.endpoints[0]!}">${row.method} ${row.address}</a>${others(row.endpoints)}${note(about)}</td><td>${switches}</td></tr>
`;
}

/** With a button that copies it, shown by the script. */
const copied = (text: string): Markup =>
  html`<code>${text}</code><button type="button" class="copy" data-copy="${text}" aria-label="Copy ${text}" hidden>copy</button>`;

const others = ({ length }: readonly string[]): string => (length > 1 ? ` and ${length - 1} more` : "");
const note = (words: readonly string[]): Markup | null =>
  words.length === 0 ? null : html` <span class="soft">${words.join(", ")}</span>`;
const more = (n: number, noun: string): Markup | null =>
  n > 0 ? html`<p class="soft">and ${count(n, `more ${noun}`)}</p>` : null;
