import type { Check, Observed, Verdict } from "../../model/check.ts";
import { grouped } from "../../model/group.ts";
import { count } from "../count.ts";
import { BLOCKING } from "../facts.ts";
import type { Rendering } from "../rendering.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, moreLine, type Page, page, wrap } from "../text/page.ts";
import { conclusion, READING_ORDER, statusList, VERDICT_MEANING, withVerdict } from "./verdicts.ts";

type Section = (check: Check, sheet: Page) => string[];

const SECTIONS: Section[] = [header, requests, dormant, disagreements, events, data, hosts, baseline, diagnostics];

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
      `${visible(file)} (${format}, ${count(records, "request")}${complete ? "" : ", damaged"})`,
  );
  const { shown, more } = cut(sheet, files, 4);
  return [
    sheet.ink.bold(`${visible(`${name} ${version}`)}: predicted against observed`),
    ...wrap(sheet, "", more > 0 ? [...shown, `${more} more files`] : shown, " · ").map(sheet.ink.dim),
    ...wrap(sheet, "", conclusion(check), " · "),
  ];
}

const LIMIT: Record<Verdict, number> = {
  unpredicted: 50,
  "server-supplied": 30,
  "user-configured": 30,
  predicted: 40,
  "child-process": 20,
  bystander: 20,
  "interception-artefact": 20,
};

function requests(check: Check, sheet: Page): string[] {
  return READING_ORDER.flatMap((verdict) => {
    const rows = withVerdict(check, verdict);
    if (rows.length === 0) return [];
    const { shown, more } = cut(sheet, rows, LIMIT[verdict]);
    const title = heading(sheet, verdict, `${rows.length} distinct: ${VERDICT_MEANING[verdict]}`);
    return [
      ...title,
      ...shown.flatMap((row) => requestLines(row, sheet)),
      ...moreLine(sheet, "  ", more, "request"),
      "",
    ];
  }).slice(0, -1);
}

function requestLines(row: Observed, sheet: Page): string[] {
  const ink = row.verdict === "unpredicted" ? sheet.ink.red : sheet.ink.cyan;
  const query = row.query.length === 0 ? "" : `?${row.query.join("&")}`;
  const about = [
    `×${row.count}`,
    visible(statusList(row.statuses)),
    `from ${visible(row.sender.name)}`,
    ...(row.verdict === "predicted" ? [] : [visible(row.why)]),
    ...(row.endpoint === undefined ? [] : [`endpoint ${visible(row.endpoint)}`]),
  ];
  const nearest = (row.nearest ?? []).map(({ url, differs }) =>
    sheet.ink.dim(`      near ${visible(url)}: ${visible(differs)}`),
  );
  return [
    `  ${row.method.padEnd(6)} ${ink(visible(row.url + query))}`,
    ...wrap(sheet, "         ", about, " · ").map(sheet.ink.dim),
    ...nearest,
  ];
}

function dormant(check: Check, sheet: Page): string[] {
  if (check.dormant.length === 0) return [];
  const groups = [...grouped(check.dormant, ({ reason }) => reason)].sort(
    ([a], [b]) => Number(a === "not exercised") - Number(b === "not exercised"),
  );
  return [
    ...heading(sheet, "dormant", `${count(check.dormant.length, "predicted endpoint")} not seen`),
    ...groups.flatMap(([reason, rows]) => {
      const { shown, more } = cut(sheet, rows, 8);
      return [
        `  ${visible(reason)} (${rows.length})`,
        ...shown.map(({ method, url }) => sheet.ink.dim(`    ${method.padEnd(6)} ${visible(url)}`)),
        ...moreLine(sheet, "    ", more, "endpoint"),
      ];
    }),
  ];
}

function disagreements(check: Check, sheet: Page): string[] {
  if (check.disagreements.length === 0) return [];
  const urls = new Map(check.firings.map(({ id, method, url }) => [id, `${method} ${url}`]));
  return [
    ...heading(sheet, "disagreements", "fired although the environment should silence it"),
    ...check.disagreements.map(
      ({ id, gate, count: times }) => `  ${visible(`${urls.get(id) ?? id} ×${times}: ${gate.kind} ${gate.name}`)}`,
    ),
  ];
}

function events(check: Check, sheet: Page): string[] {
  const { seen, dormant: unseen, unpredicted } = check.events;
  if (seen.length === 0) return [];
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
    ["no longer fires", noLongerFiring.map(({ id, reason }) => `${named(id)} (${visible(reason)})`)],
    ["newly unpredicted", newUnpredicted.map(visible)],
    ["new event", newEvents.map(visible)],
    ["gone event", goneEvents.map(visible)],
  ];
  return [
    ...heading(sheet, "since the baseline", lists.map(([title, items]) => `${items.length} ${title}`).join(", ")),
    ...lists.flatMap(([title, items]) => {
      const { shown, more } = cut(sheet, items, 20);
      return [...shown.map((item) => `  ${title}  ${item}`), ...moreLine(sheet, "  ", more, "entry")];
    }),
  ];
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
