import type { TextValue } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { firstOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import { grouped } from "../../model/group.ts";
import { printTemplate, type Template } from "../../model/template.ts";
import { NO_LIMIT, type TimeLimit } from "../../model/time-limit.ts";
import type { Callers } from "../calls/callers.ts";
import type { ContextChain } from "../calls/context-queue.ts";
import { type SearchAnswer, searchContexts } from "../calls/context-search.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import { programsOf, toldBy } from "../processes/spawned-programs.ts";
import { describedModules } from "../sinks/described-modules.ts";
import { headerMakers, headersOf } from "../sinks/headers.ts";
import { methodsOf } from "../sinks/method.ts";
import { candidates, type Invoked, type SinkCall, sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import { hasHost, isAbsoluteLiteral, isAddress, openFunctions, urlValuesOf, withoutGaps } from "../sinks/url.ts";
import type { GateRequests, UngatedRequest } from "../switches/gate-requests.ts";
import type { RequestSite } from "./carried-by.ts";
import { confidenceOf } from "./confidence.ts";
import type { CutSearches } from "./cut-searches.ts";
import { type SeenUrl, withoutDefaultHosts } from "./default-hosts.ts";
import { hasAlternatives, isPartOf, narrowedContext } from "./narrowed-context.ts";
import { withoutOpenPaths } from "./open-paths.ts";
import { isFilled, isMadeUp, isPlaceholderUrl, isSplitUrl } from "./placeholder-urls.ts";
import { methodsWithPaths, pairOf } from "./products.ts";
import { secretsOf } from "./request-secrets.ts";
import { type Sighting, toldApart, withoutProducts } from "./told-apart.ts";
import { isGivenNumber, unfilled } from "./unfilled-address.ts";
import { groupedByPath } from "./url-alternatives.ts";

export interface RequestSearch {
  ev: Questions;
  /** Asked where `ev` finds no address at all: one that fills what has no value with what nobody knows. */
  filling?: Questions;
  callers: Callers;
  gates: GateRequests;
  sinks: SinkIndex;
  locate: Locate;
  log: DiagnosticLog;
  time?: TimeLimit;
  /** Told which calls were looked at in part. */
  cuts?: CutSearches;
  /** These calls in place of all that may be sinks. */
  only?: Iterable<Call>;
  /** Told of each finding while the evaluator still assumes its callers. */
  onFound?: (found: RequestResult, c: SinkCall) => void;
}

/** Every request, socket, spawn and browser opening, one finding per call, calling context, method and path. */
export function findRequests(search: RequestSearch): {
  requests: UngatedRequest[];
  sites: RequestSite[];
  sinks: number;
} {
  const requests = new Map<string, UngatedRequest>();
  const sites: RequestSite[] = [];
  let sinks = 0;
  // calls of wrappers that name the program they run: what the wrapper does with it on the way is of no interest
  const told = new Map<Call, SinkCall>();
  let isDescribed = (_call: Call): boolean => false;
  const add = (found: RequestResult[] | null) => {
    if (found === null) return;
    sinks++;
    for (const { request: r, call, path, chain } of found) {
      if (path.some(isDescribed)) continue;
      const key = `${r.kind} ${r.method} ${r.urls.map(printTemplate).join(" ")} ${r.evidence.line}:${r.evidence.column} ${r.evidence.file}`;
      const before = requests.get(key);
      sites.push({ request: before ?? r, call, path, chain });
      if (before === undefined) {
        r.ref = requests.size;
        requests.set(key, r);
      } else {
        before.headers = [...new Set([...before.headers, ...r.headers])];
        if (before.gates !== r.gates) before.gates = search.gates.ofEither(before.gates, r.gates);
      }
    }
  };
  const { time = NO_LIMIT } = search;
  let unseen = 0;
  const missed = () => {
    unseen++;
    return null;
  };
  const look = (call: Call, invoked: Parameters<typeof requestsAt>[2]) => {
    const requests = () => time.within(1, () => requestsAt(search, call, invoked, told), missed);
    add(search.cuts === undefined ? requests() : search.cuts.during(call, requests));
  };
  const lookAtAll = () => {
    isDescribed = describedModules(search.ev, search.sinks);
    for (const call of search.only ?? candidates(search.ev, search.sinks))
      if (!isDescribed(call)) look(call, (ev) => sinkCalls(ev, search.sinks, call));
  };
  // where the time is over between two calls, what was found stands
  time.within(1, lookAtAll, missed);
  // a Map goes on with what is added meanwhile: wrappers of wrappers
  for (const [call, c] of told) look(call, () => ({ calls: [c], choosers: [] }));
  if (unseen > 0) search.log.add("time-spent", `${unseen} calls that may send, or more, were not looked at`);
  return { requests: [...requests.values()], sites, sinks };
}

export interface RequestResult {
  request: UngatedRequest;
  call: Call;
  /** Callers that were assumed, from the call outwards. */
  path: readonly Call[];
  /** The same with what they give. */
  chain?: ContextChain;
}

type FoundRequest = RequestResult & SeenUrl;

/**
 * Null where the call is no sink.
 * @param invoked what is called, under the evaluator's present context
 * @param told takes the callers that are sinks themselves
 */
function requestsAt(
  search: RequestSearch,
  call: Call,
  invoked: (ev: Evaluator) => Pick<Invoked, "calls" | "choosers">,
  told: Map<Call, SinkCall>,
): RequestResult[] | null {
  const { ev, callers, log } = search;
  if (!ev.ask(null, (ev) => ev.isReachable(call.guard, null))) return null;
  const plain = ev.ask(null, invoked);
  const sure = plain.choosers.length > 0 || plain.calls.some((c) => c.client !== null);
  if (!sure && !ev.ask(null, (ev) => plain.calls.some((c) => credible(ev, c)))) return null;
  let out: FoundRequest[] = [];
  /** Of chains under which the call is one sink alone. */
  const sightings = new Map<ContextChain, Sighting>();
  let resolved = false;
  // callers that were followed, and under whom nothing is left of the address
  let lost = false;
  const seen = new Set<string>();
  const complete = searchContexts(ev, callers, {
    nearestFirst: plain.calls.some(({ found }) => found.sink.programs),
    leftOut: (unfollowed) => search.cuts?.leftOut(unfollowed),
    open: (ev) => {
      const { calls, choosers } = invoked(ev);
      return [...choosers, ...calls.flatMap((c) => openIn(ev, callers, c))];
    },
    answer: (ev, at, final) => {
      if (at.context !== null && !ev.isReachable(call.guard, null)) return "nothing";
      let answer: SearchAnswer = "nothing";
      const { calls } = invoked(ev);
      for (const c of calls) {
        const sighting = { call, c, at, final };
        if (calls.length === 1) sightings.set(at, sighting);
        for (const r of correlatedFindings(ev, search, sighting)) {
          const found = { request: r, call, path: at.path, chain: at, final };
          out.push(found);
          search.onFound?.(found, c);
          resolved = true;
          const key = pairOf(r);
          if (seen.has(key)) continue;
          seen.add(key);
          if (answer !== "news") answer = r.urls.some(hasHost) ? "news" : "something";
        }
      }
      lost ||= final && !resolved && at.path.length > 0;
      return answer;
    },
    worth: (ev, f, { call: caller, frame }) =>
      invoked(ev).calls.every((c) => {
        if (!c.found.sink.programs) return !urlValuesOf(ev, c).some((url) => isGivenNumber(ev, url, f, frame));
        const what = toldBy(ev, c, f, frame);
        if (typeof what === "string") return what === "maybe";
        if (!told.has(caller)) told.set(caller, what.program);
        resolved = true;
        return false;
      }),
  });
  out = withoutProducts(ev, out, {
    sightings,
    find: (ev, sighting) => findingsOf(ev, search, sighting),
    log,
  });
  if (complete) out = withoutDefaultHosts(out);
  out = withoutOpenPaths(out);
  if (!resolved && lost) {
    ev.ask(null, (ev) => {
      for (const c of invoked(ev).calls) {
        const found = findingsOf(ev, search, { call, c, at: { context: null, path: [] }, final: true });
        out.push(
          ...found.filter((r) => startsWithHost(r.urls)).map((request) => ({ request, call, path: [], final: true })),
        );
      }
    });
    resolved = out.length > 0;
  }
  const harmless = (ev: Evaluator) =>
    invoked(ev).calls.every((c) => c.found.sink.programs && programsOf(ev, c).harmless);
  if (!resolved && !ev.ask(null, harmless)) {
    const { filling, ...rest } = search;
    if (filling !== undefined && ev.ask(null, (ev) => invoked(ev).calls.some((c) => mayBeFilled(ev, c))))
      return requestsAt({ ...rest, ev: filling }, call, invoked, told);
    const { line, column } = search.locate(call.unit.file, call.at);
    log.add("sink-unresolved", `${call.unit.file}:${line}:${column} sends to an address that nothing is known of`);
  }
  return out;
}

/** An address without a value, or one that callers give. */
function mayBeFilled(ev: Evaluator, c: SinkCall): boolean {
  const urls = urlValuesOf(ev, c);
  return urls.length === 0 || firstOpenParameter(urls) !== undefined;
}

const startsWithHost = ([url]: Template[]): boolean =>
  typeof url?.[0] === "string" && /^[a-z]+:\/\/[^/]*\.[^/]+\//i.test(url[0]);

/** On a receiver nothing is known of, only an absolute URL, or headers beside the address, make a call a request. */
function credible(ev: Evaluator, c: SinkCall): boolean {
  if (c.found.sink.programs) return true;
  return urlValuesOf(ev, c).some(isAbsoluteLiteral) || headersOf(ev, c).length > 0;
}

function openIn(ev: Evaluator, callers: Callers, c: SinkCall): Func[] {
  if (c.found.sink.programs) return programsOf(ev, c).open;
  const urls = urlValuesOf(ev, c);
  const open = urls.flatMap((u) => openFunctions(u, callers.tellMore));
  if (urls.some(isAddress)) open.push(...methodsOf(ev, c).open, ...headerMakers(ev, c));
  return open;
}

/** Methods and paths that belong together: those of each way in which the code around the call can run. */
function correlatedFindings(ev: Evaluator, search: RequestSearch, sighting: Sighting): UngatedRequest[] {
  const { c, call } = sighting;
  const before = ev.steps;
  const all = findingsOf(ev, search, sighting);
  if (c.found.sink.programs || !hasAlternatives(all)) return all;
  const narrowed = narrowedContext(ev, call, sighting.at.path, sighting.at.context);
  const at = narrowed === null ? sighting.at : { ...sighting.at, context: narrowed };
  const under = narrowed === null ? [] : ev.ask(narrowed, () => findingsOf(ev, search, sighting));
  const any = under.length > 0 && isPartOf(under, all) ? under : all;
  const isTold = methodsWithPaths(any);
  return isTold === null
    ? any
    : (toldApart(
        ev,
        { ...sighting, at },
        { isTold, before, find: () => findingsOf(ev, search, sighting), log: search.log },
      ) ?? any);
}

function findingsOf(ev: Evaluator, search: RequestSearch, sighting: Sighting): UngatedRequest[] {
  const { locate } = search;
  const { call, c, final } = sighting;
  const { path } = sighting.at;
  const { sink, table } = c.found;
  const { methods, open } = methodsOf(ev, c);
  if (!final && open.length > 0) return [];
  const spawned = sink.programs ? programsOf(ev, c).urls : null;
  const candidatesFound =
    spawned ??
    urlValuesOf(ev, c).map((url) => ({
      url: withoutGaps(url),
      kind: sink.kind ?? (isTunnel(url) ? ("socket" as const) : ("request" as const)),
      method: null,
    }));
  let usable = candidatesFound.filter(
    ({ url, kind }) =>
      isAddress(url) &&
      !(sink.construct && isMadeUp(url)) &&
      !isSplitUrl(url) &&
      speaks(kind, url) &&
      // a tunnel to a host nobody knows: what is sent through it is a request of its own, elsewhere
      !(final && !sink.kind && url.parts[0] === "tcp://") &&
      (final || !waits(url, search.callers)),
  );
  if (usable.length === 0) return [];
  if (usable.some(({ url }) => isAbsoluteLiteral(url) && !unfilled(url)))
    usable = usable.filter(({ url }) => !unfilled(url));
  usable = usable.filter(
    ({ url }) => !usable.some((other) => isFilled(other.url, url) || isPlaceholderUrl(url, other.url)),
  );
  const headers = headersOf(ev, c);
  const evidence = callEvidence(locate, call, path);
  const secrets = secretsOf(ev, c, headers, evidence);
  const gates = search.gates.of(call, path);
  const groups = [...grouped(usable, (u) => u.method)].flatMap(([said, given]) =>
    groupedByPath(given, locate).map((group) => ({ ...group, methods: said === null ? methods : [said] })),
  );
  return groups.flatMap(({ kind, urls, methods: each }) =>
    each.map(
      (method): UngatedRequest => ({
        kind,
        method: kind === "browser" ? "GET" : method,
        urls,
        headers: headers.map((h) => h.name),
        bodyFields: [],
        secrets,
        gates,
        confidence: confidenceOf(urls, c),
        sink: table.id,
        ...(sink.opens ? { opens: true } : {}),
        evidence,
      }),
    ),
  );
}

/** What a proxy is asked to reach is connected to, whatever is said there. */
const isTunnel = ({ parts: [first] }: TextValue): boolean => typeof first === "string" && first.startsWith("tcp://");

/** One variable often holds the address for both a socket and requests: clients of HTTP refuse the socket's. */
const speaks = (kind: UngatedRequest["kind"], { parts: [first] }: TextValue): boolean =>
  kind !== "request" || typeof first !== "string" || !/^wss?:/i.test(first);

const waits = (t: TextValue, callers: Callers): boolean =>
  firstOpenParameter([t]) !== undefined && openFunctions(t, callers.tellMore).length > 0;
