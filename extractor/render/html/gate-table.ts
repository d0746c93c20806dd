import { effectOf } from "../../model/gates.ts";
import { grouped } from "../../model/group.ts";
import type { Endpoint, Gate, Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { gateMatrix, KIND_NAMES, type SwitchRow } from "../gates/matrix.ts";
import { html, type Markup } from "./markup.ts";
import { codes, facts, filterBox, heading, tableFrame } from "./parts.ts";

const EFFECT_WORDS = {
  silences: { cell: "off", label: "silences" },
  enables: { cell: "on", label: "enables" },
  redirects: { cell: "moved", label: "redirects" },
  "partly silences": { cell: "partly off", label: "partly silences" },
  "partly enables": { cell: "partly on", label: "partly enables" },
};
type Effect = keyof typeof EFFECT_WORDS;
const EFFECTS = Object.keys(EFFECT_WORDS) as Effect[];
const EVENTS = 30;

/** Switches against what they act on: one column for each channel, one for events. A row opens to show which. */
export function gateTable(report: Report): Markup | null {
  const { switches } = gateMatrix(report);
  const acting = new Set(switches.filter(({ kind }) => kind === "env").map(({ name }) => name));
  const idle = report.environment.map(({ name }) => name).filter((name) => !acting.has(name));
  if (switches.length + idle.length === 0) return null;
  return html`${heading("switches", "Switches", String(switches.length))}
<p class="about">Environment variables, settings and remote flags that change what is sent, against how many endpoints of each channel and how many events they reach. off: silenced where it is set; on: sent only where it is set; moved: it says where the request goes; partly: other code paths bypass it. Open a row to see which.</p>
${switches.length === 0 ? null : matrix(report.endpoints, switches)}
${idle.length === 0 ? null : html`<details class="after"><summary>${count(idle.length, "other environment variable")} read, with no effect seen on what is sent</summary><p class="inside">${codes(idle)}</p></details>`}`;
}

function matrix(endpoints: readonly Endpoint[], switches: readonly SwitchRow[]): Markup {
  const reached = new Set(switches.flatMap((row) => row.endpoints.map(({ endpoint }) => endpoint.channel)));
  const sizes = [...grouped(endpoints, ({ channel }) => channel)].sort(([, a], [, b]) => b.length - a.length);
  const channels = sizes.filter(([channel]) => reached.has(channel));
  const anyEvents = switches.some(({ events }) => events.length > 0);
  const kinds = [...new Set(switches.map(({ kind }) => kind))];
  return html`${filterBox("switch-table", "name, URL, event", [{ name: "kind", label: "Kind", values: kinds }])}
${tableFrame(
  "Switches",
  html`<table id="switch-table" class="matrix names"><thead><tr><th scope="col" data-sort>Switch</th>${channels.map(([channel, own]) => html`<th scope="col" class="n wide" data-sort>${channel} <span class="num">of ${own.length}</span></th>`)}${anyEvents ? html`<th scope="col" class="n wide" data-sort>events</th>` : null}</tr></thead>
<tbody>${switches.map(
    (row) =>
      html`<tr data-kind="${row.kind}"><th scope="row" data-key="${row.name}"><details><summary><code>${row.name}</code>${row.kind === "env" ? null : html` <span class="soft">${KIND_NAMES[row.kind]}</span>`}</summary>${inside(row)}</details><p class="narrow">${summary(row)}</p></th>${channels.map(
        ([channel]) => cell(row.endpoints.filter(({ endpoint }) => endpoint.channel === channel)),
      )}${anyEvents ? cell(row.events) : null}</tr>
`,
  )}</tbody></table>`,
)}`;
}

type Touched = readonly Pick<Gate, "effect" | "ways">[];

const countsOf = (touched: Touched): [Effect, number][] =>
  EFFECTS.map((effect): [Effect, number] => [effect, touched.filter((one) => effectOf(one) === effect).length]).filter(
    ([, n]) => n > 0,
  );

function cell(touched: Touched): Markup {
  const words = countsOf(touched).map(
    ([effect, n], index) =>
      html`${index === 0 ? "" : " "}<span class="${effect}">${n} ${EFFECT_WORDS[effect].cell}</span>`,
  );
  return html`<td class="n wide" data-key="${touched.length}">${words.length === 0 ? html`<span class="soft">–</span>` : words}</td>`;
}

/** `silences 2 endpoints, 5 events`, for a screen too narrow for columns. */
const summary = (row: SwitchRow): string =>
  EFFECTS.flatMap((effect) => {
    const what = [
      [row.endpoints.filter((one) => effectOf(one) === effect).length, "endpoint"],
      [row.events.filter((one) => effectOf(one) === effect).length, "event"],
    ] as const;
    const words = what.flatMap(([n, noun]) => (n === 0 ? [] : [count(n, noun)]));
    return words.length === 0 ? [] : [`${EFFECT_WORDS[effect].label} ${words.join(", ")}`];
  }).join("; ");

function inside({ endpoints, events }: SwitchRow): Markup {
  return html`<div class="inside">${facts(
    EFFECTS.flatMap((effect): [string, Markup | null][] => {
      const own = endpoints.filter((one) => effectOf(one) === effect);
      const names = events.filter((one) => effectOf(one) === effect).map(({ name }) => name);
      const { label } = EFFECT_WORDS[effect];
      return [
        [label, own.length === 0 ? null : endpointLinks(own.map(({ endpoint }) => endpoint))],
        [`${label} events`, names.length === 0 ? null : eventNames(names)],
      ];
    }),
  )}</div>`;
}

const endpointLinks = (endpoints: readonly Endpoint[]): Markup =>
  html`<ul class="plain">${endpoints.map(({ id, method, url }) => html`<li><a href="#e-${id}"><code>${method} ${url}</code></a></li>`)}</ul>`;

/** All of them stand in the table of events, where they can be searched by the switch. */
const eventNames = (names: readonly string[]): Markup =>
  html`${codes(names.slice(0, EVENTS))}${names.length > EVENTS ? html` <span class="soft">and ${names.length - EVENTS} more: search the events for the switch</span>` : null}`;
