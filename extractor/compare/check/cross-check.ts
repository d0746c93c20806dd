import type { Check, Sender, Verdict } from "../../model/check.ts";
import { cutsShort, type Diagnostic } from "../../model/diagnostic.ts";
import type { CaptureFile, Exchange } from "../../model/exchange.ts";
import { isLoopback } from "../../model/host.ts";
import type { LiveRun } from "../../model/live-run.ts";
import type { Report } from "../../model/report.ts";
import type { Signatures } from "../../model/signatures/signature.ts";
import { FieldClasses } from "../match/data-classes.ts";
import { isFieldName } from "../match/field-name.ts";
import { type DocumentMember, membersOf } from "../match/members.ts";
import { nearestTemplates } from "../match/nearest.ts";
import { type Environment, type Match, Predictions } from "../match/predictions.ts";
import { unknownHost } from "../match/reading.ts";
import { isPrivate, type RequestTarget, targetOf } from "../match/target.ts";
import { splitTemplate } from "../match/template-parts.ts";
import { artefact } from "./artefacts.ts";
import { Attribution, unknownSender } from "./attribution.ts";
import { compareWithBaseline } from "./baseline.ts";
import { coverageOf } from "./coverage.ts";
import { unfold } from "./decode-nested-json.ts";
import { EventLedger } from "./event-ledger.ts";
import { FlagReader } from "./flag-reader.ts";
import { Identifiers } from "./identifiers.ts";
import { NamedPlaces } from "./named-places.ts";
import { type Judgement, judgement, type ObservedRow, ObservedRows, toObserved } from "./observed-rows.ts";
import { EventReader } from "./wire-events.ts";

export interface CrossCheckOptions {
  /** Of the run that was captured; null where nobody knows. */
  environment: Environment;
  /** Adds the closest templates to each unpredicted row. */
  explainUnpredicted: boolean;
  /** An earlier check to compare with. */
  baseline: Check | null;
  /** The run that made the capture, where it was ours. */
  run?: LiveRun | null;
}

type CheckSignatures = Pick<Signatures, "tools" | "senders" | "envelopes" | "dataClasses">;

/**
 * Holds a report against captured requests, one at a time: memory grows with distinct URLs, not with requests.
 * Call `add` for each request and `finish` once.
 */
export class CrossCheck {
  readonly #report: Report;
  readonly #signatures: CheckSignatures;
  readonly #options: CrossCheckOptions;
  readonly #predictions: Predictions;
  readonly #attribution: Attribution;
  readonly #classes: FieldClasses;
  readonly #identifiers: Identifiers;
  readonly #events: EventLedger;
  readonly #eventReader: EventReader;
  readonly #flags: FlagReader;
  readonly #rows = new ObservedRows();
  readonly #named = new NamedPlaces();
  /** Hosts that answers named -> those whose endpoints were asked there. */
  readonly #standIns = new Map<string, Set<string>>();
  /** By what they say of a request. Logs name the same few over and over. */
  readonly #bareRows = new Map<string, ObservedRow>();
  readonly #fieldsByClass = new Map<string, { fields: Set<string>; hosts: Set<string> }>();

  constructor(report: Report, signatures: CheckSignatures, options: CrossCheckOptions) {
    this.#report = report;
    this.#signatures = signatures;
    this.#options = options;
    this.#predictions = new Predictions(report, options.environment);
    this.#attribution = new Attribution(report, signatures);
    this.#classes = new FieldClasses(signatures.dataClasses);
    this.#identifiers = new Identifiers(this.#classes);
    this.#events = new EventLedger(report);
    this.#eventReader = new EventReader(signatures.envelopes);
    this.#flags = new FlagReader(report);
  }

  add(exchange: Exchange): void {
    if (!isBare(exchange)) {
      this.#addNew(exchange);
      return;
    }
    const key = [exchange.method, exchange.url, exchange.userAgent ?? "", exchange.process ?? ""].join("\n");
    const known = this.#bareRows.get(key);
    if (known !== undefined) this.#rows.again(known, exchange);
    else if (this.#bareRows.size < MAX_BARE) this.#bareRows.set(key, this.#addNew(exchange));
    else this.#addNew(exchange);
  }

  #addNew(exchange: Exchange): ObservedRow {
    const target = targetOf(exchange.url);
    const documents = exchange.content === null ? [] : unfold(exchange.content.documents);
    const members = membersOf(documents);
    const judgement = this.#judge(exchange, target, members);
    const row = this.#rows.add(exchange, target, judgement);
    if (row.sender.kind === "bystander" || row.verdict === "interception-artefact") return row;
    const flags = row.endpoint?.channel === FLAGS ? " (remote flags)" : "";
    this.#named.add(exchange, `${row.method} ${row.url}${flags}`);
    this.#flags.add(exchange);
    if (row.sender.kind === "child") return row;
    this.#addData(members, exchange.headers, target.host);
    this.#identifiers.add(members, exchange.headers, { host: target.host, file: exchange.at.file });
    if (exchange.content !== null) {
      this.#events.add(this.#eventReader.read(exchange.content.kind, documents), target.host);
    }
    return row;
  }

