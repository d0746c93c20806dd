import { grouped } from "../model/group.ts";
import { authorityOf, hostName } from "../model/host.ts";
import type { PackageRead } from "../model/packages-read.ts";
import type { Endpoint, Report } from "../model/report.ts";
import { effectOnIt } from "../model/switches/gates.ts";
import { hostKindOf } from "./blocklist/host-kind.ts";
import { toJson } from "./json.ts";

/** Names of properties that the standard leaves to whoever writes them. */
const OWN = "endpoint-extractor";

/**
 * A CycloneDX 1.6 document: the package as a component, each host it can talk to as a service. No time and no random
 * number.
 */
export function renderCycloneDx(report: Report): string {
  const services = [...grouped(report.endpoints, ({ url }) => serviceName(url))]
    .map(([name, own]) => serviceOf(name, own))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const component = componentOf(report.package);
  return toJson({
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      lifecycles: [{ phase: "discovery" }],
      tools: { components: [{ type: "application", name: OWN }] },
      component,
    },
    services,
    dependencies: [{ ref: component["bom-ref"], dependsOn: services.map((service) => service["bom-ref"]) }],
  });
}

/** The host as it is printed, holes and all; what stands before the path where there is no scheme. */
function serviceName(url: string): string {
  const authority = authorityOf(url);
  return authority === null
    ? (/^(?:\{[^{}]*\}|[^/?#])+/.exec(url)?.[0] ?? url)
    : hostName(authority.replace(/:\{[^{}]*\}$/, ""));
}

function componentOf({ name, version, integrity }: PackageRead) {
  const [, bits, base64 = ""] = /^sha(256|384|512)-([A-Za-z\d+/]+=*)$/.exec(integrity ?? "") ?? [];
  const digest = bits === undefined ? "" : hexOf(base64);
  const isPublished = integrity !== null;
  return {
    type: "application",
    "bom-ref": `package:${name}@${version}`,
    name,
    version,
    ...(isPublished ? { purl: `pkg:npm/${inPercent(name, NO_PURL)}@${inPercent(version, NO_PURL)}` } : {}),
    ...(digest !== "" && digest.length * 4 === Number(bits)
      ? { hashes: [{ alg: `SHA-${bits}`, content: digest }] }
      : {}),
  };
}

/** Base64 -> hexadecimal; empty where it is none. */
function hexOf(base64: string): string {
  try {
    return [...atob(base64)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  } catch {
    return "";
  }
}

function serviceOf(name: string, endpoints: readonly Endpoint[]) {
  const vendor = endpoints.find((endpoint) => endpoint.vendor !== null)?.vendor ?? null;
  const channels = sorted(endpoints.map(({ channel }) => channel));
  return {
    "bom-ref": `service:${name}`,
    name,
    ...(vendor === null ? {} : { provider: { name: vendor } }),
    description: `Gets ${channels.join(", ")}`,
    endpoints: sorted(endpoints.map(({ url }) => iri(url))),
    authenticated: endpoints.some(isAuthenticated),
    "x-trust-boundary": hostKindOf(name) !== "local",
    data: dataOf(endpoints),
    properties: [
      ...channels.map((value) => ({ name: `${OWN}:channel`, value })),
      ...sorted(endpoints.map(({ ifBlocked: { effect, reason } }) => `${effect}: ${reason}`)).map((value) => ({
        name: `${OWN}:if-blocked`,
        value,
      })),
      ...sorted(
        endpoints.flatMap(({ gates }) => gates.map((gate) => `${gate.kind} ${gate.name} ${effectOnIt(gate)}`)),
      ).map((value) => ({ name: `${OWN}:switch`, value })),
    ],
  };
}

/** As seen from the service: what the program sends goes in; over a socket both sides talk. */
function dataOf(endpoints: readonly Endpoint[]) {
  const pairs = endpoints.flatMap((endpoint) =>
    endpoint.dataClasses.map((classification) => ({ classification, both: endpoint.method === "WS" })),
  );
  const rows = [...grouped(pairs, ({ classification }) => classification)].map(([classification, own]) => ({
    flow: own.some(({ both }) => both) ? "bi-directional" : "inbound",
    classification,
  }));
  const all = rows.length > 0 ? rows : [{ flow: "unknown", classification: "unclassified" }];
  return all.sort((a, b) => (a.classification < b.classification ? -1 : 1));
}

/** Headers that say who asks. */
const AUTHENTICATING = /^(?:authorization|proxy-authorization|cookie)$|api-?key|token/i;

const isAuthenticated = ({ headers, credentials }: Endpoint): boolean =>
  credentials.length > 0 || headers.some((name) => AUTHENTICATING.test(name));

/** Whatever no reference may hold, holes among it. */
const NO_IRI = /[\p{C}\s<>"{}|\\^`]|%(?![\da-f]{2})|\[(?=.*\{)|(?<=\{.*)\]/giu;
const NO_PURL = /[^\w./~-]/gu;

const iri = (url: string): string => inPercent(url, NO_IRI);

const inPercent = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
