import {
  DISAGREEMENTS,
  isOpen,
  type SwitchMatrix,
  type SwitchVerdict,
  type TriedSwitchRow,
} from "../../model/switches/switch-matrix.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";

/** One character for each cell of the table. */
const SIGNS: Record<SwitchVerdict, [sign: string, meaning: string]> = {
  silenced: ["-", "silenced, as predicted"],
  enabled: ["+", "comes with the switch only, as predicted"],
  "not-silenced": ["!", "predicted to be silenced, and came"],
  "silenced-unpredicted": ["?", "silenced, and not predicted"],
  appeared: ["*", "came with the switch only, and not predicted"],
  "way-silenced": ["o", "silenced; predicted for some of the ways to it"],
  "way-left": [".", "came by a way that the switch was not predicted to stop"],
  ended: ["e", "not used; the program ended otherwise than by default"],
  unsteady: ["~", "runs alike differ in it"],
};

/** A table of endpoints by switches, then every disagreement. */
export function renderSwitchesText(matrix: SwitchMatrix): string {
  const { switches, defaults, notObservable, remaining } = matrix;
  const used = defaults.endpoints;
  const others = new Map(
    switches
      .flatMap(({ cells }) => cells.map((cell) => [cell.id, cell] as const))
      .filter(([id]) => !used.some((one) => one.id === id)),
  );
  const rows = [...used, ...[...others.values()].map((cell) => ({ ...cell, steady: true }))];
  const heads = switches.map((_, i) => letters(i));
  const width = Math.max(1, ...heads.map(({ length }) => length));
  const line = (cells: string[], text: string) => `  ${cells.map((cell) => cell.padEnd(width)).join(" ")}  ${text}`;
  const disagreements = switches.flatMap((row) =>
    row.cells.filter(({ verdict }) => DISAGREEMENTS.has(verdict)).map((cell) => ({ row, cell })),
  );
  return `${[
    `${visible(matrix.package.name)} ${visible(matrix.package.version)}: switches, predicted and observed`,
    `${count(defaults.runs, "default run")}, ${count(used.length, "endpoint")} used; ${count(switches.length, "switch")} tried`,
    "",
    ...switches.map((row, i) => `  ${heads[i]!.padEnd(width)}  ${summary(row)}`),
    "",
    line(heads, ""),
    ...rows.map((endpoint) =>
      line(
        switches.map(({ cells }) => {
          const cell = cells.find(({ id }) => id === endpoint.id);
          return cell === undefined ? (used.some(({ id }) => id === endpoint.id) ? "x" : " ") : SIGNS[cell.verdict][0];
        }),
        `${endpoint.method} ${visible(endpoint.url)}${endpoint.steady ? "" : "  (not in every default run)"}`,
      ),
    ),
    "",
    "  x used as without the switch",
    ...Object.values(SIGNS).map(([sign, meaning]) => `  ${sign} ${meaning}`),
    "",
    disagreements.length === 0
      ? "prediction and observation agree"
      : `${count(disagreements.length, "disagreement")}, ${disagreements.filter(({ cell }) => isOpen(cell)).length} not explained`,
    ...disagreements.flatMap(({ row, cell }) => [
      `  ${visible(row.name)}: ${cell.method} ${visible(cell.url)}  ${SIGNS[cell.verdict][1]}${row.endedDifferently === null ? "" : " (the program ended differently)"}`,
      ...(cell.because === undefined ? [] : [`    ${visible(cell.because)}`]),
    ]),
    ...(notObservable.length === 0
      ? []
      : [
          "",
          `${count(notObservable.length, "predicted switch")} decide about nothing such a run uses`,
          ...notObservable.map(({ name, endpoints }) => `  ${visible(name)}  ${count(endpoints, "endpoint")}`),
        ]),
    ...(remaining.length === 0
      ? []
      : [
          "",
          "not tried, the time was over: the same command goes on with",
          ...remaining.map((name) => `  ${visible(name)}`),
        ]),
  ].join("\n")}\n`;
}

function summary(row: TriedSwitchRow): string {
  const times = (verdict: SwitchVerdict) => row.cells.filter((cell) => cell.verdict === verdict).length;
  const parts = (Object.keys(SIGNS) as SwitchVerdict[])
    .filter((verdict) => times(verdict) > 0)
    .map((verdict) => `${times(verdict)} ${verdict}`);
  const notes = [
    row.documented ? "documented" : "",
    row.endedDifferently === null ? "" : `ended differently: ${visible(row.endedDifferently)}`,
  ];
  return `${visible(row.name)}=${visible(row.value)}  ${[...parts, `${row.untouched} untouched`].join(", ")}${notes
    .filter((note) => note !== "")
    .map((note) => `; ${note}`)
    .join("")}`;
}

/** A, B, … Z, AA, AB, … */
const letters = (i: number): string =>
  (i < 26 ? "" : letters(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));
