import type { Change, Diff, EndpointChange } from "../../model/diff.ts";
import type { Endpoint } from "../../model/report.ts";
import { gateText } from "../../model/switches/gates.ts";
import { count } from "../count.ts";
import { BLOCKING, describeCredential, gateFacts } from "../facts.ts";
import type { Rendering } from "../rendering.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, moreLine, type Page, page, wrap } from "../text/page.ts";
import { changedSwitches, changesNothing, readableChanges, sharedChanges, summary, titleOf } from "./summary.ts";

type Section = (diff: Diff, sheet: Page) => string[];

const SECTIONS: Section[] = [header, endpoints, hosts, events, credentials, environment, gates];

/** Diffs as a page for people, one after the other. Text from packages is neutralised. */
export function renderDiffText(diffs: readonly Diff[], rendering: Rendering): string {
  const sheet = page(rendering);
  const pages = diffs.map((diff) =>
    SECTIONS.map((section) => section(diff, sheet))
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n"))
      .join("\n\n"),
  );
  return `${pages.join("\n\n\n")}\n`;
}

function header(diff: Diff, sheet: Page): string[] {
  const title = sheet.ink.bold(visible(titleOf(diff)));
  return [title, ...(changesNothing(diff) ? ["nothing changed"] : wrap(sheet, "", summary(diff), " · "))];
}

const inks = (sheet: Page) => ({
  added: (text: string) => sheet.ink.green(`  + ${text}`),
  removed: (text: string) => sheet.ink.red(`  - ${text}`),
  changed: (text: string) => sheet.ink.yellow(`  ~ ${text}`),
});

const ROWS = 100;
const FEW = 12;

function endpoints(diff: Diff, sheet: Page): string[] {
  const { added, removed, changed } = diff.endpoints;
  if (added.length + removed.length + changed.length === 0) return [];
  const ink = inks(sheet);
  const list = <T>(rows: readonly T[], lines: (row: T) => string[]): string[] => {
    const { shown, more } = cut(sheet, rows, ROWS);
    return [...shown.flatMap(lines), ...moreLine(sheet, "  ", more, "endpoint")];
  };
  return [
    sheet.ink.bold(sheet.ink.magenta("endpoints")),
    ...list(added, (one) => [ink.added(address(one)), ...about(one, sheet)]),
    ...list(removed, (one) => [ink.removed(address(one)), ...about(one, sheet)]),
    ...list(changed, (one) => [
      ink.changed(address(one)),
      ...readableChanges(one, diff).flatMap((row) => changeLines(row, sheet)),
    ]),
  ];
}

const address = ({ method, url }: Pick<EndpointChange, "method" | "url">): string =>
  `${method.padEnd(6)} ${visible(url)}`;

function about(endpoint: Endpoint, sheet: Page): string[] {
  const { channel, ifBlocked, headers } = endpoint;
  const words = [
    visible(channel),
    `${BLOCKING[ifBlocked.effect]} (${visible(ifBlocked.reason)})`,
    ...gateFacts(endpoint).map(({ label, words }) => `${label} ${words.join(", ")}`),
    ...(headers.length > 0 ? [`headers ${headers.slice(0, FEW).map(visible).join(", ")}`] : []),
  ];
  return wrap(sheet, "           ", words, "; ").map(sheet.ink.dim);
}

function changeLines({ aspect, removed, added }: Change<string>, sheet: Page): string[] {
  const signed = [...removed.map((text) => `-${visible(text)}`), ...added.map((text) => `+${visible(text)}`)];
  const { shown, more } = cut(sheet, signed, FEW);
  return [
    ...wrap(sheet, `           ${aspect}  `, shown).map(sheet.ink.dim),
    ...moreLine(sheet, "           ", more, "entry"),
  ];
}

function hosts({ hosts: { added, removed } }: Diff, sheet: Page): string[] {
  return named("hosts", added.map(visibleHost), removed.map(visibleHost), sheet);
}

function events({ events: { added, removed, changed } }: Diff, sheet: Page): string[] {
  return [
    ...named("events", added.map(visible), removed.map(visible), sheet),
    ...(changed.length === 0 ? [] : heading(sheet, "changed events", count(changed.length, "event"))),
    ...sharedLines(changed, "event", sheet),
  ];
}

function sharedLines(
  rows: readonly { name: string; changes: readonly Change<string>[] }[],
  noun: string,
  sheet: Page,
): string[] {
  const { shown, more } = cut(sheet, sharedChanges(rows), ROWS);
  return [
    ...shown.flatMap(({ change, names }) => {
      const title = names.length === 1 ? visible(names[0]!) : `${count(names.length, noun)}: ${few(names)}`;
      return [inks(sheet).changed(title), ...changeLines(change, sheet)];
    }),
    ...moreLine(sheet, "  ", more, "change"),
  ];
}

function few(names: readonly string[]): string {
  const more = names.length - 3;
  return names.slice(0, 3).map(visible).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function credentials({ credentials: { added, removed, changed } }: Diff, sheet: Page): string[] {
  return [
    ...named("credentials", added.map(describeCredential), removed.map(describeCredential), sheet),
    ...sharedLines(
      changed.map(({ prefix, changes }) => ({ name: prefix, changes })),
      "credential",
      sheet,
    ),
  ];
}

function environment({ environment: { added, removed, changed } }: Diff, sheet: Page): string[] {
  return [
    ...named("environment", added.map(visible), removed.map(visible), sheet),
    ...sharedLines(changed, "variable", sheet),
  ];
}

function gates(diff: Diff, sheet: Page): string[] {
  const { added, removed } = diff.gates;
  const text = (gate: Diff["gates"]["added"][number]) => visible(gateText(gate));
  return [
    ...named("switches", added.map(text), removed.map(text), sheet),
    ...sharedLines(changedSwitches(diff), "switch", sheet),
  ];
}

/** One name on a line, so that the page can be searched and cut by other programs. */
function named(title: string, added: readonly string[], removed: readonly string[], sheet: Page): string[] {
  if (added.length + removed.length === 0) return [];
  const ink = inks(sheet);
  const list = (rows: readonly string[], paint: (text: string) => string): string[] => {
    const { shown, more } = cut(sheet, rows, ROWS);
    return [...shown.map(paint), ...moreLine(sheet, "  ", more, "name")];
  };
  return [
    ...heading(sheet, title, `${added.length} added, ${removed.length} removed`),
    ...list(added, ink.added),
    ...list(removed, ink.removed),
  ];
}
