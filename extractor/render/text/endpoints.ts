import { grouped } from "../../model/group.ts";
import type { Credential, Endpoint, Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { count } from "../count.ts";
import { ownEndpoints } from "../digest/own.ts";
import { BLOCKING, type Fact, factsOf } from "../facts.ts";
import { visible, visibleHost } from "../terminal.ts";
import { apartLines } from "./apart.ts";
import { cut, heading, longest, moreLine, type Page, place, rows, wrap } from "./page.ts";

const HOSTS_PER_CHANNEL = 15;
const ENDPOINTS_PER_HOST = 12;
/** Whatever no signature placed stands last. */
const LAST_CHANNEL = "other";
/** What tells somebody about the user stands first, in this order. */
const TELLING = [...TELEMETRY_CHANNELS, "feature-flags"];

/**
 * What reports on the user, then the maker's own API, then third parties, each by channel and host, the fullest
 * first; at the end what libraries do on their own.
 */
export function endpointLines(report: Report, sheet: Page): string[] {
  const credentials = new Map(report.credentials.map((credential) => [credential.sha256, credential]));
  const isOwn = ownEndpoints(report);
  const telling = report.endpoints.filter(({ channel }) => TELLING.includes(channel));
  const rest = report.endpoints.filter(({ channel }) => !TELLING.includes(channel));
  const direct = rest.filter(({ apart }) => apart === undefined);
  const own = direct.filter(isOwn);
  const sections = (endpoints: readonly Endpoint[], where: string) =>
    byChannel(endpoints).flatMap(([channel, some]) => [
      "",
      ...channelLines({ channel, where }, some, credentials, sheet),
    ]);
  return [
    ...sections(telling, ""),
    ...sections(own, " of the maker's own"),
    ...sections(
      direct.filter((endpoint) => !isOwn(endpoint)),
      own.length === 0 ? "" : " elsewhere",
    ),
    ...apartLines(
      rest.filter(({ apart }) => apart !== undefined),
      sheet,
    ),
  ];
}

function byChannel(endpoints: readonly Endpoint[]): [string, Endpoint[]][] {
  const rank = (channel: string) => (TELLING.includes(channel) ? TELLING.indexOf(channel) : TELLING.length);
  return [...grouped(endpoints, ({ channel }) => channel)].sort(
    ([a, left], [b, right]) =>
      rank(a) - rank(b) ||
      Number(a === LAST_CHANNEL) - Number(b === LAST_CHANNEL) ||
      right.length - left.length ||
      (a < b ? -1 : 1),
  );
}

type Credentials = ReadonlyMap<string, Credential>;

function channelLines(
  { channel, where }: { channel: string; where: string },
  endpoints: Endpoint[],
  credentials: Credentials,
  sheet: Page,
): string[] {
  const usual = mostFrequent(endpoints.map(blockingOf));
  const hosts = [...grouped(endpoints, (endpoint) => splitAddress(endpoint.url).host)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const { shown, more } = cut(sheet, hosts, HOSTS_PER_CHANNEL);
  return [
    ...heading(sheet, visible(channel), count(endpoints.length, "endpoint") + where),
    ...wrap(sheet, "  ", usual.split(" "), " ").map(sheet.ink.dim),
    ...shown.flatMap(([host, own]) => hostLines({ host, endpoints: own }, usual, credentials, sheet)),
    ...moreLine(sheet, "  ", more, "host"),
  ];
}

/** @param usual how most endpoints of the channel answer to being blocked: said above, and not again */
function hostLines(
  { host, endpoints }: { host: string; endpoints: Endpoint[] },
  usual: string,
  credentials: Credentials,
  sheet: Page,
): string[] {
  const facts = new Map(
    endpoints.map((endpoint) => [endpoint, factsWithBlocking(endpoint, usual, credentials, sheet)]),
  );
  const shared = endpoints.length > 1 ? sharedFacts([...facts.values()]) : [];
  const vendors = [...new Set(endpoints.map((endpoint) => endpoint.vendor).filter((vendor) => vendor !== null))];
  const { shown, more } = cut(sheet, endpoints, ENDPOINTS_PER_HOST);
  const methodWidth = longest(shown.map((endpoint) => endpoint.method));
  const addresses = rows(
    sheet,
    shown.map((endpoint) => ({
      left: `    ${endpoint.method.padEnd(methodWidth)} ${visible(splitAddress(endpoint.url).path)}${tags(endpoint)}`,
      right: place(endpoint.evidence),
      paint: (left) => `    ${sheet.ink.cyan(left.slice(4, 4 + methodWidth))}${left.slice(4 + methodWidth)}`,
    })),
  );
  return [
    `  ${sheet.ink.bold(host === "" ? "(host not known)" : visibleHost(host))}${
      vendors.length > 0 ? sheet.ink.dim(`  ${vendors.map(visible).join(", ")}`) : ""
    }`,
    ...shared.flatMap((fact) => factLines(fact, 4, sheet)),
    ...shown.flatMap((endpoint, index) => [
      ...addresses[index]!,
      ...facts
        .get(endpoint)!
        .filter((fact) => !shared.some((other) => same(fact, other)))
        .flatMap((fact) => factLines(fact, 5 + methodWidth, sheet)),
    ]),
    ...moreLine(sheet, "    ", more, "endpoint"),
  ];
}

function factsWithBlocking(endpoint: Endpoint, usual: string, credentials: Credentials, sheet: Page): Fact[] {
  const blocking = blockingOf(endpoint);
  const facts = factsOf(endpoint, credentials, sheet.all);
  return blocking === usual ? facts : [...facts, { label: "but", words: [blocking] }];
}

function blockingOf(endpoint: Endpoint): string {
  const { effect, reason } = endpoint.ifBlocked;
  return `${BLOCKING[effect]}${reason === "" ? "" : `: ${visible(reason)}`}`;
}

/** What holds for every endpoint of a host is said once. */
function sharedFacts(lists: Fact[][]): Fact[] {
  const [first = [], ...others] = lists;
  return first.filter((fact) => others.every((facts) => facts.some((other) => same(fact, other))));
}

const same = (a: Fact, b: Fact): boolean => a.label === b.label && a.words.join("\n") === b.words.join("\n");

function factLines(fact: Fact, indent: number, sheet: Page): string[] {
  const start = `${" ".repeat(indent)}${fact.label} `;
  const lines = wrap(sheet, start, fact.words);
  const paint = fact.label === "key" ? sheet.ink.yellow : (text: string) => text;
  return lines.map((line) => sheet.ink.dim(line.slice(0, start.length)) + paint(line.slice(start.length)));
}

function tags(endpoint: Endpoint): string {
  const marks = [
    ...(endpoint.kind === "request" ? [] : [endpoint.kind]),
    ...(endpoint.confidence === "partial" || endpoint.confidence === "low" ? [endpoint.confidence] : []),
  ];
  return marks.length === 0 ? "" : `  (${marks.join(", ")})`;
}

function mostFrequent(values: readonly string[]): string {
  const sizes = [...grouped(values, (value) => value)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  return sizes[0]?.[0] ?? "";
}
