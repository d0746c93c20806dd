import type { Change, Diff } from "../../model/diff.ts";
import type { Endpoint } from "../../model/report.ts";
import { gateText } from "../../model/switches/gates.ts";
import { BLOCKING, gateFacts } from "../facts.ts";
import { code, prose, table } from "../markdown-escape.ts";
import type { Rendering } from "../rendering.ts";
import { changedSwitches, changesNothing, readableChanges, sharedChanges, summary, titleOf } from "./summary.ts";

const ROWS = 200;

type Section = (diff: Diff, all: boolean) => string[];

const SECTIONS: Section[] = [title, endpoints, changedEndpoints, names, changedRows, credentials];

/** Diffs as GitHub-flavoured Markdown, fit for a release note or a comment. */
export function renderDiffMarkdown(diffs: readonly Diff[], rendering: Rendering): string {
  const blocks = diffs.flatMap((diff) => SECTIONS.flatMap((section) => section(diff, rendering.all)));
  return `${blocks.join("\n\n")}\n`;
}

function title(diff: Diff): string[] {
  const facts = changesNothing(diff)
    ? "Nothing changed in what the package can send."
    : summary(diff).map(prose).join(" · ");
  return [`## ${prose(titleOf(diff))}`, facts];
}

function endpoints({ endpoints: { added, removed } }: Diff, all: boolean): string[] {
  const part = (name: string, rows: readonly Endpoint[]): string[] =>
    rows.length === 0
      ? []
      : [
          `### Endpoints ${name} (${rows.length})`,
          ...cutTable(["Method", "URL", "Channel", "If blocked", "Switches"], rows, endpointCells, all),
        ];
  return [...part("added", added), ...part("removed", removed)];
}

const endpointCells = (endpoint: Endpoint): string[] => [
  prose(endpoint.method),
  code(endpoint.url),
  prose(endpoint.channel),
  prose(`${BLOCKING[endpoint.ifBlocked.effect]}: ${endpoint.ifBlocked.reason}`),
  gateFacts(endpoint)
    .map(({ label, words }) => `${label} ${words.map(code).join(", ")}`)
    .join("<br>"),
];

function changedEndpoints(diff: Diff, all: boolean): string[] {
  const { changed } = diff.endpoints;
  if (changed.length === 0) return [];
  return [
    `### Endpoints changed (${changed.length})`,
    ...cutTable(
      ["Method", "URL", "What"],
      changed,
      (one) => [prose(one.method), code(one.url), readableChanges(one, diff).map(changeText).join("<br>")],
      all,
    ),
  ];
}

function changeText({ aspect, removed, added }: Change<string>): string {
  const gone = removed.map((text) => `− ${code(text)}`);
  return `${prose(aspect)}: ${[...gone, ...added.map((text) => `+ ${code(text)}`)].join(", ")}`;
}

function names(diff: Diff, all: boolean): string[] {
  const gateTexts = (gates: Diff["gates"]["added"]) => gates.map(gateText);
  const parts: [string, readonly string[]][] = [
    ["Hosts added", diff.hosts.added],
    ["Hosts removed", diff.hosts.removed],
    ["Events added", diff.events.added],
    ["Events removed", diff.events.removed],
    ["Environment variables added", diff.environment.added],
    ["Environment variables removed", diff.environment.removed],
    ["Switches added", gateTexts(diff.gates.added)],
    ["Switches removed", gateTexts(diff.gates.removed)],
  ];
  return parts.flatMap(([name, texts]) => {
    if (texts.length === 0) return [];
    const shown = all ? texts : texts.slice(0, ROWS);
    const more = texts.length - shown.length;
    return [`### ${name} (${texts.length})`, shown.map(code).join(", ") + (more > 0 ? ` ${moreText(more)}` : "")];
  });
}

function changedRows(diff: Diff, all: boolean): string[] {
  const parts: [string, readonly { name: string; changes: readonly Change<string>[] }[]][] = [
    ["Events changed", diff.events.changed],
    ["Environment variables changed", diff.environment.changed],
    ["Switches changed", changedSwitches(diff)],
  ];
  return parts.flatMap(([name, rows]) =>
    rows.length === 0
      ? []
      : [
          `### ${name} (${rows.length})`,
          ...cutTable(
            ["Which", "What"],
            sharedChanges(rows),
            (shared) => [
              shared.names.slice(0, 20).map(code).join(", ") +
                (shared.names.length > 20 ? ` ${moreText(shared.names.length - 20)}` : ""),
              changeText(shared.change),
            ],
            all,
          ),
        ],
  );
}

function credentials({ credentials: { added, removed, changed } }: Diff, all: boolean): string[] {
  const rows = [
    ...added.map(({ kind, prefix, sentAs, sha256 }) => [
      "added",
      prose(kind),
      code(prefix),
      code(sentAs ?? ""),
      code(sha256),
    ]),
    ...removed.map(({ kind, prefix, sentAs, sha256 }) => [
      "removed",
      prose(kind),
      code(prefix),
      code(sentAs ?? ""),
      code(sha256),
    ]),
    ...changed.map(({ prefix, sha256, changes }) => [
      "changed",
      changes.map(changeText).join("<br>"),
      code(prefix),
      "",
      code(sha256),
    ]),
  ];
  if (rows.length === 0) return [];
  return ["### Credentials", ...cutTable(["", "Kind", "Value", "Sent as", "SHA-256"], rows, (cells) => cells, all)];
}

function cutTable<T>(head: string[], rows: readonly T[], cells: (row: T) => string[], all: boolean): string[] {
  const shown = all ? rows : rows.slice(0, ROWS);
  const more = rows.length - shown.length;
  return [table(head, shown.map(cells)), ...(more > 0 ? [moreText(more)] : [])];
}

const moreText = (more: number): string => `and ${more.toLocaleString("en-US")} more (\`--all\`, or \`--format json\`)`;
