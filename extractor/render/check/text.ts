import type { Check } from "../../model/check.ts";
import { grouped } from "../../model/group.ts";
import { splitAddress } from "../address.ts";
import { count } from "../count.ts";
import { BLOCKING } from "../facts.ts";
import type { Rendering } from "../rendering.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, page, wrap } from "../text/page.ts";
import { requestLines } from "./request-lines.ts";
import { runLines } from "./run-lines.ts";
import { conclusion, doubts } from "./verdicts.ts";

type Section = (check: Check, sheet: Page) => string[];

const SECTIONS: Section[] = [
  header,
  runLines,
  requestLines,
  disagreements,
  channels,
  dormant,
  events,
  data,
  hosts,
  baseline,
  diagnostics,
];

/** A check as a page for people. Text from packages and captures is neutralised. */
export function renderCheckText(check: Check, rendering: Rendering): string {
  const sheet = page(rendering);
  const sections = SECTIONS.map((section) => section(check, sheet)).filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function header(check: Check, sheet: Page): string[] {
  const { name, version } = check.package;
  const files = check.captures.map(
    ({ file, format, records, complete }) =>
      `${visible(file)} (${visible(format)}, ${count(records, "request")}${complete ? "" : ", damaged"})`,
  );
  const { shown, more } = cut(sheet, files, 4);
  return [
    sheet.ink.bold(`${visible(`${name} ${version}`)}: predicted against observed`),
    ...wrap(sheet, "", more > 0 ? [...shown, `${more} more files`] : shown, " · ").map(sheet.ink.dim),
    ...doubts(check).flatMap((line) => wrap(sheet, "", visible(line).split(" "), " ")),
    ...wrap(sheet, "", conclusion(check), " · "),
  ];
}

function dormant(check: Check, sheet: Page): string[] {
  if (check.dormant.length === 0) return [];
  // What is explained says more than what may be explained, and both more than a short run.
  const groups = [...grouped(check.dormant, ({ reason }) => reason)].sort(
    ([a], [b]) => Number(a.startsWith("not exercised")) - Number(b.startsWith("not exercised")) || b.length - a.length,
  );
  return [
    ...heading(sheet, "dormant", `${count(check.dormant.length, "predicted endpoint")} not seen`),
    ...groups.flatMap(([reason, rows]) => {
      const { shown, more } = cut(sheet, [...rows].sort(byOpenness), 8);
      return [
        `  ${visible(reason)} (${rows.length})`,
        ...shown.map(({ method, url }) => sheet.ink.dim(`    ${method.padEnd(6)} ${visible(url)}`)),
        ...moreLine(sheet, "    ", more, "endpoint"),
      ];
    }),
  ];
}

function disagreements(check: Check, sheet: Page): string[] {
  if (check.disagreements.length + check.events.disagreements.length === 0) return [];
  const urls = new Map(check.firings.map(({ id, method, url }) => [id, `${method} ${url}`]));
  return [
    ...heading(sheet, "disagreements", "fired although the environment should silence it"),
    ...check.disagreements.map(
      ({ id, gate, count: times }) => `  ${visible(`${urls.get(id) ?? id} ×${times}: ${gate.kind} ${gate.name}`)}`,
    ),
    ...check.events.disagreements.map(
      ({ name, gate, count: times }) => `  ${visible(`event ${name} ×${times}: ${gate.kind} ${gate.name}`)}`,
    ),
  ];
}

/** Known hosts first: a URL that begins with a hole tells a reader little. */
const byOpenness = (a: { url: string }, b: { url: string }): number => openness(a.url) - openness(b.url);

const openness = (url: string): number => {
  const { host } = splitAddress(url);
  return host.includes("{") ? 2 : /^[a-z+]+:/.test(host) ? 1 : 0;
};

function channels(check: Check, sheet: Page): string[] {
  if (check.channels.length === 0) return [];
  const touched = [...check.channels].sort((a, b) => b.requests - a.requests || b.fired - a.fired);
  const width = longest(touched.map(({ channel }) => visible(channel)));
  return [
    ...heading(sheet, "channels", "endpoints that fired, of those predicted"),
    ...touched.map(({ channel, fired, dormant: unseen, requests }) => {
      const line = `  ${visible(channel).padEnd(width)}  ${fired} of ${fired + unseen}`;
      return fired === 0 ? sheet.ink.dim(line) : `${line}${sheet.ink.dim(`, ${count(requests, "request")}`)}`;
    }),
  ];
}

function events(check: Check, sheet: Page): string[] {
  const { seen, dormant: unseen, unpredicted, silenced } = check.events;
  if (seen.length + silenced.length === 0) return [];
  const fresh = seen.filter(({ unpredictedFields }) => unpredictedFields.length > 0);
  const names = cut(sheet, unpredicted, 20);
  const fields = cut(sheet, fresh, 10);
  return [
    ...heading(
      sheet,
      "events",
      `${seen.length} seen, ${unpredicted.length} of them unpredicted, ${unseen.length} predicted and not seen`,
    ),
    ...(unpredicted.length === 0 ? [] : wrap(sheet, "  unpredicted  ", names.shown.map(visible))),
    ...moreLine(sheet, "  ", names.more, "event"),
    ...silenced.map(({ reason, names: held }) => `  ${visible(reason)}: ${count(held.length, "event")} silenced`),
    ...fields.shown.flatMap(({ name, unpredictedFields }) =>
      wrap(sheet, `  ${visible(name)} has also  `, unpredictedFields.map(visible)),
    ),
    ...moreLine(sheet, "  ", fields.more, "event"),
  ];
}

function data(check: Check, sheet: Page): string[] {
  const classes = Object.entries(check.dataClasses);
  const persistent = cut(sheet, check.identifiers, 10);
  return [
    ...(classes.length === 0 ? [] : heading(sheet, "data", "names on the wire, by what they say")),
    ...classes.flatMap(([id, { fields, hosts }]) => {
      const { shown, more } = cut(sheet, fields, 12);
      const words = [...shown.map(visible), ...(more > 0 ? [`${more} more`] : [])];
      return wrap(sheet, `  ${id.padEnd(12)} `, [...words, `to ${count(hosts.length, "host")}`]);
    }),
    ...persistent.shown.map(({ names, requests: times, hosts, acrossCaptures }) => {
      const where = `${count(times, "request")}, ${count(hosts.length, "host")}${acrossCaptures ? ", several captures" : ""}`;
      return `  same value   ${visible(names.join(", "))} (${where})`;
    }),
    ...moreLine(sheet, "  ", persistent.more, "identifier"),
  ];
}

function hosts(check: Check, sheet: Page): string[] {
  const { shown, more } = cut(sheet, check.hosts, 30);
  return [
    ...heading(sheet, "hosts", count(check.hosts.length, "host")),
    ...shown.map(({ host, requests: times, verdicts, ifBlocked }) => {
      const effect =
        ifBlocked === null ? "nothing predicted there" : `${BLOCKING[ifBlocked.effect]}: ${visible(ifBlocked.reason)}`;
      return `  ${visibleHost(host)}  ${sheet.ink.dim(`×${times} ${verdicts.join(", ")}; ${effect}`)}`;
    }),
    ...moreLine(sheet, "  ", more, "host"),
  ];
}

function baseline(check: Check, sheet: Page): string[] {
  if (check.baseline === null) return [];
  const { newlyFiring, noLongerFiring, newUnpredicted, newEvents, goneEvents } = check.baseline;
  const urls = new Map([...check.firings, ...check.dormant].map(({ id, method, url }) => [id, `${method} ${url}`]));
  const named = (id: string) => visible(urls.get(id) ?? id);
  const lists: [string, string[]][] = [
    ["newly fires", newlyFiring.map(named)],
    ...reasoned("no longer fires", noLongerFiring, ({ id }) => named(id)),
    ["newly unpredicted", newUnpredicted.map(visible)],
    ["new events", newEvents.map(visible)],
    ...reasoned("events gone", goneEvents, ({ name }) => visible(name)),
  ];
  const found = lists.filter(([, items]) => items.length > 0);
  return [
    ...heading(sheet, "since the baseline", found.length === 0 ? "nothing changed" : "what fires differently now"),
    ...found.flatMap(([title, items]) => {
      const { shown, more } = cut(sheet, items, 20);
      return [
        `  ${title} (${items.length})`,
        // Names of events are short; requests stand on lines of their own.
        ...(title.includes("events") ? wrap(sheet, "    ", shown) : shown.map((item) => `    ${item}`)).map(
          sheet.ink.dim,
        ),
        ...moreLine(sheet, "    ", more, "row"),
      ];
    }),
  ];
}

function reasoned<T extends { reason: string }>(
  title: string,
  items: readonly T[],
  name: (item: T) => string,
): [string, string[]][] {
  return [...grouped(items, ({ reason }) => reason)].map(([reason, same]) => [
    `${title}: ${visible(reason)}`,
    same.map(name),
  ]);
}

function diagnostics(check: Check, sheet: Page): string[] {
  if (check.diagnostics.length === 0) return [];
  return [
    ...heading(sheet, "not read, or not sure", "counted, never dropped in silence"),
    ...check.diagnostics.flatMap(({ kind, count: times, detail }) =>
      wrap(sheet, `  ${kind} ×${times}  `, visible(detail).split(" "), " "),
    ),
  ];
}
