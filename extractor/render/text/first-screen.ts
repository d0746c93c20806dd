import type { Credential, Pipeline, Report } from "../../model/report.ts";
import type { BlockingAdvice, ContentRow, ReportingRow, Summary } from "../../model/summary.ts";
import { count } from "../count.ts";
import { summaryOf } from "../digest/summary.ts";
import { NOT_BLOCKED, nothingTold, settingWords, valueWords } from "../digest/words.ts";
import { rhythmWords } from "../pipeline-words.ts";
import { visible } from "../terminal.ts";
import { type Page, wrap } from "./page.ts";

/** Lines of a terminal as it comes; the screen keeps one free for the prompt. */
const LINES = 29;
const INDENT = "  ";
const LABEL = 11;
const CONTENT_ROWS = 4;
const REPORTING_ROWS = 6;
const KEYS = 3;
const NAMES = 4;

const CHANNEL_WORDS: Record<string, string> = {
  "product-analytics": "usage",
  "third-party-logs": "logs",
  opentelemetry: "OTel",
  "feature-flags": "flags",
};

/**
 * What one wants to know first, on one screen of 80 columns: who is told, what is sent, what stops it, what is open.
 */
export function firstScreenLines(report: Report, sheet: Page): string[] {
  const summary = summaryOf(report);
  const last = [
    ...keyLines(report, summary, sheet),
    ...strongestLines(summary, sheet),
    ...blockingLines(summary.blocking, sheet),
    ...uncertainLines(summary, sheet),
    ...wrap(sheet, "more: ", ["--all", "extract gates", "blocklist", "explain SPEC ENDPOINT", "-f html"], " · ").map(
      sheet.ink.dim,
    ),
  ];
  const content = contentLines(summary, sheet);
  const room = LINES - HEADER - last.length - content.length;
  return [...reportingLines(report, summary, { ...sheet, room }), ...content, ...last];
}

/** Lines that stand above. */
const HEADER = 3;

function reportingLines(report: Report, { reports }: Summary, sheet: Page & { room: number }): string[] {
  const title = titled(sheet, "REPORTS ON YOU", reports.length === 0 ? nothingTold(report) : "stopped by");
  const rows = reports.map((row) => reportingRow(row, report, sheet));
  const details = rows.slice(0, REPORTING_ROWS);
  const spare = sheet.room - 1 - Number(rows.length > REPORTING_ROWS);
  // the second lines of the last rows go first
  for (let at = details.length - 1; at > 0 && details.flat().length > spare; at--)
    details[at] = reportingRow(reports[at]!, report, sheet, true);
  const left = rows.length - details.length;
  const more = left === 0 ? [] : [sheet.ink.dim(`${INDENT}… and ${count(left, "more destination")}`)];
  return [title, ...details.flat(), ...more];
}

/** On one line where there is no room for a second. */
function reportingRow(row: ReportingRow, report: Report, sheet: Page, tight = false): string[] {
  const amount = row.events > 0 ? count(row.events, "event") : (CHANNEL_WORDS[row.channel] ?? "usage");
  const others = row.endpoints.length > 1 ? ` (+${row.endpoints.length - 1})` : "";
  const pipeline = report.pipelines?.find(({ endpoint }) => endpoint === row.endpoints[0]);
  const about = [
    ...originWords(row, report),
    ...(row.onlyWith.length > 0 ? [`only with ${row.onlyWith.slice(0, 2).map(settingWords).join(" and ")}`] : []),
    ...(pipeline === undefined ? [] : pipelineWords(pipeline)),
  ];
  const stopped = row.stoppedBy[0] ?? null;
  const partly = row.partlyStoppedBy[0];
  const right =
    stopped !== null
      ? settingWords(stopped)
      : partly !== undefined
        ? `partly ${settingWords(partly)}`
        : row.onlyWith.length > 0
          ? "off by itself"
          : "no switch found";
  const label = `${INDENT}${amount.padEnd(LABEL - 1)} `;
  const columns = { label, address: `${row.method} ${visible(row.address)}${others}`, right };
  return tight ? [oneLine(sheet, columns)] : twoColumns(sheet, columns, about);
}

/** `to where the answer of GET api.example.com/user says` */
function originWords({ address, endpoints }: ReportingRow, report: Report): string[] {
  const [, hole] = /^\{([^{}]+)\}/.exec(address) ?? [];
  const from =
    hole === undefined ? undefined : report.endpoints.find(({ id }) => id === endpoints[0])?.holes[hole]?.from;
  return from === undefined ? [] : [`host from the answer of ${visible(from.replace(/^https:\/\//, ""))}`];
}

