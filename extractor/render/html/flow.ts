import { type SankeyGraph, sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
import { grouped } from "../../model/group.ts";
import type { Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { count } from "../count.ts";
import { visible, visibleHost } from "../terminal.ts";
import { channelInk } from "./channel-ink.ts";
import { standingOf } from "./host-rank.ts";
import { html, type Markup } from "./markup.ts";

interface Node {
  id: string;
  label: string;
  ink: number | null;
  endpoints: number;
}
interface Link {
  ink: number;
  endpoints: number;
  events: number;
}
type Graph = SankeyGraph<Node, Link>;

/** Hosts with a ribbon of their own; the others of a channel share one. */
const HOSTS = 28;
const WIDTH = 1120;
const ROW = 30;
const MARGIN = { left: 8, right: 316, top: 14, bottom: 14 };
const LABEL = 36;

/** Requests that are bundled libraries' own. */
const APART = "in bundled libraries";
/** What reports on the user stands on top, what nobody asks for first at the bottom. */
const FIRST = [...TELEMETRY_CHANNELS, "feature-flags", "model-api"];
const LAST = ["other", APART];

/** Tool -> channel -> host. A ribbon is as wide as what goes along it matters, see `weightOf`. */
export function flowDiagram(report: Report): Markup | null {
  if (report.endpoints.length === 0) return null;
  const graph = graphOf(report);
  const rows = Math.max(graph.nodes.filter(({ id }) => id.startsWith("host ")).length, graph.nodes.length / 2, 6);
  const height = MARGIN.top + MARGIN.bottom + rows * ROW;
  const layout = sankey<Node, Link>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyJustify)
    .nodeSort(null)
    .nodeWidth(12)
    .nodePadding(13)
    .extent([
      [MARGIN.left, MARGIN.top],
      [WIDTH - MARGIN.right, height - MARGIN.bottom],
    ]);
  const { nodes, links } = layout.update(centred(layout(graph), height));
  const ribbon = sankeyLinkHorizontal<Node, Link>();
  const name = (end: unknown) => (end as Node).label;
  return html`<p class="narrow soft">The hosts are on the right: move the diagram sideways, or read the tables.</p>
<div class="scroll" role="region" aria-label="Flow diagram" tabindex="0"><svg class="flow" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="flow-title flow-about">
<title id="flow-title">From the tool over channels to hosts</title>
<desc id="flow-about">The more events and endpoints use a ribbon, the wider it is. The table of channels and the
table of endpoints below hold the same facts.</desc>
<g>${links.map((link) => html`<path class="s${link.ink}" d="${ribbon(link) ?? ""}" stroke-width="${round(Math.max(1, link.width ?? 0))}"><title>${name(link.source)} to ${name(link.target)}: ${[count(link.endpoints, "endpoint"), ...(link.events > 0 ? [count(link.events, "event")] : [])].join(", ")}</title></path>`)}</g>
<g>${nodes.map((node) => {
    const [x0, x1, y0, y1] = [node.x0 ?? 0, node.x1 ?? 0, node.y0 ?? 0, node.y1 ?? 0];
    return html`<rect class="${node.ink === null ? "root" : `f${node.ink}`}" x="${round(x0)}" y="${round(y0)}" width="${round(x1 - x0)}" height="${round(Math.max(1, y1 - y0))}"/><text x="${round(x1 + 7)}" y="${round((y0 + y1) / 2)}" dy="0.35em">${node.label} <tspan class="num">${node.endpoints}</tspan></text>`;
  })}</g>
</svg></div>`;
}

/**
 * Each column in the middle of the height: there are fewer channels than hosts, and they would all stand at the top.
 */
function centred(graph: Graph, height: number): Graph {
  for (const column of grouped(graph.nodes, ({ x0 }) => String(x0)).values()) {
    const top = Math.min(...column.map(({ y0 }) => y0 ?? 0));
    const bottom = Math.max(...column.map(({ y1 }) => y1 ?? 0));
    const shift = (height - bottom - top) / 2;
    for (const node of column) [node.y0, node.y1] = [(node.y0 ?? 0) + shift, (node.y1 ?? 0) + shift];
  }
  return graph;
}

const round = (n: number): number => Math.round(n * 10) / 10;
const shortened = (text: string): string => (text.length > LABEL ? `${text.slice(0, LABEL - 1)}…` : text);

/** Addresses without a name would each get a ribbon that says nothing. */
const UNNAMED = { open: "known only when it runs", local: "this machine" };

function hostShown(url: string): string {
  const standing = standingOf(url);
  return standing === "named" ? splitAddress(url).host : UNNAMED[standing];
}

/** Each doubling of endpoints or of events adds the same: one busy API must not hide all the others. */
const weightOf = (endpoints: number, events: number): number => 1 + Math.log2(endpoints) + Math.log2(1 + events);

const rankOf = (channel: string): number =>
  FIRST.includes(channel) ? FIRST.indexOf(channel) : FIRST.length + 1 + LAST.indexOf(channel);

interface Target {
  id: string;
  channel: string;
  host: string;
}

function graphOf({ package: { name }, endpoints, events }: Report): Graph {
  const targets = endpoints.map(({ id, channel, url, apart }): Target => {
    const isQuiet = apart !== undefined && !FIRST.includes(channel);
    return { id, channel: isQuiet ? APART : channel, host: hostShown(url) };
  });
  const sizes = [...grouped(targets, ({ host }) => host)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  const telling = targets.filter(({ channel }) => FIRST.includes(channel)).map(({ host }) => host);
  const shown = new Set([...new Set([...telling, ...sizes.map(([host]) => host)])].slice(0, HOSTS));
  const eventsOf = (some: readonly Target[]): number => {
    const ids = new Set(some.map(({ id }) => id));
    return events.filter(({ pipelines }) => pipelines.some((id) => ids.has(id))).length;
  };
  const hidden = sizes.length - shown.size;
  const nodes = new Map<string, Node>();
  const links: Graph["links"] = [];
  const nodeOf = (id: string, label: string, ink: number | null, size: number): void => {
    const node = nodes.get(id) ?? { id, label, ink, endpoints: 0 };
    node.endpoints += size;
    nodes.set(id, node);
  };
  nodeOf("root", shortened(visible(name)), null, endpoints.length);
  for (const [channel, own] of [...grouped(targets, (target) => target.channel)].sort(
    ([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1),
  )) {
    const ink = channelInk(channel === APART ? "other" : channel);
    const source = `channel ${channel}`;
    nodeOf(source, shortened(visible(channel)), ink, own.length);
    let width = 0;
    for (const [host, some] of grouped(own, (target) => (shown.has(target.host) ? target.host : ""))) {
      const told = eventsOf(some);
      const value = weightOf(some.length, told);
      const label = host === "" ? count(hidden, "other host") : shortened(visibleHost(host));
      nodeOf(`host ${host}`, label, ink, some.length);
      links.push({ source, target: `host ${host}`, value, ink, endpoints: some.length, events: told });
      width += value;
    }
    links.push({ source: "root", target: source, value: width, ink, endpoints: own.length, events: eventsOf(own) });
  }
  return { nodes: [...nodes.values()], links };
}
