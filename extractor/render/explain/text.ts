import type { Derivation, Explanation, Place, Step } from "../../model/explanation.ts";
import { count } from "../count.ts";
import type { Rendering } from "../rendering.ts";
import { visible } from "../terminal.ts";
import { cut, moreLine, type Page, page, wrap } from "../text/page.ts";

/** Calls, or ways to one, that are written out. */
const DERIVATIONS = 4;
const OTHERS = 10;

/** The endpoint, then for each call that sends to it the values its URL is made of, inwards to the literals. */
export function renderExplanationText(explanation: Explanation, rendering: Rendering): string {
  const sheet = page(rendering);
  const { endpoint, derivations, others } = explanation;
  const { shown, more } = cut(sheet, derivations, DERIVATIONS);
  const places = cut(sheet, others, OTHERS);
  const lines = [
    `${sheet.ink.bold(`${endpoint.method} ${visible(endpoint.url)}`)}  ${sheet.ink.dim(endpoint.id)}`,
    ...endpoint.alternatives.flatMap((url) => wrap(sheet, "  or ", [visible(url)])),
    ...shown.flatMap((derivation) => ["", ...derivationLines(derivation, sheet)]),
    ...moreLine(sheet, "", more, "way"),
    ...(others.length === 0 ? [] : ["", "found without steps at"]),
    ...places.shown.map((place) => `  ${placeText(place)}`),
    ...moreLine(sheet, "  ", places.more, "place"),
  ];
  return `${lines.join("\n")}\n`;
}

function derivationLines({ sink, place, callers, otherCallers, url, method }: Derivation, sheet: Page): string[] {
  const also =
    otherCallers === 0 ? "" : sheet.ink.dim(`  (and through ${count(otherCallers, "other chain")} of callers)`);
  return [
    `${sheet.ink.cyan(visible(sink))}  ${placeText(place)}`,
    ...callers.map((caller, i) => `  called ${atPlace(caller)}${i === callers.length - 1 ? also : ""}`),
    ...stepLines("url", url, sheet),
    ...stepLines("method", method, sheet),
  ];
}

function stepLines(title: string, steps: readonly Step[], sheet: Page): string[] {
  if (steps.length === 0) return [];
  const told = new Set<string>();
  return [`  ${title}`, ...steps.flatMap((step) => oneStep(step, 4, told, sheet))];
}

/** `VALUE  WHAT, file:line:column`, and below it what the value is made of, the first time it is told. */
function oneStep(step: Step, indent: number, told: Set<string>, sheet: Page): string[] {
  const { what, value, place, from } = step;
  const content = JSON.stringify(step);
  const again = from.length > 0 && told.has(content);
  told.add(content);
  const shown = value === "" ? "" : `${visible(value)}  `;
  return [
    `${" ".repeat(indent)}${shown}${sheet.ink.dim(`${visible(what)}, ${placeText(place)}${again ? ", as above" : ""}`)}`,
    ...(again ? [] : from.flatMap((inner) => oneStep(inner, indent + 2, told, sheet))),
  ];
}

/** `at cli.js:1:200`, `in main, cli.js:1:200` */
const atPlace = (place: Place): string => `${place.within?.name === undefined ? "at " : ""}${placeText(place)}`;

/** `in Client.send of src/client.ts, cli.js:1:200 (src/client.ts:41:5)` */
function placeText({ file, line, column, source, within }: Place): string {
  const around = [
    ...(within?.name === undefined ? [] : [`in ${visible(within.name)}`]),
    ...(within?.module === undefined ? [] : [`of ${visible(within.module)}`]),
  ].join(" ");
  const original = source === undefined ? "" : ` (${visible(source.file)}:${source.line}:${source.column})`;
  return `${around}${around === "" ? "" : ", "}${visible(file)}:${line}:${column}${original}`;
}
