import { ExtractorError } from "../errors.ts";
import {
  type Derivation,
  EXPLANATION_SCHEMA_VERSION,
  type ExplainedRequest,
  type Explanation,
  type Place,
  type Step,
} from "../model/explanation.ts";
import type { Endpoint, Report } from "../model/report.ts";
import { maskUrl } from "../secrets/mask.ts";
import { judgeOf, type Shapes } from "./credentials.ts";
import { endpointId } from "./endpoints.ts";
import { addressesOf } from "./request-addresses.ts";

/** So many candidates are named to somebody whose word means several endpoints. */
const NAMED = 4;

/**
 * The endpoint with this id, or the only one that has the text in `METHOD URL`.
 * @throws ExtractorError where there is none, or several
 */
export function endpointNamed({ endpoints }: Report, wanted: string): Endpoint {
  const line = ({ method, url }: Endpoint) => `${method} ${url}`;
  const byId = endpoints.find(({ id }) => id === wanted);
  if (byId !== undefined) return byId;
  const whole = endpoints.filter((e) => e.url === wanted || line(e) === wanted);
  const part = endpoints.filter((e) => line(e).includes(wanted));
  const found = whole.length > 0 ? whole : part;
  const [only, ...others] =
    found.length > 0 ? found : endpoints.filter((e) => e.alternatives.some((u) => u.includes(wanted)));
  if (only === undefined) {
    throw new ExtractorError("not-found", `no endpoint has the id or the URL part ${wanted}`, {
      hint: "extract SPEC --all lists the URLs, --format json the ids",
    });
  }
  if (others.length > 0) {
    const named = [only, ...others].slice(0, NAMED).map((e) => `${e.id} ${line(e)}`);
    throw new ExtractorError("usage", `${others.length + 1} endpoints have ${wanted} in their URL`, {
      hint: `give an id: ${named.join(", ")}${others.length >= NAMED ? ", …" : ""}`,
    });
  }
  return only;
}

/**
 * The derivations that belong to the endpoint, each once, without the values of keys. The requests are those of the
 * places in the endpoint's evidence, which may send to other endpoints as well.
 */
export function explanationOf(
  report: Report,
  endpoint: Endpoint,
  requests: readonly ExplainedRequest[],
  { shapes, reveal }: { shapes: Shapes; reveal: boolean },
): Explanation {
  const byContent = new Map<string, Derivation>();
  for (const { request, derivation } of requests) {
    const { groups, secrets } = addressesOf(request, shapes);
    if (!groups.some((group) => endpointId(request, group) === endpoint.id)) continue;
    const keys = [...request.secrets, ...secrets].map(({ value }) => value);
    const bare = (step: Step): Step => ({
      ...step,
      value: reveal ? step.value : withoutKeys(step.value, keys, shapes),
      from: step.from.map(bare),
    });
    const clean = { ...derivation, url: derivation.url.map(bare), method: derivation.method.map(bare) };
    const content = JSON.stringify([clean.place, clean.sink, clean.url, clean.method]);
    const known = byContent.get(content);
    if (known === undefined) byContent.set(content, clean);
    else known.otherCallers++;
  }
  const derivations = [...byContent.values()];
  const explained = new Set(derivations.map(({ place }) => placeKey(place)));
  const { name, version, spec } = report.package;
  const { id, method, url, alternatives, kind, confidence } = endpoint;
  return {
    schemaVersion: EXPLANATION_SCHEMA_VERSION,
    package: { name, version, spec },
    endpoint: { id, method, url, alternatives, kind, confidence },
    derivations,
    others: endpoint.evidence
      .filter((e) => !explained.has(placeKey(e)))
      .map(({ file, line, column }) => ({ file, line, column })),
  };
}

const placeKey = ({ file, line, column }: Place) => `${file}:${line}:${column}`;

/** Values joined by ` | ` are URLs each. */
function withoutKeys(text: string, keys: readonly string[], shapes: Shapes): string {
  const hidden = keys.reduce((rest, key) => (key.length < SHORTEST_KEY ? rest : rest.replaceAll(key, "{key}")), text);
  return hidden
    .split(" | ")
    .map((one) => maskUrl(one, judgeOf(shapes)))
    .join(" | ");
}

/** Shorter texts are parts of words. */
const SHORTEST_KEY = 4;

/** Every place of an explanation, to be given its original. */
export function placesIn({ derivations, others }: Explanation): Place[] {
  const ofStep = ({ place, from }: Step): Place[] => [place, ...from.flatMap(ofStep)];
  return [
    ...derivations.flatMap(({ place, callers, url, method }) => [
      place,
      ...callers,
      ...[...url, ...method].flatMap(ofStep),
    ]),
    ...others,
  ];
}
