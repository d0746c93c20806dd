import { grouped } from "../../model/group.ts";
import { urlsOf } from "../../model/host.ts";
import type { BlockEffect, Endpoint } from "../../model/report.ts";
import { wholeGates } from "../../model/switches/gates.ts";
import { count } from "../count.ts";
import { BLOCKING } from "../facts.ts";
import { visible } from "../terminal.ts";
import { type BlockPlan, type ListChoice, listedHost, type PlannedHost, type Unfit, type UnfitHost } from "./plan.ts";

const SEVERITY = { breaks: 0, degrades: 1, safe: 2 } satisfies Record<BlockEffect, number>;
const KEEP = {
  nothing: "nothing kept",
  required: "what the tool cannot work without is kept",
  useful: "everything is kept that the tool would miss",
} satisfies Record<ListChoice["keep"], string>;

/**
 * Why a host is on the list and what its loss does, worst first: `third-party-logs: blocking is safe: … (2
 * endpoints)`. One line.
 */
export function reason(endpoints: readonly Endpoint[]): string {
  const byFact = grouped(
    endpoints,
    ({ channel, ifBlocked }) => `${channel}: ${BLOCKING[ifBlocked.effect]}: ${ifBlocked.reason}`,
  );
  return [...byFact]
    .sort(([a, [one]], [b, [other]]) => severity(one!) - severity(other!) || (a < b ? -1 : 1))
    .map(([fact, own]) => `${visible(fact)} (${count(own.length, "endpoint")})`)
    .join("; ");
}

/** What is lost with a blocked host: what was unwanted, and what else went there. */
export const loss = ({ unwanted, wanted }: PlannedHost): string => reason([...unwanted, ...wanted]);

const severity = ({ ifBlocked }: Endpoint): number => SEVERITY[ifBlocked.effect];

/** What the list is, for the head of the file. */
export function blockListHead({ packages, choice, blocked, shared, kept, local, unfit, open }: BlockPlan): string[] {
  const hosts = blocked.length + shared.length + kept.length + local.length + unfit.length;
  return [
    `Block list for ${visible(packages.join(", "))}`,
    `Chosen: ${choice.only === null ? "every channel" : choice.only.map(visible).join(", ")}; ${KEEP[choice.keep]}`,
    `${count(hosts, "host")}: ${blocked.length} blocked, ${shared.length} shared, ${kept.length} kept, ${local.length} local, ${unfit.length} that no list can hold; ${count(open.length, "endpoint")} on hosts known only at run time`,
  ];
}

/** What isn't blocked and why, for the end of the file. */
export function blockListTail({ shared, kept, local, unfit, open }: BlockPlan): string[] {
  return [
    ...section(
      "Shared: NOT blocked, since the tool, or other programs, need other paths of the host. A proxy would have to block:",
      shared.flatMap(sharedLines),
    ),
    ...section(
      "Kept:",
      kept.map(({ host, wanted }) => `  ${host}  ${reason(wanted)}`),
    ),
    ...section(
      "Local: nothing leaves this machine or network:",
      local.map(({ host }) => `  ${host}`),
    ),
    ...section("NOT blocked, since no list can hold the name:", unfit.flatMap(unfitLines)),
    ...section("Not blocked, since the host is known only at run time:", open.flatMap(openLines)),
  ];
}

const section = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : ["", title, ...lines]);

const UNFIT = {
  suffix: "anybody can register names below it, so that blocking it would block strangers",
  unregistrable: "no domain with this ending can be registered: it may be a host of the user's own network, or misread",
  misspelled: "DNS has no such names",
} satisfies Record<Unfit, string>;

const unfitLines = ({ host, why, unwanted }: UnfitHost): string[] => [
  `  ${visible(host)}  ${UNFIT[why]}`,
  ...silencers(unwanted),
];

function sharedLines({ host, unwanted, wanted, isShared }: PlannedHost): string[] {
  const others = isShared ? ["many other programs need it"] : [];
  const own = wanted.length > 0 ? [`needed for ${reason(wanted)}`] : [];
  return [
    `  ${host}  ${[...others, ...own].join("; ")}`,
    ...addressesOn(host, unwanted).map((address) => `    block ${address}`),
    ...silencers(unwanted),
    ...allowLines(addressesOn(host, wanted)),
  ];
}

/** What stops it where a list of hosts can't: variables that are in the way of every request to it. */
function silencers(unwanted: readonly Endpoint[]): string[] {
  const names = silencingVariables(unwanted);
  return names.length === 0 ? [] : [`    or set ${visible(names.join(" or "))}`];
}

/** Environment variables each of which silences all of the endpoints; sorted. */
export function silencingVariables(endpoints: readonly Endpoint[]): string[] {
  const names = endpoints.map((endpoint) =>
    wholeGates(endpoint, "silences").flatMap(({ kind, name }) => (kind === "env" ? [name] : [])),
  );
  const all = (names[0] ?? []).filter((name) => names.every((own) => own.includes(name)));
  return [...new Set(all)].sort();
}

const ALLOWED = 12;

/** A proxy that denies what isn't named needs these; beyond a few they would bury the list. */
const allowLines = (wanted: readonly string[]): string[] =>
  wanted.length > ALLOWED
    ? [`    allow ${count(wanted.length, "other address")} (all of them: --format json)`]
    : wanted.map((address) => `    allow ${address}`);

/** `POST https://host/path/{id}`, once each, sorted; of alternatives only those on the host. */
export const addressesOn = (host: string, endpoints: readonly Endpoint[]): string[] =>
  once(endpoints.flatMap((endpoint) => urlsOn(host, [endpoint]).map((url) => `${endpoint.method} ${url}`)));

export const urlsOn = (host: string, endpoints: readonly Endpoint[]): string[] =>
  endpoints.flatMap(urlsOf).filter((url) => listedHost(url) === host);

export const addresses = (endpoints: readonly Endpoint[]): string[] =>
  once(endpoints.map(({ method, url }) => `${method} ${url}`));

const once = (texts: readonly string[]): string[] => [...new Set(texts.map(visible))].sort();

function openLines(endpoint: Endpoint): string[] {
  const { method, url, holes, channel } = endpoint;
  const sources = Object.entries(holes).flatMap(([name, { kind, from }]) =>
    url.includes(`{${name}}`) && ["env", "config", "flag", "response"].includes(kind)
      ? [`${kind} ${name}${from === undefined ? "" : ` from ${from}`}`]
      : [],
  );
  const line = `  ${method} ${url}  ${channel}${sources.length === 0 ? "" : `: ${sources.join(", ")}`}`;
  return [visible(line), ...silencers([endpoint])];
}
