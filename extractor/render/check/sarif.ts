import type { Log, Result, Run } from "sarif";
import type { Check, Observed } from "../../model/check.ts";
import { toJson } from "../json.ts";
import { message } from "../sarif/message.ts";
import { doubts, statusList } from "./verdicts.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const RULES = {
  unpredicted: "The tool sent a request that no template of its report fits.",
  "unpredicted-event": "The tool sent a telemetry event that its report doesn't have.",
  "gate-disagreement": "An endpoint fired, or an event was sent, although the environment should silence it.",
} as const;

type Rule = keyof typeof RULES;

/** SARIF 2.1.0: what was not predicted, and gates that didn't hold. All else is as it should be and no result. */
export function renderCheckSarif(check: Check): string {
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [runOf(check)] };
  return toJson(log);
}

function runOf(check: Check): Run {
  const ids = Object.keys(RULES) as Rule[];
  const { name, version } = check.package;
  return {
    tool: {
      driver: { name: "endpoint-extractor", rules: ids.map((id) => ({ id, shortDescription: message(RULES[id]) })) },
    },
    automationDetails: { id: `endpoint-extractor/check/${name}/` },
    invocations: [
      {
        executionSuccessful: check.captures.every(({ complete }) => complete),
        toolExecutionNotifications: [
          ...doubts(check).map((line) => ({
            descriptor: { id: "report-cut-short" },
            level: "warning" as const,
            message: message(line),
          })),
          ...check.diagnostics.map(({ kind, count, detail }) => ({
            descriptor: { id: kind },
            level: "note" as const,
            message: message(`${kind}, ${count} times: ${detail}`),
          })),
        ],
      },
    ],
    results: [
      ...check.observed.filter(({ verdict }) => verdict === "unpredicted").map((row) => requestResult(row, ids)),
      ...check.events.unpredicted.map((event) =>
        result(ids, {
          rule: "unpredicted-event",
          text: `event ${event} was sent and is not in the report`,
          key: event,
          properties: { event },
        }),
      ),
      ...check.events.disagreements.map(({ name, gate, count }) =>
        result(ids, {
          rule: "gate-disagreement",
          text: `event ${name} was seen ${count} times although ${gate.kind} ${gate.name} is set`,
          key: name,
          properties: { name, gate, count },
        }),
      ),
      ...check.disagreements.map(({ id, gate, count }) =>
        result(ids, {
          rule: "gate-disagreement",
          text: `endpoint ${id} fired ${count} times although ${gate.kind} ${gate.name} is set`,
          key: id,
          properties: { id, gate, count },
        }),
      ),
    ],
    properties: { package: name, version, tool: check.tool, summary: check.summary },
  };
}

function requestResult(row: Observed, ids: Rule[]): Result {
  const { method, url, count, sender, statuses, nearest = [] } = row;
  const near = nearest.map((one) => `; near ${one.url} (${one.differs})`).join("");
  const sent = `${method} ${url} was sent ${count} times by ${sender.name} (${statusList(statuses)})`;
  return result(ids, {
    rule: "unpredicted",
    text: `${sent} and fits no template${near}`,
    key: `${method} ${url}`,
    properties: { ...row },
  });
}

interface Finding {
  rule: Rule;
  text: string;
  /** The same for the same finding in every run. */
  key: string;
  properties: object;
}

/** Code-scanning platforms want a place; a request has none in the sources, so its URL is the logical one. */
function result(ids: Rule[], { rule, text, key, properties }: Finding): Result {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: rule === "unpredicted" ? "error" : "warning",
    message: message(text),
    locations: [{ logicalLocations: [{ fullyQualifiedName: key, kind: "resource" }] }],
    partialFingerprints: { "observed/v1": key },
    properties: { ...properties },
  };
}
