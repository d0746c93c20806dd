import { hole, literalText, NOTHING, type TextValue, text, type Value } from "../../evaluate/domain/value.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Call, Expr, ObjectExpr, ObjectMember } from "../../ir/expression.ts";
import { push } from "../../ir/multimap.ts";
import { memberExpr } from "../../ir/operands.ts";
import type { ArgumentUse } from "../../ir/unit.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { ServiceShape, SinkTable } from "../../model/signatures/sink.ts";
import { printTemplate, type Template, template } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import type { GateRequests, UngatedRequest } from "../switches/gate-requests.ts";

export interface ServiceSearch {
  ev: Questions;
  gates: GateRequests;
  tables: readonly SinkTable[];
  locate: Locate;
  log: DiagnosticLog;
}

/** The description of a service that generated code carries: its full name, and its methods. */
interface Service {
  node: ObjectExpr;
  /** Where it is given as such. */
  passedTo: readonly ArgumentUse[];
  /** Members that hold it. */
  names: readonly string[];
  typeName: string;
  methods: { key: string; name: string }[];
}

/** Remote procedure calls: one POST for each method of a described service that a client is made of. */
export function findServiceCalls(search: ServiceSearch): UngatedRequest[] {
  const { ev, tables, log } = search;
  return tables.flatMap(({ id, services }) =>
    (services ?? []).flatMap((shape) => {
      const found = servicesIn(ev, shape);
      if (found.length === 0) return [];
      const called = found.map((service) => withoutUncalled(ev, service, log));
      const headers = headersSet(ev, shape);
      return withoutOpenServices(
        clientsOf(ev, called).flatMap(({ service, call }) => requestsOf(search, { id, shape, service, call, headers })),
      );
    }),
  );
}

/** A client at an unknown address is no news beside one whose address is known. */
function withoutOpenServices(requests: UngatedRequest[]): UngatedRequest[] {
  const isKnown = ({ urls }: UngatedRequest) => urls.some(([first]) => typeof first === "string");
  const known = new Set(requests.filter(isKnown).map(procedureOf));
  return requests.filter((r) => isKnown(r) || !known.has(procedureOf(r)));
}

/**
 * Without what a transport's own code says of the same requests, `https://host/{service}/{method}`.
 * @param described the requests of all services, each with its name and method
 */
export function withoutTransports(requests: readonly UngatedRequest[], described: readonly UngatedRequest[]) {
  if (described.length === 0) return requests;
  const bases = new Map<string, string[]>();
  for (const r of described)
    for (const url of r.urls) push(bases, printTemplate(url).slice(0, -procedureOf(r).length), procedureOf(r));
  const isDescribed = (url: Template): boolean => {
    const printed = printTemplate(url);
    const [, base = "", ...names] = /^(.*)\/([^/]+)\/([^/]+)$/.exec(printed) ?? [];
    const isSaid = (procedure: string) =>
      names.every((name, i) => HOLE.test(name) || name === procedure.split("/")[i + 1]);
    return bases.get(base)?.some(isSaid) === true;
  };
  return requests.filter(({ urls }) => !urls.every(isDescribed));
}

const HOLE = /^\{[^{}]*\}$/;

/** `/package.Service/Method` */
const procedureOf = ({ urls }: UngatedRequest): string => /\/[^/]*\/[^/]*$/.exec(printTemplate(urls[0]!))![0];

function servicesIn(ev: Questions, shape: ServiceShape): Service[] {
  const services: Service[] = [];
  const add = (e: Expr, passedTo: readonly ArgumentUse[], names: readonly string[]) => {
    const service = e.kind === "object" ? serviceOf(e, shape) : null;
    if (service !== null) services.push({ ...service, passedTo, names });
  };
  const { objects, mutatedVariables: changed } = ev.program;
  // names of files first: what is said of services keeps its order
  for (const isTop of [true, false]) {
    for (const { kind: k, expression: e, of } of objects)
      if (k === "defined" && (of.owner === null) === isTop) add(e, of.passedTo, of.aliases);
    // `exports.Service = {…}`
    for (const { owner, writes } of changed)
      if ((owner === null) === isTop) for (const { expression: e, path } of writes) add(e, [], path.slice(-1));
  }
  return services;
}

function serviceOf(node: ObjectExpr, shape: ServiceShape): Pick<Service, "node" | "typeName" | "methods"> | null {
  const typeName = literalMember(node, shape.type);
  const methods = memberExpr(node, shape.methods);
  if (typeName === null || methods?.kind !== "object") return null;
  const named = methods.members.flatMap((m: ObjectMember) => {
    const name = m.kind === "value" && m.value.kind === "object" ? literalMember(m.value, shape.name) : null;
    return m.kind === "value" && name !== null ? [{ key: m.key, name }] : [];
  });
  return { node, typeName, methods: named };
}

