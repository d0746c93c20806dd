import { foldHoles } from "../../extractor/model/template.ts";
import type { Build } from "./build.ts";
import type { Run, TrueEndpoint, TrueEvent, TrueGate, TruePipeline, Truth } from "./case.ts";
import { normUrl, segmentMatches, urlMatches, urlsOf } from "./compare.ts";
import { type Observation, observe, type Sighting } from "./observe.ts";

/** Headers that runtimes and libraries add by themselves: no case has to name them. */
const LIBRARY_HEADERS =
  /^(host|connection|accept|accept-.*|content-length|content-type|user-agent|sec-.*|upgrade|transfer-encoding|keep-alive|priority|te|graphql-require-preflight|connect-protocol-version|x-user-agent)$/i;

/** Runs the program and returns everything in which what happened and the truth differ; empty where they agree. */
export async function problemsOfTruth(truth: Truth, build: Build): Promise<string[]> {
  const runs = truth.runs ?? [{}];
  const observations: Observation[] = [];
  for (const run of runs) observations.push(await observe(build, run));
  const sightings = observations.flatMap((observation) => observation.sightings);
  const environment = new Set(observations.flatMap((observation) => [...observation.environment]));
  const bodies = sightings.flatMap((sighting) => parsed(sighting.body));
  return [
    ...unclaimed(sightings, truth),
    ...truth.endpoints.flatMap((endpoint) => neverSeen(endpoint, sightings)),
    ...(truth.events ?? []).flatMap((event) => eventProblems(event, bodies, truth.envelope ?? [])),
    ...(truth.notEvents ?? [])
      .filter((name) => objectsNaming(bodies, name).length > 0)
      .map((name) => `${name} was sent`),
    ...(truth.environment ?? []).filter((name) => !environment.has(name)).map((name) => `${name} was never read`),
    ...(truth.notEnvironment ?? []).filter((name) => environment.has(name)).map((name) => `${name} was read`),
    ...(truth.pipelines ?? []).flatMap((pipeline) => pipelineProblems(pipeline, observations)),
    ...(await gateProblems(truth, build, runs, sightings)),
  ];
}

function isOf(endpoint: TrueEndpoint, sighting: Sighting, urls = urlsOf(endpoint)): boolean {
  const kind = endpoint.kind ?? "request";
  if (kind !== sighting.kind) return false;
  const onWire = kind === "request" || kind === "socket";
  if (onWire && endpoint.method !== "ANY" && endpoint.method !== sighting.method) return false;
  return urls.some((url) => isAt(url, normUrl(sighting.url)));
}

const isAt = (truth: string, seen: string): boolean => urlMatches(truth, seen) || wholeHostMatches(truth, seen);

/** A host that is a hole takes any host that was really contacted. */
function wholeHostMatches(truth: string, seen: string): boolean {
  const path = /^(?:[a-z]+:\/\/)?\{\}(\/.*|)$/.exec(truth)?.[1];
  return path !== undefined && urlMatches(`x://h${path}`, `x://h${seen.replace(/^[a-z]+:\/\/[^/]*/, "")}`);
}

function unclaimed(sightings: Sighting[], truth: Truth): string[] {
  const problems = new Set<string>();
  for (const sighting of sightings) {
    const owners = truth.endpoints.filter((endpoint) => isOf(endpoint, sighting));
    const name = `${sighting.kind} ${sighting.method} ${sighting.url}`;
    if (owners.length === 0) problems.add(`seen and not in the truth: ${name}`);
    const known = owners.flatMap((owner) => owner.headers ?? []).map((header) => header.toLowerCase());
    for (const header of sighting.headers) {
      if (owners.length === 0 || LIBRARY_HEADERS.test(header) || known.includes(header.toLowerCase())) continue;
      problems.add(`header seen and not in the truth: ${name} ${header}`);
    }
  }
  return [...problems];
}

function neverSeen(endpoint: TrueEndpoint, sightings: Sighting[]): string[] {
  const name = `${endpoint.method} ${endpoint.url}`;
  const seen = sightings.filter((sighting) => isOf(endpoint, sighting));
  if (endpoint.unobserved) return seen.length > 0 ? [`seen although said to be unobserved: ${name}`] : [];
  const at = (url: string) => sightings.some((sighting) => isOf(endpoint, sighting, [normUrl(url)]));
  const headers = new Set(seen.flatMap((sighting) => sighting.headers.map((header) => header.toLowerCase())));
  return [
    ...(seen.length === 0 || ![endpoint.url, ...(endpoint.equivalents ?? [])].some(at) ? [`never seen: ${name}`] : []),
    ...(endpoint.alternatives ?? []).filter((url) => !at(url)).map((url) => `never seen: ${endpoint.method} ${url}`),
    ...(endpoint.headers ?? [])
      .filter((header) => !headers.has(header.toLowerCase()))
      .map((header) => `header never seen: ${name} ${header}`),
  ];
}

function parsed(body: string): unknown[] {
  return [body, ...body.split("\n")].flatMap(documentOf);
}

