import { effectOf } from "../../model/gates.ts";
import type { BlockEffect, Evidence, Gate } from "../../model/report.ts";
import { channelInk } from "./channel-ink.ts";
import { html, type Markup } from "./markup.ts";

/** A heading with a target for links, and what it counts. */
export const heading = (id: string, title: string, note: string): Markup =>
  html`<h2 id="${id}">${title} <small>${note}</small></h2>`;

const EFFECT_WORD = { safe: "safe", degrades: "degrades", breaks: "breaks" } satisfies Record<BlockEffect, string>;

export const effectTag = (effect: BlockEffect): Markup =>
  html`<span class="tag ${EFFECT_WORD[effect]}">${EFFECT_WORD[effect]}</span>`;

export const channelName = (channel: string): Markup =>
  html`<span class="channel"><span class="dot d${channelInk(channel)}"></span>${channel}</span>`;

export const codes = (texts: readonly string[]): Markup[] =>
  texts.map((text, index) => html`${index === 0 ? "" : ", "}<code>${text}</code>`);

/** A URL whose host and open parts stand out. */
export function urlText(host: string, path: string): Markup {
  const marked = (text: string) =>
    text.split(/(\{[^{}]*\})/).map((part, index) => (index % 2 === 1 ? html`<span class="hole">${part}</span>` : part));
  return html`<code class="url"><span class="host">${marked(host)}</span><span class="path">${marked(path)}</span></code>`;
}

export const gateWords = (gates: readonly Gate[]): Markup[] =>
  gates.map(
    (gate, index) => html`${index === 0 ? "" : html`<br>`}${gate.kind} <code>${gate.name}</code> ${effectOf(gate)} it`,
  );

const PLACES = 20;

/** Where it stands in the package, the original source where a map gave one, and the steps that lead to it. */
export function evidenceList(evidence: readonly Evidence[]): Markup {
  const more = evidence.length - PLACES;
  return html`<ul class="plain">${evidence
    .slice(0, PLACES)
    .map(
      ({ file, line, column, source, derivation = [] }) =>
        html`<li><code>${file}:${line}:${column}</code>${
          source === undefined ? null : html` <span class="soft">from <code>${source.file}:${source.line}</code></span>`
        }${derivation.length === 0 ? null : html`<ol class="steps">${derivation.map((step) => html`<li><code>${step.what}</code> at ${step.line}:${step.column}</li>`)}</ol>`}</li>`,
    )}${more > 0 ? html`<li class="soft">and ${more} more places</li>` : null}</ul>`;
}

/** Rows of a definition list; those without content are left out. */
export const facts = (rows: readonly [label: string, content: Markup | readonly Markup[] | string | null][]): Markup =>
  html`<dl>${rows.flatMap(([label, content]) =>
    content === null || content === "" || (Array.isArray(content) && content.length === 0)
      ? []
      : [html`<dt>${label}</dt><dd>${content as Markup}</dd>`],
  )}</dl>`;

/** Choices that narrow a table; shown by the script, since nothing else could act on them. */
export function filterBox(
  table: string,
  placeholder: string,
  choices: readonly { name: string; label: string; values: readonly string[] }[],
): Markup {
  return html`<div class="controls" data-filter="${table}" hidden>
<label>Search<input type="search" name="text" placeholder="${placeholder}" autocomplete="off"></label>
${choices.map(
  ({
    name,
    label,
    values,
  }) => html`<label>${label}<select name="${name}"><option value="">all</option>${values.map((value) => html`<option>${value}</option>`)}</select></label>
`,
)}<output aria-live="polite"></output>
</div>`;
}

/** A table that may scroll sideways inside its frame, reachable by keyboard. */
export const tableFrame = (label: string, table: Markup): Markup =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