  #judge(exchange: Exchange, target: RequestTarget, members: readonly DocumentMember[]): Judgement {
    const made = artefact(exchange);
    const nobody = { kind: "unknown" as const, name: "the recorder", evidence: [] };
    if (made !== null) return judgement({ verdict: "interception-artefact", why: made }, nobody);
    const sender = this.#attribution.bySender(exchange, target);
    if (sender?.kind === "bystander") return byAnother(sender);
    const match = this.#predictions.find(exchange.method, target);
    if (sender?.kind === "child") return byAnother(sender, match);
    const own = sender ?? this.#attribution.byPayload(members, exchange);
    const isOpen = match?.fit?.kind === "open-host";
    // A path alone, on any host, says less than the name of another program.
    const weak = own === null && (match === null || isOpen) ? this.#attribution.byWeakAgent(exchange.userAgent) : null;
    if (weak !== null) return byAnother(weak);
    if (match !== null && (!isOpen || (own !== null && !isUnset(match))))
      return judgement(match.reading, own ?? this.#attribution.tool("method, host and path are predicted"), match);
    const by = own ?? unknownSender(exchange);
    const explained = this.#explained(exchange.method, target, by);
    if (explained !== null || match === null) return explained ?? judgement(UNPREDICTED, by);
    return { ...judgement({ verdict: "unpredicted", why: unknownHost(match.reading) }, by), candidate: match };
  }

