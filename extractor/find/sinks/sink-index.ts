import type { Made } from "../../evaluate/engine/evaluator-options.ts";
import type { Brand, Maker, Sink, SinkTable } from "../../model/signatures/sink.ts";

/** The sink tables by what is called, the way the evaluator names native things. */
export interface SinkIndex {
  /** `fetch`, `new WebSocket`, `axios#post` */
  byCallee: Map<string, FoundSink>;
  /** Those whose callee stands for many, `new grpc#*`. */
  patterns: Pattern<FoundSink>[];
  /** `*.post`, by member. */
  byMember: Map<string, FoundSink>;
  /** Last names of all callees: other calls need no look. */
  members: Set<string>;
  /** Constructors of any name may be sinks. */
  anyConstructor: boolean;
  /** Modules and clients whose members are sinks: `axios#`. */
  clients: Set<string>;
  /** First names of the callees that are globals. */
  globals: Set<string>;
  makers: Makers;
  brands: Brand[];
  /** Clients that bundled classes are as well, `openai-client#`, and the last names of what is called on them. */
  beside: { clients: string[]; members: ReadonlySet<string> };
}

export interface FoundSink {
  table: SinkTable;
  sink: Sink;
  /** What stands for the `*` of the callee. */
  captured?: string;
  /** Further requests that the same call makes. */
  more?: FoundSink[];
}

interface Pattern<T> {
  callee: RegExp;
  of: T;
}

/** Calls that make clients of known libraries. */
export class Makers {
  readonly #exact = new Map<string, Made>();
  readonly #patterns: Pattern<Made>[] = [];
  readonly #made = new Set<string>();

  add({ callee, makes, same }: Maker): void {
    const of: Made = { client: makes, same: same === true };
    this.#made.add(makes);
    for (const each of [callee].flat()) {
      if (isPattern(each)) this.#patterns.push({ callee: patternOf(each), of });
      else this.#exact.set(each, of);
    }
  }

  /** What such a call makes, `ky#create` -> `ky#`; undefined for other calls. */
  readonly of = (path: string): Made | undefined => {
    const exact = this.#exact.get(path) ?? this.#exact.get(ofPackage(path));
    if (exact !== undefined || !path.includes("#")) return exact;
    for (const { callee, of } of this.#patterns) {
      const [, captured] = callee.exec(path) ?? [];
      if (captured !== undefined) return { ...of, client: of.client.replace("*", captured) };
    }
    return undefined;
  };

  readonly isMade = (path: string): boolean => this.#made.has(path);

  /** Last names of the calls that make clients: `extend` of `got#extend`. */
  get names(): ReadonlySet<string> {
    return new Set([...this.#exact.keys()].map((callee) => callee.replace(/^.*[.#]/, "")));
  }
}

export function indexSinks(tables: readonly SinkTable[]): SinkIndex {
  const index: SinkIndex = {
    byCallee: new Map(),
    patterns: [],
    byMember: new Map(),
    members: new Set(),
    anyConstructor: false,
    clients: new Set(),
    globals: new Set(),
    makers: new Makers(),
    brands: tables.flatMap((t) => t.brands ?? []),
    beside: { clients: [], members: new Set() },
  };
  for (const table of tables) {
    for (const sink of table.sinks) if (!sink.address) add(index, { table, sink });
    for (const maker of table.makers ?? []) index.makers.add(maker);
  }
  index.beside = calledBeside(index);
  return index;
}

function calledBeside({ brands, makers, byCallee }: SinkIndex): SinkIndex["beside"] {
  const made = brands.flatMap((b) => (b.beside ? (makers.of(`new ${b.module}`)?.client ?? []) : []));
  const clients = [...new Set(made)];
  const called = [...byCallee.keys()].filter((callee) => clients.some((client) => callee.startsWith(client)));
  return { clients, members: new Set(called.map((callee) => callee.replace(/^.*[.#]/, ""))) };
}

function add(index: SinkIndex, found: FoundSink): void {
  const { sink } = found;
  const name = sink.callee.replace(/^.*[.#]/, "");
  const called = sink.construct ? `new ${sink.callee}` : sink.callee;
  if (name.includes("*")) index.anyConstructor = true;
  else if (name !== "") index.members.add(name);
  if (sink.callee.startsWith("*.")) index.byMember.set(name, found);
  else if (isPattern(sink.callee)) index.patterns.push({ callee: patternOf(called), of: found });
  else addExact(index.byCallee, called, found);
  if (/#./.test(sink.callee)) index.clients.add(sink.callee.replace(/#.*$/, "#"));
  if (!sink.callee.includes("#")) index.globals.add(sink.callee);
}

/** Rows of one table for the same callee are requests that it makes all; another table's takes its place. */
function addExact(byCallee: SinkIndex["byCallee"], called: string, found: FoundSink): void {
  const before = byCallee.get(called);
  if (before?.table !== found.table) byCallee.set(called, found);
  else before.more = [...(before.more ?? []), found];
}

/** The sink that a native is when it is called: by its own path, by that of its package, or by a pattern. */
export function sinkAt(index: SinkIndex, path: string, construct: boolean): FoundSink | undefined {
  const plain = path.replace(/^globalThis\./, "").replace(/^node:undici#/, "undici#");
  const called = construct ? `new ${plain}` : plain;
  const exact = index.byCallee.get(called) ?? index.byCallee.get(ofPackage(called));
  if (exact !== undefined || !plain.includes("#")) return exact;
  for (const { callee, of } of index.patterns) {
    const [, captured] = callee.exec(called) ?? [];
    if (captured !== undefined) return { ...of, captured };
  }
  return undefined;
}

const isPattern = (callee: string): boolean => callee.slice(1).includes("*") && !callee.startsWith("*");

const patternOf = (callee: string): RegExp =>
  new RegExp(`^${callee.replace(/[.+?^$(){}|[\]\\]/g, "\\$&").replaceAll("*", "([^#]+)")}$`);

/** `@apollo/client/core#HttpLink` -> `@apollo/client#HttpLink`: what a package offers under several of its paths. */
const ofPackage = (path: string): string => path.replace(/^((?:new )?(?:@[^/#]+\/)?[^/#:]+)\/[^#]*#/, "$1#");
