import { scaleLinear, scalePoint } from "d3-scale";
import { area, line } from "d3-shape";
import type { Series, SeriesVersion } from "../../model/series.ts";
import { html, type Markup } from "../html/markup.ts";

const WIDTH = 420;
const HEIGHT = 170;
const MARGIN = { left: 40, right: 24, top: 14, bottom: 30 };
const LABELS = 5;

type Count = Exclude<keyof SeriesVersion, "version" | "pipelines">;

const PLOTS: [Count, string][] = [
  ["endpoints", "Endpoints"],
  ["hosts", "Hosts"],
  ["events", "Telemetry events"],
  ["credentials", "Baked-in keys"],
];

/** One small plot for each count, over the versions. The table of versions holds the same numbers. */
export const timeline = ({ versions }: Series): Markup | null =>
  versions.length < 2
    ? null
    : html`<div class="plots">${PLOTS.map(([field, title]) => plot(title, versions, field))}</div>`;

function plot(title: string, versions: readonly SeriesVersion[], field: Count): Markup {
  const x = scalePoint(
    versions.map(({ version }) => version),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const most = versions.reduce((max, row) => Math.max(max, row[field]), 1);
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const left = (row: SeriesVersion) => round(x(row.version) ?? 0);
  const top = (row: SeriesVersion) => round(y(row[field]));
  const stroke = line<SeriesVersion>(left, top)([...versions]) ?? "";
  const fill = area<SeriesVersion>(left, HEIGHT - MARGIN.bottom, top)([...versions]) ?? "";
  const step = Math.ceil(versions.length / LABELS);
  const labelled = versions.filter((_, index) => (versions.length - 1 - index) % step === 0);
  const first = versions[0]!;
  const last = versions.at(-1)!;
  return html`<figure><figcaption>${title}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${first[field]} in ${first.version}, ${last[field]} in ${last.version}">
${y
  .ticks(4)
  .filter(Number.isInteger)
  .map(
    (tick) =>
      html`<line class="axis" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text class="num" x="${MARGIN.left - 6}" y="${round(y(tick))}" dy="0.35em" text-anchor="end">${tick}</text>`,
  )}
<path class="area" d="${fill}"/><path class="line" d="${stroke}"/>
${versions.map((row) => html`<circle class="point" cx="${left(row)}" cy="${top(row)}" r="3.5"><title>${row.version}: ${row[field]}</title></circle>`)}
${labelled.map((row) => html`<text class="num" x="${left(row)}" y="${HEIGHT - 9}" text-anchor="middle">${row.version}</text>`)}
</svg></figure>`;
}

const round = (n: number): number => Math.round(n * 10) / 10;
