import { type SankeyGraph, sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
import { grouped } from "../../model/group.ts";
import type { Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { count } from "../count.ts";
import { visible, visibleHost } from "../terminal.ts";
import { channelInk } from "./channel-ink.ts";
import { standingOf } from "./host-rank.ts";
import { html, type Markup } from "./markup.ts";

interface Node {
  id: string;
  label: string;
  ink: number | null;
}
interface Link {
  ink: number;
}
type Graph = SankeyGraph<Node, Link>;

/** Hosts with a ribbon of their own; the others of a channel share one. */
const HOSTS = 28;
const WIDTH = 1120;
const ROW = 30;
const MARGIN = { left: 8, right: 316, top: 14, bottom: 14 };
const LABEL = 36;

/** Tool -> channel -> host. The width of a ribbon is the number of endpoints. */
export function flowDiagram(report: Report): Markup | null {
  if (report.endpoints.length === 0) return null;
  const graph = graphOf(report);
  const rows = Math.max(graph.nodes.filter(({ id }) => id.startsWith("host ")).length, graph.nodes.length / 2, 6);
  const height = MARGIN.top + MARGIN.bottom + rows * ROW;
  const layout = sankey<Node, Link>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyJustify)
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
<desc id="flow-about">Each ribbon is as wide as its number of endpoints. The table of channels and the table of endpoints below hold the same facts.</desc>
<g>${links.map((link) => html`<path class="s${link.ink}" d="${ribbon(link) ?? ""}" stroke-width="${round(Math.max(1, link.width ?? 0))}"><title>${name(link.source)} to ${name(link.target)}: ${count(link.value, "endpoint")}</title></path>`)}</g>
<g>${nodes.map((node) => {
    const [x0, x1, y0, y1] = [node.x0 ?? 0, node.x1 ?? 0, node.y0 ?? 0, node.y1 ?? 0];
    return html`<rect class="${node.ink === null ? "root" : `f${node.ink}`}" x="${round(x0)}" y="${round(y0)}" width="${round(x1 - x0)}" height="${round(Math.max(1, y1 - y0))}"/><text x="${round(x1 + 7)}" y="${round((y0 + y1) / 2)}" dy="0.35em">${node.label} <tspan class="num">${node.value ?? 0}</tspan></text>`;
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

const largestChannel = (targets: readonly { channel: string }[]): string =>
  [...grouped(targets, ({ channel }) => channel)].sort(([, a], [, b]) => b.length - a.length)[0]![0];

function graphOf({ package: { name }, endpoints }: Report): Graph {
  const targets = endpoints.map(({ channel, url }) => ({ channel, host: hostShown(url) }));
  const sizes = [...grouped(targets, ({ host }) => host)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  const shown = new Set(sizes.slice(0, HOSTS).map(([host]) => host));
  const hidden = sizes.length - shown.size;
  const nodes = new Map<string, Node>([["root", { id: "root", label: shortened(visible(name)), ink: null }]]);
  const links: Graph["links"] = [];
  const inkOf = new Map(sizes.map(([host, all]) => [host, channelInk(largestChannel(all))]));
  for (const [channel, own] of [...grouped(targets, (target) => target.channel)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const ink = channelInk(channel);
    const source = `channel ${channel}`;
    nodes.set(source, { id: source, label: shortened(visible(channel)), ink });
    links.push({ source: "root", target: source, value: own.length, ink });
    for (const [host, all] of grouped(own, (target) => (shown.has(target.host) ? target.host : ""))) {
      const target = `host ${host}`;
      const label = host === "" ? `${count(hidden, "other host")}` : shortened(visibleHost(host));
      if (!nodes.has(target)) nodes.set(target, { id: target, label, ink: inkOf.get(host) ?? ink });
      links.push({ source, target, value: all.length, ink });
    }
  }
  return { nodes: [...nodes.values()], links };
}
