import { DIFF_SCHEMA_VERSION, type Diff, type EndpointChange, type GateChange } from "../../model/diff.ts";
import { hostNames } from "../../model/host.ts";
import type { Credential, Endpoint, EnvironmentVariable, Gate, Report, TelemetryEvent } from "../../model/report.ts";
import { effectOf, gateText } from "../../model/switches/gates.ts";
import { foldHoles } from "../../model/template.ts";
import { byText, change, match } from "./changes.ts";
import { endpointChanges } from "./endpoint-changes.ts";
import { type Pairs, pairEndpoints } from "./pairs.ts";

/**
 * What the second report has that the first has not, and the reverse. The same sources bundled anew give an empty
 * one.
 */
export function diff(before: Report, after: Report): Diff {
  const pairs = pairEndpoints(before.endpoints, after.endpoints);
  const labels = endpointLabels(pairs);
  const hosts = change("hosts", hostNames(before.endpoints), hostNames(after.endpoints))[0];
  return {
    schemaVersion: DIFF_SCHEMA_VERSION,
    from: side(before),
    to: side(after),
    endpoints: {
      added: pairs.added.toSorted(byEndpoint),
      removed: pairs.removed.toSorted(byEndpoint),
      changed: pairs.both.flatMap(endpointChange).sort(byEndpoint),
    },
    hosts: { added: hosts?.added ?? [], removed: hosts?.removed ?? [] },
    events: eventDiff(before.events, after.events, labels),
    credentials: credentialDiff(before.credentials, after.credentials),
    environment: environmentDiff(before.environment, after.environment, labels),
    gates: gateDiff(before, after),
  };
}

const side = ({ package: { name, version }, tool }: Report) => ({ name, version, tool });
const byEndpoint = byText(({ url, method, id }: Pick<Endpoint, "url" | "id"> & { method: string }) =>
  [url, method, id].join("\0"),
);

function endpointChange([before, after]: [Endpoint, Endpoint]): EndpointChange[] {
  const changes = endpointChanges(before, after);
  const { id, method, url, channel, evidence } = after;
  return changes.length === 0 ? [] : [{ id, previousId: before.id, method, url, channel, changes, evidence }];
}

interface Labels {
  before: ReadonlyMap<string, string>;
  after: ReadonlyMap<string, string>;
  /** Labels of endpoints that both reports have. */
  kept: ReadonlySet<string>;
}

/** id -> `METHOD URL`, the same text for both halves of a pair. */
function endpointLabels({ both, removed, added }: Pairs<Endpoint>): Labels {
  const label = ({ method, url }: Endpoint) => `${method} ${url}`;
  return {
    before: new Map([
      ...both.map(([old, young]): [string, string] => [old.id, label(young)]),
      ...removed.map((one): [string, string] => [one.id, label(one)]),
    ]),
    after: new Map([...both.map(([, young]) => young), ...added].map((one) => [one.id, label(one)])),
    kept: new Set(both.map(([, young]) => label(young))),
  };
}

function labelled(ids: readonly string[], labels: ReadonlyMap<string, string>): string[] {
  return ids.map((id) => labels.get(id) ?? id);
}

function eventDiff(
  before: readonly TelemetryEvent[],
  after: readonly TelemetryEvent[],
  labels: Labels,
): Diff["events"] {
  const { added, removed, both } = match(before, after, ({ name }) => foldHoles(name));
  const changed = both.map(([old, young]) => ({
    name: young.name,
    changes: [
      ...change("fields", old.fields, young.fields, foldHoles),
      ...change("gates", old.gates.map(gateText), young.gates.map(gateText)),
      ...change("pipelines", labelled(old.pipelines, labels.before), labelled(young.pipelines, labels.after)),
    ],
  }));
  return { added: names(added), removed: names(removed), changed: changed.filter(differs).sort(byName) };
}

function credentialDiff(before: readonly Credential[], after: readonly Credential[]): Diff["credentials"] {
  const { added, removed, both } = match(before, after, ({ sha256 }) => sha256);
  const changed = both.map(([old, young]) => ({
    sha256: young.sha256,
    prefix: young.prefix,
    changes: [
      ...change("kind", [old.kind], [young.kind]),
      ...change("sentAs", [old.sentAs ?? "not seen"], [young.sentAs ?? "not seen"]),
    ],
  }));
  const byHash = byText(({ sha256 }: { sha256: string }) => sha256);
  return { added: added.sort(byHash), removed: removed.sort(byHash), changed: changed.filter(differs).sort(byHash) };
}

function environmentDiff(
  before: readonly EnvironmentVariable[],
  after: readonly EnvironmentVariable[],
  labels: Labels,
): Diff["environment"] {
  const { added, removed, both } = match(before, after, ({ name }) => name);
  // What a new endpoint reads is said where the endpoint is.
  const kept = (ids: readonly string[], of: ReadonlyMap<string, string>) =>
    labelled(ids, of).filter((label) => labels.kept.has(label));
  const changed = both.map(([old, young]) => ({
    name: young.name,
    changes: change("influences", kept(old.influences, labels.before), kept(young.influences, labels.after)),
  }));
  return { added: names(added), removed: names(removed), changed: changed.filter(differs).sort(byName) };
}

function gateDiff(before: Report, after: Report): Diff["gates"] {
  const switchName = ({ kind, name }: Gate) => `${kind} ${name}`;
  const [old, young] = [gatesOf(before), gatesOf(after)];
  const { added, removed } = match(old, young, gateText);
  const [knownBefore, knownAfter] = [new Set(old.map(switchName)), new Set(young.map(switchName))];
  const changes = new Map<string, GateChange>();
  const note = (gate: Gate, what: "added" | "removed"): void => {
    const { kind, name } = gate;
    const row = changes.get(switchName(gate)) ?? { kind, name, removed: [], added: [] };
    row[what].push(effectOf(gate));
    changes.set(switchName(gate), row);
  };
  const inBoth = (gate: Gate) => knownBefore.has(switchName(gate)) && knownAfter.has(switchName(gate));
  for (const gate of removed.filter(inBoth)) note(gate, "removed");
  for (const gate of added.filter(inBoth)) note(gate, "added");
  return {
    added: added.filter((gate) => !inBoth(gate)),
    removed: removed.filter((gate) => !inBoth(gate)),
    changed: [...changes.values()].sort(byText(({ kind, name }) => `${kind} ${name}`)),
  };
}

/** Every switch and what it does somewhere, once, sorted. */
function gatesOf({ endpoints, events }: Report): Gate[] {
  const gates = [...endpoints, ...events].flatMap((one) => one.gates);
  return [...new Map(gates.map((gate) => [gateText(gate), gate])).values()].sort(byText(gateText));
}

const names = (items: readonly { name: string }[]): string[] => items.map(({ name }) => name).sort();
const byName = byText(({ name }: { name: string }) => name);
const differs = ({ changes }: { changes: readonly unknown[] }): boolean => changes.length > 0;
