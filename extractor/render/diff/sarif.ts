import type { Log, Result, Run } from "sarif";
import type { Change, Diff } from "../../model/diff.ts";
import { toJson } from "../json.ts";
import { locations, PACKAGE_ROOT } from "../sarif/locations.ts";
import { message } from "../sarif/message.ts";
import { titleOf } from "./summary.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const RULES = {
  "added-endpoint": "The newer version can send to an endpoint that the older one didn't have.",
  "changed-endpoint": "An endpoint carries or obeys something else than in the older version.",
  "new-host": "The newer version names a host that the older one didn't.",
  "new-credential": "The newer version holds a credential that the older one didn't.",
  "added-event": "The newer version can send a telemetry event that the older one didn't have.",
} as const;

type Rule = keyof typeof RULES;
const IDS = Object.keys(RULES) as Rule[];
const LEVEL = {
  "added-endpoint": "warning",
  "changed-endpoint": "note",
  "new-host": "warning",
  "new-credential": "warning",
  "added-event": "note",
} satisfies Record<Rule, Result["level"]>;

/**
 * SARIF 2.1.0, a run for each pair of versions: what is new or changed, at its place in the newer one. What is gone
 * is no result.
 */
export function renderDiffSarif(diffs: readonly Diff[]): string {
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: diffs.map(runOf) };
  return toJson(log);
}

function runOf(diff: Diff): Run {
  const { endpoints, hosts, credentials, events, from, to } = diff;
  return {
    tool: {
      driver: { name: "endpoint-extractor", rules: IDS.map((id) => ({ id, shortDescription: message(RULES[id]) })) },
    },
    automationDetails: { id: `endpoint-extractor/diff/${to.name}/` },
    originalUriBaseIds: { [PACKAGE_ROOT]: { description: message(`root of the package ${to.name} ${to.version}`) } },
    columnKind: "utf16CodeUnits",
    results: [
      ...endpoints.added.map(({ id, method, url, channel, evidence }) => ({
        ...result("added-endpoint", `${method} ${url} (${channel})`, id),
        ...locations(evidence),
      })),
      ...endpoints.changed.map(({ id, method, url, changes, evidence }) => ({
        ...result("changed-endpoint", `${method} ${url}: ${changes.map(changeText).join("; ")}`, id),
        ...locations(evidence),
      })),
      ...hosts.added.map((host) => logical("new-host", host, host)),
      ...credentials.added.map(({ kind, prefix, sha256, evidence }) => ({
        ...result("new-credential", `${kind} ${prefix}`, sha256),
        ...locations(evidence),
      })),
      ...events.added.map((name) => logical("added-event", name, name)),
    ],
    properties: { title: titleOf(diff), from, to },
  };
}

const changeText = ({ aspect, removed, added }: Change<string>): string =>
  `${aspect} ${[...removed.map((text) => `-${text}`), ...added.map((text) => `+${text}`)].join(" ")}`;

const result = (ruleId: Rule, text: string, key: string): Result => ({
  ruleId,
  ruleIndex: IDS.indexOf(ruleId),
  level: LEVEL[ruleId],
  message: message(text),
  partialFingerprints: { "diff/v1": `${ruleId} ${key}` },
});

/** Hosts and names have no one place in the sources. */
const logical = (ruleId: Rule, text: string, key: string): Result => ({
  ...result(ruleId, text, key),
  locations: [{ logicalLocations: [{ fullyQualifiedName: key, kind: "resource" }] }],
});