/** Documents inside strings are unfolded. */
function documentOf(text: string): unknown[] {
  try {
    return [JSON.parse(text, (_key, value) => (/^[[{]/.test(String(value)) ? (documentOf(value)[0] ?? value) : value))];
  } catch {
    return [];
  }
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Innermost objects of the bodies that have the name as the value of a member. */
function objectsNaming(values: unknown[], name: string): Json[] {
  const pattern = foldHoles(name);
  return values.filter(isObject).flatMap((value) => {
    const members = Array.isArray(value) ? [] : Object.values(value);
    const own = members.some((member) => typeof member === "string" && segmentMatches(pattern, member)) ? [value] : [];
    return [...own, ...objectsNaming(Object.values(value), name)];
  });
}

/** Keys of an object and of the objects in it. */
const keysOf = (value: Json): string[] =>
  Object.entries(value).flatMap(([key, member]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...(isObject(member) ? keysOf(member) : []),
  ]);

/** Measures and flags take long runs or many; what goes along with events and what is left on the disk can be seen. */
function pipelineProblems(
  { url, dimensions = [], spool }: TruePipeline,
  observations: readonly Observation[],
): string[] {
  const bodies = observations
    .flatMap(({ sightings }) => sightings)
    .filter((sighting) => isAt(normUrl(url), normUrl(sighting.url)))
    .flatMap(({ body }) => parsed(body));
  const files = observations.flatMap((observation) => observation.files);
  const isLeft = (path: string) =>
    files.some((file) => segmentMatches(foldHoles(path).replaceAll("/", "|"), `home|${file.replaceAll("/", "|")}`));
  return [
    ...dimensions
      .filter((path) => !bodies.some((body) => hasPath(body, path.split("."))))
      .map((path) => `never sent to ${url}: ${path}`),
    ...(spool !== undefined && !spool.some(isLeft) ? [`none of these files was left: ${spool.join(" ")}`] : []),
  ];
}

/** Arrays on the way are passed through. */
function hasPath(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((item) => hasPath(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return true;
  return isObject(value) && key in value && hasPath(value[key], rest);
}

function eventProblems(event: TrueEvent, bodies: unknown[], envelope: string[]): string[] {
  const name = foldHoles(event.name);
  const found = objectsNaming(bodies, name);
  if (event.unobserved) return found.length > 0 ? [`sent although said to be unobserved: ${event.name}`] : [];
  if (found.length === 0) return [`event never sent: ${event.name}`];
  if (!event.fields) return [];
  const sent = new Set(found.flatMap(keysOf).filter((key) => !envelope.includes(key)));
  return [
    ...event.fields.filter((field) => !sent.has(field)).map((field) => `field never sent: ${event.name}.${field}`),
    ...[...sent]
      .filter((key) => !event.fields?.includes(key))
      .map((key) => `field not in the truth: ${event.name}.${key}`),
  ];
}

/** Turns each gate over in a run of its own and looks whether what it guards comes or goes, or comes more seldom. */
async function gateProblems(truth: Truth, build: Build, runs: Run[], before: Sighting[]): Promise<string[]> {
  const gates = new Map<string, TrueGate>();
  const guarded = [...truth.endpoints, ...(truth.events ?? [])].filter((entry) => !entry.unobserved);
  for (const gate of guarded.flatMap((entry) => entry.gates ?? [])) gates.set(`${gate.name} ${gate.effect}`, gate);
  const problems: string[] = [];
  for (const gate of gates.values()) {
    const turned: Sighting[] = [];
    for (const run of runs) turned.push(...(await observe(build, turnedRun(run, gate))).sightings);
    const bodies = turned.flatMap((sighting) => parsed(sighting.body));
    const isGate = (other: TrueGate) => other.name === gate.name && other.effect === gate.effect;
    for (const endpoint of truth.endpoints) {
      if (!endpoint.gates || endpoint.unobserved) continue;
      const times = (sightings: Sighting[]) =>
        sightings.filter((sighting) => isOf(endpoint, sighting, [normUrl(endpoint.url)])).length;
      const happens = times(turned) === 0 ? "goes" : times(turned) < times(before) ? "comes more seldom" : "stays";
      const claimed = endpoint.gates.find(isGate);
      const wanted = claimed === undefined ? "stays" : claimed.ways ? "comes more seldom" : "goes";
      if (gate.effect !== "redirects" ? happens !== wanted : (happens === "goes") !== (wanted === "goes"))
        problems.push(`${gate.name} ${gate.effect}: ${endpoint.method} ${endpoint.url} ${happens}`);
    }
    // where the whole answer goes elsewhere the event still exists
    if (gate.effect === "redirects") continue;
    for (const event of truth.events ?? []) {
      if (!event.gates || event.unobserved) continue;
      const gone = objectsNaming(bodies, foldHoles(event.name)).length === 0;
      if (gone !== event.gates.some(isGate))
        problems.push(`${gate.name} ${gate.effect}: event ${event.name} ${gone ? "goes" : "stays"}`);
    }
  }
  return problems;
}

/** The same run with the switch thrown. */
function turnedRun(run: Run, gate: TrueGate): Run {
  const { [gate.name]: _removed, ...env } = run.env ?? {};
  const turn = gate.turn ?? (gate.effect === "enables" ? {} : { env: { [gate.name]: "1" } });
  return {
    args: turn.args ?? run.args ?? [],
    env: { ...env, ...turn.env },
    answers: { ...run.answers, ...turn.answers },
    files: { ...run.files, ...turn.files },
  };
}
