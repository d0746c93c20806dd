import type { Check, Observed, Verdict } from "../../model/check.ts";
import { grouped } from "../../model/group.ts";
import { splitAddress } from "../address.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, rows, wrap } from "../text/page.ts";
import { notableAnswers, READING_ORDER, VERDICT_MEANING, vagueness, withVerdict } from "./verdicts.ts";

const LIMIT: Record<Verdict, number> = {
  unpredicted: 50,
  "server-supplied": 40,
  "user-configured": 40,
  predicted: 60,
  "child-process": 20,
  bystander: 20,
  "interception-artefact": 20,
};

/** Every request, by verdict and host. What nobody predicted is written out, to be copied and searched for. */
export function requestLines(check: Check, sheet: Page): string[] {
  return READING_ORDER.flatMap((verdict) => {
    const found = withVerdict(check, verdict);
    if (found.length === 0) return [];
    const { shown, more } = cut(sheet, found, LIMIT[verdict]);
    return [
      ...heading(sheet, verdict, `${found.length} distinct: ${VERDICT_MEANING[verdict]}`),
      ...(verdict === "unpredicted"
        ? shown.flatMap((row) => unpredictedLines(row, sheet))
        : [...grouped(shown, ({ url }) => splitAddress(url).host)].flatMap(([host, same]) =>
            hostLines(host, same, sheet),
          )),
      ...moreLine(sheet, "  ", more, "request"),
      "",
    ];
  }).slice(0, -1);
}

function unpredictedLines(row: Observed, sheet: Page): string[] {
  const known = row.why === "no template of the report fits" ? [] : [visible(row.why)];
  const about = [`from ${visible(row.sender.name)}`, ...traffic(row), ...known];
  return [
    `  ${row.method.padEnd(6)} ${sheet.ink.red(visible(row.url + queryOf(row)))}`,
    ...wrap(sheet, "         ", about, " · ").map(sheet.ink.dim),
    ...(row.nearest ?? []).map(({ url, differs }) =>
      sheet.ink.dim(`         near ${visible(url)}: ${visible(differs)}`),
    ),
  ];
}

/** What all requests to a host have in common stands beside it once. */
function hostLines(host: string, requests: readonly Observed[], sheet: Page): string[] {
  const own = requests.map(explanation);
  const shared = (own[0] ?? []).filter((fact) => own.every((facts) => facts.includes(fact)));
  const width = longest(requests.map(({ method }) => method));
  const title = `  ${visibleHost(host)}`;
  const about = shared.map(visible);
  const fits = `${title}  ${about.join(" · ")}`.length <= sheet.columns;
  return [
    sheet.ink.bold(title) + (fits && about.length > 0 ? sheet.ink.dim(`  ${about.join(" · ")}`) : ""),
    ...(fits ? [] : wrap(sheet, "    ", about, " · ").map(sheet.ink.dim)),
    ...rows(
      sheet,
      requests.map((row, index) => ({
        left: `    ${row.method.padEnd(width)} ${visible(splitAddress(row.url).path + queryOf(row))}`,
        right: [
          ...traffic(row),
          ...own[index]!.filter((fact) => !shared.includes(fact)).map(visible),
          ...(row.endpoint === undefined ? [] : [visible(row.endpoint)]),
        ].join(" · "),
        paint: (left) => `    ${sheet.ink.cyan(left.slice(4, 4 + width))}${left.slice(4 + width)}`,
      })),
    ).flat(),
  ];
}

const queryOf = ({ query }: Observed): string => (query.length === 0 ? "" : `?${query.join("&")}`);

/** One request with a good answer is what everybody expects, and needs no words. */
function traffic({ count, statuses }: Observed): string[] {
  const answers = notableAnswers(statuses);
  return [...(count > 1 ? [`×${count}`] : []), ...(answers === "" ? [] : [answers])];
}

/** A sender other than the tool, and why it is no plain prediction. */
function explanation(row: Observed): string[] {
  const { verdict, sender, why } = row;
  const vague = vagueness(row);
  return [
    ...(sender.kind === "tool" ? [] : [sender.name]),
    ...(verdict === "predicted" ? [] : [why]),
    ...(vague === "" ? [] : [vague]),
  ];
}