const firstLine = (sheet: Page, start: string, words: readonly string[]): string =>
  wrap(sheet, start, words)[0]!.replace(/,$/, "");

/** Settings in brackets are for the rest of the report. */
function pipelineWords(pipeline: Pipeline): string[] {
  const bare = rhythmWords(pipeline).map((words) => words.replace(/ \([^)]*\)/g, ""));
  const fields = pipeline.dimensions === undefined ? [] : [`${count(pipeline.dimensions.count, "field")} each`];
  return [...bare, ...fields];
}

function contentLines({ content }: Summary, sheet: Page): string[] {
  const title = titled(sheet, "YOUR CONTENT GOES TO", content.length === 0 ? "nothing found that sends any" : "");
  const shown = chosen(content);
  return [
    title,
    ...shown.flatMap((row) => {
      const others = row.endpoints.length > 1 ? ` (+${row.endpoints.length - 1})` : "";
      const moved = row.movedBy[0] === undefined ? "" : `${visible(row.movedBy[0].name)} moves it`;
      const stopped = row.what !== "model" && row.stoppedBy[0] !== undefined ? settingWords(row.stoppedBy[0]) : "";
      const label = `${INDENT}${row.what.padEnd(LABEL - 1)} `;
      const address = `${row.method} ${visible(row.address)}${others}`;
      return twoColumns(sheet, { label, address, right: stopped || moved });
    }),
    ...(shown.length < content.length
      ? [sheet.ink.dim(`${INDENT}… and ${count(content.length - shown.length, "more place")}`)]
      : []),
  ];
}

/** One of each kind before a second of any. */
function chosen(rows: readonly ContentRow[]): ContentRow[] {
  const seen = new Map<string, number>();
  const ranked = rows.map((row, index) => {
    const times = seen.get(row.what) ?? 0;
    seen.set(row.what, times + 1);
    return { row, index, times };
  });
  return ranked
    .sort((a, b) => a.times - b.times || a.index - b.index)
    .slice(0, CONTENT_ROWS)
    .sort((a, b) => a.index - b.index)
    .map(({ row }) => row);
}

function keyLines(report: Report, { keys }: Summary, sheet: Page): string[] {
  if (keys.length === 0) return [];
  const byHash = new Map<string, Credential>(report.credentials.map((one) => [one.sha256, one]));
  const shown = keys.length > KEYS ? keys.slice(0, KEYS - 1) : keys;
  const lines = shown.map(({ sha256, hosts }) => {
    const to = hosts[0] === undefined ? "" : ` to ${visible(hosts[0])}`;
    const { kind, prefix, value, sentAs } = byHash.get(sha256)!;
    return `${visible(value ?? prefix)}${to} (${[sentAs ?? [], kind].flat().map(visible).join(", ")})`;
  });
  const more = keys.length > shown.length ? [`${keys.length - shown.length} more`] : [];
  return [...lines, ...more]
    .map((line) => cutTo(line, sheet.columns - FACT))
    .map((line, index) =>
      index === 0 ? `${sheet.ink.bold("KEYS")}${" ".repeat(FACT - 4)}${line}` : " ".repeat(FACT) + line,
    );
}

function strongestLines({ strongest, reports }: Summary, sheet: Page): string[] {
  if (strongest === null) {
    const none = "none found that stops all of what one destination is told";
    return reports.length === 0 ? [] : labelled(sheet, "STRONGEST SWITCH", inWords(none, 2));
  }
  const stops = [count(strongest.endpoints, "endpoint"), count(strongest.events, "event")].join(" and ");
  const left = strongest.leaves.map((index) => reports[index]!);
  const leaves =
    left.length === 0
      ? "leaves none of the above"
      : `leaves ${left.map(({ address }) => visible(shortAddress(address))).join(", ")}`;
  const text = `${valueWords(strongest.setting)}: ${stops} fewer; ${leaves}`;
  return labelled(sheet, "STRONGEST SWITCH", inWords(text, 3));
}

/** `api.example.com/…/metrics` */
function shortAddress(address: string): string {
  const [host = "", ...segments] = address.split("/");
  const last = segments.at(-1) ?? "";
  return segments.length < 2 ? `${host}${last === "" ? "" : `/${last}`}` : `${host}/…/${last}`;
}

