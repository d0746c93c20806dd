import type { Check, Observed } from "../../model/check.ts";
import { count } from "../count.ts";
import { BLOCKING } from "../facts.ts";
import { code, prose, table } from "../markdown-escape.ts";
import type { Rendering } from "../rendering.ts";
import { conclusion, doubts, READING_ORDER, statusList, VERDICT_MEANING, withVerdict } from "./verdicts.ts";

const ROWS = 200;

type Section = (check: Check, all: boolean) => string[];

const SECTIONS: Section[] = [
  title,
  requests,
  disagreements,
  channels,
  dormant,
  events,
  data,
  hosts,
  baseline,
  diagnostics,
];

/** A check as GitHub-flavoured Markdown. */
export function renderCheckMarkdown(check: Check, rendering: Rendering): string {
  return `${SECTIONS.flatMap((section) => section(check, rendering.all)).join("\n\n")}\n`;
}

function title(check: Check): string[] {
  const { name, version } = check.package;
  const files = check.captures.map(({ file, format, records, complete }) => [
    code(file),
    format,
    String(records),
    complete ? "whole" : "damaged",
  ]);
  return [
    `# ${prose(`${name} ${version}`)}: predicted against observed`,
    ...doubts(check).map(prose),
    conclusion(check).map(prose).join(" · "),
    table(["Capture", "Format", "Requests", "Read"], files.slice(0, ROWS)),
  ];
}

function requests(check: Check, all: boolean): string[] {
  return READING_ORDER.flatMap((verdict) => {
    const rows = withVerdict(check, verdict);
    if (rows.length === 0) return [];
    return [
      `## ${verdict} (${rows.length})`,
      `${VERDICT_MEANING[verdict]}.`,
      ...cutTable(["Method", "URL", "Count", "Answers", "Sender", "Why"], rows, requestCells, all),
    ];
  });
}

function requestCells(row: Observed): string[] {
  const near = (row.nearest ?? []).map(({ url, differs }) => `<br>near ${code(url)}: ${prose(differs)}`).join("");
  const { method, url, count: times, statuses, sender, why } = row;
  return [prose(method), code(url), String(times), prose(statusList(statuses)), prose(sender.name), prose(why) + near];
}

function dormant(check: Check, all: boolean): string[] {
  if (check.dormant.length === 0) return [];
  return [
    `## Dormant (${check.dormant.length})`,
    ...cutTable(
      ["Method", "URL", "Why"],
      check.dormant,
      ({ method, url, reason }) => [method, code(url), prose(reason)],
      all,
    ),
  ];
}

function disagreements(check: Check): string[] {
  const found = [
    ...check.disagreements.map((one) => ({ ...one, what: `endpoint ${code(one.id)}` })),
    ...check.events.disagreements.map((one) => ({ ...one, what: `event ${code(one.name)}` })),
  ];
  if (found.length === 0) return [];
  return [
    "## Disagreements",
    table(
      ["Seen", "Should be silenced by", "Count"],
      found.map(({ what, gate, count: times }) => [what, code(`${gate.kind} ${gate.name}`), String(times)]),
    ),
  ];
}

function channels(check: Check): string[] {
  if (check.channels.length === 0) return [];
  return [
    "## Channels",
    table(
      ["Channel", "Fired", "Predicted", "Requests"],
      check.channels.map(({ channel, fired, dormant: unseen, requests: times }) => [
        prose(channel),
        String(fired),
        String(fired + unseen),
        String(times),
      ]),
    ),
  ];
}

function events(check: Check, all: boolean): string[] {
  const { seen, dormant: unseen, unpredicted } = check.events;
  if (seen.length === 0) return [];
  return [
    `## Events (${seen.length} seen, ${unpredicted.length} unpredicted, ${unseen.length} dormant)`,
    ...cutTable(
      ["Event", "Kind", "Count", "Predicted", "Fields never predicted"],
      seen,
      ({ name, kind, count: times, predicted, unpredictedFields }) => [
        code(name),
        kind,
        String(times),
        predicted ? "yes" : "no",
        unpredictedFields.slice(0, 30).map(code).join(", "),
      ],
      all,
    ),
  ];
}

function data(check: Check): string[] {
  const classes = Object.entries(check.dataClasses);
  if (classes.length === 0) return [];
  return [
    "## Data",
    table(
      ["Class", "Names", "Hosts"],
      classes.map(([id, { fields, hosts: to }]) => [
        prose(id),
        fields.slice(0, 40).map(code).join(", "),
        to.slice(0, 20).map(code).join(", "),
      ]),
    ),
    ...(check.identifiers.length === 0
      ? []
      : [
          table(
            ["Same value under", "Requests", "Hosts", "Outlives a run"],
            check.identifiers
              .slice(0, ROWS)
              .map(({ names, requests: times, hosts: to, acrossCaptures }) => [
                names.map(code).join(", "),
                String(times),
                to.map(code).join(", "),
                acrossCaptures ? "yes" : "not seen",
              ]),
          ),
        ]),
  ];
}

function hosts(check: Check, all: boolean): string[] {
  return [
    `## Hosts (${check.hosts.length})`,
    ...cutTable(
      ["Host", "Requests", "Verdicts", "If blocked"],
      check.hosts,
      ({ host, requests: times, verdicts, ifBlocked }) => [
        code(host),
        String(times),
        verdicts.join(", "),
        ifBlocked === null ? "nothing predicted there" : prose(`${BLOCKING[ifBlocked.effect]}: ${ifBlocked.reason}`),
      ],
      all,
    ),
  ];
}

function baseline({ baseline: since }: Check): string[] {
  if (since === null) return [];
  const rows: [string, string][] = [
    ...since.newlyFiring.map((id): [string, string] => ["newly fires", code(id)]),
    ...since.noLongerFiring.map(({ id, reason }): [string, string] => [
      "no longer fires",
      `${code(id)} ${prose(reason)}`,
    ]),
    ...since.newUnpredicted.map((request): [string, string] => ["newly unpredicted", code(request)]),
    ...since.newEvents.map((name): [string, string] => ["new event", code(name)]),
    ...since.goneEvents.map(({ name, reason }): [string, string] => ["gone event", `${code(name)} ${prose(reason)}`]),
  ];
  return ["## Since the baseline", rows.length === 0 ? "Nothing changed." : table(["Change", "What"], rows)];
}

function diagnostics(check: Check): string[] {
  if (check.diagnostics.length === 0) return [];
  return [
    "## Not read, or not sure",
    table(
      ["Kind", "Count", "Detail"],
      check.diagnostics.map(({ kind, count: times, detail }) => [kind, String(times), prose(detail)]),
    ),
  ];
}

/** The first rows, and how many were left out. */
function cutTable<T>(head: string[], rows: readonly T[], cells: (row: T) => string[], all: boolean): string[] {
  const shown = all ? rows : rows.slice(0, ROWS);
  const more = rows.length - shown.length;
  return [
    table(head, shown.map(cells)),
    ...(more > 0 ? [`and ${count(more, "more row")} (\`--all\`, or \`--format json\`)`] : []),
  ];
}
