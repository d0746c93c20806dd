import { grouped } from "../../model/group.ts";
import type { BlockEffect, Evidence, Gate } from "../../model/report.ts";
import { effectOf, effectOnIt } from "../../model/switches/gates.ts";
import { settingWords } from "../digest/words.ts";
import { channelInk } from "./channel-ink.ts";
import { html, type Markup } from "./markup.ts";

/** A heading with a target for links, and what it counts. */
export const headingMarkup = (id: string, title: string, note: string): Markup =>
  html`<h2 id="${id}">${title} <small>${note}</small></h2>`;

const EFFECT_WORD = { safe: "safe", degrades: "degrades", breaks: "breaks" } satisfies Record<BlockEffect, string>;

export const effectTag = (effect: BlockEffect): Markup =>
  html`<span class="tag ${EFFECT_WORD[effect]}">${EFFECT_WORD[effect]}</span>`;

export const channelName = (channel: string): Markup =>
  html`<span class="channel"><span class="dot d${channelInk(channel)}"></span>${channel}</span>`;

export const codes = (texts: readonly string[]): Markup[] =>
  texts.map((text, index) => html`${index === 0 ? "" : ", "}<code>${text}</code>`);

/** `silences it: A=1, setting B=false; redirects it: C`, each with one value that acts. */
export const gateLines = (gates: readonly Gate[]): string =>
  [...grouped(gates, effectOf)].map(([effect, own]) => `${effect} it: ${own.map(actingWords).join(", ")}`).join("; ");

/** What redirects takes any value. */
const actingWords = (gate: Gate): string =>
  settingWords(gate.effect === "redirects" ? { kind: gate.kind, name: gate.name } : gate);

/** A URL whose host and open parts stand out. */
export function urlText(host: string, path: string): Markup {
  const marked = (text: string) =>
    text.split(/(\{[^{}]*\})/).map((part, index) => (index % 2 === 1 ? html`<var>${part}</var>` : part));
  return html`<b>${marked(host)}</b>${marked(path)}`;
}

export const gateWords = (gates: readonly Gate[]): Markup[] =>
  gates.map(
    (gate, index) => html`${index === 0 ? "" : html`<br>`}${gate.kind} <code>${gate.name}</code> ${effectOnIt(gate)}`,
  );

const PLACES = 3;
const STEPS = 2;
/** A line break in text; one inside a value would be neutralised. */
export const LINE = html`\n`;

/** A line for each place: where it stands, its original source, and the steps that lead to the first. */
export function evidenceText(evidence: readonly Evidence[], most = PLACES): Markup[] {
  const lines = evidence
    .slice(0, most)
    .flatMap(({ file, line, column, source, derivation = [] }, index) => [
      `${file}:${line}:${column}${source === undefined ? "" : ` from ${source.file}:${source.line}`}`,
      ...(index > 0 ? [] : derivation.slice(0, STEPS).map((step) => `- ${step.what} at ${step.line}:${step.column}`)),
    ]);
  const more = evidence.length - most;
  const all = [...lines, ...(more > 0 ? [`and ${more} more places`] : [])];
  return all.map((line, index) => html`${index === 0 ? "" : LINE}${line}`);
}

/**
 * A line for each row that says something, as text: a page of thousands of rows can't have an element for each word.
 */
export const factLines = (
  rows: readonly [label: string, content: Markup | readonly Markup[] | string | null][],
): Markup =>
  html`${rows.flatMap(([label, content]) =>
    content === null || content === "" || (Array.isArray(content) && content.length === 0)
      ? []
      : [html`${label}: ${content as Markup}${LINE}`],
  )}`;

/**
 * Choices that narrow a table; shown by the script, since nothing else could act on them. A choice looks at the first
 * word of a cell in its column, without one at the row's data of its name.
 */
export function filterBox(
  table: string,
  choices: readonly { name: string; label: string; column: number | null; values: readonly string[] }[],
): Markup {
  return html`<div class="controls" data-filter="${table}" hidden>
${choices.map(
  ({
    name,
    label,
    column,
    values,
  }) => html`<label>${label}<select name="${name}"${column === null ? null : html` data-column="${column}"`}><option value="">all</option>${values.map((value) => html`<option>${value}</option>`)}</select></label>
`,
)}<output aria-live="polite"></output>
</div>`;
}

/** A table that may scroll sideways inside its frame, reachable by keyboard. */
export const tableFrame = (label: string, table: Markup): Markup =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