function blockingLines({ names, not }: BlockingAdvice, sheet: Page): string[] {
  if (names.length === 0 && not.length === 0) return [];
  const more = names.length > NAMES ? [`${names.length - NAMES} more`] : [];
  const words = names.length === 0 ? "no host: what they tell goes where the tool must go" : "";
  const list = words === "" ? [...names.slice(0, NAMES).map(visible), ...more].join(", ") : words;
  const kept = not.slice(0, 2).map(({ host, why }) => `${visible(host)} (${NOT_BLOCKED[why]})`);
  const text = kept.length === 0 ? list : `${list}. Not ${kept.join(", ")}`;
  return labelled(sheet, "BLOCK BY NAME", inWords(text, 2));
}

function uncertainLines({ uncertain }: Summary, sheet: Page): string[] {
  if (uncertain.length === 0) return [];
  return labelled(sheet, "NOT CERTAIN", inWords(uncertain.join(" · "), 3));
}

/** Width of the labels of single facts. */
const FACT = 18;

/** What stands beside a label, in at most so many lines. */
interface LabelledText {
  words: readonly string[];
  most: number;
}

const inWords = (text: string, most: number): LabelledText => ({ words: text.split(" "), most });

function labelled(sheet: Page, label: string, { words, most }: LabelledText): string[] {
  const lines = wrap(sheet, label.padEnd(FACT), words, " ");
  const shown =
    lines.length > most ? [...lines.slice(0, most - 1), cutTo(`${lines[most - 1]} …`, sheet.columns)] : lines;
  return shown.map((line, index) => (index === 0 ? sheet.ink.bold(label) + line.slice(label.length) : line));
}

function titled(sheet: Page, title: string, note: string): string {
  const gap = note === "stopped by" ? Math.max(2, rightEdge(sheet) - title.length) : 2;
  return sheet.ink.bold(title) + sheet.ink.dim(note === "" ? "" : " ".repeat(gap) + note);
}

/** Where the right column begins. */
const rightEdge = (sheet: Page): number => Math.min(62, Math.round(sheet.columns * 0.66));

interface Columns {
  label: string;
  address: string;
  right: string;
}

/** Below this an address says nothing any more. */
const SHORTEST = 34;
const LONGEST = 54;

/** With the whole host, where it isn't longer than two thirds of a line. */
const leastOf = (address: string): number => Math.max(SHORTEST, Math.min(address.split("/")[0]!.length + 2, LONGEST));

/**
 * Label, address and what is set, on one line where enough of the address fits; else the last stands on the next,
 * behind `about`. The rest of the report has the address whole.
 */
function twoColumns(sheet: Page, columns: Columns, about: string[] = []): string[] {
  const { label, address, right } = columns;
  const under = " ".repeat(label.length);
  const inLine =
    right === "" || sheet.columns - label.length - right.length - 2 >= Math.min(leastOf(address), address.length);
  const room = inLine ? sheet.columns : sheet.columns - right.length - 2;
  const second = about.length === 0 ? under : firstLine({ ...sheet, columns: room }, under, about);
  if (!inLine)
    return [oneLine(sheet, { ...columns, right: "" }), beside(sheet, second.length > room ? under : second, right)];
  const first = oneLine(sheet, columns);
  return second.trim() === "" ? [first] : [first, sheet.ink.dim(second)];
}

function oneLine(sheet: Page, { label, address, right }: Columns): string {
  const room = sheet.columns - label.length - (right === "" ? 0 : right.length + 2);
  const left = label + shortened(address, room);
  return right === "" ? left : beside(sheet, left, right);
}

function beside(sheet: Page, left: string, right: string): string {
  const edge = Math.max(left.length + 2, Math.min(rightEdge(sheet), sheet.columns - right.length));
  return left + " ".repeat(edge - left.length) + sheet.ink.yellow(right);
}

/**
 * `POST api.example.com/a/b/c (+2)` -> `POST api.example.com/…/c (+2)`, then `POST api.example.com/… (+2)`, then
 * `POST …example.com/… (+2)`: who is told says more than the path.
 */
function shortened(address: string, room: number): string {
  if (address.length <= room) return address;
  const [, method = "", place = "", others = ""] = /^(\S+ )(.*?)( \(\+\d+\))?$/.exec(address) ?? [];
  const [host = "", ...segments] = place.split("/");
  const tails = segments.map((_, at) => segments.slice(at).join("/")).slice(1);
  const domains = [...host].flatMap((_, at) => (at > 0 && host[at - 1] === "." ? [`…${host.slice(at)}/…`] : []));
  const forms = [...tails.map((tail) => `${host}/…/${tail}`), `${host}/…`, ...(host.startsWith("{") ? [] : domains)];
  const fitting = forms.map((form) => method + form + others).find((form) => form.length <= room);
  return fitting ?? cutTo(address, Math.max(9, room));
}

const cutTo = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