  /** Not a template, but something the report or the address says. */
  #explained(method: string, target: RequestTarget, sender: Sender): Judgement | null {
    const moved = this.#predictions.findMoved(method, target);
    if (moved !== null) {
      const by =
        sender.kind === "unknown" ? this.#attribution.tool("method and path of a redirected endpoint") : sender;
      return judgement(moved.reading, by, moved);
    }
    if (isLoopback(target.host) || (sender.kind === "tool" && isPrivate(target.host))) {
      const why = `${target.authority} is on the user's own machine or network`;
      return judgement({ verdict: "user-configured", why }, sender);
    }
    return null;
  }

  #addData(members: readonly DocumentMember[], headers: Exchange["headers"], host: string): void {
    const add = (field: string, name: string) => {
      for (const id of this.#classes.of(name)) {
        const known = this.#fieldsByClass.get(id) ?? { fields: new Set(), hosts: new Set() };
        if (known.fields.size < MAX_FIELDS) known.fields.add(field);
        known.hosts.add(host);
        this.#fieldsByClass.set(id, known);
      }
    };
    // Keys can be data themselves: paths, texts, numbers.
    for (const { name } of members) if (isFieldName(name)) add(name, name);
    for (const name of Object.keys(headers)) if (isFieldName(name)) add(`header ${name}`, name.replace(/^x-/, ""));
  }

  /** What needs the whole capture: keys that give a sender away, and hosts that answers named. */
  #settle(rows: ObservedRow[]): void {
    const keys = new Set(
      rows.filter(({ sender }) => sender.kind === "tool").flatMap(({ credentials }) => [...credentials]),
    );
    for (const row of rows) {
      if (row.verdict !== "unpredicted" && !(row.fit?.kind === "open-host" && TO_NAME.has(row.verdict))) continue;
      if (row.sender.kind === "unknown" && [...row.credentials].some((value) => keys.has(value))) {
        row.sender = this.#attribution.tool("the same credential as the tool's requests");
      }
      if (this.#nameByAnswer(row) || row.verdict !== "unpredicted") continue;
      const { candidate } = row;
      if (candidate !== null && row.sender.kind === "tool" && !isUnset(candidate))
        Object.assign(row, judgement(candidate.reading, row.sender, candidate));
      else Object.assign(row, this.#explained(row.method, row.target, row.sender));
    }
    // what stands for which host is known by now
    for (const row of rows)
      if (row.verdict === "unpredicted" && this.#standIns.has(row.target.authority)) this.#nameByAnswer(row);
  }

  /**
   * Whether an answer sent the program there. A host that one named vouches for paths that are known, and for no
   * other: for a short one only where it stands for the host of that path by a longer one.
   */
  #nameByAnswer(row: ObservedRow): boolean {
    const named = this.#named.explain(row.example, {
      knownHost: this.#predictions.hasAuthority(row.target.authority),
      byTool: row.sender.kind === "tool",
    });
    if (named === null) return false;
    const { authority } = row.target;
    const standsFor = this.#standIns.get(authority);
    const elsewhere = row.candidate ?? this.#predictions.findElsewhere(row.method, row.target, standsFor);
    const endpoint =
      row.endpoint ?? elsewhere?.endpoint ?? this.#predictions.findStretched(row.method, row.target) ?? null;
    if (!named.wholly && endpoint === null) {
      row.why = `${named.why}, and no template has its path`;
      return true;
    }
    const fit =
      row.fit ?? (elsewhere === null ? null : { kind: "open-host" as const, holes: elsewhere.fit?.holes ?? 0 });
    Object.assign(row, { verdict: "server-supplied", why: named.why, endpoint, fit });
    if (endpoint !== null && !named.wholly) {
      const hosts = standsFor ?? new Set();
      for (const printed of [endpoint.url, ...endpoint.alternatives])
        hosts.add(splitTemplate(printed).authority.toLowerCase());
      this.#standIns.set(authority, hosts);
    }
    return true;
  }

  finish(captures: readonly CaptureFile[], diagnostics: readonly Diagnostic[]): Check {
    const rows = this.#rows.list();
    this.#settle(rows);
    rows.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    const flags = this.#flags.values();
    const check: Check = {
      schemaVersion: 1,
      package: { name: this.#report.package.name, version: this.#report.package.version },
      tool: this.#report.tool,
      captures: [...captures],
      ...reportCutShort(this.#report),
      ...coverageOf(this.#report, rows, this.#options.environment, { flags, run: this.#options.run ?? null }),
      observed: rows.map((row) => ({ ...toObserved(row), ...this.#nearest(row) })),
      events: this.#events.coverage(this.#options.environment, flags),
      dataClasses: Object.fromEntries(
        this.#signatures.dataClasses
          .filter(({ id }) => this.#fieldsByClass.has(id))
          .map(({ id }) => [id, sortedSets(this.#fieldsByClass.get(id)!)]),
      ),
      identifiers: this.#identifiers.list(),
      flags: [...flags].map(([name, value]) => ({ name, value })).sort((a, b) => (a.name < b.name ? -1 : 1)),
      baseline: null,
      ...observedRun(this.#options.run ?? null),
      diagnostics: [...diagnostics, ...this.#limits()],
    };
    return this.#options.baseline === null
      ? check
      : { ...check, baseline: compareWithBaseline(check, this.#options.baseline) };
  }

  #nearest(row: ObservedRow) {
    if (!this.#options.explainUnpredicted || row.verdict !== "unpredicted") return {};
    return { nearest: nearestTemplates(row.method, row.target, this.#report) };
  }

  #limits(): Diagnostic[] {
    const limits: Diagnostic[] = [];
    const add = (count: number, detail: string) => {
      if (count > 0) limits.push({ kind: "capture-limit", count, detail });
    };
    add(this.#rows.folded, "requests to more distinct URLs than are kept apart, counted by host");
    add(this.#identifiers.dropped, "values beyond the number that is compared for identifiers");
    return limits;
  }
}

function reportCutShort(report: Report): Pick<Check, "reportCutShort"> {
  const cuts = cutsShort(report);
  return cuts.length === 0 ? {} : { reportCutShort: cuts };
}

function observedRun(run: LiveRun | null): Pick<Check, "run"> {
  if (run === null) return {};
  const { command, exit, connections, names, datagrams, trustFailures, notes } = run;
  return { run: { command, exit, connections, names, datagrams, trustFailures, notes } };
}

const MAX_FIELDS = 500;
const MAX_BARE = 50_000;

/** Something in it may be a value that identifies somebody, of which each occurrence counts. */
const IDENTIFIES = /[\da-f]{8}-|[\da-f]{16}|@/i;

/** Nothing is told of it but method, URL, program, status and time. */
function isBare({ userAgent, content, body, response, failure, headers }: Exchange): boolean {
  if (content !== null || body !== null || response !== null || failure !== null) return false;
  for (const name in headers) if (name !== "user-agent") return false;
  return userAgent === null || !IDENTIFIES.test(userAgent);
}

/** Verdicts of requests to an open host that an answer of the capture can explain better. */
const TO_NAME: ReadonlySet<Verdict> = new Set(["predicted", "user-configured"]);

/** A variable that would have to name the host, and of which nobody says that it was set. */
const isUnset = ({ reading }: Match): boolean => reading.decidedBy?.kind === "env";

/** The channel whose answers are remote flags. */
const FLAGS = "feature-flags";

const UNPREDICTED = { verdict: "unpredicted", why: "no template of the report fits" } as const;

/** A program that gave itself away, whatever the request is. */
const byAnother = (sender: Sender, match: Match | null = null): Judgement =>
  judgement(
    { verdict: sender.kind === "child" ? "child-process" : "bystander", why: sender.evidence.join("; ") },
    sender,
    match,
  );

const sortKey = (row: ObservedRow): string =>
  [row.url, row.method, row.verdict, row.sender.name, row.endpoint?.id].join("\n");

const sortedSets = ({ fields, hosts }: { fields: Set<string>; hosts: Set<string> }) => ({
  fields: [...fields].sort(),
  hosts: [...hosts].sort(),
});