/** Generated code describes what the server can do; the program does what it calls. */
function withoutUncalled(ev: Questions, service: Service, log: DiagnosticLog): Service {
  const called = service.methods.filter(({ key }) => ev.program.callsOfMember.has(key));
  const uncalled = service.methods.length - called.length;
  if (uncalled > 0) log.add("rpc-uncalled", `methods of ${service.typeName} that no code calls`, uncalled);
  return { ...service, methods: called };
}

function literalMember(object: ObjectExpr, key: string): string | null {
  const e = memberExpr(object, key);
  return e?.kind === "literal" && typeof e.value === "string" ? e.value : null;
}

/** Calls that take a description beside something else: the transport. */
function clientsOf(ev: Questions, services: readonly Service[]): { service: Service; call: Call }[] {
  const names = new Map<string, Service[]>();
  for (const s of services) for (const name of s.names) names.set(name, [...(names.get(name) ?? []), s]);
  const clients: { service: Service; call: Call }[] = [];
  for (const service of services) {
    for (const { call } of service.passedTo) if (call.arguments.length > 1) clients.push({ service, call });
  }
  for (const [name, may] of names) {
    for (const { call, index } of ev.program.membersPassed.get(name) ?? []) {
      if (call.arguments.length < 2) continue;
      const values = ev.tryWithin((ev) => ev.evaluate(call.arguments[index]!, null), NOTHING);
      const service = may.find(({ node }) => values.some((v) => v.kind === "object" && v.node === node));
      if (service !== undefined) clients.push({ service, call });
    }
  }
  return clients;
}

interface Client {
  id: string;
  shape: ServiceShape;
  service: Service;
  call: Call;
  headers: string[];
}

function requestsOf({ ev, gates, locate }: ServiceSearch, client: Client): UngatedRequest[] {
  const { id, shape, service, call, headers } = client;
  const bases = ev.ask(null, (ev) => call.arguments.flatMap((a) => basesOf(ev, a, shape)));
  const found = bases.length > 0 ? bases.slice(0, FIND_BOUNDS.serviceBases) : [hole("unknown", shape.base)];
  return service.methods.map(
    ({ name }): UngatedRequest => ({
      kind: "request",
      method: "POST",
      urls: found.map((base) =>
        template(
          [...withoutSlash(base), `/${service.typeName}/${name}`].map((p) =>
            typeof p === "string" ? p : { kind: p.kind, name: p.name },
          ),
        ),
      ),
      headers,
      bodyFields: [],
      secrets: [],
      gates: gates.of(call, []),
      confidence: found.length > 1 ? "alternatives" : "partial",
      sink: id,
      evidence: callEvidence(locate, call, []),
    }),
  );
}

function withoutSlash({ parts }: TextValue): TextValue["parts"] {
  const last = parts.at(-1);
  return typeof last === "string" ? text([...parts.slice(0, -1), last.replace(/\/$/, "")]).parts : parts;
}

/**
 * The transport remembers the options it was made with: as those of a library's client, or in the scope of its
 * methods.
 */
function basesOf(ev: Evaluator, e: Expr, { base }: ServiceShape): TextValue[] {
  const inOptions = (values: readonly Value[]) =>
    toTexts(
      ev,
      values.flatMap((v) => (v.kind === "object" || v.kind === "native" ? memberOf(ev, [v], base) : [])),
    ).filter((t) => t.parts.length > 0);
  return ev.evaluate(e, null).flatMap((v) => {
    if (v.kind === "native" && v.args.length > 0) return inOptions(argument(ev, v.args, 0));
    if (v.kind !== "object") return [];
    for (let env: Env | null = v.env; env !== null; env = env.outer) {
      const found = env.args !== null && env.args.length > 0 ? inOptions(argument(ev, env.args, 0)) : [];
      if (found.length > 0) return found;
    }
    return [];
  });
}

/** `request.header.set("x-name", value)`, anywhere: which interceptor serves which client isn't told apart. */
function headersSet(ev: Questions, { headers }: ServiceShape): string[] {
  const names = new Set<string>();
  for (const { callee: f, arguments: a } of ev.program.callsOfMember.get("set") ?? []) {
    if (f.kind !== "member" || f.object.kind !== "member" || f.object.property !== headers || a.length !== 2) continue;
    const name = literalText(ev.tryWithin((ev) => ev.evaluate(a[0]!, null), NOTHING)[0]);
    if (name !== null && /^[\w-]+$/.test(name)) names.add(name);
  }
  return [...names].sort();
}
