import { grouped } from "../../model/group.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { html, type Markup } from "./markup.ts";
import { channelName, effectTag, headingMarkup, tableFrame } from "./parts.ts";
import { type Column, tableHead } from "./table-head.ts";
import { usualReasons } from "./usual-reasons.ts";

const NAMED_HOSTS = 4;

/** What each channel is, in numbers: endpoints, hosts, kinds of data, and what its loss does. */
export function channelTable({ endpoints }: Report): Markup | null {
  if (endpoints.length === 0) return null;
  const channels = [...grouped(endpoints, ({ channel }) => channel)].sort(([, a], [, b]) => b.length - a.length);
  const reasons = usualReasons(endpoints);
  const classes = [...new Set(endpoints.flatMap(({ dataClasses }) => dataClasses))];
  const tick = (own: readonly Endpoint[], id: string) =>
    own.filter(({ dataClasses }) => dataClasses.includes(id)).length;
  const columns: (Column | null)[] = [
    "Channel",
    { title: "Endpoints", as: "n" },
    { title: "Hosts" },
    ...classes.map((title) => ({ title, as: "n wide" as const })),
    "If blocked",
  ];
  return html`${headingMarkup("channels", "Channels", String(channels.length))}
<p class="about">What the traffic is for, what can be in it (number of endpoints that carry it), and what happens
when it is blocked.</p>
${tableFrame(
  "Channels",
  html`<table class="stacked">${tableHead(columns)}
<tbody>${channels.map(
    ([channel, own]) =>
      html`<tr><th scope="row">${channelName(channel)}</th><td class="n">${own.length}</td><td>${hostWords(own)}</td>${classes.map((id) => html`<td class="n wide">${tick(own, id) || "–"}`)}<td>${[...new Set(own.map(({ ifBlocked }) => ifBlocked.effect))].sort().map((effect) => html`${effectTag(effect)} `)}<span class="soft">${reasons.get(channel)!}</span></td></tr>`,
  )}</tbody></table>`,
)}`;
}

function hostWords(own: readonly Endpoint[]): Markup {
  const hosts = [...grouped(own, ({ url }) => splitAddress(url).host || "no host")]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([host]) => host);
  const more = hosts.length - NAMED_HOSTS;
  return html`${hosts.slice(0, NAMED_HOSTS).map((host, index) => html`${index === 0 ? "" : ", "}<code>${host}</code>`)}${more > 0 ? html` <span class="soft">and ${more} more</span>` : null}`;
}
