import { grouped } from "../../model/group.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import type { ContentRow } from "../../model/summary.ts";
import { splitAddress } from "../address.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { addressPath, endpointHost } from "./reporting.ts";
import { byGentleness, type Reach, sharedSettings } from "./silencers.ts";

/** What a path says of the texts that go there; the first that fits. */
const WHAT: readonly [ContentRow["what"], RegExp][] = [
  ["transcript", /transcripts?(?![a-z])|conversation[-_/]?(?:share|upload)|shared?[-_/]sessions?/i],
  ["feedback", /feedback|bug[-_]?report|survey/i],
  ["upload", /upload|\/files\b|attachments?\b/i],
];

const ORDER: readonly ContentRow["what"][] = ["model", "feedback", "transcript", "upload", "other"];
const READ_ONLY: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "DELETE"]);
/** What reports on the user is listed as that; a sign-in, and a server that the user added, are no surprise. */
const ELSEWHERE: ReadonlySet<string> = new Set([...TELEMETRY_CHANNELS, "identity", "mcp-plugins", "local-helper"]);
/** Of the paths to a model the one that a conversation goes through. */
const CONVERSATION = /messages$|completions$|responses$|generateContent|converse|invoke|chat/i;

/** Where texts of the user go, by what for and by host. */
export function contentRows(report: Report, reaches: ReadonlyMap<string, Reach>): ContentRow[] {
  const sending = report.endpoints.flatMap((endpoint) => {
    const what = whatOf(endpoint);
    return what === null ? [] : [{ what, endpoint }];
  });
  const sizes = new Map([...grouped(report.endpoints, endpointHost)].map(([host, own]) => [host, own.length]));
  const size = ({ address }: ContentRow) => sizes.get(endpointHost({ url: `https://${address}` })) ?? 0;
  const groups = grouped(sending, ({ what, endpoint }) => `${what} ${endpointHost(endpoint)}`);
  return [...groups.values()]
    .map((own) =>
      rowOf(
        own[0]!.what,
        own.map(({ endpoint }) => endpoint),
        reaches,
      ),
    )
    .sort(
      (a, b) =>
        ORDER.indexOf(a.what) - ORDER.indexOf(b.what) ||
        Number(isOpen(a)) - Number(isOpen(b)) ||
        Number(isLocal(a)) - Number(isLocal(b)) ||
        size(b) - size(a) ||
        (a.address < b.address ? -1 : 1),
    );
}

const isOpen = ({ address }: ContentRow): boolean => address.startsWith("{");
const isLocal = ({ address }: ContentRow): boolean => /^(?:localhost|127\.0\.0\.1)\b/.test(address);

function whatOf({ channel, kind, method, url, dataClasses }: Endpoint): ContentRow["what"] | null {
  if (kind === "browser" || kind === "spawn" || READ_ONLY.has(method)) return null;
  const named = WHAT.find(([, pattern]) => pattern.test(addressPath(splitAddress(url).path)));
  if (channel === "model-api") return named?.[0] === "upload" ? "upload" : "model";
  if (named !== undefined && channel === "other") return named[0];
  return dataClasses.includes("content") && !ELSEWHERE.has(channel) ? (named?.[0] ?? "other") : null;
}

function rowOf(
  what: ContentRow["what"],
  endpoints: readonly Endpoint[],
  reaches: ReadonlyMap<string, Reach>,
): ContentRow {
  const [first] = [...endpoints].sort(
    (a, b) => Number(talks(b)) - Number(talks(a)) || Number(b.method === "POST") - Number(a.method === "POST"),
  );
  const { host, path } = splitAddress(first!.url);
  return {
    what,
    endpoints: [first!, ...endpoints.filter((endpoint) => endpoint !== first)].map(({ id }) => id),
    method: first!.method,
    address: addressPath(host.replace(/^(?:http|ws):\/\//, "") + path),
    movedBy: sharedSettings([first!], "redirects"),
    stoppedBy: sharedSettings(endpoints, "silences").sort(byGentleness(reaches)),
    effect: first!.ifBlocked.effect,
  };
}

const talks = ({ url }: Endpoint): boolean => CONVERSATION.test(addressPath(splitAddress(url).path));
